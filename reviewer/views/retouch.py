"""The repair mode: what a person paints on one image, from B to a new version, undone stroke by stroke on the way."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from pipeline.errors import KnownError
from pipeline.model import Change
from pipeline.model import Entry
from pipeline.model import Version
from reviewer.desk import Desk
from reviewer.desk.repair import Filled
from reviewer.desk.repair import Opened
from reviewer.desk.repair import engines
from reviewer.images.board import ALPHA
from reviewer.images.board import LOOKS
from reviewer.images.board import RUBYLITH
from reviewer.images.draft import HOLE
from reviewer.images.draft import MASK
from reviewer.images.draft import Draft
from reviewer.images.draft import Pull
from reviewer.images.draft import new_draft
from reviewer.images.gallery import Pair
from reviewer.language import translate
from reviewer.views.retouch_panel import RetouchPanel
from reviewer.views.retouch_words import engine_title
from reviewer.views.retouch_words import fill_words
from reviewer.views.retouch_words import saved_words
from reviewer.views.session import Session
from reviewer.widgets.brush_hand import HARDNESS_STEP

KEEP_MILLISECONDS = 1500


class Retouch(QObject):
    """Takes the commands of the mode.

    Attributes:
        panel: where it happens; draft: the strokes, None outside the mode.

    Signals:
        entered, left: the mode began, or ended.
        saved(Version): what was painted is a version now.
    """

    entered = Signal()
    left = Signal()
    saved = Signal(object)

    def __init__(self, session: Session, desk: Desk, panel: RetouchPanel) -> None:
        super().__init__(session)
        self._session, self._desk, self.panel = session, desk, panel
        self.draft: Draft | None = None
        self._entry: Entry | None = None
        self._wanted: int | None = None
        self._filled: Filled | None = None
        self._keep = QTimer(self, interval=KEEP_MILLISECONDS, singleShot=True)
        self._keep.timeout.connect(self.keep)
        panel.canvas.pulled.connect(self._take_pull)
        panel.looks.activated.connect(lambda _: self._show_look(panel.looks.currentData()))
        session.moved_on.connect(self.leave)
        desk.opened.connect(self._on_pixels)
        panel.engines.activated.connect(lambda _: self._fill())

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the commands of the mode do, by their names."""
        canvas = self.panel.canvas
        return {
            "mask_add": lambda: self._hold(MASK, adds=True),
            "mask_erase": lambda: self._hold(MASK, adds=False),
            "hole": lambda: self._hold(HOLE, adds=True),
            "swap": lambda: self._hold(canvas.brush.layer, adds=not canvas.brush.adds),
            "larger": lambda: canvas.set_brush(canvas.brush.sized(1)),
            "smaller": lambda: canvas.set_brush(canvas.brush.sized(-1)),
            "harder": lambda: canvas.set_brush(canvas.brush.harder(HARDNESS_STEP)),
            "softer": lambda: canvas.set_brush(canvas.brush.harder(-HARDNESS_STEP)),
            "rubylith": lambda: self._show_look("white" if canvas.look == RUBYLITH else RUBYLITH),
            "look": lambda: self._show_look(LOOKS[(LOOKS.index(canvas.look) + 1) % len(LOOKS)]),
            "alpha": lambda: self._show_look(RUBYLITH if canvas.look == ALPHA else ALPHA),
            "undo_stroke": lambda: self._travel(back=True),
            "redo_stroke": lambda: self._travel(back=False),
            "fill": self.fill_or_accept,
            "next_engine": self._next_engine,
            "compare": self._compare,
            "zoom": canvas.toggle_zoom,
            "fit": canvas.fit,
            "actual": lambda: canvas.zoom_to(1.0),
            "double": lambda: canvas.zoom_to(2.0),
            "zoom_in": lambda: canvas.zoom_by(1),
            "zoom_out": lambda: canvas.zoom_by(-1),
            "save": self.save,
            "leave": self.leave,
        }

    @property
    def active(self) -> bool:
        """Say whether somebody is painting."""
        return self.draft is not None

    def enter(self) -> None:
        """Paint on the image that is shown, as soon as the file's own pixels are there."""
        entry = self._session.shown
        pair = self._session.compare.canvas.pair
        if self.active or entry is None or entry.version is None or pair is None:
            return
        holder = self._desk.seat.refuses(entry.record.id)
        if holder:
            words = translate(
                "Retouch", "{name} has this image open; wait for them, or a senior takes it over (Ctrl+T)."
            )
            self._desk.told.emit(words.format(name=holder))
            return
        self._wanted = entry.record.id
        self._on_pixels(pair)

    def _on_pixels(self, pair: Pair) -> None:
        """Open what was asked for; painting on a small copy would put every stroke in the wrong place."""
        entry = self._session.shown
        if self._wanted is None or pair.image != self._wanted or entry is None or entry.record.id != self._wanted:
            return
        if pair.original is not None and pair.original.whole:
            self._wanted = None
            display = self._desk.pictures.gallery.display
            self._desk.repair.open(
                entry, pair.original, display, lambda opened: self._show(entry, opened), failed=self._tell
            )

    def _show(self, entry: Entry, opened: Opened) -> None:
        if self._session.current != opened.image or self.active:
            return
        self.draft, self._entry = opened.draft, entry
        self._filled = None
        self.panel.canvas.show_board(opened.board)
        self.panel.show_brush(self.panel.canvas.brush)
        self._offer_engines()
        self._show_strokes()
        self._show_fill()
        self._fill_again(opened.draft)
        self.entered.emit()
        self.panel.canvas.setFocus()

    def leave(self) -> None:
        """End the mode; the strokes are kept."""
        self._wanted = None
        if self.draft is None:
            return
        self._keep.stop()
        self.keep()
        self.draft = self._entry = self._filled = None
        self.panel.canvas.show_board(None)
        self._desk.repair.leave()
        self.left.emit()

    def keep(self) -> None:
        """Have the strokes written, so that they can be undone after coming back."""
        if self.draft is not None:
            self._desk.repair.keep(self.draft, failed=self._tell)

    def fill_or_accept(self) -> None:
        """Fill the hole; filled already, take the fill into the next version."""
        draft, board = self.draft, self.panel.canvas.board
        if draft is None or board is None or self._entry is None:
            return
        if self._filled is not None and not self._filled.readings:
            # Nothing is accepted before it is judged; the words beside the button say that this goes on.
            return
        if self._filled is not None:
            self.panel.canvas.redraw(board.lay(self._filled.patch))
            self.draft = replace(draft, engine=self._filled.engine)
            self._keep.start()
            self._show_fill()
        elif not board.hole.any():
            self._desk.told.emit(translate("Retouch", "Paint over what the fill shall replace first (J)."))
        else:
            self._fill()

    def save(self) -> None:
        """Make a new version of it in the background."""
        draft, board, entry = self.draft, self.panel.canvas.board, self._entry
        if draft is None or board is None or entry is None or not draft.pulls:
            return
        hole = board.hole
        if hole.any() and not draft.engine:
            self._desk.told.emit(
                translate(
                    "Retouch", "The hole is not filled yet: Enter fills it and Enter again accepts it, or undo it."
                )
            )
            return
        if not self._desk.person:
            self._desk.told.emit(translate("Retouch", "Sign in first, so that the version can say who made it."))
            return
        self._submit(draft, board.mask if draft.touches(MASK) else None, hole if hole.any() else None, entry)
        self.leave()
        self._desk.told.emit(
            translate("Retouch", "The new version of {file} is being made.").format(file=entry.record.file)
        )

    def _submit(self, draft: Draft, mask: object, hole: object, entry: Entry) -> None:
        # Late: it brings the engines' imports along.
        from pipeline.run.edit import Edit

        strokes = tuple(pull.stroke for pull in draft.pulls if pull.layer == MASK)
        edit = Edit(mask=mask, hole=hole, engine=draft.engine, strokes=strokes)
        self._desk.repair.save(
            entry,
            edit,
            self._desk.person,
            lambda version: self._saved(draft, entry, version),
            failed=self._tell,
        )

    def _saved(self, draft: Draft, entry: Entry, version: Version) -> None:
        """Let the strokes belong to the new version too: whoever opens it can still take them back.

        A fill is in the version's own photo by now; strokes go on from there.
        """
        goes_on = replace(draft, versions=(*draft.versions, version.id))
        if draft.touches(HOLE):
            goes_on = new_draft(draft.image, version.id, version.outcome.mask)
        self._desk.repair.keep(goes_on, failed=self._tell)
        self._desk.changed.emit(Change(entry.record.batch, (entry.record.id,), "edit"))
        self._desk.told.emit(saved_words(entry, version))
        self.saved.emit(version)

    def _hold(self, layer: str, *, adds: bool) -> None:
        canvas = self.panel.canvas
        canvas.set_brush(replace(canvas.brush, layer=layer, adds=adds))
        if layer == HOLE and self._entry is not None:
            self._desk.repair.prepare(self._entry, failed=self._tell)

    def _show_look(self, look: str) -> None:
        self.panel.canvas.show_look(look)
        self.panel.show_look(look)

    def _take_pull(self, pull: Pull) -> None:
        if self.draft is not None:
            self.draft = self.draft.drawn(pull)
            self._after_change(pull)

    def _travel(self, *, back: bool) -> None:
        draft, board = self.draft, self.panel.canvas.board
        if draft is None or board is None or not (draft.pulls if back else draft.undone):
            return
        pull = draft.pulls[-1] if back else draft.undone[0]
        history = board.layers[pull.layer].history
        if not (history.undoable if back else True):
            self._desk.told.emit(
                translate("Retouch", "Older strokes are kept no more; start again from the last version.")
            )
            return
        # Strokes undone before the image was left are drawn again; the history did not see them.
        box = board.travel(pull.layer, back=back) if back or history.redoable else board.draw_pull(pull)[0]
        self.panel.canvas.redraw(box)
        self.draft = draft.back() if back else draft.again()
        self._after_change(pull)

    def _after_change(self, pull: Pull) -> None:
        self._keep.start()
        if pull.layer == HOLE:
            self._filled = None
            self._show_fill()
        self._show_strokes()

    def _show_strokes(self) -> None:
        if self.draft is not None:
            self.panel.show_strokes(len(self.draft.pulls), len(self.draft.undone))

    def _offer_engines(self) -> None:
        if not self.panel.engines.count():
            for name in engines():
                self.panel.engines.addItem(engine_title(name), name)

    def _fill(self, *, accepted: str = "") -> None:
        board, entry = self.panel.canvas.board, self._entry
        if board is None or entry is None or self.draft is None or not board.hole.any():
            return
        self._filled = None
        self.draft = replace(self.draft, engine=accepted)
        self.panel.canvas.redraw(board.lay(None))
        engine, draft = self.panel.engines.currentData(), self.draft
        self.panel.show_fill(translate("Retouch", "Filling…"), filled=False, accepted=False)
        display = self._desk.pictures.gallery.display

        def take(filled: Filled) -> None:
            # A stroke painted meanwhile has made another hole.
            if self.draft is not None and self.draft.pulls == draft.pulls and filled.image == draft.image:
                self._take_fill(filled)

        self._desk.repair.fill(entry, board.hole, engine, display, take, failed=self._tell_unfilled)

    def _fill_again(self, draft: Draft) -> None:
        """Show once more what was accepted before the image was left."""
        place = self.panel.engines.findData(draft.engine)
        if draft.engine and place >= 0:
            self.panel.engines.setCurrentIndex(place)
            self._fill(accepted=draft.engine)

    def _take_fill(self, filled: Filled) -> None:
        board = self.panel.canvas.board
        if board is None or filled.engine != self.panel.engines.currentData():
            return
        if self._filled is None or self._filled.patch is not filled.patch:
            self.panel.canvas.redraw(board.lay(filled.patch))
        self._filled = filled
        self._show_fill()

    def _show_fill(self) -> None:
        accepted = self.draft is not None and bool(self.draft.engine)
        words = fill_words(self._filled, accepted=accepted)
        self.panel.show_fill(words, filled=self._filled is not None, accepted=accepted)

    def _next_engine(self) -> None:
        chooser = self.panel.engines
        chooser.setCurrentIndex((chooser.currentIndex() + 1) % chooser.count())
        self._fill()

    def _compare(self) -> None:
        board = self.panel.canvas.board
        if board is not None and self._filled is not None:
            self.panel.canvas.redraw(board.lay(None if board.patch is not None else self._filled.patch))

    def _tell(self, error: KnownError) -> None:
        self._desk.told.emit(str(error))

    def _tell_unfilled(self, error: KnownError) -> None:
        self._tell(error)
        self._show_fill()
