"""Questions about a file that a child process answers, since the library that reads it may crash on it."""

import json
import subprocess
import sys
from typing import Any
from typing import BinaryIO
from typing import Final

from pipeline.errors import BugError
from pipeline.photo_io import apart
from pipeline.photo_io.header import damaged

_SECONDS: Final = 90


def ask_apart(stream: BinaryIO, name: str, *arguments: str) -> tuple[dict[str, Any], bytes]:
    """Return what `apart.py` says of the file with these arguments, and the samples that follow.

    Raises BadImageError where the file cannot be read, brings the child down or takes too long.
    """
    # -I: neither the folder nor the environment of whoever started us decides what the child imports.
    command = [sys.executable, "-I", apart.__file__, *arguments]
    stream.seek(0)
    try:
        answer = subprocess.run(command, input=stream.read(), capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise damaged(name) from error
    if answer.returncode == apart.UNREADABLE or answer.returncode < 0:
        raise damaged(name)
    if answer.returncode:
        raise BugError(f"The reader of {arguments[0]} failed: {answer.stderr.decode(errors='replace')[-500:]}")
    head, _, samples = answer.stdout.partition(b"\n")
    return json.loads(head), samples
