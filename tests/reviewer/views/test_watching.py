"""The hot folder in the window: a dropped file really becomes a batch; and the shoot groups of the queue."""

from dataclasses import replace
from pathlib import Path

import pytest
from made_studios import original_pixels
from made_studios import png
from PySide6.QtWidgets import QFileDialog

from pipeline.model import ShootGroup
from pipeline.model import State


@pytest.fixture
def hot(tmp_path: Path) -> Path:
    folder = tmp_path / "camera"
    folder.mkdir()
    return folder


@pytest.fixture
def patient(studio):
    """The studio with a watch that looks often, so that the test is quick."""
    quick = replace(studio.settings.watch, look_seconds=0.05, settle_seconds=0.1)
    studio.settings = replace(studio.settings, watch=quick)
    return studio


def choose(monkeypatch: pytest.MonkeyPatch, folder: Path | str) -> None:
    def answer(*_: object) -> str:
        return str(folder)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", answer)


def listed(window) -> list[str]:
    return [window.header.batches.itemText(row) for row in range(window.header.batches.count())]


def test_a_dropped_photo_becomes_a_batch_that_is_listed_and_processed(
    qtbot, show, patient, hot: Path, monkeypatch
) -> None:
    window = show(patient)
    button = window.header.watch_button
    assert (button.isChecked(), button.text()) == (False, "Watch a folder…")
    choose(monkeypatch, hot)
    button.click()
    assert (button.isChecked(), button.text()) == (True, "Watching camera")
    (hot / "tuesday").mkdir()
    (hot / "tuesday" / "a.png").write_bytes(png(original_pixels(3)))
    qtbot.waitUntil(lambda: "tuesday" in listed(window), timeout=20000)
    assert button.text().endswith("camera, 1 new")
    # The person stays where they are.
    assert window.session.batch == patient.batch
    assert window.header.batches.currentText() == patient.batch
    qtbot.waitUntil(lambda: window.session.desk.progress_now.phase == "finished", timeout=60000)
    assert button.text() == "Watching camera, 1 new"
    button.click()
    assert (button.isChecked(), button.text()) == (False, "Watch a folder…")
    with patient.open() as store:
        counts = store.counts("tuesday")
    assert sum(counts.values()) == 1
    assert counts[State.NEW] + counts[State.FAILED] == 0


def test_nothing_is_taken_after_it_was_switched_off(qtbot, show, patient, hot: Path, monkeypatch) -> None:
    window = show(patient)
    choose(monkeypatch, hot)
    window.header.watch_button.click()
    window.header.watch_button.click()
    (hot / "a.png").write_bytes(png(original_pixels(3)))
    looked = []
    window.session.desk.ask(lambda store: store.batches(), looked.append)
    qtbot.waitUntil(lambda: bool(looked))
    window.close()
    with patient.open() as store:
        assert [batch.name for batch in store.batches()] == [patient.batch]


def test_a_cancelled_choice_changes_nothing(show, studio, monkeypatch) -> None:
    window = show(studio)
    choose(monkeypatch, "")
    window.header.watch_button.click()
    assert not window.header.watch_button.isChecked()
    assert window.session.desk.watcher.state.folder is None


def test_a_folder_that_cannot_be_watched_is_one_sentence_and_off(qtbot, show, studio, monkeypatch) -> None:
    window = show(studio)
    choose(monkeypatch, studio.folder.parent)
    with qtbot.waitSignal(window.session.desk.told) as told:
        window.header.watch_button.click()
    assert "holds the studio itself" in told.args[0]
    assert not window.header.watch_button.isChecked()


def grouped(studio):
    """Put the first two images of the studio into one group and the third into another."""
    from made_studios import ORIGINAL_SIZE

    from pipeline.model import NewImage

    with studio.open() as store:
        sha = store.files.put_bytes(png(original_pixels(1)))
        names = ("a.png", "b.png", "c.png")
        batch = store.add_batch("grouped", "", [NewImage(name, sha, 9, *ORIGINAL_SIZE) for name in names])
        ids = [str(entry.record.id) for entry in store.entries(batch.name)]
        store.add_groups(
            batch.name,
            [
                ShootGroup("grey table", tuple(ids[:2]), None, "", 60.0),
                ShootGroup("white sweep", (ids[2],), None, "", 95.0),
            ],
        )
    return batch.name


def files(window) -> list[str]:
    return [card.file for card in window.queue_panel.list.visible_cards()]


def test_the_queue_is_filtered_and_searched_by_shoot_group(qtbot, show, studio) -> None:
    name = grouped(studio)
    window = show(studio)
    panel, queue = window.queue_panel, window.session.queue
    assert not panel.groups.isVisible()
    window.session.open_batch(name)
    qtbot.waitUntil(lambda: queue.total == 3)
    qtbot.waitUntil(panel.groups.isVisible)
    assert [panel.groups.itemText(row) for row in range(panel.groups.count())] == [
        "All groups",
        "grey table",
        "white sweep",
    ]
    panel.groups.setCurrentIndex(1)
    panel.groups.activated.emit(1)
    qtbot.waitUntil(lambda: files(window) == ["a.png", "b.png"])
    assert queue.counts["all"] == 2
    panel.groups.setCurrentIndex(0)
    panel.groups.activated.emit(0)
    panel.search.setText("white sweep")
    qtbot.waitUntil(lambda: files(window) == ["c.png"])
    panel.search.setText("")
    panel.groups.activated.emit(2)
    window.session.open_batch(studio.batch)
    qtbot.waitUntil(lambda: queue.total == len(studio.images))
    qtbot.waitUntil(lambda: queue.settled)
    assert queue.group == ""
    assert len(queue) == queue.counts[queue.filter.name]
