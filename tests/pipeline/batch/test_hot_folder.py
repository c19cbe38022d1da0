"""The hot folder decides by names, sizes and times that the test gives: nothing waits, nothing is opened."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies

from pipeline.batch.hot_folder import Arrival
from pipeline.batch.hot_folder import Drop
from pipeline.batch.hot_folder import HotFolder
from pipeline.batch.hot_folder import list_drops
from pipeline.settings import load_settings

FOLDER = Path("/drop")
SETTINGS = load_settings()
RULES = replace(SETTINGS.watch, settle_seconds=3.0, longest_wait_seconds=60.0)
SETTINGS = replace(SETTINGS, watch=RULES)


def drop(below: str, size: int = 10, time: int = 1) -> Drop:
    return Drop(FOLDER / below, size, time)


@pytest.fixture
def hot() -> HotFolder:
    return HotFolder(FOLDER, SETTINGS, ())


def names(arrivals: list[Arrival]) -> dict[str, list[str]]:
    return {arrival.name: [photo.path.name for photo in arrival.photos] for arrival in arrivals}


def test_a_file_is_taken_once_when_it_has_rested(hot: HotFolder) -> None:
    there = [drop("a.jpg")]
    assert hot.look(there, 100.0) == []
    assert hot.look(there, 102.9) == []
    assert names(hot.look(there, 103.0)) == {"drop": ["a.jpg"]}
    assert hot.look(there, 200.0) == []


def test_a_growing_file_holds_its_sub_folder_back_and_no_other(hot: HotFolder) -> None:
    hot.look([drop("mon/a.jpg"), drop("mon/b.jpg", 1), drop("tue/c.jpg")], 0)
    there = [drop("mon/a.jpg"), drop("mon/b.jpg", 2, 2), drop("tue/c.jpg")]
    assert names(hot.look(there, 3)) == {"tue": ["c.jpg"]}
    assert hot.look(there, 5.9) == []
    assert names(hot.look(there, 6)) == {"mon": ["a.jpg", "b.jpg"]}


def test_what_lies_deeper_belongs_to_the_first_sub_folder(hot: HotFolder) -> None:
    there = [drop("mon/left/a.jpg"), drop("mon/right/a.jpg"), drop("b.jpg")]
    hot.look(there, 0)
    assert names(hot.look(there, 3)) == {"drop": ["b.jpg"], "mon": ["a.jpg", "a.jpg"]}


@pytest.mark.parametrize("end", SETTINGS.watch.temporary)
def test_a_name_that_is_still_being_written_is_never_taken(hot: HotFolder, end: str) -> None:
    there = [drop(f"a.jpg{end}"), drop(f"B.JPG{end.upper()}")]
    for now in range(0, 300, 10):
        assert hot.look(there, now) == []
    done = [drop("a.jpg"), there[1]]
    assert hot.look(done, 300) == []
    assert names(hot.look(done, 303)) == {"drop": ["a.jpg"]}


def test_an_abandoned_part_does_not_tear_a_later_drop_apart(hot: HotFolder) -> None:
    part = drop("old.jpg.part")
    hot.look([part], 0)
    hot.look([part], 500)
    hot.look([part, drop("a.jpg")], 600)
    hot.look([part, drop("a.jpg"), drop("b.jpg")], 602)
    assert hot.look([part, drop("a.jpg"), drop("b.jpg")], 604) == []
    assert names(hot.look([part, drop("a.jpg"), drop("b.jpg")], 605)) == {"drop": ["a.jpg", "b.jpg"]}


def test_a_camera_that_never_rests_is_served_after_the_longest_wait(hot: HotFolder) -> None:
    taken = []
    for second in range(0, 61, 2):
        there = [drop(f"{shot:03}.jpg") for shot in range(second // 2 + 1)]
        for arrival in hot.look(there, second):
            taken.append((second, len(arrival.photos)))
    assert taken == [(60, 29)]


def test_an_empty_file_gets_the_longest_wait_and_then_its_sentence(hot: HotFolder) -> None:
    there = [drop("a.jpg"), drop("empty.jpg", 0)]
    hot.look(there, 0)
    assert names(hot.look(there, 3)) == {"drop": ["a.jpg"]}
    assert hot.look(there, 59) == []
    assert names(hot.look(there, 60)) == {"drop": ["empty.jpg"]}


def test_what_the_studio_has_already_stays_where_it_is() -> None:
    old, new = drop("a.jpg"), drop("b.jpg")
    hot = HotFolder(FOLDER, SETTINGS, {old.key})
    hot.look([old, new], 0)
    assert names(hot.look([old, new], 3)) == {"drop": ["b.jpg"]}


def test_the_same_name_with_other_bytes_is_another_photo(hot: HotFolder) -> None:
    hot.look([drop("a.jpg")], 0)
    hot.look([drop("a.jpg")], 3)
    hot.look([drop("a.jpg", 11, 2)], 4)
    assert names(hot.look([drop("a.jpg", 11, 2)], 7)) == {"drop": ["a.jpg"]}


def test_what_is_no_photo_is_said_once_and_the_sheet_is_none(hot: HotFolder) -> None:
    there = [drop("mon/notes.txt"), drop("mon/sheet.csv")]
    hot.look(there, 0)
    assert [(arrival.photos, arrival.others) for arrival in hot.look(there, 3)] == [((), ("notes.txt",))]
    assert hot.look(there, 100) == []


@given(strategies.lists(strategies.lists(strategies.integers(0, 5), max_size=6), min_size=1, max_size=30))
def test_nothing_is_taken_twice_and_everything_that_stays_is_taken(looks: list[list[int]]) -> None:
    hot, now, taken = HotFolder(FOLDER, SETTINGS, ()), 0.0, []
    for shots in looks:
        now += 1.7
        for arrival in hot.look([drop(f"{shot % 2}/{shot}.jpg") for shot in sorted(set(shots))], now):
            taken += [photo.key for photo in arrival.photos]
    last = [drop(f"{shot % 2}/{shot}.jpg") for shot in sorted(set(looks[-1]))]
    for arrival in hot.look(last, now + 61) + hot.look(last, now + 65):
        taken += [photo.key for photo in arrival.photos]
    assert len(taken) == len(set(taken))
    assert {photo.key for photo in last} <= set(taken)


def test_hidden_files_links_and_what_systems_leave_are_not_there(tmp_path: Path) -> None:
    for name in (".a.jpg.Xy12", "Thumbs.db", "b.jpg", ".hidden/c.jpg", "sub/d 10.jpg", "sub/d 2.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"12")
    os.symlink(tmp_path / "b.jpg", tmp_path / "link.jpg")
    os.symlink(tmp_path, tmp_path / "loop")
    found = list_drops(tmp_path)
    assert [each.path.relative_to(tmp_path).as_posix() for each in found] == ["b.jpg", "sub/d 2.jpg", "sub/d 10.jpg"]
    assert {each.bytes for each in found} == {2}
