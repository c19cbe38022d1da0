"""What lies around the review: intake with its preview, the line's panel, settings and the log, in the real window."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPushButton

from pipeline.model import Change
from pipeline.model import State
from pipeline.settings import load_settings
from pipeline.tools.catalogue import known_models
from reviewer.models.intake import IntakeModel
from reviewer.theme import PALETTE
from reviewer.theme import THEMES
from reviewer.theme import install_theme
from reviewer.views.words import kind_words


@pytest.fixture
def drop(samples: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "monday"
    folder.mkdir()
    shutil.copy(samples / "ring-silver.jpg", folder)
    shutil.copy(samples / "book-grey.jpg", folder)
    (folder / "small.txt.jpg").write_text("no photo")
    (folder / "sheet.csv").write_text("file,sku\nring-silver.jpg,R-1\nlost.jpg,L-1\n")
    return folder


@pytest.fixture
def intake(qtbot, show, studio, drop):
    window = show(studio)
    window.around.take_in([drop])
    dialog = window.around.dialog("intake")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3, timeout=10000)
    return window, dialog


def test_a_drop_shows_what_matched_what_did_not_and_what_is_wrong(intake, studio) -> None:
    _window, dialog = intake
    assert not dialog.isModal()
    assert {kind: button.count for kind, button in dialog.kinds.items()} == {
        "all": 3,
        "matched": 1,
        "unmatched": 2,
        "refused": 1,
    }
    assert "lost.jpg" in dialog.problems.item(0).text()
    dialog.kinds["refused"].click()
    assert dialog.model.rowCount() == 1
    assert "small.txt.jpg" in dialog.model.data(dialog.model.index(0, 5))
    with studio.open() as store:
        assert len(store.batches()) == 1, "looking adds nothing"
    dialog.close()


def test_the_drop_becomes_a_batch_under_the_name_and_client_that_were_typed(qtbot, intake, studio) -> None:
    window, dialog = intake
    dialog.name.setText("rings and books")
    dialog.client.setText("Acme")
    dialog.add_button.click()
    qtbot.waitUntil(lambda: window.around.dialog("intake") is None)
    qtbot.waitUntil(lambda: window.session.batch == "rings and books", timeout=20000)
    window.session.desk.cancel()
    qtbot.waitUntil(lambda: not window.session.desk.progress_now.running, timeout=60000)
    with studio.open() as store:
        entries = store.entries("rings and books")
    assert {entry.record.client for entry in entries} == {"Acme"}
    assert {entry.record.sku for entry in entries} == {"R-1", ""}


def test_a_cancelled_drop_adds_nothing(intake, studio) -> None:
    _window, dialog = intake
    dialog.reject()
    with studio.open() as store:
        assert [batch.name for batch in store.batches()] == [studio.batch]


def test_the_table_of_a_drop_is_a_well_behaved_model(qtmodeltester, intake) -> None:
    _, dialog = intake
    qtmodeltester.check(dialog.model, force_py=True)
    empty = IntakeModel()
    qtmodeltester.check(empty, force_py=True)
    dialog.close()


def test_the_line_s_panel_lists_failures_with_their_sentence_and_tries_them_again(qtbot, show, studio) -> None:
    window = show(studio)
    qtbot.waitUntil(lambda: window.session.batch == studio.batch)
    window.actions_by_name["run_panel"].trigger()
    panel = window.around.dialog("run")
    qtbot.waitUntil(lambda: bool(panel.body.widget()) and bool(panel.body.widget().findChildren(QPushButton)))
    (button,) = panel.body.widget().findChildren(QPushButton)
    assert "again" in button.accessibleName()
    button.click()
    qtbot.waitUntil(lambda: studio.state(studio.images[5]) is not State.FAILED, timeout=20000)
    window.session.desk.cancel()
    qtbot.waitUntil(lambda: not window.session.desk.progress_now.running, timeout=60000)
    panel.close()


@pytest.fixture
def settings(show, studio):
    window = show(studio)
    window.actions_by_name["settings"].trigger()
    dialog = window.around.dialog("settings")
    return window, dialog


def row_of(dialog, key: str):
    dialog.search.setText(key.rsplit(".", 1)[-1])
    return next(row for row in dialog.form.rows if row.field.key == key)


def type_in(dialog, key: str, text: str) -> None:
    row = row_of(dialog, key)
    row.set_text(text)
    row.edited.emit()


def test_a_setting_is_found_changed_and_saved_and_the_line_takes_it_up(qtbot, settings, studio) -> None:
    window, dialog = settings
    assert not dialog.save_button.isEnabled()
    type_in(dialog, "scoring.approve_from", "93.5")
    assert dialog.save_button.isEnabled()
    with qtbot.waitSignal(window.around.settings_saved) as saved:
        dialog.save_button.click()
    assert saved.args[0].scoring.approve_from == 93.5
    assert load_settings(studio.folder).scoring.approve_from == 93.5
    assert window.session.desk.runner.line._settings.scoring.approve_from == 93.5
    row_of(dialog, "scoring.approve_from").back.click()
    dialog.save_button.click()
    assert load_settings(studio.folder).scoring.approve_from == load_settings().scoring.approve_from


def test_a_value_that_does_not_fit_is_one_sentence_and_nothing_is_written(settings, studio) -> None:
    _, dialog = settings
    type_in(dialog, "scoring.approve_from", "good enough")
    dialog.save_button.click()
    assert "scoring.approve_from" in dialog.sentence.text()
    assert not (studio.folder / "settings.toml").exists()


def test_what_was_typed_survives_turning_pages_and_closing_asks_once(settings) -> None:
    _, dialog = settings
    type_in(dialog, "grouping.gap_seconds", "60")
    dialog.search.clear()
    for row in range(dialog.pages.count()):
        dialog.pages.setCurrentRow(row)
    assert row_of(dialog, "grouping.gap_seconds").text == "60"
    dialog.close()
    assert dialog.isVisible()
    assert "Not saved" in dialog.sentence.text()
    dialog.close()
    assert not dialog.isVisible()


def test_a_theme_is_taken_up_at_once_and_kept(settings, themed) -> None:
    window, dialog = settings
    page = dialog.stack.widget(1)
    page.themes.setCurrentIndex(page.themes.findData("high_contrast"))
    page.themes.activated.emit(page.themes.currentIndex())
    try:
        assert PALETTE.panel == THEMES["high_contrast"].panel
        assert window._sitting.theme == "high_contrast"
    finally:
        install_theme(themed)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_is_neutral_and_can_be_read(name: str) -> None:
    theme = THEMES[name]
    for grey in ("canvas", "ground", "panel", "raised", "hover", "pressed", "line", "edge", "text", "soft", "faint"):
        color = getattr(theme, grey)
        assert color[1:3] == color[3:5] == color[5:7], f"{grey} has a tint"
    for ground in ("ground", "panel", "raised"):
        for ink in ("text", "soft", "faint", "good", "wait", "bad", "work"):
            least = 7.0 if name == "high_contrast" else 4.5
            figure = contrast(getattr(theme, ink), getattr(theme, ground))
            assert figure >= least, f"{ink} on {ground}: {figure:.1f}"
        assert contrast(theme.focus, getattr(theme, ground)) >= 3.0


def test_the_log_folder_is_shown_or_named(show, studio) -> None:
    window = show(studio)
    shown: list[QUrl] = []
    window.around.open_url = lambda url: not shown.append(url)
    window.actions_by_name["logs"].trigger()
    assert shown == [QUrl.fromLocalFile(str(studio.folder / "logs"))]
    window.around.open_url = lambda url: False
    window.actions_by_name["logs"].trigger()
    assert str(studio.folder / "logs") in window.compare.toast.text()


def test_a_report_is_told_without_a_dialog(show, studio) -> None:
    window = show(studio)
    window.report_written.emit(Path("report-1.txt"))
    assert "report-1.txt" in window.compare.toast.text()


def test_the_networks_are_listed_as_the_command_lists_them(qtbot, qtmodeltester, settings) -> None:
    _, dialog = settings
    page = dialog.stack.widget(3)
    known = known_models(load_settings())
    qtbot.waitUntil(lambda: page.model.rowCount() == len(known), timeout=20000)
    assert [page.model.row(row).model.name for row in range(len(known))] == [model.name for model in known]
    assert page.model.data(page.model.index(0, 1)) == "yes"
    qtmodeltester.check(page.model, force_py=True)
    page.check_button.click()
    qtbot.waitUntil(lambda: "as its publisher" in page.sentence.text(), timeout=20000)


def test_a_file_that_is_not_the_published_network_is_refused_in_one_sentence(qtbot, settings, tmp_path: Path) -> None:
    _, dialog = settings
    page = dialog.stack.widget(3)
    wrong = tmp_path / "wrong.onnx"
    wrong.write_bytes(b"no network")
    page.install("isnet-anime", wrong)
    qtbot.waitUntil(lambda: "wrong.onnx" in page.sentence.text() or "md5" in page.sentence.text(), timeout=20000)
    assert page.model.rowCount() == 0 or page.model.data(page.model.index(2, 1)) == "no"


def test_without_motion_a_message_stays_until_it_is_clicked(qtbot, settings, themed) -> None:
    window, dialog = settings
    toast = window.compare.toast
    dialog.stack.widget(1).calm.setChecked(True)
    try:
        toast.say("The line is done.")
        assert not toast._leave.isActive()
        assert themed.cursorFlashTime() == 0
        qtbot.mouseClick(toast, Qt.MouseButton.LeftButton)
        assert not toast.isVisibleTo(window)
    finally:
        install_theme(themed)
    dialog.stack.widget(1).calm.setChecked(False)
    toast.say("The line is done.")
    assert toast._leave.isActive()


def test_kind_and_shadow_are_said_in_plain_words(studio) -> None:
    with studio.open() as store:
        entry = store.entry(studio.images[0])
    outcome = entry.version.outcome
    shown = replace(
        outcome, routing=replace(outcome.routing, classes=("transparent", "screenshot")), shadow=outcome.mask
    )
    words = kind_words(replace(entry, version=replace(entry.version, outcome=shown)))
    assert words == "Toys · simple · automatic · see-through · a screenshot · shadow as a layer of its own"


def test_what_is_closed_at_once_takes_no_late_answer(qtbot, show, studio, drop) -> None:
    window = show(studio)
    desk = window.session.desk
    for name in ("settings", "run_panel"):
        window.actions_by_name[name].trigger()
    window.around.take_in([drop])
    for name in ("settings", "run", "intake"):
        window.around.dialog(name).close()
        qtbot.waitUntil(lambda name=name: window.around.dialog(name) is None)
    answered: list[int] = []
    desk.aside(lambda: 1, answered.append, failed=lambda _: None)
    desk.ask(lambda store: 2, answered.append)
    qtbot.waitUntil(lambda: sorted(answered) == [1, 2], timeout=20000)
    desk.changed.emit(Change(studio.batch))
