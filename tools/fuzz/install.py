"""Gets schemathesis from PyPI, once."""

import os
import pathlib
import subprocess
import sys
import tempfile

VERSION = "4.32.5"


def schemathesis():
    """The folder with schemathesis in it."""
    named = os.environ.get("SLIDEWRIGHT_TEST_CACHE") or f"/var/tmp/slidewright-test-{os.getuid()}"
    cache = pathlib.Path(named)
    folder = cache / f"schemathesis-{VERSION}-py{sys.version_info.major}{sys.version_info.minor}"
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    # What lies here is run as this user, so nobody else may have put it here.
    if cache.stat().st_uid != os.getuid():
        sys.exit(f"tools/fuzz-api: {cache} belongs to somebody else; set SLIDEWRIGHT_TEST_CACHE")
    # Installed beside and renamed, so that a cut-off download is never taken for the whole.
    with tempfile.TemporaryDirectory(prefix="new.", dir=cache) as fresh:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        pip += ["--root-user-action=ignore", "--only-binary=:all:", "--target", f"{fresh}/all"]
        subprocess.run([*pip, f"schemathesis=={VERSION}"], check=True, stdin=subprocess.DEVNULL, timeout=600)
        try:
            os.rename(f"{fresh}/all", folder)
        except OSError:
            # Another run was first.
            if not folder.is_dir():
                raise
    return folder
