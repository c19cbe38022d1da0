"""Before the files' own pixels are decoded small copies are shown, say PROXY, and cannot be decided."""

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


def test_the_result_is_shown_as_soon_as_it_is_there_and_both_must_be_before_a_decision(
    qtbot, show, tmp_path, monkeypatch
) -> None:
    studio = build_studio(tmp_path / "slow", [Plan(State.REVIEW)])
    request, held = gallery.Gallery._request, []

    def late(self, sha, work, stage, *, priority) -> None:
        if sha == self._entries[0].record.sha256:
            held.append(lambda: request(self, sha, work, stage, priority=priority))
        else:
            request(self, sha, work, stage, priority=priority)

    monkeypatch.setattr(gallery.Gallery, "_request", late)
    window = show(studio)
    canvas = window.compare.canvas
    qtbot.waitUntil(lambda: canvas.sharp is not None)
    assert not canvas.pair.result.proxy
    assert canvas.pair.original.proxy
    assert canvas.painted is None
    assert canvas._badge(canvas.panes()[0]) == "PROXY"
    assert canvas._badge(canvas.panes()[-1]) == ""
    qtbot.keyClick(canvas, Qt.Key.Key_P)
    assert window.session.deciding.aim() is None
    assert window.compare.toast.isVisible()
    for ask in held:
        ask()
    qtbot.waitUntil(lambda: canvas.painted is not None)
    assert not window.compare.toast.isVisible()
    assert canvas.pair.exact
