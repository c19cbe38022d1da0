"""The left panel: lists with live counts, search, and the queue."""

from collections.abc import Mapping
from collections.abc import Sequence

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

from reviewer.actions import tooltip
from reviewer.models.queue import FILTERS
from reviewer.theme import GRID
from reviewer.theme import icon
from reviewer.widgets.buttons import FilterButton
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.queue_list import QueueList
from reviewer.widgets.queue_list import Thumbnail

WIDTH = 304
COLUMNS = 4
GROUP_WIDTH = 124
ALL_GROUPS = "All groups"


class QueuePanel(QWidget):
    """Filters, search and list.

    Signals:
        filter_chosen(str): another list shall be shown.
        searched(str): the text to look for changed.
        group_chosen(str): only that shoot group shall be shown, "" for all.
        search_left: the person is done with the search field.
    """

    filter_chosen = Signal(str)
    searched = Signal(str)
    group_chosen = Signal(str)
    search_left = Signal()

    def __init__(self, thumbnail: Thumbnail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        grid = QGridLayout()
        grid.setContentsMargins(GRID, 0, GRID, 0)
        grid.setSpacing(4)
        self.filters: dict[str, FilterButton] = {}
        for index, known in enumerate(FILTERS):
            button = FilterButton(known.title)
            button.setToolTip(f"Show {'all images' if not known.states else f'the list “{known.title}”'}")
            button.clicked.connect(lambda _=False, name=known.name: self.filter_chosen.emit(name))
            grid.addWidget(button, index // COLUMNS, index % COLUMNS)
            self.filters[known.name] = button
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a file or SKU")
        self.search.setToolTip(tooltip("find"))
        self.search.setAccessibleName("Find")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self.searched)
        self.search.installEventFilter(self)
        self.groups = Chooser("Shoot group", "Show one shoot group: one camera, light and backdrop", GROUP_WIDTH)
        self.groups.activated.connect(lambda row: self.group_chosen.emit(self.groups.itemData(row)))
        self.groups.hide()
        field = QHBoxLayout()
        field.setContentsMargins(GRID, 0, GRID, 0)
        field.setSpacing(4)
        field.addWidget(self.search, 1)
        field.addWidget(self.groups)
        self.list = QueueList(thumbnail)
        column.addLayout(grid)
        column.addLayout(field)
        column.addWidget(self.list, 1)

    def show_filter(self, name: str, counts: Mapping[str, int]) -> None:
        """Mark the chosen list and show how many images each has."""
        self.filters[name].setChecked(True)
        for known, button in self.filters.items():
            button.set_count(counts[known])

    def show_groups(self, names: Sequence[str], chosen: str) -> None:
        """Offer these shoot groups; one alone is nothing to choose from."""
        if [self.groups.itemData(row) for row in range(self.groups.count())] != ["", *names]:
            self.groups.clear()
            for title, name in ((ALL_GROUPS, ""), *((name, name) for name in names)):
                self.groups.addItem(title, name)
            self.groups.updateGeometry()
        self.groups.setCurrentIndex(self.groups.findData(chosen))
        self.groups.setVisible(len(names) > 1)

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
