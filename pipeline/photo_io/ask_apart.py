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

HEADER_SECONDS: Final = 5
"""Processor time for what stands before the pixels; a sound file needs a tenth of it."""
_SECONDS_PER_MEGAPIXEL: Final = 0.25
_SLOWEST: Final = 10
"""A busy machine may give a child a tenth of its time."""


def seconds_for(width: int, height: int) -> int:
    """Return the processor time in which so many pixels must be decoded, an old computer's included."""
    return HEADER_SECONDS + round(width * height / 1e6 * _SECONDS_PER_MEGAPIXEL)


def ask_apart(
    stream: BinaryIO, name: str, *arguments: str, seconds: int = HEADER_SECONDS
) -> tuple[dict[str, Any], bytes]:
    """Return what `apart.py` says of the file with these arguments, and the samples that follow.

    Raises BadImageError where the file cannot be read, brings the child down or takes more than `seconds` of processor
    time: a busy machine refuses nothing that an idle one takes.
    """
    # -I: neither the folder nor the environment of whoever started us decides what the child imports.
    command = [sys.executable, "-I", apart.__file__, str(seconds), *arguments]
    stream.seek(0)
    most = seconds * _SLOWEST
    try:
        answer = subprocess.run(command, input=stream.read(), capture_output=True, timeout=most, check=False)
    except subprocess.TimeoutExpired as error:
        raise damaged(name) from error
    if answer.returncode == apart.UNREADABLE or answer.returncode < 0:
        raise damaged(name)
    if answer.returncode:
        raise BugError(f"The reader of {arguments[0]} failed: {answer.stderr.decode(errors='replace')[-500:]}")
    head, _, samples = answer.stdout.partition(b"\n")
    return json.loads(head), samples
