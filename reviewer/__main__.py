"""The command `python -m reviewer [--studio DIR] [BATCH]`."""

import gc
import os
import sys
from importlib import import_module

from pipeline.__main__ import MOST_PIXELS

FIRST = ("logging.handlers", "cv2", "platformdirs", "pipeline.settings", "pipeline.store.store", "pipeline.mask")


def begin() -> None:
    """Prepare this process for the window, before Qt is imported; `reviewer.app.settle` ends the hurry."""
    # OpenCV looks once, when it is first imported.
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MOST_PIXELS))
    # All that is made while the program is imported stays; to look it through for garbage is a sixth of the start.
    gc.disable()
    # PySide reads the source of every module that is imported after it.
    for name in FIRST:
        import_module(name)


def main() -> int:
    """Open the window."""
    begin()
    from reviewer.app import main as review

    return review(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
