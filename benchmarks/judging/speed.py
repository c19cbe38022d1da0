"""What judging costs: all readings of one 24-megapixel image, the exact-white check, the SSIM map beside scikit-image.

Seconds are CPU time of one core, the best of three; both SSIM maps are made of the same arrays; memory is what a
process adds while it reads, in image-sized buffers of 24 million float32.
"""

import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
from skimage.metrics import structural_similarity

from benchmarks.judging.cases import base
from benchmarks.judging.cases import studio
from pipeline.mask import quantize
from pipeline.mask import zones
from pipeline.measure.similarity import similarity_map
from pipeline.measure.whiteness import read_whiteness
from pipeline.model import WorkItem
from pipeline.model import freeze
from pipeline.stages.score import read_all
from training.defects.base import made

LARGE = (6000, 4000)
BUFFER = LARGE[0] * LARGE[1] * 4
GOALS = {
    "large_readings_seconds": ("<=", 1.5),
    "large_readings_buffers": ("<=", 4.0),
    "large_exact_white_seconds": ("<=", 0.15),
    "ssim_times_faster": (">=", 8.0),
    "ssim_largest_difference": ("<=", 1e-3),
}


def speed_figures(*, quick: bool) -> dict[str, float]:
    """Measure in a process of its own, with one thread."""
    command = [sys.executable, "-m", "benchmarks.judging.speed", *(["--quick"] if quick else [])]
    lines = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    found = (line.split() for line in lines if line.startswith(("large", "ssim")))
    return {name: float(value) for name, value in found}


def _measure(quick: bool) -> dict[str, float]:
    cv2.setNumThreads(1)
    item, settings = _large_item(), studio().settings
    assert item.result is not None
    assert item.result_mask is not None
    figures = {"large_readings_seconds": _best(lambda: read_all(item, settings), 2 if quick else 3)}
    tracemalloc.start()
    read_all(item, settings)
    figures["large_readings_buffers"] = tracemalloc.get_traced_memory()[1] / BUFFER
    tracemalloc.stop()
    zone = zones(item.result_mask, 0)
    figures["large_exact_white_seconds"] = _best(lambda: read_whiteness(item.result, zone, tolerance=5), 3)
    return figures | _ssim_figures(512 if quick else 1600)


def _large_item() -> WorkItem:
    """A photo of 24 megapixels in its own frame, as the line makes it."""
    start = base("crate-oak-warm")
    assert start.mask is not None
    rgb = cv2.resize(start.photo.rgb, LARGE, interpolation=cv2.INTER_CUBIC)
    mask = quantize(cv2.resize(start.mask, LARGE, interpolation=cv2.INTER_LINEAR))
    photo = replace(start.photo, rgb=freeze(rgb))
    return made(replace(start, photo=photo, mask=freeze(mask), frame=None), studio())


def _ssim_figures(side: int) -> dict[str, float]:
    rng = np.random.default_rng(7)
    grey = cv2.cvtColor(cv2.resize(base("crate-oak-warm").photo.rgb, (side, side)), cv2.COLOR_RGB2GRAY)
    one = (grey // 257).astype(np.uint8)
    blurred = cv2.GaussianBlur(one, (0, 0), 1) + rng.normal(0, 2, one.shape)
    other = np.clip(np.rint(blurred), 0, 255).astype(np.uint8)
    figures = {"ssim_times_faster": _times_faster(one, other)}
    figures["ssim_times_faster_float32"] = _times_faster(one.astype(np.float32), other.astype(np.float32))
    theirs = structural_similarity(one, other, full=True)[1]
    ours = similarity_map(one, other, data_range=255.0)
    return figures | {"ssim_largest_difference": float(np.abs(theirs - ours).max())}


def _times_faster(one: np.ndarray, other: np.ndarray) -> float:
    """Both get the same arrays; the goal is about 8-bit pictures, which is what files hold."""
    slow = _best(lambda: structural_similarity(one, other, full=True, data_range=255.0), 5)
    return slow / _best(lambda: similarity_map(one, other, data_range=255.0), 5)


def _best(work: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(times):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


if __name__ == "__main__":
    for name, value in _measure("--quick" in sys.argv).items():
        print(name, value)
