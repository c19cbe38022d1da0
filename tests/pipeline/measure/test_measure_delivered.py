"""Verification of finished files: good ones pass, the known traps fail, with a mask and without one."""

import io
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.color import adobe_profile
from pipeline.color import srgb_profile
from pipeline.errors import KnownError
from pipeline.measure.delivered import verify
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.photo_io.encode import encode
from pipeline.settings import Settings

SIDE = 1000
Judge = Callable[..., DeliveryReport]


@pytest.fixture(scope="module")
def mask() -> np.ndarray:
    fine = np.zeros((SIDE * 2, SIDE * 2), np.uint8)
    cv2.rectangle(fine, (126, 400), (1873, 1599), 255, -1)
    cv2.circle(fine, (1000, 1000), 300, 0, -1)
    return (cv2.resize(fine, (SIDE, SIDE), interpolation=cv2.INTER_AREA) / 255).astype(np.float32)


@pytest.fixture(scope="module")
def good(mask: np.ndarray) -> np.ndarray:
    """A dark textured plate with a hole on exact white, framed as Amazon wants."""
    texture = np.random.default_rng(7).integers(20, 140, (SIDE, SIDE, 3)).astype(np.float32)
    texture = cv2.GaussianBlur(texture, (0, 0), 2)
    rgb = np.rint(mask[..., None] * texture + (1 - mask[..., None]) * 255).astype(np.uint8)
    rgb[mask == 0] = 255
    rgb.flags.writeable = False
    return rgb


@pytest.fixture(params=["masked", "unmasked"])
def judge(request: pytest.FixtureRequest, mask: np.ndarray, settings: Settings) -> Judge:
    def judged(rgb: np.ndarray, *, name: str = "B0TEST0001.MAIN.jpg", **options: object) -> DeliveryReport:
        options = {"format": "jpeg", "quality": 98, "icc": srgb_profile(), "dpi": 300} | options
        data = encode(np.ascontiguousarray(rgb), **options)
        known = mask if request.param == "masked" else None
        return verify(data, name=name, platform="amazon_main", settings=settings, mask=known)

    return judged


def gates(report: DeliveryReport) -> set[str]:
    return {failure.gate for failure in report.failures}


def test_a_good_file_passes_and_says_so_in_the_contracts_json(judge: Judge, good: np.ndarray) -> None:
    report = judge(good)
    assert report.passed, report.sentence()
    document = report.document()
    assert list(document) == [
        "file",
        "platform",
        "passed",
        "format",
        "size",
        "bytes",
        "zones",
        "fill",
        "failures",
        "warnings",
        "cannot_tell",
    ]
    assert document["size"] == [SIDE, SIDE]
    assert document["format"] == "jpeg"
    assert document["failures"] == []
    assert set(document["zones"]) == {"field", "halo", "border"}
    assert document["zones"]["field"] == {"pixels": document["zones"]["field"]["pixels"], "off_white": 0, "min": 255}
    assert document["zones"]["border"] == {"pixels": 4 * SIDE - 4, "off_white": 0, "min": 255}
    assert document["fill"] == pytest.approx(0.875, abs=0.005)
    assert "passes" in report.sentence()


@pytest.mark.parametrize("options", [{"format": "png"}, {"format": "tiff"}])
def test_lossless_files_pass_too(judge: Judge, good: np.ndarray, options: dict) -> None:
    name = {"png": "B0TEST0001.png", "tiff": "B0TEST0001.PT03.tif"}[options["format"]]
    report = judge(good, name=name, **options)
    assert report.passed, report.sentence()


def test_an_all_252_background_fails(judge: Judge, good: np.ndarray) -> None:
    trap = np.where((good == 255).all(axis=2, keepdims=True), np.uint8(252), good)
    report = judge(trap)
    assert {"exact_white", "border"} <= gates(report)
    assert report.zones["field"].min <= 252
    assert report.zones["field"].off_white == report.zones["field"].pixels


def test_a_235_halo_fails(judge: Judge, good: np.ndarray, mask: np.ndarray) -> None:
    trap = good.copy()
    ring = (cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (61, 61))) > 0) & (mask == 0)
    trap[ring] = 235
    report = judge(trap)
    assert not report.passed
    assert {"halo", "exact_white"} & gates(report)


@pytest.mark.parametrize("blur", [0, 8])
def test_a_grey_blob_fails(judge: Judge, good: np.ndarray, blur: float) -> None:
    trap = good.copy()
    cv2.circle(trap, (500, 880), 30, (170, 170, 170), -1)
    if blur:
        trap[800:960] = cv2.GaussianBlur(trap[800:960], (0, 0), blur)
    report = judge(trap)
    assert "exact_white" in gates(report)


@pytest.mark.parametrize("level", [254, 128])
@pytest.mark.parametrize("at", [(0, 0), (0, 500), (999, 3), (700, 999)])
def test_one_off_white_border_pixel_fails(judge: Judge, good: np.ndarray, level: int, at: tuple[int, int]) -> None:
    trap = good.copy()
    trap[at] = level
    report = judge(trap, name="B0TEST0001.MAIN.png", format="png")
    assert "border" in gates(report)
    assert report.zones["border"].off_white == 1
    assert report.zones["border"].min == level


def test_one_off_white_pixel_far_out_fails(judge: Judge, good: np.ndarray) -> None:
    trap = good.copy()
    trap[60, 500] = (255, 254, 255)
    report = judge(trap, name="B0TEST0001.png", format="png")
    assert gates(report) == {"exact_white"}
    assert report.zones["field"].off_white == 1


def test_a_soft_shadow_remnant_fails(judge: Judge, good: np.ndarray, mask: np.ndarray) -> None:
    shade = np.zeros((SIDE, SIDE), np.float32)
    shade[700:850, 300:700] = 30
    trap = good - np.minimum(cv2.GaussianBlur(shade, (0, 0), 30), 12)[..., None]
    trap[mask > 0] = good[mask > 0]
    assert "exact_white" in gates(judge(np.rint(trap).astype(np.uint8)))


def test_what_may_be_pale_product_is_said_and_only_a_mask_fails_it(judge: Judge, good: np.ndarray) -> None:
    patch = good.copy()
    patch[800:880, 300:700] = 249
    report = judge(patch)
    doubts = {doubt.gate for doubt in report.cannot_tell}
    assert gates(report) | doubts == {"exact_white", "halo"}
    assert not gates(report) or not doubts, "with a mask it is wrong, without one nobody knows"
    assert ("cannot be told without a mask" in report.sentence()) == bool(doubts)


def test_a_product_that_is_pale_at_its_ends_may_be_larger_than_what_is_seen(settings: Settings) -> None:
    rgb = np.full((1000, 1000, 3), 255, np.uint8)
    rgb[62:937, 300:700] = 248
    rgb[150:850, 300:700] = np.linspace(90, 150, 400).astype(np.uint8)[:, None]
    report = verify(by_pillow(rgb), name="B0TEST0001.jpg", platform="amazon_main", settings=settings)
    assert report.passed, report.sentence()
    assert "fill" in {doubt.gate for doubt in report.cannot_tell}
    rgb[62:150], rgb[850:] = 255, 255
    report = verify(by_pillow(rgb), name="B0TEST0001.jpg", platform="amazon_main", settings=settings)
    assert gates(report) == {"fill"}


def test_a_white_place_of_sale_asks_for_white_at_the_frame_only(good: np.ndarray, settings: Settings) -> None:
    shadowed = good.copy()
    shadowed[820:900, 300:700] = 200
    name = "mug-1.jpg"
    assert verify(by_pillow(shadowed), name=name, platform="shopify", settings=settings).passed
    shadowed[-1, 300:700] = 240
    assert gates(verify(by_pillow(shadowed), name=name, platform="shopify", settings=settings)) == {"border"}
    assert verify(by_pillow(shadowed), name=name, platform="etsy", settings=settings).passed


def test_a_transparent_file_is_judged_by_its_own_alpha(good: np.ndarray, mask: np.ndarray, settings: Settings) -> None:
    rules = replace(settings.platform("shopify"), background="transparent", formats=("png",), min_longest_side=500)
    alpha = np.rint(mask * 255).astype(np.uint8)
    data = encode(np.dstack([good, alpha]), format="png", icc=srgb_profile())
    judged = {"name": "mug-1.png", "platform": "own", "settings": settings, "rules": rules}
    report = verify(data, **judged)
    assert report.passed, report.sentence()
    assert report.fill == pytest.approx(0.875, abs=0.005)
    assert verify(data, **judged | {"rules": None, "platform": "shopify"}).failures[0].gate == "alpha"
    opaque = encode(good, format="png", icc=srgb_profile())
    assert gates(verify(opaque, **judged)) >= {"alpha"}
    alpha[0, 5] = 9
    spoilt = encode(np.dstack([good, alpha]), format="png", icc=srgb_profile())
    assert "border" in gates(verify(spoilt, **judged, mask=mask))


def test_jpeg_420_bleeds_further_and_has_a_wider_halo(judge: Judge, good: np.ndarray) -> None:
    coarse, fine = judge(good, subsampling="4:2:0"), judge(good)
    assert coarse.zones["halo"].pixels > 1.5 * fine.zones["halo"].pixels


def test_lossy_webp_is_not_taken_by_amazon(judge: Judge, good: np.ndarray) -> None:
    assert "format" in gates(judge(good, name="B0TEST0001.webp", format="webp", quality=95))


@pytest.mark.parametrize(
    "name", ["B0TEST0001-MAIN.jpg", "B0TEST0001.MAIN.png", "B0 TEST.MAIN.jpg", "B0TEST0001.XX01.jpg", "x_y.jpg"]
)
def test_a_wrong_name_fails(judge: Judge, good: np.ndarray, name: str) -> None:
    assert gates(judge(good, name=name)) & {"name", "format"}


@pytest.mark.parametrize("name", ["B0TEST0001.jpg", "B0TEST0001.PT07.jpeg", "0012345678905.MAIN.jpg"])
def test_amazons_other_names_pass(judge: Judge, good: np.ndarray, name: str) -> None:
    assert judge(good, name=name).passed


def test_too_little_and_too_much_fill_fail(judge: Judge, good: np.ndarray, settings: Settings) -> None:
    small = np.full((1400, 1400, 3), 255, np.uint8)
    small[200:1200, 200:1200] = good
    report = verify(
        encode(small, format="jpeg", icc=srgb_profile()),
        name="B0TEST0001.jpg",
        platform="amazon_main",
        settings=settings,
    )
    assert gates(report) == {"fill"}
    assert report.fill == pytest.approx(0.625, abs=0.005)
    tight = np.ascontiguousarray(good[:, 45:-45])
    report = verify(
        encode(tight, format="jpeg", icc=srgb_profile()),
        name="B0TEST0001.jpg",
        platform="amazon_main",
        settings=settings,
    )
    assert "fill" in gates(report)


def test_a_product_at_the_frame_fails(settings: Settings, good: np.ndarray) -> None:
    cropped = np.full((1000, 1000, 3), 255, np.uint8)
    cropped[:, 100:] = good[:, :900]
    report = verify(
        encode(cropped, format="jpeg", icc=srgb_profile()),
        name="B0TEST0001.jpg",
        platform="amazon_main",
        settings=settings,
    )
    assert {"touching", "border"} <= gates(report)


def test_a_file_without_a_product_fails(settings: Settings) -> None:
    blank = encode(np.full((1000, 1000, 3), 255, np.uint8), format="jpeg", icc=srgb_profile())
    report = verify(blank, name="B0TEST0001.jpg", platform="amazon_main", settings=settings)
    assert gates(report) == {"subjects"}
    assert report.document()["fill"] is None


def test_a_small_file_fails_resolution(judge: Judge, good: np.ndarray, settings: Settings) -> None:
    small = cv2.resize(good, (800, 800), interpolation=cv2.INTER_AREA)
    report = verify(
        encode(small, format="jpeg", icc=srgb_profile()),
        name="B0TEST0001.jpg",
        platform="amazon_main",
        settings=settings,
    )
    assert "resolution" in gates(report)


def by_pillow(rgb: np.ndarray, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, "JPEG", quality=95, subsampling=0, **options)
    return buffer.getvalue()


def test_a_strangers_file_without_a_profile_may_pass(good: np.ndarray, settings: Settings) -> None:
    report = verify(by_pillow(good), name="B0TEST0001.jpg", platform="amazon_main", settings=settings)
    assert report.passed, report.sentence()


def test_an_orientation_tag_an_other_profile_and_low_dpi_fail(good: np.ndarray, settings: Settings) -> None:
    exif = Image.Exif()
    exif[274] = 6
    spoilt = {
        "orientation": by_pillow(good, exif=exif),
        "icc": by_pillow(good, icc_profile=adobe_profile()),
        "dpi": by_pillow(good, dpi=(50, 50)),
    }
    for gate, data in spoilt.items():
        report = verify(data, name="B0TEST0001.jpg", platform="amazon_main", settings=settings)
        assert gates(report) == {gate}


def test_print_needs_sixteen_bits_and_its_profile(good: np.ndarray, settings: Settings) -> None:
    wide = good.astype(np.uint16) * 257
    right = encode(wide, format="tiff", icc=adobe_profile(), dpi=300)
    assert verify(right, name="SKU1-1.tif", platform="print_catalog", settings=settings).passed
    wrong = encode(good, format="tiff", icc=srgb_profile(), dpi=300)
    found = gates(verify(wrong, name="SKU1-1.tif", platform="print_catalog", settings=settings))
    assert found == {"bit_depth", "icc"}


def test_a_rule_known_from_secondary_sources_only_warns(good: np.ndarray, settings: Settings) -> None:
    data = by_pillow(good) + b"\0" * 10_000_000
    report = verify(data, name="B0TEST0001.jpg", platform="amazon_main", settings=settings)
    assert report.passed
    assert [warning.gate for warning in report.warnings] == ["bytes"]
    assert "warning" in report.sentence()


def test_what_cannot_be_read_fails_instead_of_ending_the_run(settings: Settings) -> None:
    report = verify(b"no picture", name="B0TEST0001.jpg", platform="amazon_main", settings=settings)
    assert gates(report) == {"format"}
    assert report.document()["zones"]["field"] == {"pixels": 0, "off_white": 0, "min": 0}


def test_a_mask_of_another_size_is_refused_in_words(good: np.ndarray, settings: Settings) -> None:
    with pytest.raises(KnownError, match=r"The mask has 20 × 10 px"):
        verify(
            by_pillow(good),
            name="B0TEST0001.jpg",
            platform="amazon_main",
            settings=settings,
            mask=np.ones((10, 20), np.float32),
        )


def test_separate_products_are_no_leftovers(settings: Settings) -> None:
    rgb = np.full((1000, 1000, 3), 255, np.uint8)
    shade = np.linspace(60, 160, 260).astype(np.uint8)
    for left in (70, 380, 690):
        rgb[200:800, left : left + 240] = shade[:240, None]
    report = verify(by_pillow(rgb), name="B0TEST0001.jpg", platform="amazon_main", settings=settings)
    assert report.passed, report.sentence()


def test_a_pale_shaded_product_is_no_halo(settings: Settings) -> None:
    rgb = np.full((1000, 1000, 3), 255, np.uint8)
    rows, columns = np.mgrid[:1000, :1000]
    radius = np.hypot(rows - 500, columns - 500)
    ball = np.clip(240 - 25 * (radius / 437) ** 2 - 60 * (rows - 500) / 437 * (rows > 500), 0, 255)
    rgb[radius < 437] = ball[radius < 437][:, None].astype(np.uint8)
    report = verify(by_pillow(rgb), name="B0TEST0001.jpg", platform="amazon_main", settings=settings)
    assert report.passed, report.sentence()


def test_a_compressed_tiff_is_refused_where_only_plain_ones_are_taken(good: np.ndarray, settings: Settings) -> None:
    said = {}
    for compression in ("raw", "tiff_lzw"):
        buffer = io.BytesIO()
        Image.fromarray(good).save(buffer, "TIFF", compression=compression, icc_profile=srgb_profile())
        report = verify(buffer.getvalue(), name="B0TEST0001.tif", platform="amazon_main", settings=settings)
        said[compression] = [failure.detail for failure in report.failures if failure.gate == "format"]
    assert said["raw"] == []
    assert "its TIFF is compressed (tiff_lzw)" in said["tiff_lzw"][0]
