"""Which cut-out networks are known, where their weights lie, how they are brought in and checked."""

import hashlib
import os
import shutil
import tempfile
import tomllib
from dataclasses import dataclass
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Final

from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.settings import Settings
from pipeline.settings import nearest
from pipeline.tools.embedded import MODEL
from pipeline.tools.perceptual import place_of
from pipeline.tools.rembg_networks import home
from pipeline.tools.rembg_networks import session_class
from pipeline.tools.rembg_networks import weights_path
from pipeline.tools.segmenters import EMBEDDED
from pipeline.tools.weights import confirm
from pipeline.tools.weights import confirmed

JUDGE: Final = "judge"
BY_HAND: Final = (JUDGE, "fill")
"""Kinds that are published in another form than the file we load: somebody brings that."""
CONFIRMED: Final = ("rembg", *BY_HAND)
"""Kinds whose files count once somebody confirmed their SHA-256."""
NAMELESS: Final = "unknown (its declaration names none)"


@dataclass(frozen=True)
class Model:
    """What is said of a network before anybody looks at its file.

    Attributes:
        kind: "shipped" with the app, "rembg", "own" (declared under [tools.onnx]), "judge" (compares pictures)
            or "fill" (paints holes).
        megabytes: rounded size of its file, 0 where that is unknown.
        checksum: "md5:…" or "sha256:…" of the right file, "" where nobody publishes one.
        source: where the file comes from; use: what it is good for.
        engine: whether it can cut out here.
    """

    name: str
    kind: str
    licence: str
    megabytes: int
    source: str
    use: str
    checksum: str = ""
    engine: bool = True


@dataclass(frozen=True)
class Weights:
    """The file of a network on this disk: None for `path` where it is not installed; `place` is where it belongs."""

    model: Model
    place: Path | None
    path: Path | None
    sha256: str
    bytes: int


def known_models(settings: Settings) -> tuple[Model, ...]:
    """Return every network that is shipped, known to rembg or declared by the studio, in the catalogue's order."""
    text = resources.files("resources").joinpath("models.toml").read_text("utf-8")
    listed = [
        Model(**{"name": name, "kind": "shipped" if name == EMBEDDED else "rembg"} | said)
        for name, said in tomllib.loads(text)["models"].items()
    ]
    own = [
        Model(
            name=name,
            kind="own",
            licence=declared.licence or NAMELESS,
            megabytes=0,
            source="your own file",
            use="declared in the settings",
            checksum=f"sha256:{declared.sha256}" if declared.sha256 else "",
        )
        for name, declared in settings.tools.onnx.items()
    ]
    return (*listed, *own)


def known_model(name: str, settings: Settings) -> Model:
    """Return the network of that name; raises NotFoundError naming the nearest known one."""
    models = {model.name: model for model in known_models(settings)}
    if name not in models:
        raise NotFoundError(f"There is no model “{name}”{nearest(name, models)}.")
    return models[name]


def look_up(model: Model, settings: Settings) -> Weights:
    """Return where the weights of `model` lie and what they are; reads the whole file for its SHA-256."""
    place, path = _place(model, settings), _path(model, settings)
    if path is None:
        published = model.checksum.removeprefix("sha256:") if model.checksum.startswith("sha256:") else ""
        return Weights(model, place, None, published, 0)
    return Weights(model, place, path, digest(path, "sha256"), path.stat().st_size)


def trouble(weights: Weights) -> str:
    """Return what is wrong with an installed file, or ""; one sentence without the model's name."""
    if weights.path is None:
        return ""
    if weights.model.kind in CONFIRMED and confirmed(weights.path) not in ("", weights.sha256):
        return f"{weights.path} is not the file that was confirmed ({confirmed(weights.path)[:12]}…); install it again"
    # What somebody confirmed by its SHA-256 needs no MD5 beside it.
    return "" if confirmed(weights.path) else _unlike_published(weights)


def _unlike_published(weights: Weights) -> str:
    if weights.path is None:
        return ""
    method, _, published = weights.model.checksum.partition(":")
    if published and digest(weights.path, method) != published:
        return f"{weights.path} is not the file its publisher names ({weights.model.checksum}); install it again"
    return ""


def install(model: Model, settings: Settings, *, source: Path | None = None, sha256: str = "") -> Weights:
    """Bring the weights of `model` in, by rembg's own downloader or from the file `source`, check and confirm them.

    With `sha256` the caller says which file is the right one, whatever its publisher names.
    Raises KnownError where it needs no installing, cannot be fetched, or is not the file its publisher names; then
    nothing is left under its name.
    """
    if model.kind == "shipped":
        raise KnownError(f"“{model.name}” ships with Whitepoint; there is nothing to install.")
    if not model.engine and model.kind not in BY_HAND:
        raise KnownError(f"“{model.name}” is {model.use}.")
    place = _place(model, settings)
    if place is None:
        raise KnownError(f"“{model.name}” has no place of its own to be installed in; declare its path.")
    if sha256:
        model = replace(model, checksum=f"sha256:{sha256.lower()}")
    if source is not None:
        _copy(model, source, place)
    elif model.kind == "own":
        raise KnownError(f"“{model.name}” is your own network: give its file with --from FILE, or put it at {place}.")
    elif model.kind in BY_HAND:
        raise KnownError(f"“{model.name}” is published as {model.source}: give its ONNX file with --from FILE.")
    elif _path(model, settings) is None:
        _download(model, place)
    weights = look_up(model, settings)
    if said := _unlike_published(weights):
        raise KnownError(f"“{model.name}”: {said} with --from FILE or after removing it.")
    if weights.path is not None and model.kind in CONFIRMED:
        confirm(weights.path, weights.sha256)
    return weights


def digest(path: Path, method: str) -> str:
    """Return the digest of a file by "md5" or "sha256", hexadecimal; raises KnownError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, method).hexdigest()
    except OSError as error:
        raise KnownError(f"{path} cannot be read ({error.strerror}); check the path.") from error


def _place(model: Model, settings: Settings) -> Path | None:
    if model.kind == "own":
        return Path(settings.tools.onnx[model.name].path).expanduser()
    if model.kind in BY_HAND:
        return place_of(model.name)
    return home(model.name) if model.kind == "rembg" and model.engine else _path(model, settings)


def _path(model: Model, settings: Settings) -> Path | None:
    if model.kind == "own":
        path = Path(settings.tools.onnx[model.name].path).expanduser()
        return path if path.is_file() else None
    if model.kind in BY_HAND:
        return place_of(model.name) if place_of(model.name).is_file() else None
    if model.kind == "shipped":
        shipped = Path(str(resources.files("resources").joinpath(MODEL)))
        return shipped if shipped.is_file() else None
    return weights_path(model.name)


def _copy(model: Model, source: Path, place: Path) -> None:
    """Put a copy of `source` at `place` in one step, once it is known to be the right file."""
    method, _, published = model.checksum.partition(":")
    if published and digest(source, method) != published:
        raise KnownError(f"{source} is not “{model.name}”: its publisher names {model.checksum}; fetch {model.source}.")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as copy, source.open("rb") as file:
            shutil.copyfileobj(file, copy)
        os.replace(copy.name, place)
    except OSError as error:
        raise KnownError(f"{place} cannot be written ({error.strerror}); free space or allow writing.") from error


def _download(model: Model, place: Path) -> None:
    by_hand = (
        f"bring {model.source} here by other means and give `whitepoint models install {model.name} --from FILE`,"
        f" which puts it at {place}"
    )
    try:
        session_class(model.name).download_models()
    except ImportError as error:
        raise KnownError(f"“{model.name}” cannot be made: {error}.") from error
    except ValueError as error:
        # pooch says so of a file whose hash is not the published one, and has removed it.
        raise KnownError(f"“{model.name}” was refused ({_one_line(error)}); {by_hand}.") from error
    except OSError as error:
        raise KnownError(
            f"“{model.name}” could not be downloaded ({error.strerror or type(error).__name__}); {by_hand}."
        ) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160].rstrip(".")
