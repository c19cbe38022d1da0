"""The filter: what the list is narrowed to, how it is sorted, and the filters this person keeps by name."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QToolButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.model import Facets
from pipeline.model import Order
from pipeline.model import Selection
from pipeline.settings import Settings
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.titles import category_title
from reviewer.titles import problem_title
from reviewer.titles import state_title
from reviewer.views.words import reason_title
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.field_label import FieldLabel

WIDTH, FIELD = 360, 216
FIELDS = (
    ("state", "states", QT_TRANSLATE_NOOP("Filter", "Where it stands")),
    ("group", "groups", QT_TRANSLATE_NOOP("Filter", "Shoot group")),
    ("client", "clients", QT_TRANSLATE_NOOP("Filter", "Client")),
    ("category", "categories", QT_TRANSLATE_NOOP("Filter", "Category")),
    ("flag", "flags", QT_TRANSLATE_NOOP("Filter", "Found")),
    ("person", "people", QT_TRANSLATE_NOOP("Filter", "Person")),
    ("reason", "reasons", QT_TRANSLATE_NOOP("Filter", "Reason")),
)
ORDERS = (
    (Order.FILE, QT_TRANSLATE_NOOP("Filter", "As they came")),
    (Order.RISK, QT_TRANSLATE_NOOP("Filter", "Most at risk first")),
    (Order.SCORE, QT_TRANSLATE_NOOP("Filter", "Lowest score first")),
    (Order.AGE, QT_TRANSLATE_NOOP("Filter", "Waiting longest first")),
)
FULL = 100.0


class FilterPanel(QFrame):
    """A small sheet over the queue.

    Signals:
        chosen(Selection): the list shall show this; its states and words stay as they are.
        kept(str, Selection): keep this filter by that name.
        dropped(str): forget the filter of that name.
    """

    chosen = Signal(object)
    kept = Signal(str, object)
    dropped = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._settings, self._selection = settings, Selection()
        self._saved: Mapping[str, Selection] = {}
        self.setObjectName("reasons")
        self.setFixedWidth(WIDTH)
        self.fields = {name: Chooser(translate("Filter", title), "", FIELD) for name, _, title in FIELDS}
        sort = translate("Filter", "Sort")
        self.orders = Chooser(sort, translate("Filter", "Which image comes first"), FIELD)
        for order, title in ORDERS:
            self.orders.addItem(translate("Filter", title), order)
        self.low = _score_field(translate("Filter", "Lowest score, 0 to 100"))
        self.high = _score_field(translate("Filter", "Highest score, 0 to 100"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(translate("Filter", "Name of this filter"))
        self.name.setAccessibleName(self.name.placeholderText())
        self.keep = QToolButton(text=translate("Filter", "Keep"))
        self.keep.setToolTip(translate("Filter", "Keep this filter for you in this studio"))
        self.saved = Chooser(translate("Filter", "Your filters"), translate("Filter", "A filter you kept"), FIELD)
        self.drop = QToolButton(text=translate("Filter", "Forget"))
        self.drop.setToolTip(translate("Filter", "Forget the chosen filter"))
        self.clear = QPushButton(translate("Filter", "Show everything again"))
        self._lay_out(sort)
        self._connect()

    def _lay_out(self, sort: str) -> None:
        form = QFormLayout()
        form.setSpacing(GRID)
        form.addRow(FieldLabel(sort, self.orders), self.orders)
        for name, _, title in FIELDS:
            form.addRow(FieldLabel(translate("Filter", title), self.fields[name]), self.fields[name])
        form.addRow(FieldLabel(translate("Filter", "Score"), self.low), _beside(self.low, QLabel("–"), self.high))
        form.addRow(FieldLabel(translate("Filter", "Your filters"), self.saved), _beside(self.saved, self.drop))
        form.addRow("", _beside(self.name, self.keep))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(form)
        column.addWidget(self.clear)

    def _connect(self) -> None:
        for field in (*self.fields.values(), self.orders):
            field.activated.connect(self._choose)
        for score in (self.low, self.high):
            score.editingFinished.connect(self._choose)
        self.saved.activated.connect(self._recall)
        self.keep.clicked.connect(self._keep)
        self.name.returnPressed.connect(self._keep)
        self.drop.clicked.connect(lambda: self.dropped.emit(self.saved.currentText()))
        self.clear.clicked.connect(lambda: self._take(Selection()))

    def offer(self, facets: Facets, selection: Selection, saved: Mapping[str, Selection]) -> None:
        """Offer what occurs in the batch, with the present selection chosen, and the filters that were kept."""
        self._selection, self._saved = selection, saved
        for name, plural, _ in FIELDS:
            field, chosen = self.fields[name], getattr(selection, name)
            field.clear()
            field.addItem(translate("Filter", "All"), "")
            for value in sorted({*getattr(facets, plural), *({chosen} - {""})}, key=str.casefold):
                field.addItem(self._title(name, value), value)
            field.setCurrentIndex(field.findData(chosen))
        self.orders.setCurrentIndex([order for order, _ in ORDERS].index(selection.order))
        self.low.setText("" if selection.score_from is None else f"{selection.score_from:g}")
        self.high.setText("" if selection.score_to is None else f"{selection.score_to:g}")
        self.saved.clear()
        self.saved.addItems(list(saved))
        self.saved.setEnabled(bool(saved))
        self.drop.setEnabled(bool(saved))

    def show_below(self, button: QWidget) -> None:
        """Open below a button."""
        self.adjustSize()
        self.move(button.mapToGlobal(QPoint(0, button.height() + 4)))
        self.show()
        self.orders.setFocus()

    def _title(self, field: str, value: str) -> str:
        if field == "reason" and value in self._settings.reasons:
            return reason_title(self._settings.reasons[value])
        titles = {"state": state_title, "flag": problem_title, "category": category_title}
        return titles[field](value) if field in titles else value

    def _wanted(self) -> Selection:
        values = {name: self.fields[name].currentData() or "" for name, *_ in FIELDS}
        order = Order(self.orders.currentData())
        low, high = (_number(field.text()) for field in (self.low, self.high))
        return replace(self._selection, order=order, score_from=low, score_to=high, **values)

    def _choose(self) -> None:
        wanted = self._wanted()
        if wanted != self._selection:
            self._selection = wanted
            self.chosen.emit(wanted)

    def _take(self, selection: Selection) -> None:
        taken = replace(selection, text=self._selection.text)
        facets = Facets(**{plural: tuple(_values(self.fields[name])) for name, plural, _ in FIELDS})
        self.offer(facets, taken, self._saved)
        self.chosen.emit(taken)

    def _recall(self) -> None:
        kept = self._saved.get(self.saved.currentText())
        if kept is not None:
            self._take(kept)

    def _keep(self) -> None:
        name = self.name.text().strip()
        if name:
            self.kept.emit(name, replace(self._wanted(), states=frozenset()))
            self.name.clear()


def _values(field: Chooser) -> list[str]:
    return [field.itemData(row) for row in range(field.count()) if field.itemData(row)]


def _score_field(tip: str) -> QLineEdit:
    field = QLineEdit()
    field.setValidator(QDoubleValidator(0.0, FULL, 1, field))
    field.setToolTip(tip)
    field.setAccessibleName(tip)
    return field


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _beside(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget)
    return row
