"""The header: which batch, how far the line is, and who sits here."""

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QMenu
from PySide6.QtWidgets import QToolButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.model import Role
from reviewer.actions import tooltip
from reviewer.desk import Progress
from reviewer.desk import WatchState
from reviewer.language import counted
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.theme import icon
from reviewer.views.words import progress_words
from reviewer.widgets.bars import ProgressBar
from reviewer.widgets.chooser import Chooser

HEADER_HEIGHT = 56
BATCH_WIDTH = 240
NAME_WIDTH = 96
ALL_BATCHES = QT_TRANSLATE_NOOP("Window", "All batches")
WATCH = QT_TRANSLATE_NOOP("Window", "Watch a folder…")
ROLES = ((Role.EDITOR, QT_TRANSLATE_NOOP("Window", "Editor")), (Role.SENIOR, QT_TRANSLATE_NOOP("Window", "Senior")))


def tool(icon_name: str, tip: str, text: str = "") -> QToolButton:
    """Return a flat button that leaves the keyboard where it is when clicked."""
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setToolTip(tip)
    button.setAccessibleName(text or tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if text:
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


class HeaderBar(QWidget):
    """The bar on top.

    Signals:
        open_asked, watch_asked, cancel_asked, continue_asked, keys_asked: the person pressed that button.
        batch_chosen(str): another batch shall be shown, "" for all of them.
        person_changed(str, Role): somebody else sits here, or in another role.
    """

    open_asked = Signal()
    watch_asked = Signal()
    cancel_asked = Signal()
    continue_asked = Signal()
    keys_asked = Signal()
    batch_chosen = Signal(str)
    person_changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEADER_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        row.setSpacing(GRID)
        brand = QLabel("Whitepoint")
        brand.setObjectName("brand")
        self.batches = Chooser(
            translate("Window", "Batch"), translate("Window", "The batch that is shown"), BATCH_WIDTH
        )
        self.batches.activated.connect(lambda row: self.batch_chosen.emit(self.batches.itemData(row)))
        self.open_button = tool("folder", tooltip("open"), translate("Window", "Open folder"))
        self.open_button.clicked.connect(self.open_asked)
        self.watch_button = tool("watch", "", translate("Window", WATCH))
        self.watch_button.setCheckable(True)
        self.watch_button.clicked.connect(self.watch_asked)
        row.addWidget(brand)
        row.addSpacing(GRID)
        row.addWidget(self.batches)
        row.addWidget(self.open_button)
        row.addWidget(self.watch_button)
        row.addStretch(1)
        self._add_line(row)
        row.addStretch(1)
        self._add_person(row)

    def _add_line(self, row: QHBoxLayout) -> None:
        self.line = QWidget()
        column = QVBoxLayout(self.line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.line_words = QLabel()
        self.line_words.setObjectName("soft")
        self.line_bar = ProgressBar()
        column.addStretch(1)
        column.addWidget(self.line_words)
        column.addWidget(self.line_bar)
        column.addStretch(1)
        self.line.setFixedWidth(284)
        self.cancel_button = tool(
            "stop", translate("Window", "Stop the line; it can be continued at any time"), translate("Window", "Cancel")
        )
        self.cancel_button.clicked.connect(self.cancel_asked)
        self.continue_button = tool(
            "play", translate("Window", "Process what is still waiting"), translate("Window", "Continue")
        )
        self.continue_button.clicked.connect(self.continue_asked)
        row.addWidget(self.line)
        row.addWidget(self.cancel_button)
        row.addWidget(self.continue_button)
        self._watching = WatchState()
        self.show_progress(Progress("idle"), waiting=0)

    def _add_person(self, row: QHBoxLayout) -> None:
        self.person = QLineEdit()
        self.person.setObjectName("person")
        self.person.setAccessibleName(translate("Window", "Your name"))
        self.person.setToolTip(translate("Window", "Your name, as it stands with every decision"))
        self.person.setPlaceholderText(translate("Window", "Your name"))
        self.person.setFixedWidth(128)
        self.person.setMaxLength(80)
        self.person.addAction(icon("person"), QLineEdit.ActionPosition.LeadingPosition)
        self.person.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.person.editingFinished.connect(self._person_done)
        self.person.returnPressed.connect(self.person.clearFocus)
        self.role = Chooser(
            translate("Window", "Your role"),
            translate("Window", "A senior signs off what somebody else approved"),
            BATCH_WIDTH,
        )
        for role, title in ROLES:
            self.role.addItem(translate("Window", title), role)
        self.role.activated.connect(self._person_done)
        self.figures_button = tool("figures", tooltip("dashboard"))
        self.keys_button = tool("keys", tooltip("keys", translate("Window", "Keyboard")))
        self.keys_button.clicked.connect(self.keys_asked)
        self.menu = QMenu(self)
        self.menu_button = tool("settings", translate("Window", "Menu: settings, help, logs"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(self.menu)
        for widget in (self.person, self.role, self.figures_button, self.keys_button, self.menu_button):
            row.addWidget(widget)

    def set_person(self, name: str, role: Role) -> None:
        """Show who sits here."""
        self.person.setText(name)
        self.role.setCurrentIndex([known for known, _ in ROLES].index(role))

    def set_batches(self, names: Sequence[str], current: str) -> None:
        """Offer these batches, newest first, and all of them together; `current` "" is all."""
        offered = [*names, ""] if len(names) > 1 else list(names)
        if [self.batches.itemData(index) for index in range(self.batches.count())] != offered:
            self.batches.clear()
            for name in offered:
                self.batches.addItem(name or translate("Window", ALL_BATCHES), name)
            self.batches.updateGeometry()
        self.batches.setCurrentIndex(max(0, self.batches.findData(current)))
        self.batches.setVisible(bool(names))

    def show_watching(self, state: WatchState) -> None:
        """Show which folder is watched, and how much came from it."""
        self._watching = state
        folder, button = state.folder, self.watch_button
        button.setChecked(folder is not None)
        if folder is None:
            button.setText(translate("Window", WATCH))
            button.setToolTip(translate("Window", "Take in and process what a camera or a client drops into a folder"))
            return
        metrics = button.fontMetrics()
        count = ", " + counted("%Ln new", "", state.images) if state.images else ""
        name = metrics.elidedText(folder.name or str(folder), Qt.TextElideMode.ElideMiddle, NAME_WIDTH)
        # While the line shows how far it is, there is no room for the word; the pressed button says it.
        watching = translate("Window", "Watching {name}").format(name=name)
        button.setText((name if self.line.isVisibleTo(self) else watching) + count)
        tip = counted("{folder} is watched, %Ln new images so far; press to stop", "", state.images)
        button.setToolTip(tip.format(folder=folder))

    def show_progress(self, progress: Progress, *, waiting: int) -> None:
        """Show how far the line is; at rest, offer to continue with what still waits."""
        running = progress.running
        self.line.setVisible(running)
        self.cancel_button.setVisible(running)
        self.cancel_button.setEnabled(progress.phase != "stopping")
        self.continue_button.setVisible(not running and waiting > 0)
        self.continue_button.setText(counted("Continue, %Ln waiting", "", waiting))
        self.line_words.setText(progress_words(progress))
        self.show_watching(self._watching)
        self.line_bar.set_share(progress.done / progress.total if progress.total else 0.0)

    def _person_done(self) -> None:
        self.person_changed.emit(self.person.text().strip(), Role(self.role.currentData()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.person.setCursorPosition(0)
