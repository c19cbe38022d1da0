"""Packages: the same bytes for the same pictures, proved by themselves years later, harmless to open, never mixed."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import KnownError
from pipeline.model import Action
from pipeline.model import State
from pipeline.model import WorkItem
from pipeline.run import deliver as deliver_module
from pipeline.run.deliver import ExportReport
from pipeline.run.deliver import export
from pipeline.run.verifying import verify_package
from pipeline.settings import Settings
from pipeline.store.store import Store

Build = Callable[..., WorkItem]
Export = Callable[..., ExportReport]

HOSTILE = '=cmd|<b>"x"'
BESIDE = ["contact-sheet.html", "contact-sheet.pdf", "manifest.csv", "manifest.json", "proof.zip"]


TWICE = '{"name": "a", "sha256": ""}, {"name": "a", "sha256": ""}'


@pytest.fixture
def deliver(add: Callable[..., list[WorkItem]], store: Store, build_item: Build, settings: Settings) -> Export:
    """A batch of two small approved products, the second a pale one that a person approved; its export."""
    codes = [
        {"asin": "B0TEST0001", "sku": HOSTILE, "client": HOSTILE, "notes": {"handle": "mug"}},
        {"asin": "B0TEST0002", "client": HOSTILE, "notes": {"handle": "plate"}},
    ]
    pale = build_item(color=(251, 251, 250), backdrop=(120, 120, 120))
    add([build_item(), pale], codes=codes, state=State.REVIEW)
    for image in (1, 2):
        store.decide(image, Action.APPROVE, person="Ana <ana@shop>", note="=1+1")
    for entry in store.entries("shoot"):
        if entry.state is State.SIGN_OFF:
            store.decide(entry.record.id, Action.SIGN_OFF, person="Bob", role="senior")
    return partial(export, store, "shoot", ["amazon_main"], settings=settings)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_pictures_give_the_same_bytes_as_folder_and_as_zip(deliver: Export, tmp_path: Path) -> None:
    for name in ("one", "two"):
        deliver(to=tmp_path / name)
        deliver(to=tmp_path / f"{name}-zip", archive=True)
    first = contents(tmp_path / "one")
    assert sorted(first) == ["B0TEST0001.MAIN.jpg", "B0TEST0002.MAIN.jpg", *BESIDE]
    assert first == contents(tmp_path / "two")
    (zipped,), (again,) = (list((tmp_path / f"{name}-zip").iterdir()) for name in ("one", "two"))
    assert zipped.name == "shoot-amazon_main.zip"
    assert zipped.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(zipped) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == first
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not list(tmp_path.glob(".whitepoint-*")), "nothing half-written is left"


def test_the_manifest_says_what_left_and_who_decided(deliver: Export, store: Store, tmp_path: Path) -> None:
    deliver(to=tmp_path / "out")
    document = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert (document["batch"], document["client"], document["platform"]) == ("shoot", HOSTILE, "amazon_main")
    assert document["rules"]["background"] == "pure_white"
    assert document["audit"]["hash"] == store.anchor([store.entry(1).version.id, store.entry(2).version.id])[1]
    first = document["files"][0]
    data = (tmp_path / "out" / first["name"]).read_bytes()
    assert first["sha256"] == hashlib.sha256(data).hexdigest()
    assert first["bytes"] == len(data)
    assert first["image"]["sha256"] == store.entry(1).record.sha256
    assert first["variant"] == "MAIN"
    assert first["decisions"][0]["person"] == "Ana <ana@shop>"
    assert {gate["name"] for gate in first["gates"]} >= {"exact_white", "fill"}
    assert first["digital_source_type"] == "algorithmicallyEnhanced"
    assert [row.sha256 for row in store.deliveries("shoot")] == [each["sha256"] for each in document["files"]]
    assert all(store.files.has(row.sha256) for row in store.deliveries("shoot"))
    assert store.check() == []


def test_nothing_in_a_package_is_a_formula_or_markup(deliver: Export, tmp_path: Path) -> None:
    deliver(to=tmp_path / "out")
    table = (tmp_path / "out" / "manifest.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert rows[0]["sku"] == f"'{HOSTILE}"
    assert rows[0]["original"] == "photo-0.png"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    page = (tmp_path / "out" / "contact-sheet.html").read_text("utf-8")
    assert "=cmd|&lt;b&gt;&#34;x&#34;" in page
    assert "<b>&#34;" not in page
    assert page.count("data:image/jpeg;base64,") == 2
    assert "http" not in page, "it loads nothing"
    pdf = (tmp_path / "out" / "contact-sheet.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("archive", [False, True])
def test_a_package_is_verified_by_itself_and_every_change_is_found(
    deliver: Export, settings: Settings, tmp_path: Path, archive: bool
) -> None:
    (package,) = deliver(to=tmp_path / "out", archive=archive).packages
    report = verify_package(package, settings)
    assert report.passed, report.sentences()
    assert not any(each.cannot_tell for each in report.files), "proof.zip settles the pale product"
    folder = tmp_path / "open"
    if archive:
        with zipfile.ZipFile(package) as opened:
            opened.extractall(folder)
    else:
        package.rename(folder)
    for name in ("B0TEST0001.MAIN.jpg", *BESIDE[:3], "proof.zip"):
        kept = (folder / name).read_bytes()
        (folder / name).write_bytes(kept[:-3] + b"abc")
        report = verify_package(folder, settings)
        assert not report.passed
        assert f"{name} was changed after it was packed" in " ".join(report.sentences())
        (folder / name).unlink()
        assert f"{name} is missing" in " ".join(verify_package(folder, settings).problems)
        (folder / name).write_bytes(kept)
    (folder / "extra.jpg").write_bytes(b"")
    assert "extra.jpg was not packed by Whitepoint" in verify_package(folder, settings).problems[0]


def test_a_package_keeps_the_rules_it_left_by_and_says_where_today_differs(
    deliver: Export, settings: Settings, tmp_path: Path
) -> None:
    (package,) = deliver(to=tmp_path / "out").packages
    assert verify_package(package, settings).changed == ()
    rules = settings.platforms["amazon_main"]
    stricter = replace(rules, min_longest_side=5000, formats=("png",), dated="2031-01-01", variants={"front": "MAIN"})
    later = replace(settings, platforms={**settings.platforms, "amazon_main": stricter})
    report = verify_package(package, later)
    assert report.passed, "it is judged by the rules it left by"
    assert {(one["rule"], one["then"], one["now"]) for one in report.document()["rules_changed"]} == {
        ("min_longest_side", "400", "5000"),
        ("formats", "jpeg, png", "png"),
        ("variants", "nothing", "front MAIN"),
    }
    assert "min_longest_side was 400, is 5000" in report.sentences()[-2]
    others = {name: one for name, one in settings.platforms.items() if name != "amazon_main"}
    assert verify_package(package, replace(settings, platforms=others)).passed, "the place of sale is no more"


def test_a_forged_manifest_does_not_make_a_dirty_picture_white(
    deliver: Export, settings: Settings, tmp_path: Path
) -> None:
    deliver(to=tmp_path / "out")
    path, manifest = tmp_path / "out" / "B0TEST0002.MAIN.jpg", tmp_path / "out" / "manifest.json"
    with Image.open(path) as image:
        pixels, kept = np.asarray(image).copy(), {"icc_profile": image.info["icc_profile"], "dpi": image.info["dpi"]}
    pixels[40:60, 40:60] = 250
    Image.fromarray(pixels).save(path, "JPEG", quality=98, subsampling=0, **kept)
    document = json.loads(manifest.read_text("utf-8"))
    document["files"][1]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(document), "utf-8")
    report = verify_package(tmp_path / "out", settings)
    assert not report.problems
    assert [each.passed for each in report.files] == [True, False]
    assert "exact_white" in {failure.gate for failure in report.files[1].failures}


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("{", "manifest.json is damaged"),
        ('{"package": 2, "made_by": "whitepoint 9"}', "newer Whitepoint"),
        ('{"package": 1, "files": [{"name": 7, "sha256": ""}], "others": []}', "is damaged"),
        ("[" * 100_000, "is damaged"),
        ('{"package": NaN, "made_by": "whitepoint 9"}', "newer Whitepoint"),
        (f'{{"package": 1, "files": [{TWICE}], "others": []}}', "is damaged"),
        ('{"package": 1, "files": [], "others": [], "rules": 7}', "rules must be a table"),
        ('{"package": 1, "files": [], "others": [], "rules": {}}', "the key “title” is missing"),
    ],
)
def test_a_manifest_that_says_nothing_is_refused_in_a_sentence(
    settings: Settings, tmp_path: Path, manifest: str, said: str
) -> None:
    (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(KnownError, match=said):
        verify_package(tmp_path, settings)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_or_swelling_zip_is_one_sentence(settings: Settings, tmp_path: Path, method: int) -> None:
    file = tmp_path / "x.zip"
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("manifest.json", " " * 20_000_000)
    with pytest.raises(KnownError, match="larger than any delivery"):
        verify_package(file, settings)
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("manifest.json", bytes(range(256)) * 4)
    data = bytearray(file.read_bytes())
    for place in range(50, 75):
        data[place] ^= 0xA5
    file.write_bytes(data)
    with pytest.raises(KnownError, match=r"be read .+; have .+ sent again"):
        verify_package(file, settings)


def test_a_package_takes_the_place_of_its_earlier_self_and_of_nothing_else(
    deliver: Export, store: Store, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    deliver(to=out)
    store.decide(2, Action.REJECT, person="Ana")
    (out / ".DS_Store").write_bytes(b"left by a file manager")
    deliver(to=out)
    assert sorted(contents(out)) == ["B0TEST0001.MAIN.jpg", *BESIDE]
    (out / "manifest.csv").write_bytes(b"a person's own notes")
    with pytest.raises(KnownError, match=r"manifest\.csv is not as it was delivered"):
        deliver(to=out)
    document = json.loads((out / "manifest.json").read_text("utf-8")) | {"batch": "another"}
    (out / "manifest.json").write_text(json.dumps(document))
    with pytest.raises(KnownError, match="holds another delivery"):
        deliver(to=out)
    assert (out / "manifest.csv").read_bytes() == b"a person's own notes"


def test_each_client_and_platform_has_a_package_with_its_own_rules(
    add: Callable[..., list[WorkItem]], store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    codes = [{"asin": "B0TEST0001", "client": client, "sku": f"SKU {client}"} for client in ("Acme", "Béta & Söhne")]
    add([build_item(), build_item()], codes=codes)
    platforms = ["amazon_main", "shopify"]
    report = export(store, "shoot", platforms, to=tmp_path / "out", settings=settings)
    assert report.passed, report.sentences()
    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").glob("*/*/*.jpg"))
    assert found == [
        "Acme/amazon_main/B0TEST0001.MAIN.jpg",
        "Acme/shopify/sku-acme-1.jpg",
        "B-ta-S-hne/amazon_main/B0TEST0001.MAIN.jpg",
        "B-ta-S-hne/shopify/sku-beta-sohne-1.jpg",
    ]
    beside = tmp_path / "out" / "Acme" / "shopify" / "sku-acme-1.webp"
    with Image.open(beside) as image:
        assert image.format == "WEBP"
        with Image.open(beside.with_suffix(".jpg")) as main:
            assert image.size == main.size
    document = json.loads((beside.parent / "manifest.json").read_text("utf-8"))
    assert [each["companion_of"] for each in document["files"]] == [None, "sku-acme-1.jpg"]
    assert verify_package(beside.parent, settings).passed
    assert {
        path.name for path in export(store, "shoot", platforms, tmp_path / "z", settings, archive=True).packages
    } == {f"shoot-{client}-{platform}.zip" for client in ("Acme", "B-ta-S-hne") for platform in platforms}


def test_a_disk_that_ends_anywhere_leaves_nothing_behind_and_one_sentence(
    deliver: Export, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every write of a package fails in turn, as on a full disk."""
    make = deliver_module.make_deliverable
    # Only the writing is tried again and again, not the making.
    made: dict[str, object] = {}

    def make_once(*of: object, name: str, **more: object) -> object:
        if name not in made:
            made[name] = make(*of, name=name, **more)
        return made[name]

    monkeypatch.setattr(deliver_module, "make_deliverable", make_once)
    real = {"write_bytes": Path.write_bytes, "write_text": Path.write_text, "writestr": zipfile.ZipFile.writestr}
    left = 0

    def full(name: str):
        def write(self: object, *what: object, **more: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise OSError(28, "No space left on device")
            return real[name](self, *what, **more)

        return write

    for cls, name in ((Path, "write_bytes"), (Path, "write_text"), (zipfile.ZipFile, "writestr")):
        monkeypatch.setattr(cls, name, full(name))

    def tried() -> str:
        try:
            deliver(to=tmp_path / "disk" / "out", archive=True)
        except KnownError as error:
            return str(error)
        return ""

    number = left = 1
    while said := tried():
        assert "cannot be written (No space left on device); free space." in said
        assert list((tmp_path / "disk").rglob("*.*")) == []
        assert store.deliveries("shoot") == []
        number = left = number + 1
    assert number == 2 + 2 + 4 + 7 + 1, "pictures, proofs, what lies beside, all of it in a ZIP"
    assert len(store.deliveries("shoot")) == 2
