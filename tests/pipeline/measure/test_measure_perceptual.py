"""LPIPS: used where somebody installed its network, said where nobody did; a tiny network stands for it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import KnownError
from pipeline.measure.changed import compare
from pipeline.measure.perceptual import read_perceptual
from pipeline.model import Frame
from pipeline.model import WorkItem
from pipeline.settings import load_settings
from pipeline.tools import catalogue
from pipeline.tools.toolbox import open_toolbox
from tests.pipeline.tools.tiny_network import mean_difference
from tests.pipeline.tools.tiny_network import mean_of_channels

Build = Callable[..., WorkItem]
SETTINGS = load_settings()


@pytest.fixture
def networks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHITEPOINT_NETWORKS", str(tmp_path / "networks"))
    return tmp_path


def install(folder: Path, content: bytes) -> None:
    (folder / "brought.onnx").write_bytes(content)
    catalogue.install(catalogue.known_model("lpips", SETTINGS), SETTINGS, source=folder / "brought.onnx")


def found(item: WorkItem, result: np.ndarray | None = None):
    height, width = item.mask.shape
    still = Frame((1, 0, 0, 0, 1, 0), (width, height))
    return compare(item.photo.rgb, item.cutout if result is None else result, item.mask, still, None)


def test_without_the_network_the_gradients_say_that_they_stand_alone(networks: Path, build_item: Build) -> None:
    assert open_toolbox(SETTINGS).perceptual() is None
    gradients, lpips = read_perceptual(found(build_item()), None)
    assert gradients.detail == "GMSD; LPIPS is not installed"
    assert (lpips.value, lpips.detail) == (None, "LPIPS is not installed")


def test_the_installed_network_names_the_worst_tile_and_its_weights(networks: Path, build_item: Build) -> None:
    install(networks, mean_difference())
    network = open_toolbox(SETTINGS).perceptual()
    item = build_item()
    gradients, same = read_perceptual(found(item), network)
    assert gradients.detail == "GMSD"
    assert same.value == pytest.approx(0, abs=0.02)
    spoilt = np.asarray(item.cutout).copy()
    height, width = spoilt.shape[:2]
    spoilt[height // 2 - 20 : height // 2 + 20, width // 2 - 20 : width // 2 + 20] = 0
    lpips = read_perceptual(found(item, spoilt), network)[1]
    assert lpips.value > same.value + 0.1
    assert network.sha256[:12] in lpips.detail
    left, top, right, bottom = lpips.evidence.boxes[0]
    assert left < width // 2 + 20
    assert right > width // 2 - 20
    assert top < height // 2 + 20
    assert bottom > height // 2 - 20


def test_a_network_that_compares_nothing_is_refused_in_words(networks: Path) -> None:
    install(networks, mean_of_channels())
    with pytest.raises(KnownError, match="does not compare two pictures"):
        open_toolbox(SETTINGS).perceptual()


def test_lpips_is_installed_from_a_file_only(networks: Path) -> None:
    with pytest.raises(KnownError, match="--from FILE"):
        catalogue.install(catalogue.known_model("lpips", SETTINGS), SETTINGS)
