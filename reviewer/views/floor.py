"""The floor of the review room: the grid beside the pictures, filters, who has which image open, and who sits here."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog

from pipeline.errors import KnownError
from pipeline.model import Hold
from pipeline.model import Member
from pipeline.model import Role
from pipeline.model import Selection
from pipeline.settings import Settings
from reviewer.desk import Desk
from reviewer.language import translate
from reviewer.models.sitting import Sitting
from reviewer.views.header import HeaderBar
from reviewer.views.session import Session
from reviewer.views.surveying import Surveying
from reviewer.widgets.queue_list import QueueGrid
from reviewer.widgets.survey import Survey

if TYPE_CHECKING:
    from reviewer.views.filter_panel import FilterPanel

REST_MILLISECONDS = 40
"""Pictures of the grid are read once it rests so long, not while it flies past."""


class Floor(QObject):
    """Takes the commands that are about the list, the person and the lease."""

    def __init__(
        self, session: Session, desk: Desk, settings: Settings, sitting: Sitting, header: HeaderBar, grid: QueueGrid
    ) -> None:
        super().__init__(session)
        self._session, self._desk, self._sitting = session, desk, sitting
        self._header, self.grid = header, grid
        self.surveying = Surveying(session, Survey())
        self.dialog: QDialog | None = None
        self._settings, self._filter = settings, None
        self._settle = QTimer(self, interval=settings.review.settle_milliseconds, singleShot=True)
        self._settle.timeout.connect(lambda: desk.seat.open(session.current or 0))
        self._rest = QTimer(self, interval=REST_MILLISECONDS, singleShot=True)
        self._rest.timeout.connect(self._want_thumbnails)
        self.take_up(settings)
        self._connect()

    def _connect(self) -> None:
        session, seat, queue = self._session, self._desk.seat, self._session.queue
        session.moved_on.connect(self._settle.start)
        session.moved_on.connect(lambda: self._tell_hold(None))
        seat.held.connect(self._tell_hold)
        seat.moved.connect(self._look_again)
        seat.signed_in.connect(self._welcome)
        self._header.person_changed.connect(self._person_changed)
        session.queue_panel.filter_asked.connect(self.show_filter)
        queue.changed.connect(lambda: self.grid.set_rows(queue, with_batch=not queue.batch))
        queue.arrived.connect(self.grid.show_arrived)
        session.thumbnails.arrived.connect(self.grid.viewport().update)
        self.grid.picked.connect(self._pick)
        self.grid.entered.connect(self._enter)
        self.grid.visible_changed.connect(self._rest.start)

    @property
    def filter(self) -> "FilterPanel":
        """The sheet that narrows and sorts the list, made when it is first asked for."""
        if self._filter is None:
            from reviewer.views.filter_panel import FilterPanel

            self._filter = FilterPanel(self._settings, self._session.queue_panel)
            self._filter.chosen.connect(self._session.select)
            self._filter.kept.connect(self._keep_filter)
            self._filter.dropped.connect(self._drop_filter)
        return self._filter

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return the commands by name."""
        return {
            "grid": self.toggle_grid,
            "survey": self.surveying.toggle,
            "filter": self.show_filter,
            "go_to": self.ask_where,
            "take_over": self._desk.seat.take_over,
            "close_batch": self._close_batch,
            "sign_in": lambda: self.ask_who("", ""),
            "sign_out": self.sign_out,
        }

    def take_up(self, settings: Settings) -> None:
        """Work with these settings from now on."""
        self._desk.grace_seconds = settings.review.grace_seconds
        self._desk.undo_depth = settings.review.undo_depth
        self._desk.seat.take_up(settings.review)

    def sign_out(self) -> None:
        """Let nobody sit here: the open image is free for others, and the next person is asked for their name."""
        seat = self._desk.seat
        seat.leave()
        self._header.set_person("", self._desk.role)
        self._tell_hold(None)
        # What this person had open stood in no row while they sat here; it must not now.
        self._look_again()
        self.ask_who("", translate("SignIn", "You are signed out; who goes on?"))

    def sit_down(self) -> None:
        """Let who sat here last go on, unless they have a PIN to type first."""
        name, role = self._sitting.person, self._sitting.role
        self._header.set_person(name, role)
        self._desk.person, self._desk.role = name, role
        self._desk.ask(lambda store: store.members(), lambda members: self._check(name, members))
        self._desk.seat.look()

    def toggle_grid(self) -> None:
        """Show the list as tiles in the place of the pictures, or the pictures again."""
        showing = self.grid.isHidden()
        self.grid.setVisible(showing)
        if showing:
            self.grid.setFocus()
        self._session.compare.setVisible(not showing)
        self._session.bar.setVisible(not showing)
        if showing:
            row = self._session.queue.position(self._session.current) if self._session.current else None
            self.grid.set_current(self._session.current, row)
        else:
            self._session.compare.stack.currentWidget().setFocus()

    def show_filter(self) -> None:
        """Open the filter below its button."""
        queue = self._session.queue
        self.filter.offer(queue.facets, queue.selection, self._filters())
        self.filter.show_below(self._session.queue_panel.filter_button)

    def ask_where(self) -> None:
        """Ask for an image and go to it."""
        from reviewer.views.go_to import GoTo

        self.dialog = GoTo(self._session, self._desk, self._session.compare.window())
        self.dialog.open()

    def ask_who(self, name: str, sentence: str, role: Role | None = None) -> None:
        """Ask who sits here."""
        found = (name or self._desk.person, role or self._desk.role)
        self._desk.ask(lambda store: store.members(), lambda members: self._open_dialog(members, *found, sentence))

    def _open_dialog(self, members: list[Member], name: str, role: Role, sentence: str) -> None:
        from reviewer.views.sign_in import SignIn

        self.dialog = SignIn(self._desk.seat, members, name, role, sentence, self._session.compare.window())
        self.dialog.rejected.connect(lambda: self._header.set_person(self._desk.person, self._desk.role))
        self.dialog.open()

    def _check(self, name: str, members: list[Member]) -> None:
        if any(member.has_pin and member.name == name for member in members) and self._desk.person == name:
            self._desk.person = ""
            self.ask_who(name, translate("SignIn", "{name} signs in with a PIN.").format(name=name))

    def _person_changed(self, name: str, role: Role) -> None:
        if not name:
            self._header.set_person(self._desk.person, role)
        elif (name, role) != (self._desk.person, self._desk.role):
            self._sitting.remember_person(name, role)
            self._desk.seat.sit_down(name, role, failed=lambda error: self._refused(name, role, error))

    def _refused(self, name: str, role: Role, error: KnownError) -> None:
        if self._desk.person:
            self._sitting.remember_person(self._desk.person, self._desk.role)
        self._header.set_person(self._desk.person, self._desk.role)
        self.ask_who(name, str(error), role)

    def _welcome(self, member: Member) -> None:
        self._header.set_person(member.name, member.role)
        self._sitting.remember_person(member.name, member.role)
        self._tell_hold(self._desk.seat.hold)
        self._look_again()

    def _tell_hold(self, hold: Hold | None) -> None:
        """Say who else has the image open, where the decisions stand."""
        other = self._desk.seat.refuses(hold.image) if hold is not None else ""
        self._session.bar.show_hold(other, may_take_over=self._desk.role is Role.SENIOR)
        if hold is not None and not other and self._row_names_another(hold.image):
            self._look_again()

    def _row_names_another(self, image: int) -> bool:
        queue = self._session.queue
        row = queue.position(image)
        card = queue.card(row) if row is not None else None
        return card is not None and bool(card.opened_by)

    def _look_again(self) -> None:
        self._session.queue.refresh((), with_facets=False)

    def _close_batch(self) -> None:
        if self._session.batch_at_hand:
            self._desk.close_batch(self._session.batch_at_hand)

    def _pick(self, image: int) -> None:
        self._session.show_image(image)
        self.grid.set_current(image, self._session.queue.position(image))

    def _enter(self, image: int) -> None:
        self._pick(image)
        self.toggle_grid()

    def _want_thumbnails(self) -> None:
        if self.grid.isVisible():
            shown = self._session.queue_panel.list.visible_cards()
            self._session.thumbnails.want([*self.grid.visible_cards(), *shown])

    def _filters(self) -> dict[str, Selection]:
        return self._sitting.filters(self._desk.person)

    def _keep_filter(self, name: str, selection: Selection) -> None:
        self._sitting.remember_filters(self._desk.person, self._filters() | {name: replace(selection, text="")})
        self.filter.offer(self._session.queue.facets, selection, self._filters())

    def _drop_filter(self, name: str) -> None:
        kept = {known: selection for known, selection in self._filters().items() if known != name}
        self._sitting.remember_filters(self._desk.person, kept)
        self.filter.offer(self._session.queue.facets, self._session.queue.selection, kept)
