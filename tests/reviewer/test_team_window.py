"""The window on a team's studio: what another machine writes shows by itself."""

import pytest
from made_studios import Studio
from pytestqt.qtbot import QtBot
from team_server import TeamServer

from pipeline.model import Action
from pipeline.model import State
from pipeline.store.catalog import FILE_NAME
from pipeline.store.opening import install
from pipeline.store.store import Store

pytestmark = pytest.mark.server


def test_what_another_machine_decides_shows_within_a_moment(
    show, qtbot: QtBot, studio: Studio, team_server: TeamServer
) -> None:
    team_server.execute("CREATE DATABASE window_of_a_team")
    place = team_server.place("window_of_a_team", studio.folder)
    install(studio.folder / FILE_NAME, place)
    (studio.folder / FILE_NAME).unlink()
    window = show(studio, place)
    with Store(place) as other:
        before = other.counts(studio.batch)[State.REVIEW]
        image = other.entries(studio.batch, state=State.REVIEW)[-1].record.id
        other.decide(image, Action.REJECT, person="Somebody far away", reason="halo")
    qtbot.waitUntil(lambda: window.session.queue.counts["review"] == before - 1, timeout=5000)
    assert not (studio.folder / FILE_NAME).exists()
