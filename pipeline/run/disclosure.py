"""What a delivered file says of itself: how the picture came to be (IPTC DigitalSourceType), its creator and copyright.

Written anew for every file, so that nothing else of the original travels along: no place, no serial number, no camera.
"""

from typing import Final

from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.photo_io.xmp import build_xmp
from pipeline.photo_io.xmp import strongest
from pipeline.settings import Platform

UNTOUCHED: Final = "humanEdits"
"""A finished photo comes from an editor's hands already."""
CUT_OUT: Final = "algorithmicallyEnhanced"
"""Cutting out, a white background, colour normalisation and filling by any engine that was not trained."""
COMPOSITE: Final = "compositeCapture"
TRAINED: Final = "compositeWithTrainedAlgorithmicMedia"
FILL, GHOST = "fill", "ghost"
"""The stages whose steps put other pixels into a picture: from its surroundings, from another photo."""


def source_type(item: WorkItem) -> str:
    """Return IPTC's name for how the picture was made: the strongest of all that was done; never less than it said."""
    finished = item.routing is not None and item.routing.finished
    done = [_of_step(step) for step in item.steps]
    said = item.photo.exif.get("DigitalSourceType", "")
    return strongest(UNTOUCHED if finished else CUT_OUT, *done, said)


def disclosure(item: WorkItem, rules: Platform) -> bytes:
    """Return the XMP packet of a file for a platform: those facts its profile lists; b"" where it lists none."""
    if not rules.metadata:
        return b""
    people = {"creator": item.photo.exif.get("Artist", ""), "copyright": item.photo.exif.get("Copyright", "")}
    return build_xmp(
        source_type=source_type(item) if "source_type" in rules.metadata else "",
        **{name: value if name in rules.metadata else "" for name, value in people.items()},
    )


def _of_step(step: Step) -> str:
    if step.stage == GHOST:
        return COMPOSITE
    if step.stage == FILL:
        return TRAINED if step.weights else CUT_OUT
    return ""
