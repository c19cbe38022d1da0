"""`python -m pipeline` and the command `whitepoint`."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
