"""The survey: twelve images of the list beside each other, decided by the same keys as one."""

from functools import partial

from PySide6.QtCore import QObject

from pipeline.model import Entry
from reviewer.images.pyramid import Pixels
from reviewer.views.session import Session
from reviewer.widgets.survey import SHOWN
from reviewer.widgets.survey import Survey
from reviewer.widgets.survey import Tile

LEAST_SIDE = 64


class Surveying(QObject):
    """Fills the survey from the list and gives it the keys; a page stays until its last image was left."""

    def __init__(self, session: Session, survey: Survey) -> None:
        super().__init__(session)
        self._session, self.survey = session, survey
        self._page: list[int] = []
        session.compare.stack.addWidget(survey)
        survey.picked.connect(session.show_image)
        session.moved_on.connect(self._follow)
        session.queue.changed.connect(self._follow)
        session.queue.entered.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """Whether twelve are shown in the place of one."""
        return self._session.compare.pictures is self.survey

    def toggle(self) -> None:
        """Show twelve, or one again."""
        session, compare = self._session, self._session.compare
        compare.pictures = compare.canvas if self.is_on else self.survey
        session.deciding.look_at(compare.pictures)
        self._page = []
        if compare.stack.currentWidget() is not compare.page:
            compare.show_pictures()
        self._follow()

    def _follow(self) -> None:
        session = self._session
        if not self.is_on or session.current is None:
            return
        if session.current not in self._page:
            row, ids = session.queue.position(session.current), session.queue.ids
            # Towards the end of the list the page is the last twelve, not the few that follow.
            first = max(0, min(row or 0, len(ids) - SHOWN))
            self._page = [session.current] if row is None else list(ids[first : first + SHOWN])
        session.queue.want_entries(self._page)
        entries = [entry for entry in map(session.queue.entry, self._page) if entry is not None]
        tiles = [(entry, tile) for entry in entries if (tile := _tile(entry)) is not None]
        self.survey.show_tiles([tile for _, tile in tiles], session.current)
        for entry, tile in tiles:
            self._read(entry, tile)

    def _read(self, entry: Entry, tile: Tile) -> None:
        if not self.survey.lacks(tile):
            return
        self._session.desk.pictures.reduced(
            entry,
            max(self.survey.picture_side(), LEAST_SIDE),
            then=partial(self._take, tile),
            wanted=lambda: tile in self.survey.tiles and self.survey.lacks(tile),
        )

    def _take(self, tile: Tile, pixels: Pixels) -> None:
        self.survey.take_picture(tile, pixels)


def _tile(entry: Entry) -> Tile | None:
    if entry.version is None or entry.version.outcome.result is None:
        return None
    record = entry.record
    return Tile(record.id, entry.version.id, record.sku or record.file.rsplit("/", 1)[-1], entry.state)
