"""Five hundred images: a bad batch stops at its first wave, and a bad delivery is called back whole."""

import csv
import hashlib
import random
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from studio_stories import add_batch
from studio_stories import make_version
from studio_stories import outcome

from pipeline.batch.rollout import judge
from pipeline.batch.sampling import draw_more
from pipeline.batch.sampling import draw_wave
from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.measure.statistics import chance_of_at_most
from pipeline.model import Action
from pipeline.model import Candidate
from pipeline.model import Findings
from pipeline.model import Order
from pipeline.model import SampleState
from pipeline.model import Selection
from pipeline.model import State
from pipeline.model import Wave
from pipeline.model import WaveState
from pipeline.run.audit import draw_sample
from pipeline.run.release import judgements
from pipeline.run.release import released
from pipeline.run.release import rule
from pipeline.run.rollback import roll_back
from pipeline.settings import load_settings
from pipeline.store.known_answers import KnownAnswer
from pipeline.store.store import Store

pytestmark = pytest.mark.of_a_file

MEMORY_DISK = Path("/dev/shm")
IMAGES, BAD = 500, 45
SETTINGS = load_settings()


@pytest.fixture(scope="module")
def pattern():
    """An older batch that was delivered, and one whose images may leave under the same names."""
    folder = tempfile.mkdtemp(prefix="whitepoint-", dir=MEMORY_DISK if MEMORY_DISK.is_dir() else None)
    studio = Path(folder) / "studio"
    with Store(studio) as store:
        for name in ("old", "shoot"):
            add_batch(store, IMAGES, name=name)
        for image in range(1, 2 * IMAGES + 1):
            version = make_version(store, image, State.APPROVED)
            if image <= IMAGES:
                deliver(store, version.id, image)
    yield studio
    shutil.rmtree(folder)


@pytest.fixture
def store(pattern, studio):
    shutil.copytree(pattern, studio)
    with Store(studio) as opened:
        yield opened


def deliver(store, version, number, platform="print"):
    sha256 = store.files.put_bytes(b"file of version %d" % version)
    store.add_delivery(version=version, platform=platform, name=f"{number:03}.jpg", sha256=sha256, report={})


def answer(store, batch, bad, *, person="Ann"):
    """Look at all that waits for the audit, and send the bad ones back."""
    for entry in store.entries(batch, state=State.AUDIT):
        image = entry.record.id
        if image in bad:
            store.decide(image, Action.REDO, person=person, reason="halo")
        else:
            store.decide(image, Action.APPROVE, person=person)


def test_a_bad_batch_stops_at_its_first_wave_99_times_of_100():
    assert chance_of_at_most(0, looked=49, images=IMAGES, bad=BAD) < 0.01
    population = [Candidate(image, image, "abbcccdddd"[image % 10]) for image in range(IMAGES)]
    stopped = 0
    for seed in range(400):
        draw = draw_wave(population, earlier=0, number=1, stops=0, rule=SETTINGS.release, seed=seed)
        faulty = set(random.Random(~seed).sample(range(IMAGES), BAD))
        stopped += ruled(draw, population, faulty, seed) is SampleState.STOPPED
    assert stopped >= 0.985 * 400  # the chance is 99.1 % and more; 400 lots scatter


def ruled(draw, population, faulty, seed):
    """How a first wave ends when everything drawn is looked at, and whatever is asked for beyond it is drawn, too."""
    about = (draw.share, "open", 0, draw.population, draw.limit, draw.confidence)
    wave, looked, gone = Wave(1, "", 1, *about, *[None] * 5), set(), set()
    while True:
        looked |= draw.sampled
        gone |= {one.image for one in draw.images}
        drawn = Counter(one.stratum for one in population if one.image in looked)
        free = [one for one in population if one.image not in gone]
        findings = Findings(dict(drawn), 0, len(looked - faulty), len(looked & faulty))
        room = Counter(one.stratum for one in free)
        said = judge(findings, wave.population, limit=wave.limit, confidence=draw.confidence, free=room)
        if said.state is not SampleState.UNSURE:
            return said.state
        draw = draw_more(free, said.more, wave=replace(wave, confidence=draw.confidence), seed=seed)


def test_a_sample_that_is_only_too_small_asks_for_more_and_is_ruled_on_together_with_it(store):
    draw_sample(store, "shoot", SETTINGS, by="Lea", seed=1)
    first = {entry.record.id for entry in store.entries("shoot", state=State.AUDIT)}
    answer(store, "shoot", {min(first)})
    more, said = rule(store, "shoot", SETTINGS, by="Lea")
    assert (more.number, more.state, said.state, more.confidence) == (2, WaveState.OPEN, SampleState.WAITING, 0.975)
    assert said.sentence.startswith("1 of 49 bad: at most 9.3 % at 95 %, 6.0 % are allowed; so few cannot tell, so ")
    assert f"so {more.to_look} more were drawn: look at them" in said.sentence
    second = {entry.record.id for entry in store.entries("shoot", state=State.AUDIT)}
    assert len(second) == more.to_look == 42
    assert not first & second
    assert rule(store, "shoot", SETTINGS, by="Lea")[1].waiting == 42
    with pytest.raises(ConflictError, match="audit its sample"):
        draw_sample(store, "shoot", SETTINGS, by="Lea")
    answer(store, "shoot", set())
    wave, said = rule(store, "shoot", SETTINGS, by="Lea")
    assert (wave.state, said.bad, said.looked) == (WaveState.RELEASED, 1, 91)
    assert {one.state for one in store.waves("shoot")} == {WaveState.RELEASED}
    assert [judged.sentence for _, judged in judgements(store, "shoot", SETTINGS)] == [said.sentence] * 2
    assert second <= released(store, "shoot", SETTINGS)
    assert draw_sample(store, "shoot", SETTINGS, by="Lea", seed=2).share == 0.5, "the second of the batch's waves"
    assert all(finding.harmless for finding in store.check())


def test_a_stop_freezes_the_batch_says_why_and_a_rollback_lets_it_try_again(store):
    bad = set(random.Random(5).sample(range(IMAGES + 1, 2 * IMAGES + 1), BAD))
    assert released(store, "shoot", SETTINGS) is None
    wave = draw_sample(store, "shoot", SETTINGS, by="Lea", seed=1)
    assert (wave.state, wave.images, wave.drawn, wave.to_look) == (WaveState.OPEN, 50, 49, 49)
    assert store.counts("shoot")[State.AUDIT] == 49
    assert released(store, "shoot", SETTINGS) == frozenset()
    with pytest.raises(ConflictError, match="audit its sample"):
        draw_sample(store, "shoot", SETTINGS, by="Lea")
    answer(store, "shoot", bad)
    wave, said = rule(store, "shoot", SETTINGS, by="Lea")
    assert wave.state is WaveState.STOPPED
    assert said.bad == len(bad & {entry.record.id for entry in store.entries("shoot", state=State.REDO)})
    with pytest.raises(KnownError, match=r"is stopped since wave 1: \d+ of 49 bad: up to"):
        released(store, "shoot", SETTINGS)
    free = store.entries("shoot", state=State.APPROVED)[-1]
    with pytest.raises(ConflictError, match="stopped by its sample"):
        deliver(store, free.version.id, 1)
    store.roll_back("shoot", 1, reason="a tenth is bad", person="Lea")
    assert store.counts("shoot")[State.REVIEW] == 50 - said.bad
    again = draw_sample(store, "shoot", SETTINGS, by="Lea", seed=2)
    assert (again.number, again.confidence) == (2, 0.975)
    assert again.drawn >= 60, "a second try is judged more strictly"
    assert all(finding.harmless for finding in store.check())


def test_a_good_batch_leaves_in_three_waves(store):
    shares = []
    for number in (1, 2, 3):
        draw_sample(store, "shoot", SETTINGS, by="Lea", seed=number)
        before = released(store, "shoot", SETTINGS)
        unseen = next(one for one in store.entries("shoot", state=State.APPROVED) if one.record.id not in before)
        with pytest.raises(ConflictError, match="none that was released"):
            deliver(store, unseen.version.id, 1)
        answer(store, "shoot", set())
        wave, said = rule(store, "shoot", SETTINGS, by="Lea")
        assert wave.state is WaveState.RELEASED
        assert "0 of " in said.sentence
        assert "at most" in said.sentence
        shares.append(len(released(store, "shoot", SETTINGS)) / IMAGES)
    assert shares == [0.1, 0.5, 1.0]
    with pytest.raises(KnownError, match="no further image"):
        draw_sample(store, "shoot", SETTINGS, by="Lea")


def test_five_hundred_images_are_called_back_in_seconds_and_every_earlier_file_is_the_same(store, tmp_path):
    for number, entry in enumerate(store.entries("shoot"), start=1):
        deliver(store, entry.version.id, number)
    started = time.process_time()
    done = roll_back(store, "shoot", by="Lea", reason="=wrong white", to=tmp_path)
    assert time.process_time() - started < 5
    assert (done.rollback.images, len(done.restored), done.problems) == (IMAGES, IMAGES, ())
    for number, path in enumerate(sorted(done.restored), start=1):
        assert path.name == f"{number:03}.jpg"
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(b"file of version %d" % number).digest()
    with (tmp_path / "recall.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == IMAGES
    assert {row["reason"] for row in rows} == {"'=wrong white"}
    assert rows[0]["sha256"] == hashlib.sha256(b"file of version %d" % (IMAGES + 1)).hexdigest()
    assert store.counts("shoot")[State.REVIEW] == IMAGES
    assert store.counts("old")[State.DELIVERED] == IMAGES, "the earlier files are live again"
    assert len(store.deliveries("shoot")) == IMAGES, "nothing is deleted"
    assert all(row.recalled for row in store.deliveries("shoot"))
    assert store.check() == []
    again = roll_back(store, "shoot", by="Lea", to=tmp_path / "again")
    assert again.rollback == done.rollback, "a second time only writes the files again"
    assert len(again.restored) == IMAGES


def test_a_known_answer_stands_among_the_others_in_every_order(store):
    version = store.entries("shoot")[0].version.id
    wave = draw_sample(store, "shoot", SETTINGS, by="Lea", seed=1)
    made = KnownAnswer(version, "a/250-2.jpg", "", "spot", outcome(IMAGES + 1, State.AUDIT))
    store.add_known_answers(wave.id, [made])
    audit = Selection(states=frozenset({State.AUDIT}))
    for order in Order:
        ids = list(store.image_ids("shoot", replace(audit, order=order)))
        (known,) = [image for image in ids if image > 2 * IMAGES]
        place = ids.index(known)
        assert len(ids) == 50
        assert ids[place - 1] < IMAGES + 250 <= ids[place + 1], order
        assert [image for image in ids if image != known] == sorted(image for image in ids if image != known)
