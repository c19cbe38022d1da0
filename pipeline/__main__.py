"""`python -m pipeline` and the command `whitepoint`."""

import os

MOST_PIXELS = 200_000_000
"""What OpenCV may decode, here and in every worker; its own limit lets 300 bytes take 2.5 GB."""


def main() -> None:
    """Run the command."""
    # OpenCV looks once, when it is first imported.
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MOST_PIXELS))
    from pipeline.cli import main as command

    command()


if __name__ == "__main__":
    main()
