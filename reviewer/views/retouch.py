"""The repair mode: what a person does to one image, from B to a new version, undone step by step on the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from pipeline.errors import KnownError
from pipeline.model import Box
from pipeline.model import Change
from pipeline.model import Entry
from pipeline.model import Version
from reviewer.desk import Desk
from reviewer.desk.repair import Opened
from reviewer.images.board import ALPHA
from reviewer.images.board import LOOKS
from reviewer.images.board import RUBYLITH
from reviewer.images.board import Board
from reviewer.images.draft import Deed
from reviewer.images.draft import Draft
from reviewer.images.draft import new_draft
from reviewer.images.gallery import Pair
from reviewer.language import translate
from reviewer.views.retouch_panel import RetouchPanel
from reviewer.views.retouch_pixel import RetouchPixel
from reviewer.views.retouch_tool import Tool
from reviewer.views.retouch_tools import TOOLS
from reviewer.views.retouch_words import saved_words
from reviewer.views.session import Session
from reviewer.widgets.brush_hand import HARDNESS_STEP
from reviewer.widgets.brush_hand import Brush

if TYPE_CHECKING:
    from pipeline.run.edit import Edit

KEEP_MILLISECONDS = 1500


class Retouch(QObject):
    """The room that the tools work in; takes the commands of the mode.

    Attributes:
        panel: where it happens; canvas: the picture in it; tools: all of them; tool: the one in hand.
        draft: what was done, and entry: to what; None outside the mode.

    Signals:
        entered, left: the mode began, or ended. picked: another tool is in hand, or the same one for another use.
        changed(str): that layer was changed, by a deed, by undo or by redo.
        saved(Version): what was done is a version now.
    """

    entered = Signal()
    left = Signal()
    picked = Signal()
    changed = Signal(str)
    saved = Signal(object)

    def __init__(self, session: Session, desk: Desk, panel: RetouchPanel) -> None:
        super().__init__(session)
        self._session, self.desk, self.panel, self.canvas = session, desk, panel, panel.canvas
        self.draft: Draft | None = None
        self.entry: Entry | None = None
        self._wanted: int | None = None
        self._keep = QTimer(self, interval=KEEP_MILLISECONDS, singleShot=True)
        self._keep.timeout.connect(self.keep)
        self.tools: tuple[Tool, ...] = tuple(kind(self, self) for kind in TOOLS)
        panel.add_tools(self.tools)
        self.tool = self.tools[0]
        self.pick(self.tool.picks[0].command.name)
        panel.looks.activated.connect(lambda _: self._show_look(panel.looks.currentData()))
        RetouchPixel(self)
        session.moved_on.connect(self.leave)
        desk.opened.connect(self._on_pixels)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the commands of the room do, by their names."""
        canvas = self.canvas
        return {
            "swap": lambda: self._with_brush(lambda brush: brush.on(brush.layer, adds=not brush.adds)),
            "larger": lambda: self._with_brush(lambda brush: brush.sized(1)),
            "smaller": lambda: self._with_brush(lambda brush: brush.sized(-1)),
            "harder": lambda: self._with_brush(lambda brush: brush.harder(HARDNESS_STEP)),
            "softer": lambda: self._with_brush(lambda brush: brush.harder(-HARDNESS_STEP)),
            "rubylith": lambda: self._show_look("white" if canvas.look == RUBYLITH else RUBYLITH),
            "look": lambda: self._show_look(LOOKS[(LOOKS.index(canvas.look) + 1) % len(LOOKS)]),
            "alpha": lambda: self._show_look(RUBYLITH if canvas.look == ALPHA else ALPHA),
            "undo_stroke": lambda: self._travel(back=True),
            "redo_stroke": lambda: self._travel(back=False),
            "zoom": canvas.toggle_zoom,
            "zoom_fit": canvas.fit,
            "zoom_actual": lambda: canvas.zoom_to(1.0),
            "zoom_double": lambda: canvas.zoom_to(2.0),
            "closer": lambda: canvas.zoom_by(1),
            "further": lambda: canvas.zoom_by(-1),
            "save": self.save,
            "leave": self.leave,
        }

    @property
    def active(self) -> bool:
        """Say whether somebody is repairing."""
        return self.draft is not None

    @property
    def board(self) -> Board | None:
        """The picture with its layers, None outside the mode."""
        return self.canvas.board

    def pick(self, name: str) -> None:
        """Take up the tool of that command."""
        if self.active:
            self.tool.settle()
        self.tool = next(tool for tool in self.tools for pick in tool.picks if pick.command.name == name)
        self.tool.pick(name)
        self.canvas.take(self.tool.hand)
        self.panel.show_page(self.tools.index(self.tool))
        self.show_tool()

    def show_tool(self) -> None:
        """Check the button of the tool in hand, for the use it is in."""
        self.panel.check(self.tool.picked())
        self.picked.emit()

    def enter(self) -> None:
        """Repair the image that is shown, as soon as the file's own pixels are there."""
        entry = self._session.shown
        pair = self._session.compare.canvas.pair
        if self.active or entry is None or entry.version is None or pair is None:
            return
        holder = self.desk.seat.refuses(entry.record.id)
        if holder:
            words = translate(
                "Retouch", "{name} has this image open; wait for them, or a senior takes it over (Ctrl+T)."
            )
            self.tell(words.format(name=holder))
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
            self.desk.repair.open(
                entry,
                pair.original,
                self.desk.pictures.gallery.display,
                lambda opened: self._show(entry, opened),
                apart=frozenset(layer for tool in self.tools for layer in tool.layers),
                failed=self.tell,
            )

    def _show(self, entry: Entry, opened: Opened) -> None:
        if self._session.current != opened.image or self.active:
            return
        self.draft, self.entry = opened.draft, entry
        self.canvas.show_board(opened.board)
        for tool in self.tools:
            tool.resume(tuple(deed for deed in opened.draft.deeds if deed.layer in tool.layers))
        self.pick(self.tool.picked())
        self._show_steps()
        self.entered.emit()
        self.canvas.setFocus()

    def leave(self) -> None:
        """End the mode; what was done is kept."""
        self._wanted = None
        if self.draft is None:
            return
        self._keep.stop()
        self.keep()
        self.draft = self.entry = None
        self.canvas.show_board(None)
        for tool in self.tools:
            tool.close()
        self.left.emit()

    def keep(self) -> None:
        """Have the deeds written, so that they can be undone after coming back."""
        if self.draft is not None:
            self.desk.repair.keep(self.draft, failed=self.tell)

    def did(self, deed: Deed) -> None:
        """Take a deed into the draft, after it was done to the board."""
        if self.draft is not None:
            self.put_draft(self.draft.drawn(deed))
            self.changed.emit(deed.layer)

    def put_draft(self, draft: Draft) -> None:
        """Take another draft, and keep it soon."""
        self.draft = draft
        self._keep.start()
        self._show_steps()

    def tell(self, trouble: str | KnownError) -> None:
        """Show a sentence over the picture."""
        self.desk.told.emit(str(trouble))

    def save(self) -> None:
        """Make a new version of it in the background."""
        draft, entry = self.draft, self.entry
        if draft is None or entry is None or not draft.deeds:
            return
        self.tool.settle()
        trouble = next(filter(None, (tool.objection() for tool in self.tools)), "")
        if not trouble and not self.desk.person:
            trouble = translate("Retouch", "Sign in first, so that the version can say who made it.")
        if trouble:
            self.tell(trouble)
            return
        self._submit(draft, entry)
        self.leave()
        self.tell(translate("Retouch", "The new version of {file} is being made.").format(file=entry.record.file))

    def _submit(self, draft: Draft, entry: Entry) -> None:
        self.desk.repair.save(
            entry, self._edit(), self.desk.person, lambda version: self._saved(draft, entry, version), failed=self.tell
        )

    def _edit(self) -> "Edit":
        # Late: it brings the engines' imports along.
        from pipeline.run.edit import Edit

        change = Edit()
        for tool in self.tools:
            change = tool.contribute(change)
        return change

    def _saved(self, draft: Draft, entry: Entry, version: Version) -> None:
        """Let the deeds belong to the new version too: whoever opens it can still take them back.

        What is in the version's own photo by now cannot be: there a new draft starts.
        """
        baked = {layer for tool in self.tools for layer in tool.baked}
        goes_on = replace(draft, versions=(*draft.versions, version.id))
        if any(draft.touches(layer) for layer in baked):
            goes_on = new_draft(draft.image, version.id, version.outcome.mask)
        self.desk.repair.keep(goes_on, failed=self.tell)
        self.desk.changed.emit(Change(entry.record.batch, (entry.record.id,), "edit"))
        self.tell(saved_words(entry, version))
        self.saved.emit(version)

    def _with_brush(self, change: Callable[[Brush], Brush]) -> None:
        if self.tool.brush is not None:
            self.tool.brush.set_brush(change(self.tool.brush.brush))

    def _show_look(self, look: str) -> None:
        self.canvas.show_look(look)
        self.panel.show_look(look)

    def _travel(self, *, back: bool) -> None:
        draft = self.draft
        if draft is None or self.board is None or not (draft.deeds if back else draft.undone):
            return
        self.tool.settle()
        deed = draft.deeds[-1] if back else draft.undone[0]
        owner = next((tool for tool in self.tools if deed.layer in tool.layers), None)
        if owner is not None:
            self.put_draft(draft.back() if back else draft.again())
            box = owner.undo(deed) if back else owner.redo(deed)
        else:
            box = self._travel_painted(deed, back=back)
            if box is None:
                return
            self.put_draft(draft.back() if back else draft.again())
        self.canvas.redraw(box)
        self.changed.emit(deed.layer)

    def _travel_painted(self, deed: Deed, *, back: bool) -> Box | None:
        history = self.board.layer(deed.layer).history
        if back and not history.undoable:
            self.tell(translate("Retouch", "Older strokes are kept no more; start again from the last version."))
            return None
        # Steps undone before the image was left are done again; the history did not see them.
        if back or history.redoable:
            return self.board.travel(deed.layer, back=back)
        return self.board.draw_deed(deed)[0]

    def _show_steps(self) -> None:
        draft = self.draft
        if draft is not None:
            at_work = [any(map(draft.touches, (*tool.baked, *tool.recolours))) for tool in self.tools]
            self.panel.show_steps(len(draft.deeds), len(draft.undone), together=sum(at_work) > 1)
