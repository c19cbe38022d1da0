"""Where a version comes from: everything that must be the same for the same mask to come out again."""

from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version
from typing import Final

from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.settings import Settings
from pipeline.store.files import Files

LIBRARIES: Final = (
    *("whitepoint", "numpy", "scipy", "scikit-image", "opencv-python-headless", "onnxruntime", "rembg", "pymatting"),
    *("pillow", "tifffile", "imagecodecs", "simplejpeg", "rawpy", "pi-heif"),
)
"""What touches pixels between the original's bytes and the mask."""


def with_provenance(outcome: Outcome, record: ImageRecord, files: Files, settings: Settings) -> Outcome:
    """Return `outcome` with the input's hash, all settings as a file, the engine's provider and the libraries."""
    # The step names the provider behind the engine's version; all of onnxruntime's names end alike.
    computed = [step.version.rpartition(", ")[2] for step in outcome.steps if step.stage == "cut_out"]
    return replace(
        outcome,
        original=record.sha256,
        recipe=files.put_bytes(settings.text.encode()),
        provider=computed[-1] if computed and computed[-1].endswith("ExecutionProvider") else "",
        libraries=library_versions(),
    )


def library_versions() -> tuple[str, ...]:
    """Return name and version of every installed library of `LIBRARIES`, in that order."""
    return tuple(f"{name} {found}" for name in LIBRARIES if (found := _version(name)))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
