"""The command `python -m reviewer [--studio DIR] [BATCH]`."""

import os
import sys

from pipeline.__main__ import MOST_PIXELS

if __name__ == "__main__":
    # OpenCV looks once, when it is first imported.
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MOST_PIXELS))
    from reviewer.app import main

    sys.exit(main(sys.argv[1:]))
