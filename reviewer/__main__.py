"""The command `python -m reviewer [--studio DIR] [BATCH]`."""

import builtins
import gc
import os
import sys
from importlib import import_module

from pipeline.__main__ import MOST_PIXELS


def begin() -> None:
    """Prepare this process for the window, before numpy and Qt are imported; `reviewer.app.settle` ends the hurry."""
    # OpenCV looks once, when it is first imported.
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MOST_PIXELS))
    # Idle threads of numpy's OpenBLAS spin for 2 ** 26 ticks of a core before they sleep; 2 ** 4 will do.
    os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")
    # All that is made while the program is imported stays; to look it through for garbage is a sixth of the start.
    gc.disable()
    import_module("PySide6.QtCore")
    # PySide reads the source of every module that is imported after it, for its `__feature__`, which nothing here uses.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def main() -> int:
    """Open the window."""
    begin()
    from reviewer.app import main as review

    return review(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
