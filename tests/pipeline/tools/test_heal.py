import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.errors import KnownError
from pipeline.tools.heal import clone
from pipeline.tools.heal import heal
from pipeline.tools.heal import nearby_source
from pipeline.tools.heal import soften
from pipeline.tools.membrane import membrane

SIZE = (90, 120)


def surface(slope=120, noise=150.0):
    """A grey board with some grain, lit from one side; uint16."""
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    plane = 20_000 + slope * x + 40 * y + np.random.default_rng(1).normal(0, noise, SIZE)
    return np.dstack([plane, 0.9 * plane, 0.8 * plane]).astype(np.uint16)


def disc(x, y, radius):
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]]
    return np.clip(radius + 0.5 - np.hypot(columns - x, rows - y), 0, 1).astype(np.float32)


def test_a_membrane_is_the_harmonic_surface_of_its_border():
    y, x = np.mgrid[: SIZE[0], : SIZE[1]].astype(np.float32) / 50
    harmonic = (x**2 - y**2 + 3 * x * y)[..., None]
    hole = np.zeros(SIZE, bool)
    hole[20:70, 30:90] = True
    hole[40:44, 5:8] = True
    spanned = membrane(harmonic.astype(np.float32), hole)

    assert (spanned[~hole] == harmonic[~hole].astype(np.float32)).all()
    assert np.abs(spanned - harmonic)[hole].max() < 0.01 * np.ptp(harmonic)


def test_a_healed_spot_takes_texture_from_the_source_and_light_from_its_surroundings():
    clean, cover = surface(), disc(60, 45, 9)
    dusty = np.where(cover[..., None] > 0, np.uint16(3_000), clean)
    healed = heal(dusty, cover, (-30, 0))
    cloned = clone(dusty, cover, (-30, 0))
    inside = cover == 1

    assert np.abs(healed.astype(int) - clean)[inside].mean() < 300
    # The source lies 3,600 levels darker; a clone brings that along, a heal does not.
    assert (cloned[inside] == np.roll(clean, 30, axis=1)[inside]).all()
    assert np.abs(cloned.astype(int) - clean)[inside].mean() > 2_500
    assert healed[inside].std(axis=0).min() > 100


@given(
    x=st.integers(0, SIZE[1] - 1), y=st.integers(0, SIZE[0] - 1), radius=st.floats(0.5, 20), strength=st.floats(0, 1)
)
@settings(max_examples=25, deadline=None)
def test_nothing_outside_the_stroke_changes_and_nothing_is_written_in_place(x, y, radius, strength):
    rgb, cover = surface(noise=2_000), disc(x, y, radius)
    before = rgb.copy()
    try:
        offset = nearby_source(rgb, cover)
    except KnownError:
        offset = (0, 0)
    for made in (heal(rgb, cover, offset), clone(rgb, cover, offset), soften(rgb, cover, strength=strength)):
        assert (made[cover == 0] == rgb[cover == 0]).all()
    assert (rgb == before).all()


def test_the_source_that_is_chosen_is_like_the_spots_surroundings():
    rgb = surface(slope=0)
    rgb[:, 66:] //= 3
    cover = disc(50, 45, 8)
    across, down = nearby_source(rgb, cover)

    assert 50 + across + 8 < 66
    assert abs(down) < 45


def test_a_source_outside_the_photo_is_one_sentence():
    with pytest.raises(KnownError, match="outside the photo"):
        heal(surface(), disc(60, 45, 9), (100, 0))
    with pytest.raises(KnownError, match="no room beside"):
        nearby_source(surface(), np.ones(SIZE, np.float32))


def test_a_reflection_fades_towards_the_metal_around_it_and_nothing_gets_lighter():
    metal = surface()
    shine = disc(60, 45, 6)[..., None]
    shiny = np.rint(metal + shine * (64_000 - metal.astype(float))).astype(np.uint16)
    cover = disc(60, 45, 14)
    whole, half = (soften(shiny, cover, strength=strength) for strength in (1.0, 0.5))
    inside = shine[..., 0] == 1

    assert np.abs(whole.astype(int) - metal)[inside].mean() < 700
    middle = (shiny.astype(float) + whole) / 2
    assert np.abs(half - middle)[inside].max() <= 1
    assert (whole <= shiny).all()
    assert (soften(shiny, cover, strength=0) == shiny).all()
