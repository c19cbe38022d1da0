"""Shoot groups: one camera, one go, one light, one backdrop."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.grouping import Shot
from pipeline.batch.grouping import group_shots
from pipeline.measure.light import Light
from pipeline.settings import Grouping

LIMITS = Grouping(gap_seconds=1800.0, backdrop_delta_e=8.0, key_to_fill_ratio=1.5, neutral_chroma=14.0)
GREY = Light(red=1.0, blue=1.0, lab=(70.0, 0.0, 0.0), key_to_fill=2.0, blown=0.0)
GREEN = dataclasses.replace(GREY, lab=(60.0, -50.0, 40.0), red=0.3, blue=0.4)


def shot(key: str, *, camera: str = "X100", taken: float | None = 0.0, shoot: str = "", light: Light = GREY) -> Shot:
    return Shot(key=key, camera=camera, taken=taken, shoot=shoot, light=light)


def test_photos_of_one_table_are_one_group_with_one_answer() -> None:
    warm = dataclasses.replace(GREY, red=1.2, blue=0.8)
    (group,) = group_shots([shot("a", light=warm), shot("b", taken=60, light=warm), shot("c", taken=90)], limits=LIMITS)
    assert group.members == ("a", "b", "c")
    assert group.white == (1.2, 0.8)
    assert group.source == "backdrop"


def test_another_camera_a_long_rest_or_another_backdrop_is_another_group() -> None:
    shots = [
        shot("a"),
        shot("b", camera="Z9"),
        shot("c", taken=2 * 3600),
        shot("d", taken=30, light=GREEN),
        shot("e", taken=40, light=dataclasses.replace(GREY, key_to_fill=8.0)),
    ]
    groups = group_shots(shots, limits=LIMITS)
    assert sorted(group.members for group in groups) == [("a",), ("b",), ("c",), ("d",), ("e",)]
    assert len({group.name for group in groups}) == 5


def test_the_sheet_separates_shoots_and_names_them() -> None:
    groups = group_shots([shot("a", shoot="spring"), shot("b", shoot="autumn")], limits=LIMITS)
    assert {group.name for group in groups} == {"spring", "autumn"}


def test_returning_to_a_backdrop_in_one_session_returns_to_its_group() -> None:
    shots = [shot("a"), shot("b", taken=10, light=GREEN), shot("c", taken=20)]
    assert [group.members for group in group_shots(shots, limits=LIMITS)] == [("a", "c"), ("b",)]


def test_a_grey_card_speaks_for_its_whole_group() -> None:
    card = dataclasses.replace(GREY, card=(1.3, 0.7))
    (group,) = group_shots([shot("a"), shot("b", taken=5, light=card)], limits=LIMITS)
    assert (group.white, group.source) == ((1.3, 0.7), "card")


def test_a_colored_backdrop_tells_no_white_point() -> None:
    (group,) = group_shots([shot("a", light=GREEN)], limits=LIMITS)
    assert (group.white, group.source) == (None, "")


shots_drawn = st.lists(
    st.builds(
        shot,
        key=st.integers(0, 10**6).map(str),
        camera=st.sampled_from(["X100", "Z9"]),
        taken=st.none() | st.floats(0, 1e5),
        shoot=st.sampled_from(["", "spring"]),
        light=st.builds(
            Light,
            red=st.floats(0.5, 2),
            blue=st.floats(0.5, 2),
            lab=st.tuples(st.floats(0, 100), st.floats(-60, 60), st.floats(-60, 60)),
            key_to_fill=st.floats(1, 20),
            blown=st.floats(0, 1),
        ),
    ),
    unique_by=lambda shot: shot.key,
)


@given(shots_drawn, st.randoms())
def test_every_shot_is_in_exactly_one_group_whatever_the_order(shots: list[Shot], random: object) -> None:
    groups = group_shots(shots, limits=LIMITS)
    assert sorted(key for group in groups for key in group.members) == sorted(shot.key for shot in shots)
    assert len({group.name for group in groups}) == len(groups)
    shuffled = list(shots)
    random.shuffle(shuffled)
    assert group_shots(shuffled, limits=LIMITS) == groups
