"""Stage: the product on exact white, in the original's frame."""

import time

from pipeline.errors import BugError
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.tools.foreground import on_white
from pipeline.tools.toolbox import Toolbox


def whiten(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Return the item with `cutout`: exactly 65535 where the mask is 0, the photo's own pixels where it is 1.

    Photo and mask alone decide, so a stored mask and its original give the same cut-out again.
    """
    if item.mask is None:
        raise BugError("whiten needs a mask: cut_out comes first.")
    started = time.perf_counter()
    cutout = on_white(item.photo.rgb, item.mask)
    step = Step(
        stage="whiten",
        tool="whitepoint",
        version="2",
        settings=settings.fingerprint,
        seconds=time.perf_counter() - started,
    )
    return item.after(step, cutout=cutout)
