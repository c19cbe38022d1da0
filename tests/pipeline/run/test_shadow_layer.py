"""A shadow is a layer: it never changes the product, never tints, ends before the frame, and pure white excludes it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.color import adobe16_to_srgb8
from pipeline.color import srgb8_to_adobe16
from pipeline.framing import Canvas
from pipeline.framing import plan_frame
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.model import Version
from pipeline.model import WorkItem
from pipeline.model import freeze
from pipeline.photo_io.delivered import read_delivered
from pipeline.run.compose import Renditions
from pipeline.run.compose import make_deliverable
from pipeline.run.shadow import read_shadow
from pipeline.run.shadow import shadow_of
from pipeline.run.shadow import store_shadow
from pipeline.run.shadow import white_around
from pipeline.run.shadow import with_shadow
from pipeline.settings import Client
from pipeline.settings import Settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.store.attempts import files_of
from pipeline.store.files import Files
from pipeline.tools.shadow_layer import placed
from pipeline.tools.toolbox import Toolbox

Build = Callable[..., WorkItem]


def wanting(settings: Settings, shadow: str) -> Settings:
    return replace(settings, clients={"Acme": Client(shadow=shadow)})


def shaded(item: WorkItem, *, depth: float = 0.5, tint: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> WorkItem:
    """The item's photo with a cast shadow to the right of and below the disc, running out of the photo."""
    height, width = item.photo.rgb.shape[:2]
    spot = np.zeros((height, width), np.float32)
    cv2.ellipse(spot, (width - 140, height // 2 + 150), (200, 40), 0, 0, 360, depth, -1)
    spot = cv2.GaussianBlur(spot, (0, 0), 4) * (1 - item.mask)
    light = (item.photo.rgb / 65535.0) ** 2.2 * (1 - spot[..., None] * np.array(tint))
    rgb = np.rint(light ** (1 / 2.2) * 65535).astype(np.uint16)
    record = replace(item.record, client="acme")
    return replace(item, record=record, photo=replace(item.photo, rgb=freeze(rgb)))


@pytest.fixture
def item(build_item: Build) -> WorkItem:
    return shaded(build_item(size=(700, 620), center=(330.0, 300.0), radius=180.0))


def framed(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    return correct_color(frame(item, toolbox, settings), toolbox, settings)


def test_nobody_gets_a_shadow_who_did_not_ask(item: WorkItem, settings: Settings) -> None:
    assert shadow_of(item, settings) is None
    assert shadow_of(item, wanting(settings, "none")) is None
    strangers = replace(item, record=replace(item.record, client="Other"))
    assert shadow_of(strangers, wanting(settings, "natural")) is None
    finished = replace(item, routing=replace(item.routing, finished=True))
    assert shadow_of(finished, wanting(settings, "natural")) is None
    assert shadow_of(replace(item, mask=np.zeros_like(item.mask)), wanting(settings, "contact")) is None


def test_the_natural_layer_is_the_light_that_is_missing(item: WorkItem, settings: Settings) -> None:
    layer = shadow_of(item, wanting(settings, "natural"))
    assert layer.dtype == np.float32
    assert layer[450, 600] == pytest.approx(0.5, abs=0.06)
    assert (layer[:200] == 0).all(), "bare ground has no shadow"


def test_light_of_another_colour_is_no_shadow(build_item: Build, settings: Settings) -> None:
    # A red reflection takes no red away: green and blue are missing alone.
    plain = build_item(size=(700, 620), center=(330.0, 300.0), radius=180.0)
    coloured = shaded(plain, depth=0.8, tint=(0.0, 1.0, 1.0))
    layer = shadow_of(coloured, wanting(settings, "natural"))
    grey = shadow_of(shaded(plain, depth=0.8), wanting(settings, "natural"))
    assert layer[450, 600] < 0.4 * grey[450, 600]


@pytest.mark.parametrize("kind", ["natural", "contact"])
def test_product_pixels_are_the_same_and_the_rest_is_neutral_or_white(
    kind: str, item: WorkItem, settings: Settings, toolbox: Toolbox
) -> None:
    whole = framed(item, toolbox, settings)
    layer = shadow_of(item, wanting(settings, kind))
    result, covered = with_shadow(whole, layer, settings)
    product, neither = whole.result_mask == 1, covered == 0
    assert np.array_equal(result[product], whole.result[product])
    assert (result[neither] == 65535).all()
    only = (whole.result_mask == 0) & (covered > 0)
    assert only.sum() > 500
    assert (np.ptp(result[only].astype(int), axis=1) == 0).all(), "a shadow never tints"
    assert result[only].min() < 55000
    edges = np.concatenate([result[0], result[-1], result[:, 0], result[:, -1]])
    assert (edges == 65535).all()


def test_a_shadow_that_leaves_the_photo_ends_softly_before_the_frame(item: WorkItem, settings: Settings) -> None:
    layer = shadow_of(item, wanting(settings, "natural"))
    assert layer[450, -1] > 0.3, "it does leave the photo"
    chosen = plan_frame(item.mask, Canvas(0.875, 1.0, 100, 0, 2.0))
    seen = placed(layer, item.mask.shape, chosen, settings.shadow)
    steps = np.abs(np.diff(seen[:, -round(0.1 * chosen.size[0]) :], axis=1))
    assert (seen[:, -2:] == 0).all()
    assert steps.max() < 0.1


def test_a_contact_shadow_lies_below_the_footing(item: WorkItem, settings: Settings) -> None:
    layer = shadow_of(item, wanting(settings, "contact"))
    assert layer[484, 330] > 0.3, "directly below the lowest point"
    assert layer[484, 330] > 2 * layer[500, 330], "and less further down"
    assert layer[:300].max() == 0, "nothing stands on air"


def test_a_place_that_demands_pure_white_gets_none_and_it_is_said(
    item: WorkItem, settings: Settings, toolbox: Toolbox
) -> None:
    whole = framed(item, toolbox, settings)
    layer = shadow_of(item, wanting(settings, "natural"))
    made = {
        platform: [
            make_deliverable(
                Renditions(whole, toolbox=toolbox, settings=settings, shadow=shadow), name="A", platform=platform
            )
            for shadow in (None, layer)
        ]
        for platform in ("amazon_main", "shopify")
    }
    without, still_without = made["amazon_main"]
    assert still_without.data == without.data
    assert any("Amazon, main image demands pure white" in note for note in still_without.notes)
    plain, shadowed = made["shopify"]
    assert shadowed.report.passed, shadowed.report.sentence()
    assert shadowed.report.fill == plain.report.fill, "a shadow counts for no fill"
    assert shadowed.report.zones["field"].off_white == 0
    rgb = read_delivered(shadowed.data).rgb
    assert (rgb < 200).any(axis=2).sum() > (read_delivered(plain.data).rgb < 200).any(axis=2).sum() + 500
    assert not shadowed.notes


def test_dirt_around_a_shadow_fails_even_where_the_platform_would_take_it(
    item: WorkItem, settings: Settings, toolbox: Toolbox
) -> None:
    whole = framed(item, toolbox, settings)
    dirty = whole.result.copy()
    dirty[40:44, 40:44] = 60000
    made = make_deliverable(
        Renditions(
            replace(whole, result=freeze(dirty)),
            toolbox=toolbox,
            settings=settings,
            shadow=shadow_of(item, wanting(settings, "contact")),
        ),
        name="A",
        platform="shopify",
    )
    assert [failure.gate for failure in made.report.failures] == ["exact_white"]
    assert white_around(made.report).failures


def test_the_shared_mug_keeps_its_own_hard_shadow(shoot_item: Callable[[str], WorkItem], settings: Settings) -> None:
    mug = shoot_item("mug-green-hard-shadow")
    mug = replace(mug, record=replace(mug.record, client="Acme"))
    layer = shadow_of(mug, wanting(settings, "natural"))
    rgb = adobe16_to_srgb8(mug.photo.rgb)
    assert np.array_equal(adobe16_to_srgb8(srgb8_to_adobe16(rgb)), rgb)
    down, across = (np.array(mug.mask.shape) / layer.shape)[:2]
    inside = layer[round(870 / down), round(900 / across)] if mug.mask.shape[0] > 900 else layer.max()
    assert inside > 0.3
    assert (layer[: layer.shape[0] // 3] < 0.1).all()


def test_the_layer_is_kept_as_a_file_of_its_own_and_comes_back_the_same(
    item: WorkItem, settings: Settings, tmp_path: Path
) -> None:
    files = Files(tmp_path / "files")
    own = wanting(settings, "natural")
    kept = store_shadow(item, files, own)
    outcome = Outcome(1, State.REVIEW, 1.0, own.fingerprint, shadow=kept)
    version = Version(1, 1, None, outcome, "line", 0)
    assert np.array_equal(read_shadow(version, files), shadow_of(item, own))
    assert kept in files_of(outcome), "the studio's own check looks after it"
    assert store_shadow(item, files, settings) is None
    assert read_shadow(replace(version, outcome=replace(outcome, shadow=None)), files) is None
