"""Letting a batch leave from the window, and its figures: every one leads to the images behind it."""

import csv
import shutil
from dataclasses import replace

import pytest
from made_studios import Plan
from made_studios import build_studio

from pipeline.model import Action
from pipeline.model import Role
from pipeline.model import Sale
from pipeline.model import State
from pipeline.model import WaveState
from reviewer.views.dashboard_words import hours_between
from reviewer.widgets.plots import Bars
from reviewer.widgets.plots import Plot

WAIT = 10_000


@pytest.fixture(scope="module")
def approved(tmp_path_factory):
    plans = [Plan(State.APPROVED, 96.0)] * 4 + [Plan(State.REVIEW, 72.0)] * 2
    return build_studio(tmp_path_factory.mktemp("approved") / "studio", plans)


@pytest.fixture
def studio(approved, tmp_path):
    shutil.copytree(approved.folder, tmp_path / "studio")
    return replace(approved, folder=tmp_path / "studio")


def opened(window, qtbot, name):
    window.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: window.around.dialog(name) is not None)
    return window.around.dialog(name)


def audit(studio, bad=frozenset()):
    """Look at what waits for the audit, as others do at their own windows."""
    with studio.open() as store:
        for entry in store.entries(studio.batch, state=State.AUDIT):
            image = entry.record.id
            action = Action.REDO if image in bad else Action.APPROVE
            store.decide(image, action, person="Ben", reason="halo" if image in bad else "")


def test_a_wave_is_drawn_looked_at_released_and_called_back_with_two_clicks(qtbot, show, studio) -> None:
    window = show(studio)
    window._desk.person = "Lea"
    dialog = opened(window, qtbot, "release")
    qtbot.waitUntil(lambda: "without waves" in dialog.sentence.text(), timeout=WAIT)
    assert not dialog.isModal()
    dialog.draw_button.click()
    qtbot.waitUntil(lambda: "wait for the audit" in dialog.sentence.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=WAIT)
    assert not dialog.draw_button.isEnabled()
    dialog.look_button.click()
    qtbot.waitUntil(lambda: len(window.session.queue) == 4 and window.session.queue.settled, timeout=WAIT)
    audit(studio)
    dialog.rule_button.click()
    qtbot.waitUntil(lambda: dialog.model.row(0).wave.state is WaveState.RELEASED, timeout=WAIT)
    assert "0 of 4 bad, and every image was looked at" in dialog.model.row(0).said
    dialog.back_button.click()
    assert dialog.confirm.isVisible(), "nothing happens without a second click"
    assert studio.state(1) is State.APPROVED
    dialog.reason.setText("wrong white")
    dialog.yes_button.click()
    qtbot.waitUntil(lambda: dialog.model.row(0).wave.state is WaveState.ROLLED_BACK, timeout=WAIT)
    assert "4 images wait again" in dialog.sentence.text()
    assert (studio.folder / "rollbacks" / "1" / "recall.csv").is_file()
    assert studio.state(1) is State.REVIEW


def test_a_refusal_is_one_sentence_and_leaves_every_button(qtbot, show, studio) -> None:
    window = show(studio)
    window._desk.person = "Lea"
    dialog = opened(window, qtbot, "release")
    qtbot.waitUntil(dialog.draw_button.isEnabled, timeout=WAIT)
    with studio.open() as store:
        for image in studio.images[:4]:
            store.decide(image, Action.REJECT, person="Ann")
    dialog.draw_button.click()
    qtbot.waitUntil(lambda: "no further image that may leave" in dialog.sentence.text(), timeout=WAIT)
    assert dialog.draw_button.isEnabled()


@pytest.fixture
def figures(qtbot, show, studio):
    with studio.open() as store:
        store.decide(5, Action.REJECT, person="Ann", reason="blurred")
        rows = [Sale("SKU-0000", f"2026-0{month}-02", 100, month) for month in (1, 2, 3)]
        store.add_sales(file="a.csv", sha256="0" * 64, mapping={"sku": "sku"}, rows=rows)
    window = show(studio)
    dialog = opened(window, qtbot, "dashboard")
    qtbot.waitUntil(lambda: dialog.book is not None, timeout=WAIT)
    return window, dialog


def test_the_figures_say_what_they_count_and_how_sure_they_are(figures) -> None:
    _, dialog = figures
    shown = {tile.title.text(): (tile.value.text(), tile.words.text()) for tile in dialog.tiles}
    assert shown["Finished by the line"][0] == "6"
    assert shown["Decided by people"][0] == "1"
    assert shown["Approved without a person"][0] == "67 %"
    assert shown["Approved without a person"][1].startswith("4 of 6; ")
    assert shown["Overturned by seniors"] == ("–", "nothing to count yet")
    visible = [button.text() for button in dialog.queues.values() if button.isVisible()]
    assert len(visible) == 1
    assert visible[0].startswith("Review 1 · oldest")


def test_every_figure_leads_to_exactly_the_images_it_counts(figures, qtbot) -> None:
    window, dialog = figures
    queue, plots = window.session.queue, dialog.plots.plots
    tiles = {tile.title.text(): tile for tile in dialog.tiles}

    def leads(press, images) -> None:
        press()
        qtbot.waitUntil(lambda: queue.settled and list(queue.ids) == images, timeout=WAIT)

    leads(tiles["Decided by people"].click, [5])
    leads(tiles["Finished by the line"].click, [1, 2, 3, 4, 5, 6])
    leads(tiles["Approved without a person"].click, [1, 2, 3, 4])
    leads(next(one for one in dialog.queues.values() if one.isVisible()).click, [6])
    leads(tiles["Accepted at once"].click, [1, 2, 3, 4])
    leads(lambda: plots["reasons"].press_at(0.0), [5])
    assert [tally.name for tally in dialog.book.figures.scores] == ["70–75", "95–100"]
    leads(lambda: plots["scores"].press_at(1.2), [1, 2, 3, 4])
    last = len(hours_between(dialog.book.figures)[0]) - 1
    leads(lambda: plots["hours"].press_at(last + 0.2), [5])
    plots["hours"].press_at(last - 0.2)
    finished = hours_between(dialog.book.figures)[1][last].count
    qtbot.waitUntil(lambda: queue.settled and len(queue.ids) in (finished, 1), timeout=WAIT)
    assert finished or list(queue.ids) == [5], "an empty bar leads nowhere"
    dialog.scope.setCurrentIndex(1)
    dialog.scope.activated.emit(1)
    qtbot.waitUntil(lambda: dialog.book.batch == "", timeout=WAIT)
    leads(lambda: plots["scores"].press_at(0.0), [5, 6])
    assert window.session.batch == ""


def test_what_seniors_overturned_leads_to_exactly_those_images(qtbot, show, studio) -> None:
    with studio.open() as store:
        store.sign_in("Sue", Role.SENIOR)
        for image in (5, 6):
            store.decide(image, Action.APPROVE, person="Ann")
        store.decide(6, Action.REDO, person="Sue", role=Role.SENIOR, reason="halo")
        store.decide(1, Action.REDO, person="Sue", role=Role.SENIOR, reason="halo")
    window = show(studio)
    dialog, queue = opened(window, qtbot, "dashboard"), window.session.queue
    qtbot.waitUntil(lambda: dialog.book is not None, timeout=WAIT)
    tile = next(tile for tile in dialog.tiles if tile.title.text() == "Overturned by seniors")
    assert tile.words.text().startswith("1 of 1; ")
    tile.click()
    qtbot.waitUntil(lambda: queue.settled and list(queue.ids) == [6], timeout=WAIT)
    tile = next(tile for tile in dialog.tiles if tile.title.text() == "Finished by the line")
    tile.click()
    qtbot.waitUntil(lambda: queue.settled and len(queue.ids) == 6, timeout=WAIT)
    assert ">Sue overturned 1 of 1 approvals.</a>" in dialog.people.text()
    dialog.people.linkActivated.emit("0")
    qtbot.waitUntil(lambda: queue.settled and list(queue.ids) == [6], timeout=WAIT)
    assert window.queue_panel.filter_button.isChecked(), "the list says that it is narrowed"


def test_few_images_are_counted_in_whole_numbers(qtbot) -> None:
    plot = Plot("Reasons")
    qtbot.addWidget(plot)
    axis = plot.getAxis("left")
    for height in (1, 3, 5):
        plot.show_bars(["a"], [Bars("a", (height,), "#ffffff")])
        numbers = [number for _, level in axis.tickValues(0, height, 200) for number in level]
        assert sorted(set(numbers)) == list(range(height + 1))
    plot.show_line(["a"], [0.4], [0.1], [0.9])
    assert any(number % 1 for _, level in axis.tickValues(0, 1, 200) for number in level)


def test_figures_are_saved_as_a_table_and_as_a_picture(figures, tmp_path) -> None:
    _, dialog = figures
    dialog.save_table(tmp_path / "figures.csv")
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {(row["figure"], row["of"]): row for row in csv.DictReader(file)}
    assert rows["approved without a person", ""]["number"] == "4"
    assert rows["reason", "blurred"]["number"] == "1"
    assert sum(figure == "returned" for figure, _ in rows) == 0, "nothing was delivered that was sold"
    dialog.save_picture(tmp_path / "figures.png")
    assert (tmp_path / "figures.png").read_bytes().startswith(b"\x89PNG")
