"""Strangers' files: real files of every format, mutated at random, through the worker processes that the line uses."""

import io
import random
import sys
import time
from concurrent.futures import Future
from importlib import resources
from pathlib import Path

import numpy as np
import tifffile
from pebble import ProcessExpired
from PIL import Image

from pipeline.errors import BadImageError
from pipeline.photo_io import read_photo
from pipeline.run.workers import ProcessExecutor
from pipeline.settings import Ingest
from pipeline.settings import load_settings

SECONDS = 10.0
MEMORY_BYTES = 3 << 30
SIDE = 160
HEIC = Path(__file__).parents[2] / "tests/pipeline/photo_io/data"


def seeds() -> dict[str, bytes]:
    """Return a small real file of every format and coding that is read, by its name."""
    with resources.files("resources").joinpath("samples/crate-oak-warm.jpg").open("rb") as stream:
        photo = Image.open(stream).convert("RGB").resize((SIDE, SIDE))
    rgb = np.asarray(photo)
    wide = rgb.astype(np.uint16) * 257
    found = {f"a.{kind}": _saved(photo, kind) for kind in ("jpg", "png", "webp")}
    found |= {
        "progressive.jpg": _saved(photo, "jpg", progressive=True),
        "lossless.webp": _saved(photo, "webp", lossless=True),
    }
    found |= {"palette.png": _saved(photo.quantize(64), "png"), "gray.png": _saved(photo.convert("L"), "png")}
    for name, options in (("plain", {}), ("zip", {"compression": "zlib"}), ("lzw", {"compression": "lzw"})):
        found[f"{name}.tif"] = _tiff(wide, photometric="rgb", **options)
    found["tiles.tif"] = _tiff(rgb, photometric="rgb", tile=(64, 64))
    found["raw.dng"] = _dng(wide)
    found |= {path.name: path.read_bytes() for path in sorted(HEIC.glob("*.heic"))[:2]}
    return found


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the file with a few bits flipped, numbers replaced, pieces lost or doubled; mostly near its head."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        near = int(chance.paretovariate(0.5))
        at = min(len(broken) - 1, near if chance.random() < 0.3 else chance.randrange(len(broken)))
        length = min(chance.choice((1, 2, 4, 64, 1024)), len(broken) - at)
        piece = broken[at : at + length]
        broken[at : at + length] = chance.choice(
            (
                bytes([broken[at] ^ (1 << chance.randrange(8))]) + piece[1:],
                chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x01"))[:length],
                bytes(length),
                b"",
                piece + piece,
            )
        )
        if len(broken) < 2:
            break
    return bytes(broken[: chance.randrange(1, len(broken) + 1)] if chance.random() < 0.1 else broken)


def look(path: Path, name: str, limits: Ingest) -> tuple[str, float]:
    """Read one photo whole, as the line does; return "photo" or the sentence for the client, and the seconds."""
    begun, answer = time.perf_counter(), "photo"
    try:
        read_photo(path, name=name, limits=limits)
    except BadImageError as error:
        answer = str(error)
    return answer, time.perf_counter() - begun


def mutate_and_read(folder: Path, files: int, seed: int) -> dict[str, float]:
    """Read that many mutated files in two workers with a whole photo after each; return what came of them."""
    chance, limits, originals = random.Random(seed), load_settings().ingest, seeds()
    pool = ProcessExecutor(workers=2, tasks_per_worker=200, seconds_per_task=3 * SECONDS, memory_bytes=MEMORY_BYTES)
    whole = folder / "whole.jpg"
    whole.write_bytes(originals["a.jpg"])
    tally = dict.fromkeys(("photos", "refused", "workers_lost", "out_of_time", "bugs", "neighbours_harmed"), 0)
    slowest = longest = 0.0
    try:
        pool.submit(look, whole, "whole.jpg", limits).result(60)
        for number in range(files):
            name = chance.choice(sorted(originals))
            path = folder / f"{number}-{name}"
            path.write_bytes(mutated(originals[name], chance))
            begun = time.perf_counter()
            answers = [pool.submit(look, path, name, limits), pool.submit(look, whole, "whole.jpg", limits)]
            tally[end := _answered(answers[0])] += 1
            slowest, longest = max(slowest, _seconds(answers[0])), max(longest, time.perf_counter() - begun)
            if end not in ("photos", "refused"):
                print(f"number {number}, a {name}: {end}, {_said(answers[0])}", file=sys.stderr)
            if (neighbour := _answered(answers[1])) != "photos":
                print(f"the neighbour of number {number}, a {name}: {neighbour}, {_said(answers[1])}", file=sys.stderr)
                tally["neighbours_harmed"] += 1
            path.unlink()
    finally:
        pool.shutdown(cancel_futures=True)
    times = {"mutated_slowest_seconds": slowest, "mutated_longest_answer_seconds": longest}
    return {f"mutated_{name}": count for name, count in tally.items()} | times


def _answered(future: Future) -> str:
    try:
        return "photos" if future.result(SECONDS * 6)[0] == "photo" else "refused"
    except TimeoutError:
        return "out_of_time"
    except (ProcessExpired, MemoryError):
        return "workers_lost"
    except Exception as error:
        print(f"a bug: {type(error).__name__}: {error}", file=sys.stderr)
        return "bugs"


def _seconds(future: Future) -> float:
    """How long the reading took, without a new worker's imports; all the time there was where it never ended."""
    return future.result()[1] if future.done() and not future.exception() else 3 * SECONDS


def _said(future: Future) -> str:
    return repr(future.exception() or future.result()) if future.done() else "no answer"


def _saved(photo: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    photo.save(stream, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[kind], **options)
    return stream.getvalue()


def _tiff(array: np.ndarray, **options: object) -> bytes:
    stream = io.BytesIO()
    tifffile.imwrite(stream, array, **options)
    return stream.getvalue()


def _dng(wide: np.ndarray) -> bytes:
    matrix = (32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572)
    tags = [
        (33421, 3, 2, (2, 2), True),
        (33422, 1, 4, bytes((0, 1, 1, 2)), True),
        (50706, 1, 4, bytes((1, 4, 0, 0)), True),
        (50708, 2, 0, "A camera", True),
        (50717, 3, 1, 65535, True),
        (50721, 10, 9, [part for number in matrix for part in (number, 10000)], True),
        (50728, 5, 3, (1, 1) * 3, True),
    ]
    return _tiff(wide[..., 1], photometric=32803, planarconfig=1, extratags=tags, metadata=None, software=False)
