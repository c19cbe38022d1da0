"""One sitting at the window: which image is shown, what comes next, and what every change means for the panels."""

from collections.abc import Callable
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from pipeline.model import Batch
from pipeline.model import Change
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import Selection
from pipeline.model import State
from pipeline.settings import Settings
from reviewer.desk import Desk
from reviewer.images.gallery import Pair
from reviewer.images.geometry import ViewState
from reviewer.language import translate
from reviewer.models.queue import QueueModel
from reviewer.models.thumbnails import Thumbnails
from reviewer.views.bringing import Bringing
from reviewer.views.compare_panel import ComparePanel
from reviewer.views.decide_bar import DecideBar
from reviewer.views.deciding import Deciding
from reviewer.views.deciding import may_decide
from reviewer.views.header import HeaderBar
from reviewer.views.layering import Layering
from reviewer.views.lending import Lending
from reviewer.views.pages import has_page
from reviewer.views.pages import show_state
from reviewer.views.pointing import Pointing
from reviewer.views.queue_panel import QueuePanel
from reviewer.views.score_panel import ScorePanel
from reviewer.views.tending import Tending

STAYS = QT_TRANSLATE_NOOP("Window", "The image stays after a decision.")
GOES_ON = QT_TRANSLATE_NOOP("Window", "A decision goes on to the next image.")

if TYPE_CHECKING:
    from pipeline.run.judge import Judged


class Session(QObject):
    """Keeps the panels true to the batch.

    Attributes:
        batch: name of the batch that is shown, "" for all of them.
        current: id of the image that is shown, None when the list has nothing.

    Signals:
        moved_on: another image is the current one.
    """

    moved_on = Signal()

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        *,
        header: HeaderBar,
        queue_panel: QueuePanel,
        compare: ComparePanel,
        score: ScorePanel,
        bar: DecideBar,
        queue: QueueModel,
        thumbnails: Thumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.settings, self.queue, self.thumbnails = desk, settings, queue, thumbnails
        self.header, self.queue_panel, self.compare, self.score, self.bar = header, queue_panel, compare, score, bar
        self.batch, self.current = "", None
        self._shown: Entry | None = None
        self._wanted_batch: str | None = None
        self._fresh = self._stays = False
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._read_more)
        self.bringing = Bringing(desk, queue, compare.canvas, thumbnails, parent=self)
        self.lending = Lending(desk, queue, compare.canvas)
        self.deciding = Deciding(desk, queue, compare.canvas, compare.reasons, settings, parent=self)
        self.layering = Layering(desk, compare, lambda: self._shown, parent=self)
        self.tending = Tending(self)
        self.pointing = Pointing(compare, score, self.layering, settings, parent=self)
        self._connect()

    def _connect(self) -> None:
        desk, queue, panel = self.desk, self.queue, self.queue_panel
        queue.person = lambda: desk.person
        desk.changed.connect(self._on_change)
        desk.returned.connect(lambda decision: self.show_image(decision.image))
        desk.refused.connect(self._stay)
        desk.opened.connect(self._on_pixels)
        desk.pictures.near.connect(self.compare.canvas.prepare)
        desk.pictures.begun.connect(self._show_begun)
        desk.told.connect(self.compare.toast.say)
        queue.changed.connect(self._on_queue)
        queue.entered.connect(self._on_entries)
        queue.arrived.connect(panel.list.show_arrived)
        self.thumbnails.arrived.connect(panel.list.viewport().update)
        self.thumbnails.arrived.connect(self._show_stand_in)
        panel.list.picked.connect(self.show_image)
        panel.list.visible_changed.connect(lambda: self.thumbnails.want(panel.list.visible_cards()))
        panel.filter_chosen.connect(self.choose_filter)
        panel.searched.connect(self._search)
        panel.group_chosen.connect(self._choose_group)
        panel.search_left.connect(self.compare.canvas.setFocus)
        self.header.batch_chosen.connect(self.open_batch)
        self.deciding.decided.connect(self._advance)
        self.deciding.outdated.connect(self.compare.toast.take_back)
        self.compare.canvas.viewed.connect(self._on_viewed)
        self.compare.canvas.appeared.connect(desk.pictures.tell_next)
        self.compare.page.pressed.connect(self.tending.retry)

    def close(self) -> None:
        """Ask for nothing any more."""
        self._soon.stop()

    @property
    def shown(self) -> Entry | None:
        """What is shown, None where there is nothing."""
        return self._shown

    @property
    def batch_at_hand(self) -> str:
        """Name of the batch that is shown; of the image's where all are; "" where there is nothing."""
        return self.batch or (self._shown.record.batch if self._shown is not None else "")

    def open_batch(self, name: str | None) -> None:
        """Show a batch, every batch for "", the newest for None."""
        self._wanted_batch = name
        self.desk.read_batches(self._on_batches)

    def choose_filter(self, name: str) -> None:
        """Show another list, from its first image."""
        self._fresh = True
        self.queue.set_filter(name)

    def select(self, selection: Selection) -> None:
        """Show what another selection finds, from its first image."""
        self._fresh = True
        self.queue.choose(selection)

    def show_image(self, image: int) -> None:
        """Show an image of the batch as soon as it has been read; until then the last one stays on the screen."""
        self.lending.lend(None)
        self._go_to(image)

    def show_delivered(self, judged: "Judged") -> None:
        """Show a finished file in the place of its image's result, until another image is shown."""
        if judged.entry is not None:
            self.lending.lend(judged)
            self._go_to(judged.entry.record.id)

    def leave_delivered(self) -> bool:
        """Show the image itself again where a finished file is shown; returns whether one was."""
        lent = self.lending.lent
        if lent is not None:
            self.show_image(lent.record.id)
        return lent is not None

    def _go_to(self, image: int) -> None:
        if image != self.current:
            self.deciding.disarm()
            self.current = image
            self.moved_on.emit()
        entry = self.lending.entry(image)
        if entry is not None:
            self._show_entry(entry)
        else:
            self.queue.want_entries([image])
            self._show_place()

    def step(self, by: int) -> None:
        """Go to a neighbour in the list."""
        row = self.queue.position(self.current) if self.current is not None else None
        target = 0 if row is None else row + by
        if 0 <= target < len(self.queue):
            self.bringing.backwards = by < 0
            self.show_image(self.queue.image_at(target))

    def jump(self, row: int) -> None:
        """Go to a row of the list; negative rows count from its end."""
        if len(self.queue):
            self.show_image(self.queue.image_at(row))

    def toggle_staying(self) -> None:
        """Stay with an image that was decided, or go on to the next one."""
        self._stays = not self._stays
        words = STAYS if self._stays else GOES_ON
        self.compare.toast.say(translate("Window", words))

    def undo(self) -> None:
        """Take back the last decision and return to its image."""
        self._travel(self.desk.undo)

    def redo_decision(self) -> None:
        """Decide again what was taken back, and return to its image."""
        self._travel(self.desk.redo_decision)

    def _travel(self, verb: Callable[[str], None]) -> None:
        self.deciding.disarm()
        if self.queue.total:
            verb(self.batch)

    def _on_batches(self, batches: Sequence[Batch]) -> None:
        names = [batch.name for batch in reversed(batches)]
        newest = names[0] if names else ""
        wanted = self._wanted_batch if self._wanted_batch in (*names, "") else newest
        self.header.set_batches(names, wanted)
        if not names:
            self._show_nothing()
            return
        if wanted != self.batch or not self.queue.opened:
            self.batch = wanted
            self.current = None
            self.queue.open(wanted)
        else:
            self.queue.refresh(())

    def _on_entries(self) -> None:
        """Show the image that was waited for, or take what is new about it and its neighbours."""
        entry = self.lending.entry(self.current)
        if entry is None:
            return
        if entry != self._shown:
            self._show_entry(entry)
        elif not has_page(entry):
            self.bringing.open(entry)

    def _on_queue(self) -> None:
        self.queue_panel.show_groups(self.queue.groups, self.queue.group)
        self.queue_panel.show_filter(self.queue.filter.name, self.queue.counts)
        self.queue_panel.mark_filter(self.queue.selection)
        self.queue_panel.list.set_rows(self.queue, with_batch=not self.batch)
        self.tending.show_progress()
        gone = self._fresh and self.lending.lent is None and self.queue.position(self.current or 0) is None
        lost = self.current is None or gone
        if self.queue.settled:
            self._fresh = False
        entry = self.lending.entry(self.current)
        if lost:
            self._show_first()
        elif entry is not None and entry != self._shown:
            self._show_entry(entry)
        else:
            self.bringing.read_near(self.current)
            self._show_place()

    def _show_first(self) -> None:
        if len(self.queue):
            self.show_image(self.queue.image_at(0))
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        left, self.current, self._shown = self.current, None, None
        if left is not None:
            self.moved_on.emit()
        self.compare.canvas.show_pair(None)
        self.score.show_entry(None)
        self.pointing.show_entry(None)
        show_state(self.compare, None, self.queue, self.desk.progress_now)
        self._show_place()

    def _show_entry(self, entry: Entry) -> None:
        same = self._shown is not None and self._shown.record.id == entry.record.id
        self._shown = entry
        self.pointing.show_entry(entry)
        if show_state(self.compare, entry, self.queue, self.desk.progress_now):
            self.compare.canvas.show_pair(None)
        else:
            pair = self.bringing.open(entry)
            if pair is not None:
                self._on_pixels(pair)
            elif not same:
                self.compare.canvas.show_pair(self.bringing.stand_in(entry))
        # The picture is painted first: laying out its facts and asking the store take longer than that.
        self._soon.start()
        self._show_place()

    def _read_more(self) -> None:
        """Show what was found about this image, read what people decided about it, and what lies around it."""
        entry = self._shown
        if entry is not None:
            self.score.show_entry(entry)
            self.desk.read_decisions(entry.record.id, lambda decisions: self._on_decisions(entry.record.id, decisions))
        self.bringing.read_near(self.current)

    def _on_viewed(self, view: ViewState) -> None:
        """Have the neighbours decoded as far as they will be seen, once the person looks closer."""
        if self.bringing.comes_closer(view) and self._shown is not None and not has_page(self._shown):
            self.bringing.open(self._shown)

    def _show_stand_in(self) -> None:
        """Show the small copy at once where there is nothing yet; the file's own pixels replace it."""
        entry = self._shown
        if entry is not None and self.compare.canvas.pair is None and not has_page(entry):
            self.compare.canvas.show_pair(self.bringing.stand_in(entry))

    def _show_begun(self) -> None:
        """Show the one picture that is decoded beside the small copy of the other."""
        entry = self._shown
        if entry is not None and entry.record.id == self.current and not has_page(entry):
            pair = self.bringing.stand_in(entry)
            if pair is not None:
                self.compare.canvas.show_pair(pair)

    def _show_place(self) -> None:
        row = self.queue.position(self.current) if self.current is not None else None
        self.queue_panel.list.set_current(self.current, row)
        self.bar.show_place(row, len(self.queue))
        entry = self._shown
        waits = entry is not None and entry.state is State.SIGN_OFF
        self.bar.allow(decide=may_decide(entry), sign_off=waits)

    def _on_pixels(self, pair: Pair) -> None:
        if pair.image != self.current:
            return
        if pair.trouble is not None:
            self.compare.canvas.show_pair(None)
            self.compare.show_page("failed", translate("Window", "This picture cannot be shown"), pair.trouble)
            self.bar.allow(decide=False, sign_off=False)
        elif pair.version == (self._shown.version.id if self._shown and self._shown.version else None):
            self.compare.canvas.show_pair(pair)

    def _on_decisions(self, image: int, decisions: Sequence[Decision]) -> None:
        if image == self.current:
            self.score.show_decisions(decisions)

    def _on_change(self, change: Change) -> None:
        if self.batch and change.batch not in (self.batch, ""):
            return
        self.queue.refresh(change.images)

    def _stay(self, image: int) -> None:
        """Return to an image whose decision was refused after the next one had come already."""
        if image != self.current:
            self.show_image(image)

    def _advance(self, image: int) -> None:
        """Go to the image after the one that was decided, else to the one before it."""
        row = self.queue.position(image)
        if self._stays:
            self.lending.lend(None)
        elif row is None:
            self._show_first()
        elif row + 1 < len(self.queue):
            self.bringing.backwards = False
            self.show_image(self.queue.image_at(row + 1))
        elif row > 0 and self.queue.filter.states:
            self.show_image(self.queue.image_at(row - 1))
        elif self.queue.filter.states:
            self._show_nothing()

    def _search(self, text: str) -> None:
        self.queue.set_search(text)

    def _choose_group(self, name: str) -> None:
        self._fresh = True
        self.queue.set_group(name)
