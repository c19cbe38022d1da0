"""Before the file's own pixels are decoded a small copy is shown, says PROXY, and cannot be decided."""

from made_studios import Plan
from made_studios import build_studio
from PySide6.QtCore import Qt

from pipeline.model import State
from reviewer.images import gallery


def test_a_small_copy_comes_at_once_and_takes_no_decision(qtbot, show, tmp_path, monkeypatch) -> None:
    studio = build_studio(tmp_path / "slow", [Plan(State.REVIEW), Plan(State.REVIEW)])
    held = []
    monkeypatch.setattr(gallery.Gallery, "_request", lambda self, sha, work, stage, *, priority: held.append(sha))
    window = show(studio)
    canvas = window.compare.canvas
    qtbot.waitUntil(lambda: canvas.pair is not None)
    canvas.grab()
    assert held
    assert not canvas.pair.exact
    assert canvas.painted is None
    assert canvas._facts(canvas.panes()[-1]) == "small copy, loading the file"
    qtbot.keyClick(canvas, Qt.Key.Key_P)
    assert window.session.deciding.aim() is None
    assert "small copy" in window.compare.toast.text()
    assert studio.state(studio.images[0]) is State.REVIEW
