"""Files that are no networks, or other ones than they should be: one sentence each, and the workers go on."""

import dataclasses
import hashlib
from pathlib import Path

import numpy as np
import pytest
import tiny_network

from pipeline.errors import KnownError
from pipeline.run.workers import ProcessExecutor
from pipeline.settings import OnnxModel
from pipeline.settings import Settings
from pipeline.tools.segmenters import open_segmenter
from pipeline.tools.weights import read_network

GOOD = tiny_network.mean_of_channels()
CHANCE = np.random.default_rng(11)
EXTERNAL = b"\x6a\x1a%blocation\x12\x0e../../secrets!"

HOSTILE = {
    "nothing": b"",
    "noise": CHANCE.bytes(4000),
    "cut off": GOOD[: len(GOOD) // 2],
    "a page": b"<!DOCTYPE html><title>404</title>",
    "a bit": bytes([GOOD[0] ^ 0x40]) + GOOD[1:],
    "two pictures": tiny_network.mean_difference(),
    "no mask": tiny_network.flat(),
    "enormous": tiny_network.enormous(),
    "outside": GOOD + EXTERNAL % b"\x0a\x08",
    "outside, hidden": GOOD + EXTERNAL % b"\x0a\x88\x00",
    "outside, hidden well": GOOD + EXTERNAL % b"\x8a\x80\x00\x88\x80\x80\x00",
}


def declared(settings: Settings, path: Path, content: bytes) -> Settings:
    path.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    model = OnnxModel(str(path), 32, 32, mean=(0.0,) * 3, std=(1.0,) * 3, sha256=sha256)
    return dataclasses.replace(settings, tools=dataclasses.replace(settings.tools, onnx={"mine": model}))


def cut_out(settings: Settings) -> tuple[int, ...]:
    """What a worker does with a network."""
    return open_segmenter("mine", settings).segment(np.full((40, 60, 3), 0.5, np.float32)).shape


def test_no_file_takes_a_worker_along_and_each_is_one_sentence(settings: Settings, tmp_path: Path) -> None:
    pool = ProcessExecutor(workers=1, tasks_per_worker=100, seconds_per_task=60.0, memory_bytes=2 * 2**30)
    try:
        waiting = {
            name: pool.submit(cut_out, declared(settings, tmp_path / f"{name}.onnx", content))
            for name, content in HOSTILE.items()
        }
        last = pool.submit(cut_out, declared(settings, tmp_path / "good.onnx", GOOD))
        for name, future in waiting.items():
            error = future.exception(timeout=60)
            assert isinstance(error, KnownError), (name, error)
            assert str(error).startswith(str(tmp_path)), name
            assert "\n" not in str(error), name
            assert len(str(error)) < 500, name
            assert str(error).endswith("."), name
        assert last.result(timeout=60) == (40, 60)
    finally:
        pool.shutdown(cancel_futures=True)


def test_data_outside_of_the_file_is_refused_however_its_key_is_written(tmp_path: Path) -> None:
    for name in ("outside", "outside, hidden", "outside, hidden well"):
        (tmp_path / "several.onnx").write_bytes(HOSTILE[name])
        with pytest.raises(KnownError, match="in other files, which are never opened"):
            read_network(tmp_path / "several.onnx")
