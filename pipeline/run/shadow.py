"""A version's shadow: kept as a layer of its own, and laid under the product only where a place of sale takes it."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BugError
from pipeline.mask import Matte
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.measure.delivery_report import Failure
from pipeline.model import Version
from pipeline.model import WorkItem
from pipeline.run.pictures import encode_mask
from pipeline.run.pictures import read_mask
from pipeline.settings import Platform
from pipeline.settings import Settings
from pipeline.store.files import Files
from pipeline.tools.shadow_layer import contact_shadow
from pipeline.tools.shadow_layer import natural_shadow
from pipeline.tools.shadow_layer import placed
from pipeline.tools.shadow_layer import under

NO_SUBJECT = 0.49
"""Below what belongs to a product's shape: a shadow never counts for fill or contact with the frame."""


def store_shadow(item: WorkItem, files: Files, settings: Settings) -> str | None:
    """Keep the shadow that the image's client wants and return its file's SHA-256; None where there is none.

    A finished photo keeps what shadow it has, and no product has none.
    """
    layer = shadow_of(item, settings)
    return None if layer is None else files.put_bytes(encode_mask(layer))


def shadow_of(item: WorkItem, settings: Settings) -> Matte | None:
    """Return the client's kind of shadow as a layer (float32 h×w 0..1, 0 = none), from photo and mask alone."""
    kind = settings.client(item.record.client).shadow
    finished = item.routing is not None and item.routing.finished
    if kind == "none" or finished or item.mask is None or not item.mask.any():
        return None
    side = settings.line.proxy_side
    if kind == "contact":
        return contact_shadow(item.mask, settings.shadow, side=side)
    return natural_shadow(item.photo.rgb, item.mask, settings.shadow, side=side)


def read_shadow(version: Version, files: Files) -> Matte | None:
    """Return the layer that was kept with `version`, or None."""
    return None if version.outcome.shadow is None else read_mask(files.read(version.outcome.shadow))


def takes_shadow(rules: Platform) -> bool:
    """Whether a platform allows a shadow at all: pure white and nothing exclude it, whatever a client says."""
    return rules.background not in ("pure_white", "transparent")


def with_shadow(item: WorkItem, layer: Matte, settings: Settings) -> tuple[NDArray[np.uint16], Matte]:
    """Return a framed item's result with the layer under the product, and the mask of all that may not be white.

    Product pixels are the same with and without; that mask has the shadow below what counts as product.
    """
    if item.result is None or item.result_mask is None or item.frame is None or item.mask is None:
        raise BugError("A shadow cannot be laid under a product before it is framed.")
    height, width = item.mask.shape
    seen = placed(layer, (height, width), item.frame, settings.shadow)
    result = under(item.result, item.result_mask, seen)
    return result, np.maximum(item.result_mask, np.minimum(seen, np.float32(NO_SUBJECT)))


def white_around(report: DeliveryReport) -> DeliveryReport:
    """Return `report` failing also where anything beyond product and shadow is not exactly white.

    Platforms that take a shadow do not ask for that; we do, as for every other result.
    """
    wrong = [(name, report.zones[name].off_white) for name in ("field", "border") if report.zones[name].off_white]
    found = tuple(
        Failure("exact_white", f"{count} {name} pixels around the shadow are not 255") for name, count in wrong
    )
    return replace(report, failures=report.failures + found)
