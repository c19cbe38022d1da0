"""Makes what is measured, in processes of their own: what that takes of memory is not the window's."""

import argparse
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.looking.made import Place
from benchmarks.looking.made import make_place
from benchmarks.looking.queue import fill_queue
from pipeline.settings import load_settings

HERE = Path(__file__).resolve().parents[2]


def made(folder: Path, pairs: int, *, with_queue: bool) -> Place:
    """Return the place with its studios: that many pairs, and the batch of 100,000 if it is asked for."""
    command = [sys.executable, "-m", __name__, str(folder), str(pairs), *(["--queue"] if with_queue else [])]
    subprocess.run(command, cwd=HERE, check=True)
    return Place(folder, load_settings())


def main() -> None:
    """Write the studios that are not there yet, both at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pairs", type=int)
    parser.add_argument("--queue", action="store_true")
    options = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        waiting = [pool.submit(make_place, options.folder, options.pairs)]
        if options.queue:
            waiting.append(pool.submit(fill_queue, options.folder))
        for one in waiting:
            one.result()


if __name__ == "__main__":
    main()
