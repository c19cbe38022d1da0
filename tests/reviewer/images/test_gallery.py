"""The gallery decodes what is wanted, keeps within its budget, and never drops the current image."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import KnownError
from pipeline.model import Entry
from pipeline.model import Frame
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.model import Version
from pipeline.photo_io.pyramid_tiff import encode_pyramid
from reviewer.images.gallery import Gallery
from reviewer.images.pyramid import build_pyramid
from reviewer.images.pyramid import stand_in
from reviewer.images.sources import load_tiles_first

PICTURE = build_pyramid(np.zeros((400, 400, 3), np.uint8))


class HeldSubmit:
    """Keeps the jobs until the test runs them."""

    def __init__(self) -> None:
        self.jobs = []

    def __call__(self, work, *, then, failed, wanted, dropped, priority) -> None:
        self.jobs.append((priority, then, failed, wanted, dropped))

    def run(self, error: KnownError | None = None) -> int:
        ran, jobs = 0, sorted(self.jobs, key=lambda job: -job[0])
        self.jobs = []
        for _, then, failed, wanted, dropped in jobs:
            if not wanted():
                dropped()
            elif error is not None:
                failed(error)
            else:
                then(PICTURE)
                ran += 1
        return ran


def entry(number: int) -> Entry:
    record = ImageRecord(number, "b", f"{number}.jpg", f"original{number}", 1, 100, 100)
    frame = Frame((1, 0, 0, 0, 1, 0), (100, 100))
    outcome = Outcome(number, State.REVIEW, 1.0, "", frame=frame, result=f"result{number}")
    return Entry(record, State.REVIEW, None, Version(number, number, None, outcome, "line", 0))


@pytest.fixture
def submit() -> HeldSubmit:
    return HeldSubmit()


def gallery_of(submit: HeldSubmit, pictures: int) -> Gallery:
    return Gallery(submit, None, budget=pictures * PICTURE.bytes)


def test_a_pair_is_there_when_both_pictures_are(submit) -> None:
    gallery = gallery_of(submit, 100)
    gallery.want([entry(1)])
    assert gallery.pair(entry(1)) is None
    assert submit.run() == 2
    pair = gallery.pair(entry(1))
    assert (pair.image, pair.version, pair.exact) == (1, 1, True)


def test_the_current_image_comes_first_and_what_was_passed_is_dropped(submit) -> None:
    gallery = gallery_of(submit, 100)
    gallery.want([entry(1), entry(2), entry(3)])
    gallery.want([entry(3), entry(4)])
    assert submit.run() == 4
    assert gallery.pair(entry(1)) is None
    assert gallery.pair(entry(3)) is not None


def test_a_dropped_picture_that_is_wanted_again_is_decoded(submit) -> None:
    gallery = gallery_of(submit, 100)
    gallery.want([entry(1)])
    gallery.want([entry(2)])
    jobs = submit.jobs[:2]
    submit.jobs = submit.jobs[2:]
    refused = [(priority, then, failed, lambda: False, dropped) for priority, then, failed, _, dropped in jobs]
    gallery.want([entry(1)])
    submit.jobs += refused
    submit.run()
    submit.run()
    assert gallery.pair(entry(1)) is not None


def test_the_budget_holds_over_many_images_and_spares_the_current_one(submit) -> None:
    gallery = gallery_of(submit, 6)
    for number in range(200):
        gallery.want([entry(number), entry(number + 1), entry(number + 2), entry(number - 1)])
        submit.run()
        assert gallery.bytes <= 6 * PICTURE.bytes
        assert gallery.pair(entry(number)) is not None


def test_an_unreadable_picture_is_a_sentence_and_no_decision(submit) -> None:
    gallery = gallery_of(submit, 100)
    gallery.want([entry(1)])
    submit.run(KnownError("1.jpg is cut off; ask for it again."))
    pair = gallery.pair(entry(1))
    assert pair.trouble == "1.jpg is cut off; ask for it again."
    assert not pair.exact
    gallery.forget_trouble(entry(1))
    gallery.want([entry(1)])
    submit.run()
    assert gallery.pair(entry(1)).trouble is None


def test_short_of_memory_a_far_neighbour_loses_only_its_full_size_and_gets_it_back(submit) -> None:
    gallery = gallery_of(submit, 5)
    gallery.want([entry(1), entry(2), entry(3)])
    submit.run()
    assert gallery.pair(entry(2)).exact
    far = gallery.pair(entry(3))
    assert not far.result.whole
    gallery.want([entry(3), entry(4)])
    submit.run()
    assert gallery.pair(entry(3)).result.whole


def test_what_decodes_quickly_comes_first_and_the_file_itself_replaces_it(submit) -> None:
    gallery = gallery_of(submit, 100)
    quick = entry(1)
    outcome = replace(quick.version.outcome, tiles="tiles1", original_proxy="proxy1")
    quick = replace(quick, version=replace(quick.version, outcome=outcome))
    gallery.want([quick])
    assert sorted(priority for priority, *_ in submit.jobs) == [-2, -1, 0, 0]
    first = [then for priority, then, *_ in submit.jobs if priority == 0]
    first[0](PICTURE.halved())
    assert gallery.pair(quick) is None
    assert gallery.picture(outcome.result).serves(0.5), "the result comes before the original"
    first[1](stand_in(np.zeros((64, 64, 4), np.uint8), (400, 400)))
    pair = gallery.pair(quick)
    assert not pair.exact
    assert pair.original.proxy
    assert not pair.result.proxy
    assert [pair.result.serves(scale) for scale in (0.25, 0.5, 1.0)] == [True, True, False]
    for priority, then, *_ in submit.jobs:
        if priority < 0:
            then(PICTURE)
    assert gallery.pair(quick).exact
    assert gallery.pair(quick).result.whole
    first[1](stand_in(np.zeros((64, 64, 4), np.uint8), (400, 400)))
    assert gallery.pair(quick).exact, "a late small copy replaces nothing better"


def test_a_damaged_small_copy_is_no_trouble_while_the_file_can_be_read(submit) -> None:
    gallery = gallery_of(submit, 100)
    quick = entry(1)
    outcome = replace(quick.version.outcome, tiles="tiles1", original_proxy="proxy1")
    quick = replace(quick, version=replace(quick.version, outcome=outcome))
    gallery.want([quick])
    for priority, then, failed, *_ in submit.jobs:
        then(PICTURE) if priority < 0 else failed(KnownError("damaged"))
    assert gallery.pair(quick).exact


@pytest.mark.parametrize(("side", "width"), [(5000, 4200), (2048, 2100), (1000, 1050), (400, 525)])
def test_what_comes_first_is_as_large_as_what_it_is_shown_on(tmp_path, side, width) -> None:
    path = tmp_path / "copy.tif"
    path.write_bytes(encode_pyramid(np.zeros((1400, 4200, 3), np.uint8), icc=b""))
    first = load_tiles_first(path, "a.jpg", 4200, side)
    assert first.levels[0].shape[1] == width
    assert first.size == (4200, 1400)
    assert first.serves(min(1.0, side / 4200))
