"""One part of an image as a file of its own: original, master, mask, result or overlay."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb8
from pipeline.color import adobe_profile
from pipeline.color import srgb_profile
from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.model import ImageRecord
from pipeline.model import Version
from pipeline.paths import Path as ClippingPath
from pipeline.paths.fit import fitted
from pipeline.photo_io import read_photo
from pipeline.photo_io.clipping_path import jpeg_with_path
from pipeline.photo_io.clipping_path import path_resources
from pipeline.photo_io.delivered import read_delivered
from pipeline.photo_io.encode import encode
from pipeline.photo_io.svg_path import write_svg
from pipeline.run.edit_mask import kept_path
from pipeline.run.patch import patched
from pipeline.run.render import render
from pipeline.run.writing import write_whole
from pipeline.settings import Settings
from pipeline.stages.prepare import prepare
from pipeline.store.files import Files
from pipeline.tools.toolbox import open_toolbox

PARTS = ("original", "master", "mask", "result", "overlay", "shadow", "path")
PATH_ENDINGS = (".svg", ".tif", ".tiff", ".jpg", ".jpeg")
OUTLINE = (255, 0, 160)
OUTSIDE_SHARE = 0.35


def extract_part(
    record: ImageRecord, version: Version | None, part: str, target: Path, *, files: Files, settings: Settings
) -> None:
    """Write `part` of an image to `target`; mask, result and overlay need a version.

    original: the client's bytes. master: 16-bit TIFF, Adobe RGB. mask: 8-bit grey PNG in the original's frame. result:
    16-bit TIFF, re-created from original, mask and recipe. overlay: PNG of the original, its mask outlined. shadow:
    8-bit grey PNG of the layer kept for the client, in the original's proportions, 0 = no shadow. path: the clipping
    path a person drew, else one fitted to the mask; by the target's ending as SVG, or with the repaired photo in a
    16-bit TIFF (Adobe RGB) or a JPEG (sRGB).
    """
    if part == "original":
        data = files.read(record.sha256)
    elif part == "master":
        photo = read_photo(files.path(record.sha256), name=record.file, limits=settings.ingest)
        data = encode(photo.rgb, format="tiff", icc=adobe_profile())
    elif part == "path":
        data = _with_path(record, version, target, files, settings)
    else:
        data = _of_version(record, version, part, files, settings)
    if target.exists() and not target.is_file():
        raise KnownError(f"{target} is in the way and no file; choose another place.")
    write_whole(target, data)


def _of_version(record: ImageRecord, version: Version | None, part: str, files: Files, settings: Settings) -> bytes:
    if version is None or version.image != record.id or version.outcome.mask is None:
        raise NotFoundError(f"{record.file} has no such version; run its batch first, or see `whitepoint show`.")
    if part == "mask":
        return files.read(version.outcome.mask)
    if part == "shadow":
        if version.outcome.shadow is None:
            raise NotFoundError(
                f"{record.file} has no shadow layer; name one in its client's settings and run it again."
            )
        return files.read(version.outcome.shadow)
    item = render(record, version, files, open_toolbox(settings), settings)
    if item.result is None or item.mask is None:
        raise BugError("Rendering ended without a result.")
    if part == "result":
        return encode(item.result, format="tiff", icc=adobe_profile())
    return encode(overlay(adobe16_to_srgb8(item.photo.rgb), item.mask), format="png", icc=srgb_profile())


def _with_path(record: ImageRecord, version: Version | None, target: Path, files: Files, settings: Settings) -> bytes:
    levels = read_delivered(_of_version(record, version, "mask", files, settings)).rgb[..., 0]
    size = levels.shape[1], levels.shape[0]
    path = kept_path(version.outcome, size, files) if version is not None else ClippingPath()
    path = path if path.subpaths else fitted(levels)
    ending = target.suffix.lower()
    if ending not in PATH_ENDINGS:
        raise KnownError(f"{target.name} cannot hold a clipping path; name it {', '.join(PATH_ENDINGS)}.")
    if ending == ".svg":
        return write_svg(path, size)
    item = prepare(record, files.path(record.sha256), settings)
    rgb = item.photo.rgb if version is None else patched(item, version.outcome, files).photo.rgb
    if ending in (".jpg", ".jpeg"):
        return jpeg_with_path(encode(adobe16_to_srgb8(rgb), format="jpeg", icc=srgb_profile()), path, size)
    return encode(rgb, format="tiff", icc=adobe_profile(), resources=path_resources(path, size))


def overlay(rgb: NDArray[np.uint8], mask: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return `rgb` (uint8 H×W×3) with everything outside `mask` (float32 H×W 0..1) dimmed and its outline drawn."""
    keep = OUTSIDE_SHARE + (1 - OUTSIDE_SHARE) * mask[..., None]
    dimmed = np.rint(rgb * keep).astype(np.uint8)
    outlines, _ = cv2.findContours((mask > 0.5).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    return cv2.drawContours(dimmed, outlines, -1, OUTLINE, max(1, round(max(mask.shape) / 800)))
