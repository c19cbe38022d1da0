"""Engines by name: known or a sentence, from this disk or a sentence, and never a download."""

import dataclasses
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from studio import agreement
from studio import coverage
from studio import photographed
from studio import sweep
from tiny_network import mean_of_channels

from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.settings import OnnxModel
from pipeline.settings import Settings
from pipeline.tools.embedded import open_embedded
from pipeline.tools.onnx_networks import file_hash
from pipeline.tools.segmenters import EMBEDDED
from pipeline.tools.segmenters import FINISHED
from pipeline.tools.segmenters import REMBG_NETWORKS
from pipeline.tools.segmenters import open_segmenter
from pipeline.tools.segmenters import segmenter_names
from pipeline.tools.toolbox import open_toolbox


def with_onnx(settings: Settings, path: Path, sha256: str = "") -> Settings:
    model = OnnxModel(str(path), 32, 32, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0), sha256=sha256)
    tools = dataclasses.replace(settings.tools, onnx={"mine": model})
    return dataclasses.replace(settings, tools=tools)


def unweighed(settings: Settings) -> Settings:
    alone = dataclasses.replace(settings.tools.evidence, weigh_others=False)
    return dataclasses.replace(settings, tools=dataclasses.replace(settings.tools, evidence=alone))


def test_an_unknown_engine_is_named_with_the_nearest_known_one(settings: Settings):
    with pytest.raises(NotFoundError, match="isnet-general-use"):
        open_segmenter("isnet-general", settings)


def test_every_rembg_network_in_the_registry_exists_in_this_rembg():
    from pipeline.tools.rembg_networks import session_class

    assert all(session_class(name).name() == name for name in REMBG_NETWORKS)


@pytest.mark.parametrize("name", ["isnet-general-use", "u2netp", "birefnet-general"])
def test_missing_weights_are_a_sentence_with_the_remedy_and_never_a_download(
    name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    import pooch

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a download was tried")

    monkeypatch.setattr(pooch, "retrieve", refuse)
    monkeypatch.setenv("REMBG_HOME", str(tmp_path))
    with pytest.raises(KnownError, match=f"not installed; put them into .*{name}.onnx"):
        open_segmenter(name, settings)


def test_remote_services_are_no_engines(settings: Settings):
    for name in ("atlascloud", "withoutbg"):
        assert name not in segmenter_names(settings)
        with pytest.raises(NotFoundError):
            open_segmenter(name, settings)


def test_a_local_network_is_run_with_its_declared_size_and_answers_at_the_photos(settings: Settings, tmp_path: Path):
    path = tmp_path / "mine.onnx"
    path.write_bytes(mean_of_channels())
    engine = open_segmenter("mine", unweighed(with_onnx(settings, path, file_hash(path))))
    rgb = np.full((40, 60, 3), (0.2, 0.4, 0.9), np.float32)
    mask = engine.segment(rgb)
    assert mask.shape == (40, 60)
    assert mask.dtype == np.float32
    assert np.abs(mask - 0.5).max() < 1e-5
    assert engine.identity.weights == file_hash(path)


def test_a_local_network_with_another_hash_or_no_file_is_refused(settings: Settings, tmp_path: Path):
    path = tmp_path / "mine.onnx"
    with pytest.raises(KnownError, match="put the file there"):
        open_segmenter("mine", with_onnx(settings, path))
    path.write_bytes(mean_of_channels())
    with pytest.raises(KnownError, match="SHA-256"):
        open_segmenter("mine", with_onnx(settings, path, "0" * 64))
    with pytest.raises(KnownError, match=f'Nobody has confirmed .* sha256 = "{file_hash(path)}"'):
        open_segmenter("mine", with_onnx(settings, path))


def test_a_file_that_is_no_network_is_a_sentence(settings: Settings, tmp_path: Path):
    path = tmp_path / "mine.onnx"
    path.write_bytes(b"not a network")
    with pytest.raises(KnownError, match="install it again"):
        open_segmenter("mine", with_onnx(settings, path, file_hash(path)))


def test_a_finished_photo_loses_only_the_white_that_hangs_together_with_its_border(settings: Settings):
    rgb = np.ones((60, 80, 3), np.float32)
    rgb[20:40, 20:60] = 0.3
    rgb[28:32, 30:40] = 1.0
    rgb[0, 0] = 0.96
    mask = open_segmenter(FINISHED, settings).segment(rgb)
    assert (mask[20:40, 20:60] == 1).all()
    assert mask.sum() == 20 * 40


def test_the_toolbox_travels_as_settings_and_opens_each_engine_once(settings: Settings):
    toolbox = open_toolbox(settings)
    again = pickle.loads(pickle.dumps(toolbox))
    assert again == toolbox
    assert again.segmenter(EMBEDDED) is toolbox.segmenter(EMBEDDED)
    assert len(pickle.dumps(toolbox)) < 100_000


def test_importing_the_toolbox_loads_no_engine():
    code = (
        "import sys, pipeline.stages.cut_out, pipeline.stages.whiten; from pipeline.settings import load_settings;"
        "from pipeline.tools.toolbox import open_toolbox; open_toolbox(load_settings());"
        "print([name for name in ('rembg', 'onnxruntime', 'pymatting', 'numba', 'torch') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("draw", "colour"), [("ball", (0.75, 0.15, 0.1)), ("box", (0.15, 0.15, 0.16)), ("ring", (0.1, 0.3, 0.7))]
)
def test_the_embedded_engine_finds_easy_products(draw: str, colour: tuple[float, float, float], settings: Settings):
    cover = coverage(768, 1024, draw)
    mask = open_segmenter(EMBEDDED, settings).segment(photographed(sweep(768, 1024), cover, colour))
    assert mask.shape == (768, 1024)
    assert agreement(mask, cover) > 0.9


def test_another_engines_filled_hole_is_opened_again(settings: Settings):
    cover = coverage(768, 1024, "ring")
    rgb = photographed(sweep(768, 1024), cover, (0.1, 0.3, 0.7))
    filled = coverage(768, 1024, "ball")
    weighed = open_embedded(settings).weigh(rgb, filled)
    assert agreement(filled, cover) < 0.6
    assert agreement(weighed, cover) > 0.9


def test_another_engines_missing_product_is_found_again(settings: Settings):
    cover = coverage(768, 1024, "ball")
    rgb = photographed(sweep(768, 1024), cover, (0.75, 0.15, 0.1))
    assert agreement(open_embedded(settings).weigh(rgb, np.zeros_like(cover)), cover) > 0.9


def test_an_engine_whose_masks_are_weighed_says_by_what(settings: Settings, tmp_path: Path):
    path = tmp_path / "mine.onnx"
    path.write_bytes(mean_of_channels())
    engine = open_segmenter("mine", with_onnx(settings, path, file_hash(path)))
    assert engine.identity.name == "mine"
    assert engine.identity.weights == file_hash(path)
    assert f"weighed by embedded {open_embedded(settings).identity.weights[:12]}" in engine.identity.version


@pytest.mark.parametrize("level", [0.0, 0.4, 1.0])
def test_nothing_is_found_on_a_frame_without_a_step_whatever_another_engine_says(level: float, settings: Settings):
    rgb = np.full((96, 128, 3), level, np.float32)
    assert not open_embedded(settings).weigh(rgb, coverage(96, 128, "ball")).any()


def test_the_embedded_engine_finds_nothing_on_a_bare_backdrop(settings: Settings):
    mask = open_segmenter(EMBEDDED, settings).segment(sweep(768, 1024))
    assert (mask > 0.5).mean() < 0.0004


def test_hardware_is_chosen_in_the_settings_order_and_the_cpu_is_always_last(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    import onnxruntime

    from pipeline.tools.onnx_networks import providers

    there = ["OpenVINOExecutionProvider", "CUDAExecutionProvider", "AzureExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: there)
    assert providers(settings) == ["CUDAExecutionProvider", "OpenVINOExecutionProvider", "CPUExecutionProvider"]
    wanted = ("CPUExecutionProvider", "OpenVINOExecutionProvider")
    own = dataclasses.replace(settings, tools=dataclasses.replace(settings.tools, providers=wanted))
    assert providers(own) == ["OpenVINOExecutionProvider", "CPUExecutionProvider"]


def test_the_embedded_network_says_what_computes_it(settings: Settings):
    assert open_segmenter(EMBEDDED, settings).identity.provider == "CPUExecutionProvider"


def test_threads_that_ask_at_once_share_one_session(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from pipeline.tools import toolbox

    opened: list[str] = []
    own = dataclasses.replace(settings, line=dataclasses.replace(settings.line, lease_seconds=601))
    monkeypatch.setattr(toolbox, "open_segmenter", lambda name, _: opened.append(name) or object())
    together, box = Barrier(4), open_toolbox(own)

    def ask(_: int) -> object:
        together.wait()
        return box.segmenter("shared")

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(ask, range(4)))
    assert len(found) == len(opened) == 1
