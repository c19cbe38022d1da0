"""Networks by name: what is said of them is true of the installed rembg, and a wrong file never gets in."""

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pooch
import pytest
import requests
from tiny_network import mean_of_channels

from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.settings import OnnxModel
from pipeline.settings import Settings
from pipeline.tools import catalogue
from pipeline.tools.rembg_networks import session_class
from pipeline.tools.segmenters import REMBG_NETWORKS

Retrieve = Callable[..., str]


@pytest.fixture(autouse=True)
def _own_rembg_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REMBG_HOME", str(tmp_path / "rembg"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """What rembg asks pooch for, while nothing is fetched: addresses with the hashes it pins."""
    found: list[tuple[str, str | None]] = []
    monkeypatch.setattr(pooch, "retrieve", lambda url, known_hash, **_: found.append((url, known_hash)))
    return found


def with_file(settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes) -> Settings:
    """The catalogue as if `data` were the published file of `name`."""
    known = catalogue.known_models

    def relabelled(asked_settings: Settings) -> tuple[catalogue.Model, ...]:
        checksum = f"md5:{hashlib.md5(data).hexdigest()}"
        return tuple(
            dataclasses.replace(model, checksum=checksum) if model.name == name else model
            for model in known(asked_settings)
        )

    monkeypatch.setattr(catalogue, "known_models", relabelled)
    return settings


def test_every_local_session_of_this_rembg_is_listed_and_no_remote_one(settings: Settings) -> None:
    from rembg.sessions import sessions_class

    names = {model.name for model in catalogue.known_models(settings) if model.kind == "rembg"}
    assert names == {kind.name() for kind in sessions_class if kind.is_local()}
    assert not names & {"atlascloud", "withoutbg"}


def test_engines_of_the_catalogue_are_the_engines_there_are(settings: Settings) -> None:
    engines = {model.name for model in catalogue.known_models(settings) if model.kind == "rembg" and model.engine}
    assert engines == set(REMBG_NETWORKS)


def test_addresses_and_checksums_are_those_that_this_rembg_pins(settings: Settings, asked: list) -> None:
    for model in catalogue.known_models(settings):
        if model.kind == "rembg" and model.checksum:
            session_class(model.name).download_models()
            assert asked[-1] == (model.source, model.checksum), model.name


def test_every_network_says_something_of_its_licence(settings: Settings) -> None:
    assert all(model.licence and model.use and model.source for model in catalogue.known_models(settings))
    said = {model.name: model.licence for model in catalogue.known_models(settings)}
    assert said["isnet-general-use"].startswith("unknown")
    assert "not for commercial use" in said["bria-rmbg"]


def test_a_network_comes_in_by_rembgs_own_downloader(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    data = mean_of_channels()
    with_file(settings, monkeypatch, "u2netp", data)

    def retrieve(url: str, known_hash: str, *, fname: str, path: str, **_: Any) -> str:
        Path(path).mkdir(parents=True)
        (Path(path) / fname).write_bytes(data)
        return str(Path(path) / fname)

    monkeypatch.setattr(pooch, "retrieve", retrieve)
    weights = catalogue.install(catalogue.known_model("u2netp", settings), settings)
    assert weights.path == weights.place
    assert weights.sha256 == hashlib.sha256(data).hexdigest()


def test_a_download_with_another_hash_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def retrieve(*_: Any, **__: Any) -> str:
        raise ValueError("MD5 hash of downloaded file does not match the known hash")

    monkeypatch.setattr(pooch, "retrieve", retrieve)
    with pytest.raises(KnownError, match=r"was refused .*known hash.*--from FILE"):
        catalogue.install(catalogue.known_model("u2netp", settings), settings)


def test_without_a_network_one_sentence_says_which_file_goes_where(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def retrieve(*_: Any, **__: Any) -> str:
        raise requests.exceptions.ConnectionError("no route")

    monkeypatch.setattr(pooch, "retrieve", retrieve)
    with pytest.raises(KnownError) as caught:
        catalogue.install(catalogue.known_model("u2netp", settings), settings)
    said = str(caught.value)
    assert "u2netp.onnx" in said
    assert str(tmp_path / "rembg" / "models" / "u2netp" / "u2netp.onnx") in said
    assert "models install u2netp --from FILE" in said
    assert "\n" not in said


def test_a_file_by_hand_is_checked_before_it_is_put_in_place(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_bytes(mean_of_channels())
    wrong.write_bytes(b"something else")
    with_file(settings, monkeypatch, "u2netp", right.read_bytes())
    model = catalogue.known_model("u2netp", settings)
    with pytest.raises(KnownError, match="is not “u2netp”"):
        catalogue.install(model, settings, source=wrong)
    assert catalogue.look_up(model, settings).path is None
    weights = catalogue.install(model, settings, source=right)
    assert weights.path is not None
    assert weights.path.read_bytes() == right.read_bytes()
    assert sorted(path.name for path in weights.path.parent.iterdir()) == ["u2netp.onnx", "u2netp.onnx.sha256"]


def test_a_damaged_file_is_found_when_hashed_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = tmp_path / "file"
    source.write_bytes(mean_of_channels())
    with_file(settings, monkeypatch, "u2netp", source.read_bytes())
    model = catalogue.known_model("u2netp", settings)
    weights = catalogue.install(model, settings, source=source)
    assert catalogue.trouble(weights) == ""
    assert weights.path is not None
    weights.path.write_bytes(source.read_bytes()[:-1])
    assert "is not the file that was confirmed" in catalogue.trouble(catalogue.look_up(model, settings))


def test_an_own_network_is_listed_with_its_declaration(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "mine.onnx"
    path.write_bytes(mean_of_channels())
    declared = OnnxModel(str(path), 32, 32, (0.0,) * 3, (1.0,) * 3, licence="ours", sha256="0" * 64)
    own = dataclasses.replace(settings, tools=dataclasses.replace(settings.tools, onnx={"mine": declared}))
    weights = catalogue.look_up(catalogue.known_model("mine", own), own)
    assert (weights.model.kind, weights.model.licence, weights.path) == ("own", "ours", path)
    assert "is not the file" in catalogue.trouble(weights)


@pytest.mark.parametrize(
    ("name", "said"), [("embedded", "ships with"), ("sam", "prompts"), ("dis_custom", "tools.onnx")]
)
def test_what_cannot_be_installed_says_why(settings: Settings, name: str, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        catalogue.install(catalogue.known_model(name, settings), settings)


def test_an_unknown_network_is_answered_with_the_nearest_name(settings: Settings) -> None:
    with pytest.raises(NotFoundError, match="isnet-general-use"):
        catalogue.known_model("isnet-general", settings)
