"""kill -9, full, failing and vanishing disks, power cuts: a second telling ends as if nothing had happened.

The story and every fault live in `benchmarks/faulting`, which `benchmarks/faults.py` drives further. Planted bugs prove
that the harness would notice.
"""

import os
import random

import pytest

from benchmarks.faulting import planted
from benchmarks.faulting import power
from benchmarks.faulting.crashes import child
from benchmarks.faulting.crashes import crash_and_resume
from benchmarks.faulting.crashes import moments
from benchmarks.faulting.crashes import notices
from benchmarks.faulting.crashes import resumed
from benchmarks.faulting.disks import TROUBLES
from benchmarks.faulting.disks import fill_up_then_grow
from benchmarks.faulting.disks import may_mount
from benchmarks.faulting.disks import say_no_then_yes
from benchmarks.faulting.story import faults
from benchmarks.faulting.story import tell

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a forked child")

NEEDS_A_COMPILER = pytest.mark.skipif(not power.available(), reason="records calls with a C library on Linux")


def test_an_undisturbed_story_ends_well(folder):
    tell(folder / "studio")
    assert faults(folder / "studio") == []


@pytest.mark.slow
def test_a_crash_at_any_point_changes_nothing_in_the_end(folder):
    found = moments(folder)
    assert len(found) > 100
    wrong = {studio.name: faults for studio in found if (faults := resumed(studio))}
    assert wrong == {}


def test_a_real_kill_changes_nothing_in_the_end(folder):
    assert [crash_and_resume(folder, at) for at in range(2, 200, 18)] == [[]] * 11


@pytest.mark.parametrize("bug", planted.CRASHES)
def test_the_harness_notices_a_planted_bug(folder, bug):
    assert notices(folder, planted.CRASHES[bug])


def test_a_zombie_is_fenced_and_the_harness_notices_where_it_is_not(folder):
    assert not planted.a_zombie_records(folder / "studio")
    found = folder / "found"

    def unfenced():
        planted.nothing_fenced()
        found.write_text(str(planted.a_zombie_records(folder / "unfenced")))

    assert child(unfenced) == 0
    assert found.read_text() == "True"


@pytest.mark.slow
def test_a_disk_that_fills_up_at_any_size_loses_nothing(folder):
    """A real file system of 50 sizes fills up in the middle of the story; then it grows and the story goes on."""
    if not may_mount():
        pytest.skip("only Linux's root may mount a tiny disk")
    ends = [fill_up_then_grow(folder, size) for size in range(40, 1140, 22)]
    assert set(ends) == {"filled", "fitted"}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_disk_that_says_no_at_any_moment_is_one_sentence_and_work_resumes(folder, trouble):
    at, answers = 1, []
    while (answer := say_no_then_yes(folder / str(at), trouble, at)) != "untouched":
        answers.append(answer)
        at += 2 if trouble == "full" else 7
    assert len(answers) > 5
    assert set(answers) == {""}


@NEEDS_A_COMPILER
@pytest.mark.slow
def test_a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged(folder):
    calls = power.recorded(folder)
    wrong = {}
    for number, (at, keeps) in enumerate(power.cuts(calls, 50, seed=1)):
        if found := power.broken_promises(calls, at, folder / "cut", random.Random(number), keeps):
            wrong[at] = found
    assert wrong == {}


@NEEDS_A_COMPILER
@pytest.mark.slow
def test_the_power_cuts_notice_what_is_never_synced(folder):
    for number, bug in enumerate(planted.POWER_CUTS):
        place = folder / str(number)
        place.mkdir()
        calls = power.recorded(place, bug)
        found = (
            power.broken_promises(calls, at, place / "cut", random.Random(at), keeps)
            for at, keeps in power.cuts(calls, 50, seed=1)
        )
        assert any(found), bug
