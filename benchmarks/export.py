"""Exports: every frame of the shared test shoot for all ten platforms, verified twice, and what a delivery costs.

The frames are enlarged to 2,600 pixels, as a camera's are, since walmart asks for more than their own resolution; what
a platform refuses is not packed, and counted. Every packed file is verified as a package years later is, without the
studio, and read again by benchmarks/exporting/independent.py, which shares no code with the pipeline.

`seconds_ratio`: processor seconds for one photo of 24 megapixels to all five platforms of the article, from the stored
original to the packed, verified files, over what Pillow takes to resize the decoded photo to the same sizes and to
encode the same formats, without reading, colour, mask, verification or proof. Both in this process, taken in turns.
"""

import argparse
import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np
from PIL import Image

from benchmarks.exporting.independent import complaints
from benchmarks.exporting.studio import approve_frames
from benchmarks.report import finish
from pipeline.run.deliver import Delivered
from pipeline.run.deliver import export
from pipeline.run.verifying import verify_package
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox
from pipeline.tools.toolbox import open_toolbox

SHOOT: Final = Path(__file__).resolve().parents[2] / "shared" / "shoot"
QUICK: Final = ("lace", "tube-white")
LARGE: Final = ("crate-oak-warm", "kettle-steel", "lace")
WIDTH: Final = 2600
LARGE_WIDTH: Final = 6000
ARTICLE: Final = ("amazon_main", "amazon_secondary", "shopify", "google_shopping", "print_catalog")
GOALS = {
    "verified_share": (">=", 1.0),
    "independent_share": (">=", 1.0),
    "same_bytes_share": (">=", 1.0),
    "seconds_ratio": ("<=", 2.5),
}


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two frames for all platforms, one large photo")
    quick = parser.parse_args().quick
    if not SHOOT.is_dir():
        print(f"{SHOOT} is missing; nothing was measured.", file=sys.stderr)
        return finish("export", {}, GOALS)
    settings = load_settings()
    toolbox = open_toolbox(settings)
    with tempfile.TemporaryDirectory() as folder:
        names = QUICK if quick else tuple(sorted(path.name[:-10] for path in SHOOT.glob("*.alpha.png")))
        figures = _matrix(Path(folder) / "all", names, settings, toolbox)
        figures |= _costs(Path(folder) / "large", LARGE[:1] if quick else LARGE, settings, toolbox)
    return finish("export", figures, GOALS)


def _matrix(folder: Path, names: Sequence[str], settings: Settings, toolbox: Toolbox) -> dict[str, float]:
    """Every frame to every platform: what was packed, and what two readings say of it."""
    platforms = sorted(settings.platforms)
    with Store(folder / "studio") as store:
        approve_frames(store, "shoot", SHOOT, names, WIDTH, settings, toolbox)
        report = export(store, "shoot", platforms, folder / "out", settings, toolbox)
        # Images that failed for some platform are back in review and stay here the second time.
        again = export(store, "shoot", ARTICLE, folder / "again", settings, toolbox).delivered
    for missed in report.missed:
        print(f"not packed: {missed.reason}", file=sys.stderr)
    packages = [verify_package(package, settings) for package in report.packages]
    for line in (line for package in packages for line in package.sentences()[:-1]):
        print(line, file=sys.stderr)
    packed = [judged for package in packages for judged in package.files]
    second = [said for package in report.packages for said in _second_opinions(package)]
    for said in filter(None, second):
        print(said, file=sys.stderr)
    return {
        "packed_share": 1 - len(report.missed) / (len(names) * len(platforms)),
        "packed_files": len(packed),
        "verified_share": sum(each.passed for each in packed) / len(packed),
        "independent_share": sum(not said for said in second) / len(packed),
        "same_bytes_share": _same(report.delivered, again),
    }


def _second_opinions(package: Path) -> list[str]:
    """What the independent reading says of each picture of a package; "" where it agrees."""
    with zipfile.ZipFile(package / "proof.zip") as proof:
        masks = {name[:-4]: np.asarray(Image.open(io.BytesIO(proof.read(name)))) for name in proof.namelist()}
    stems = {name.rpartition(".")[0]: mask for name, mask in masks.items()}
    found = []
    for path in sorted(package.iterdir()):
        stem = path.name.rpartition(".")[0]
        if stem in stems:
            said = complaints(path, package.name, stems[stem])
            found.append(f"{path.name} for {package.name}: {'; '.join(said)}" if said else "")
    return found


def _same(first: Sequence[Delivered], second: Sequence[Delivered]) -> float:
    """Share of the files packed again that are the same bytes as before."""
    before = {(done.platform, done.path.name): done.sha256 for done in first}
    same = [before[done.platform, done.path.name] == done.sha256 for done in second]
    return sum(same) / len(same)


def _costs(folder: Path, names: Sequence[str], settings: Settings, toolbox: Toolbox) -> dict[str, float]:
    """Processor seconds for one large photo to the article's platforms, ours and Pillow's, in turns."""
    ours, bare = [], []
    with Store(folder / "studio") as store:
        for number, name in enumerate(names):
            approve_frames(store, name, SHOOT, [name], LARGE_WIDTH, settings, toolbox)
            started = time.process_time()
            report = export(store, name, ARTICLE, folder / f"out{number}", settings, toolbox)
            ours.append(time.process_time() - started)
            for missed in report.missed:
                print(f"not packed: {missed.reason}", file=sys.stderr)
            original = store.files.read(store.entries(name)[0].record.sha256)
            photo = Image.open(io.BytesIO(original)).convert("RGB")
            started = time.process_time()
            for done in report.delivered:
                _by_pillow(photo, done, settings)
            bare.append(time.process_time() - started)
            print(f"{name}: {ours[-1]:.2f} s, Pillow {bare[-1]:.2f} s", file=sys.stderr)
    return {
        "cpu_seconds_five_platforms": median(ours),
        "cpu_seconds_pillow": median(bare),
        "seconds_ratio": median(own / other for own, other in zip(ours, bare, strict=True)),
    }


def _by_pillow(photo: Image.Image, done: Delivered, settings: Settings) -> bytes:
    """The same format, size and quality without anything else; Pillow's TIFF has 8 bits where ours has 16."""
    quality = (settings.platform(done.platform).quality_ladder or (100,))[0]
    options = {
        "jpeg": {"quality": quality, "subsampling": 0},
        "webp": {"quality": quality, "method": 4},
    }
    buffer = io.BytesIO()
    resized = photo.resize(done.report.size, Image.Resampling.LANCZOS)
    resized.save(buffer, done.report.format.upper(), **options.get(done.report.format, {}))
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
