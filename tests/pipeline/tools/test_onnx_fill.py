"""A network that fills, brought in from a file: confirmed, used inside the hole only, named and disclosed."""

import numpy as np
import pytest
from tiny_network import mean_of_channels
from tiny_network import white_hole

from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.settings import load_settings
from pipeline.tools.catalogue import install
from pipeline.tools.catalogue import known_model
from pipeline.tools.fill import FILLERS
from pipeline.tools.fill import engine_weights
from pipeline.tools.fill import engines
from pipeline.tools.fill import fill


@pytest.fixture
def settings(monkeypatch, tmp_path):
    monkeypatch.setenv("WHITEPOINT_NETWORKS", str(tmp_path / "networks"))
    return load_settings()


def photo():
    rgb = np.random.default_rng(3).integers(0, 40_000, (120, 141, 3), dtype=np.uint16)
    hole = np.zeros(rgb.shape[:2], bool)
    hole[50:70, 60:90] = True
    return rgb, hole


def test_an_installed_network_fills_the_hole_and_nothing_else(settings, tmp_path):
    rgb, hole = photo()
    assert engines() == tuple(FILLERS)
    with pytest.raises(NotFoundError, match="no fill “lama”"):
        fill(rgb, hole, "lama", settings)
    with pytest.raises(KnownError, match="--from FILE"):
        install(known_model("lama", settings), settings)
    (tmp_path / "lama.onnx").write_bytes(white_hole())
    weights = install(known_model("lama", settings), settings, source=tmp_path / "lama.onnx")

    assert engines() == (*FILLERS, "lama")
    filled = fill(rgb, hole, "lama", settings)
    assert (filled[~hole] == rgb[~hole]).all()
    assert filled[54:66, 64:86].min() > 60_000
    assert engine_weights("lama") == weights.sha256
    assert engine_weights("best") is None


def test_a_file_that_nobody_confirmed_or_that_does_something_else_is_refused(settings, tmp_path):
    rgb, hole = photo()
    place = tmp_path / "networks" / "mi-gan.onnx"
    place.parent.mkdir()
    place.write_bytes(white_hole())
    with pytest.raises(KnownError, match="Nobody has confirmed"):
        fill(rgb, hole, "mi-gan", settings)
    (tmp_path / "other.onnx").write_bytes(mean_of_channels())
    install(known_model("mi-gan", settings), settings, source=tmp_path / "other.onnx")
    with pytest.raises(KnownError, match="does not take a picture and a hole"):
        fill(rgb, hole, "mi-gan", settings)
