"""Finished files in the window: judged by the bytes on the disk, shown with a badge, decided as any other image."""

import hashlib
from pathlib import Path

import pytest
from made_studios import FRAME
from made_studios import RESULT_SIZE
from made_studios import Studio
from made_studios import png
from made_studios import result_pixels
from PySide6.QtCore import Qt

from pipeline.model import State
from pipeline.settings import load_settings
from reviewer.images.geometry import screen_to_product

DELIVERED, AMAZON = 4, load_settings().platforms["amazon_main"].title
SPOT = (7, 12)
"""x, y of a background pixel that is not white in the damaged file."""


def deliver(studio: Studio, folder: Path, *, white: bool) -> Path:
    """Write a finished file of the approved image, and record it as delivered."""
    rgb = result_pixels(DELIVERED)
    if not white:
        rgb[SPOT[1], SPOT[0]] = (250, 251, 252)
    file = folder / f"{'sound' if white else 'damaged'}.png"
    file.write_bytes(png(rgb))
    with studio.open() as store:
        entry = store.entry(studio.images[DELIVERED])
        report = {"frame": {"matrix": list(FRAME.matrix), "size": list(RESULT_SIZE)}}
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        facts = {"platform": "amazon_main", "name": file.name, "sha256": digest, "report": report}
        store.add_delivery(version=entry.version.id, **facts)
    return file


@pytest.fixture
def checked(qtbot, show, studio, tmp_path):
    """The list with a sound file, a damaged one, one from elsewhere, and one that is no picture."""
    files = [deliver(studio, tmp_path, white=white) for white in (True, False)]
    elsewhere, broken = tmp_path / "elsewhere.png", tmp_path / "broken.jpg"
    elsewhere.write_bytes(png(result_pixels(9)))
    broken.write_text("no picture")
    window = show(studio)
    qtbot.waitUntil(lambda: window.session.current is not None)
    window.around.check_files([*files, elsewhere, broken])
    dialog = window.around.dialog("checked")
    qtbot.waitUntil(lambda: all(dialog.model.row(row).settled for row in range(4)), timeout=20000)
    return window, dialog


def cells(dialog, row: int) -> tuple[str, ...]:
    return dialog.model.cells(dialog.model.row(row))


def test_every_file_gets_one_sentence_by_the_rules_it_was_delivered_under(checked) -> None:
    _, dialog = checked
    assert not dialog.isModal()
    sound, damaged, elsewhere, broken = (cells(dialog, row) for row in range(4))
    assert (sound[1], sound[3]) == (AMAZON, "shoot/item-04.png")
    assert "background pixels" not in sound[4]
    assert damaged[2] == "fails"
    assert "1 of" in damaged[4]
    assert "the darkest is 250" in damaged[4]
    assert (elsewhere[1], elsewhere[3]) == (AMAZON, "elsewhere")
    assert "not a JPEG" in broken[4]
    dialog.table.selectRow(2)
    assert not dialog.show_button.isEnabled()
    assert "did not leave this studio" in dialog.sentence.text()


def test_a_file_from_elsewhere_is_shown_as_it_decodes_with_its_faults(qtbot, show, studio, tmp_path) -> None:
    rgb = result_pixels(9)
    rgb[30:32, 40] = (250, 251, 252)
    file = tmp_path / "elsewhere.png"
    file.write_bytes(png(rgb))
    window = show(studio)
    window.around.check_files([file])
    dialog = window.around.dialog("checked")
    canvas = dialog.canvas
    qtbot.waitUntil(lambda: canvas.pair is not None, timeout=10000)
    judged = dialog._chosen()
    assert judged.report.zones["field"].off_white == dialog._look.off_white == 2
    assert "2 background px" in canvas._facts(canvas.panes()[0])
    dialog.mark_button.click()
    assert (canvas.pair.result.judged[0][..., 2::-1] == rgb).all(), "the file's own pixels, every one"
    canvas.resize(2 * RESULT_SIZE[0], 2 * RESULT_SIZE[1])
    canvas.zoom_to(1.0)
    shown = canvas.grab().toImage()
    pane = canvas.panes()[0].rect
    at = (pane.x + pane.width // 2, pane.y + pane.height // 2)
    x, y = (int(value // 1) for value in screen_to_product(canvas.view, pane, (at[0] + 0.5, at[1] + 0.5)))
    assert shown.pixelColor(*at).getRgb()[:3] == tuple(rgb[y, x])


def test_the_decoded_bytes_are_shown_judged_and_decided(qtbot, checked, studio, tmp_path) -> None:
    window, dialog = checked
    canvas, deciding = window.compare.canvas, window.session.deciding
    (tmp_path / "damaged.png").write_bytes(b"changed since")
    dialog.table.selectRow(1)
    dialog.show_button.click()
    image = studio.images[DELIVERED]
    qtbot.waitUntil(lambda: deciding.aim() is not None and deciding.aim().image == image)
    assert canvas._badge(canvas.panes()[-1]) == "FINISHED FILE"
    assert canvas.pair.result.value(*SPOT) == (250, 251, 252), "the bytes that were judged, whatever lies there now"
    assert "1 of" in window.score.failures.text()
    window.session.pointing.step(1)
    assert window.compare.place.text() == "Background exactly white, 1 of 1"
    window.actions_by_name["white"].trigger()
    qtbot.waitUntil(lambda: canvas._layer is not None)
    assert canvas._layer.sentence == "1 background px not exactly white"
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(canvas, Qt.Key.Key_X)
    qtbot.keyClick(window.compare.reasons, Qt.Key.Key_9)
    qtbot.waitUntil(lambda: studio.state(image) is State.REJECTED)
    assert window.session.current != image
    assert not canvas._badge(canvas.panes()[-1])
    assert window.session.desk.pictures.gallery.lent is None


def test_another_image_ends_the_look_at_a_file(qtbot, checked, studio) -> None:
    window, dialog = checked
    canvas, deciding = window.compare.canvas, window.session.deciding
    dialog.table.selectRow(0)
    dialog.show_chosen()
    qtbot.waitUntil(lambda: deciding.aim() is not None and deciding.aim().image == studio.images[DELIVERED])
    assert canvas._badge(canvas.panes()[-1])
    window.session.show_image(studio.images[DELIVERED])
    assert not canvas._badge(canvas.panes()[-1]), "the row of the list means the result itself"
    qtbot.waitUntil(lambda: canvas.pair is not None and canvas.pair.result is not None)
    assert (canvas.pair.result.judged[0][..., 2::-1] == result_pixels(DELIVERED)).all()


def test_dropped_files_that_left_this_studio_are_checked_and_not_taken_in(qtbot, show, studio, tmp_path) -> None:
    file = deliver(studio, tmp_path, white=True)
    window = show(studio)
    window.around.drop([file])
    qtbot.waitUntil(lambda: window.around.dialog("checked") is not None)
    assert window.around.dialog("intake") is None
    photo = tmp_path / "photo.png"
    photo.write_bytes(png(result_pixels(8)))
    window.around.drop([photo])
    qtbot.waitUntil(lambda: window.around.dialog("intake") is not None)
    window.around.dialog("intake").close()
