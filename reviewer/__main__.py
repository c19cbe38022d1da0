"""The command `python -m reviewer [--studio DIR] [BATCH]`."""

import sys

from reviewer.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
