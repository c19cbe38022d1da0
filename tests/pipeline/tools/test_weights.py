"""Weights count once somebody confirmed their SHA-256; the hashed bytes are loaded, and nothing beside them."""

from pathlib import Path

import pytest
from tiny_network import mean_of_channels

from pipeline.errors import KnownError
from pipeline.settings import Settings
from pipeline.tools import catalogue
from pipeline.tools import rembg_networks
from pipeline.tools.segmenters import is_installed
from pipeline.tools.segmenters import open_segmenter
from pipeline.tools.weights import read_network

NAME = "u2netp"


@pytest.fixture
def lying_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file under the name of a known network that nobody has confirmed."""
    monkeypatch.setenv("REMBG_HOME", str(tmp_path))
    path = rembg_networks.home(NAME)
    path.parent.mkdir(parents=True)
    path.write_bytes(mean_of_channels())
    return path


def test_weights_that_nobody_confirmed_are_not_used(settings: Settings, lying_there: Path) -> None:
    assert not is_installed(NAME, settings)
    with pytest.raises(KnownError, match=r"Nobody has confirmed .* --sha256"):
        open_segmenter(NAME, settings)


def test_a_person_confirms_another_file_than_the_published_one_by_its_sha256(
    settings: Settings, lying_there: Path
) -> None:
    model = catalogue.known_model(NAME, settings)
    with pytest.raises(KnownError, match="not the file its publisher names"):
        catalogue.install(model, settings)
    sha256 = read_network(lying_there)[1]
    with pytest.raises(KnownError, match="not the file"):
        catalogue.install(model, settings, sha256="0" * 64)
    assert catalogue.install(model, settings, sha256=sha256).sha256 == sha256
    assert is_installed(NAME, settings)
    assert open_segmenter(NAME, settings).identity.weights == sha256
    assert catalogue.trouble(catalogue.look_up(model, settings)) == ""

    lying_there.write_bytes(mean_of_channels() + b"\x00")
    assert "not the file that was confirmed" in catalogue.trouble(catalogue.look_up(model, settings))
    with pytest.raises(KnownError, match="was confirmed; install it again"):
        rembg_networks.open_rembg(NAME, settings)


def test_a_network_in_several_files_is_refused_before_anything_opens_them(tmp_path: Path) -> None:
    path = tmp_path / "several.onnx"
    path.write_bytes(mean_of_channels() + b"\x6a\x1a\x0a\x08location\x12\x0e../../secrets!")
    with pytest.raises(KnownError, match="in other files, which are never opened"):
        read_network(path)
