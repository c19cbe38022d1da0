"""A 16-bit ramp goes through the whole line to the printed catalogue with every level distinct."""

from pathlib import Path

import numpy as np
import tifffile

from pipeline.batch.ingest import scan
from pipeline.color import adobe_profile
from pipeline.run.compose import Renditions
from pipeline.run.compose import make_deliverable
from pipeline.run.line import process_image
from pipeline.run.render import render
from pipeline.settings import load_settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import open_toolbox

SIDE, PRODUCT = 1200, slice(88, 1112)


def ramp_photo(path: Path) -> None:
    """A 1024 px square product with its own alpha; its red channel holds all 65,536 levels, sixteen times each."""
    photo = np.full((SIDE, SIDE, 4), 52000, np.uint16)
    photo[..., 3] = 0
    levels = np.repeat(np.arange(65536, dtype=np.uint16), 16).reshape(1024, 1024)
    photo[PRODUCT, PRODUCT] = np.dstack([levels, levels, levels, np.full_like(levels, 65535)])
    extra = {"extrasamples": ["unassalpha"], "iccprofile": adobe_profile()}
    tifffile.imwrite(path, photo, photometric="rgb", **extra)


def test_a_ramp_survives_to_the_print_export_with_every_level_distinct(tmp_path: Path) -> None:
    settings = load_settings()
    toolbox = open_toolbox(settings)
    (tmp_path / "photos").mkdir()
    ramp_photo(tmp_path / "photos" / "ramp.tif")
    with Store(tmp_path / "studio") as store:
        store.add_batch("b", "", scan([tmp_path / "photos"], files=store.files, settings=settings).images)
        (claim,) = store.claim("b", owner="test", count=1, lease_seconds=600)
        outcome = process_image(claim.record, store.files, toolbox, settings)
        version = store.record(outcome, owner="test", token=claim.token)
        item = render(claim.record, version, store.files, toolbox, settings)
    made = make_deliverable(
        Renditions(item, toolbox=toolbox, settings=settings), name="RAMP-1", platform="print_catalog"
    )
    (tmp_path / "print.tif").write_bytes(made.data)
    with tifffile.TiffFile(tmp_path / "print.tif") as delivered:
        page = delivered.pages[0]
        assert (page.bitspersample, page.samplesperpixel) == (16, 3)
        red = page.asarray()[..., 0]
    assert len(np.unique(red)) == 65536
    counts = np.bincount(red.ravel(), minlength=65536)
    assert (counts[:65535] == 16).all()
