"""What leaves for each of the ten platforms is read again by code that shares nothing with the pipeline."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.exporting.independent import RULES
from benchmarks.exporting.independent import complaints
from pipeline.model import WorkItem
from pipeline.run.deliver import export
from pipeline.settings import load_settings
from pipeline.store.store import Store


def proof(package: Path) -> np.ndarray:
    with zipfile.ZipFile(package / "proof.zip") as opened:
        return np.asarray(Image.open(io.BytesIO(opened.read(opened.namelist()[0]))))


@pytest.mark.slow
def test_every_platform_gets_files_that_another_reader_finds_nothing_wrong_with(
    add: Callable[..., list[WorkItem]], store: Store, build_item: Callable[..., WorkItem], tmp_path: Path
) -> None:
    settings = load_settings()
    assert set(RULES) == set(settings.platforms)
    whole = build_item(size=(1120, 1060), center=(560.0, 530.0), radius=500.0, color=(200, 120, 60))
    add([whole], codes=[{"sku": "MUG-1", "asin": "B0TEST0001", "gtin": "4006381333931"}])
    report = export(store, "shoot", sorted(RULES), tmp_path / "out", settings)
    assert report.passed, report.sentences()
    assert len(report.delivered) == len(RULES) + 1, "shopify's WebP lies beside its JPEG"
    for done in report.delivered:
        assert complaints(done.path, done.platform, proof(done.path.parent)) == [], done.path

    path = tmp_path / "out" / "amazon_main" / "B0TEST0001.MAIN.jpg"
    mask = proof(path.parent)
    with Image.open(path) as image:
        good, kept = np.asarray(image), {key: image.info[key] for key in ("icc_profile", "xmp", "dpi")}
    traps = {"border": good.copy(), "field": good.copy(), "blob": good.copy()}
    traps["border"][0, 7] = 254
    traps["field"][(mask == 0)] = 252
    traps["blob"][60:90, 60:90] = 90
    for name, trap in traps.items():
        Image.fromarray(trap).save(path, "PNG" if name == "border" else "JPEG", quality=98, subsampling=0, **kept)
        assert complaints(path, "amazon_main", mask), name
    Image.fromarray(good).save(path, "JPEG", quality=98, subsampling=0)
    assert {"it is profile none", "it is no DigitalSourceType"} <= set(complaints(path, "amazon_main", mask))
