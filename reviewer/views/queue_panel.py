"""The left panel: lists with live counts, search, and the queue."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.model import Selection
from reviewer.actions import tooltip
from reviewer.language import translate
from reviewer.models.queue import FILTERS
from reviewer.theme import GRID
from reviewer.theme import icon
from reviewer.views.header import tool
from reviewer.widgets.buttons import FilterButton
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.queue_list import QueueList
from reviewer.widgets.queue_list import Thumbnail

WIDTH = 304
COLUMNS = 4
GROUP_WIDTH = 288
ALL_GROUPS = QT_TRANSLATE_NOOP("Window", "All groups")


class QueuePanel(QWidget):
    """Filters, search and list.

    Signals:
        filter_chosen(str): another list shall be shown.
        searched(str): the text to look for changed.
        group_chosen(str): only that shoot group shall be shown, "" for all.
        filter_asked: the filter shall open.
        search_left: the person is done with the search field.
    """

    filter_chosen = Signal(str)
    searched = Signal(str)
    group_chosen = Signal(str)
    filter_asked = Signal()
    search_left = Signal()

    def __init__(self, thumbnail: Thumbnail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._narrowed = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self._lists())
        column.addLayout(self._field())
        self.groups = Chooser(
            translate("Window", "Shoot group"),
            translate("Window", "Show one shoot group: one camera, light and backdrop"),
            GROUP_WIDTH,
        )
        self.groups.activated.connect(lambda row: self.group_chosen.emit(self.groups.itemData(row)))
        self.groups.hide()
        row = QHBoxLayout()
        row.setContentsMargins(GRID, 0, GRID, 0)
        row.addWidget(self.groups, 1)
        column.addLayout(row)
        self.list = QueueList(thumbnail)
        column.addWidget(self.list, 1)

    def _lists(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(GRID, 0, GRID, 0)
        grid.setSpacing(4)
        self.filters: dict[str, FilterButton] = {}
        for index, known in enumerate(FILTERS):
            button = FilterButton(translate("Lists", known.title))
            words = (
                translate("Window", "Show the list “{list}”")
                if known.states
                else translate("Window", "Show all images")
            )
            button.setToolTip(words.format(list=button.text()))
            button.clicked.connect(lambda _=False, name=known.name: self.filter_chosen.emit(name))
            grid.addWidget(button, index // COLUMNS, index % COLUMNS)
            self.filters[known.name] = button
        return grid

    def _field(self) -> QHBoxLayout:
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("Window", "File or SKU"))
        self.search.setToolTip(tooltip("find"))
        self.search.setAccessibleName(translate("Window", "Find"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self.searched)
        self.search.installEventFilter(self)
        self.filter_button = tool("filter", tooltip("filter"))
        self.filter_button.setCheckable(True)
        self.filter_button.clicked.connect(self._ask_filter)
        self.buttons = {name: tool(name, tooltip(name)) for name in ("grid", "survey")}
        field = QHBoxLayout()
        field.setContentsMargins(GRID, 0, GRID, 0)
        field.setSpacing(4)
        field.addWidget(self.search, 1)
        field.addWidget(self.filter_button)
        for button in self.buttons.values():
            field.addWidget(button)
        return field

    def say_keys(self) -> None:
        """Name the keys as they are now."""
        self.search.setToolTip(tooltip("find"))
        for name, button in self.buttons.items():
            button.setToolTip(tooltip(name))

    def show_filter(self, name: str, counts: Mapping[str, int]) -> None:
        """Mark the chosen list and show how many images each has."""
        self.filters[name].setChecked(True)
        for known, button in self.filters.items():
            button.set_count(counts[known])

    def show_groups(self, names: Sequence[str], chosen: str) -> None:
        """Offer these shoot groups; one alone is nothing to choose from."""
        if [self.groups.itemData(row) for row in range(self.groups.count())] != ["", *names]:
            self.groups.clear()
            for title, name in ((translate("Window", ALL_GROUPS), ""), *((name, name) for name in names)):
                self.groups.addItem(title, name)
            self.groups.updateGeometry()
        self.groups.setCurrentIndex(self.groups.findData(chosen))
        self.groups.setVisible(len(names) > 1)

    def mark_filter(self, selection: Selection) -> None:
        """Show on its button whether the list is narrowed or sorted."""
        self._narrowed = replace(selection, states=frozenset(), text="", group="") != Selection()
        self.filter_button.setChecked(self._narrowed)

    def _ask_filter(self) -> None:
        self.filter_button.setChecked(self._narrowed)
        self.filter_asked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.search.clear()
                self.search_left.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.search_left.emit()
                return True
        return super().eventFilter(watched, event)
