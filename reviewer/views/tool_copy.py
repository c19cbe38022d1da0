"""Copying a repair to the other shots of the same camera position; each copy is a version that somebody confirms."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pipeline.model import Change
from pipeline.model import Entry
from reviewer.actions import Command
from reviewer.desk.companions import Companions
from reviewer.desk.companions import find_companions
from reviewer.desk.copying import Copied
from reviewer.desk.copying import copy_to
from reviewer.images.draft import Deed
from reviewer.language import counted
from reviewer.language import translate
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import sentence
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.views.retouch_tool import Tool
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.hand import Hand

GROUP = QT_TRANSLATE_NOOP("Retouch", "Copy")
PICK = Command("copy_repair", QT_TRANSLATE_NOOP("Retouch", "Copy this repair to other photos"), ("Y",), REPAIR)
COPY = Command("copy_to_group", QT_TRANSLATE_NOOP("Retouch", "Copy to what is chosen"), ("Return", "Enter"), GROUP)
CHOOSER_WIDTH = 260
ALL = 0


class WaitingHand(Hand):
    """Says that nothing is painted here."""

    cursor = Qt.CursorShape.ArrowCursor

    def hint(self, held: Qt.KeyboardModifier) -> str:
        return translate("Retouch", "Enter copies the saved repair; every copy waits for somebody to confirm it.")


class CopyTool(Tool):
    """Copies the version that is open.

    Attributes:
        group: the other photos of its camera position.
    """

    picks: ClassVar = (Pick(PICK, "copy-repair"),)
    commands: ClassVar = (COPY,)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.hand = WaitingHand(room.canvas)
        self.group: tuple[Entry, ...] = ()
        self._asked: int | None = None
        self._waiting = 0
        self._said = ""
        room.changed.connect(lambda _: self.refresh())

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {COPY.name: self.copy}

    def page(self) -> QWidget:
        widget, row = bar()
        self.chooser = Chooser(
            translate("Retouch", "Copy to"), translate("Retouch", "Which photos get the same repair"), CHOOSER_WIDTH
        )
        row.addWidget(self.chooser)
        self.copy_button = word_button(row, translate("Retouch", "Copy"), COPY, self.copy)
        row.addSpacing(4)
        self.words = sentence(row)
        self.refresh()
        return widget

    def pick(self, name: str) -> None:
        entry = self.room.entry
        if entry is not None and self._asked != entry.record.id:
            self._asked = entry.record.id
            self.room.desk.repair.ask(
                lambda store, _: find_companions(store, entry), self._offer, failed=self.room.tell
            )
        self.refresh()

    def resume(self, deeds: tuple[Deed, ...]) -> None:
        self.refresh()

    def close(self) -> None:
        self._asked, self.group, self._said = None, (), ""
        self.chooser.clear()

    def copy(self) -> None:
        """Copy to the chosen photos, in the background, one version each."""
        entry, trouble = self.room.entry, self._trouble()
        if trouble or entry is None:
            self.room.tell(trouble)
            return
        chosen = self.chooser.currentData()
        targets = [each for each in self.group if chosen in (ALL, each.record.id)]
        source, by = entry.record.id, self.room.desk.person
        self._waiting = len(targets)
        self._said = ""
        for target in targets:
            self.room.desk.repair.ask(
                partial(copy_to, source=source, target=target, by=by),
                self._take,
                failed=self.room.tell,
                slow=True,
            )
        self.refresh()

    def _offer(self, companions: Companions) -> None:
        self.group = companions.group
        self.chooser.clear()
        if self.group:
            words = counted("All %Ln photos of this camera position", "", len(self.group))
            self.chooser.addItem(words, ALL)
        for entry in self.group:
            self.chooser.addItem(entry.record.file, entry.record.id)
        self.chooser.updateGeometry()
        self.refresh()

    def _take(self, copied: Copied) -> None:
        self._waiting = max(0, self._waiting - 1)
        record = copied.entry.record
        if copied.version is None:
            self.room.tell(copied.trouble)
        else:
            self.room.desk.changed.emit(Change(record.batch, (record.id,), "edit"))
        self._said = copied.trouble or translate("Retouch", "{file} has its copy.").format(file=record.file)
        self.refresh()

    def _trouble(self) -> str:
        """Why nothing can be copied now, as a sentence; "" where it can."""
        entry, draft = self.room.entry, self.room.draft
        if entry is None or draft is None or entry.version is None:
            return translate("Retouch", "There is nothing to copy yet.")
        if entry.version.actor == "line":
            return translate("Retouch", "Repair this photo and save it first; then its repair can be copied.")
        if not self.group:
            return translate("Retouch", "No other photo of this camera position has the same size.")
        if not self.room.desk.person:
            return translate("Retouch", "Sign in first, so that the version can say who made it.")
        return ""

    def refresh(self) -> None:
        """Say what can be copied, and how far it is."""
        trouble = self._trouble() if self.room.entry is not None else ""
        self.copy_button.setEnabled(not trouble and self._waiting == 0)
        self.chooser.setEnabled(self.chooser.count() > 0)
        if self._waiting:
            self.words.setText(counted("Copying, %Ln to go…", "", self._waiting))
        else:
            self.words.setText(self._said or trouble)
