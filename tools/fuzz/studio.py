"""The built program, serving on a folder of its own, and one who may call it."""

import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.request


class Studio:
    """The program, serving, and one who may call it."""

    def __init__(self, program, data, log):
        self.command = [str(program), "--data", str(data)]
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(data)}
        made = subprocess.run(
            [*self.command, "token", "create"], env=self.environment, check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, text=True, timeout=60,
        )
        self.token = made.stdout.strip().splitlines()[-1]
        serve = [*self.command, "serve", "--addr", "127.0.0.1:0", "--api-rate", "100000"]
        self.log = log
        with open(log, "w", encoding="utf-8") as out:
            self.process = subprocess.Popen(
                serve, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self):
        try:
            self.address = wait_for("the program to listen", 60, self.listens)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def listens(self):
        if self.process.poll() is not None:
            sys.exit(f"tools/fuzz-api: the program ended:\n{self.said()}")
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said())
        return found and found.group()

    def said(self):
        return pathlib.Path(self.log).read_text(encoding="utf-8", errors="replace")

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.address}/api/v1{path}", method=method, data=body and json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
            return json.loads(text) if text else None


def wait_for(what, seconds, is_there):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = is_there()
        if found:
            return found
        time.sleep(0.1)
    sys.exit(f"tools/fuzz-api: waited {seconds} s for {what}")
