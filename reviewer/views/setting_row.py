"""One key of the settings as a row: what it is called, its value with its unit, what it means, and the way back."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QToolButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import SettingsError
from pipeline.settings.overrides import Field
from pipeline.settings.overrides import Value
from pipeline.settings.overrides import parsed
from pipeline.settings.overrides import shown
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.theme import icon

LABEL_WIDTH, NUMBER_WIDTH, TEXT_WIDTH = 216, 112, 320
UNITS = {
    "milliseconds": "ms",
    "seconds": "s",
    "megapixels": "MP",
    "gigabytes": "GB",
    "bytes": "bytes",
    "delta_e": "ΔE",
    "dpi": "dpi",
    "side": "px",
}
"""The last words of a key, and the unit they say the value is in."""
SPELLED = {"max": "most", "min": "least", "color": "colour", "centring": "off centre", "rgb": "RGB"}


def unit_of(name: str) -> str:
    """Return the unit that a key's name says, "" where it says none."""
    return next((unit for end, unit in UNITS.items() if name == end or name.endswith(f"_{end}")), "")


def title_of_key(name: str) -> str:
    """Return a key in plain words, without its unit: "gap_seconds" is "Gap"."""
    unit = next((end for end in UNITS if name.endswith(f"_{end}") and end not in ("side", "delta_e", "dpi")), "")
    words = (name.removesuffix(f"_{unit}") if unit else name).replace("_", " ").replace("delta e", "ΔE")
    for short, whole in SPELLED.items():
        words = re.sub(rf"\b{short}\b", whole, words)
    return words[:1].upper() + words[1:]


class SettingRow(QWidget):
    """A row of the form.

    Attributes:
        field: what the file says; trouble: the sentence about what was typed, "" while it fits.

    Signals:
        edited: the value is another one, or does not fit.
    """

    edited = Signal()

    def __init__(self, field: Field, typed: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.trouble = field, ""
        title = QLabel(title_of_key(field.path[-1]))
        title.setFixedWidth(LABEL_WIDTH)
        title.setWordWrap(True)
        title.setToolTip(field.key)
        self.editor = self._editor(title.text())
        title.setBuddy(self.editor)
        self.back = QToolButton()
        self.back.setIcon(icon("undo"))
        self.back.setAccessibleName(translate("Settings", "Back to the shipped value of {key}").format(key=field.key))
        if field.shipped is not None:
            usual = shown(field.shipped) or translate("Settings", "nothing")
            self.back.setToolTip(translate("Settings", "Back to the shipped value: {value}").format(value=usual))
        self.back.clicked.connect(self.reset)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        unit = QLabel(unit_of(field.path[-1]))
        unit.setObjectName("soft")
        for widget in (title, self.editor, unit):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.back)
        self.words, self.sentence = QLabel(field.words), QLabel()
        self._lay_out(line)
        if typed is not None:
            self.set_text(typed)
        self._look_at_it()

    def _lay_out(self, line: QHBoxLayout) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        for label, name in ((self.words, "small"), (self.sentence, "wrong")):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setContentsMargins(LABEL_WIDTH + GRID, 0, 0, 0)
            label.setVisible(bool(label.text()))
            column.addWidget(label)

    def _editor(self, title: str) -> QCheckBox | QLineEdit:
        if self.field.kind is bool and not self.field.many:
            box = QCheckBox()
            box.setChecked(bool(self.field.value))
            box.toggled.connect(self._look_at_it)
            box.toggled.connect(self.edited)
            editor: QCheckBox | QLineEdit = box
        else:
            line = QLineEdit(self.field.text)
            line.setCursorPosition(0)
            line.setFixedWidth(TEXT_WIDTH if self.field.many or self.field.kind is str else NUMBER_WIDTH)
            line.textEdited.connect(self._look_at_it)
            line.textEdited.connect(self.edited)
            editor = line
        editor.setAccessibleName(title)
        editor.setAccessibleDescription(self.field.words)
        editor.setToolTip(self.field.key)
        return editor

    @property
    def text(self) -> str:
        """What is typed now."""
        if isinstance(self.editor, QCheckBox):
            return shown(self.editor.isChecked())
        return self.editor.text()

    @property
    def value(self) -> Value | None:
        """What was typed, None while it does not fit."""
        try:
            return parsed(self.field, self.text)
        except SettingsError:
            return None

    def set_text(self, text: str) -> None:
        """Type this."""
        if isinstance(self.editor, QCheckBox):
            self.editor.setChecked(text == shown(True))
        else:
            self.editor.setText(text)
        self._look_at_it()

    def reset(self) -> None:
        """Go back to the shipped value."""
        if self.field.shipped is not None:
            self.set_text(shown(self.field.shipped))
            self.edited.emit()

    def _look_at_it(self) -> None:
        try:
            value, self.trouble = parsed(self.field, self.text), ""
        except SettingsError as error:
            value, self.trouble = None, str(error)
        self.sentence.setText(self.trouble)
        self.sentence.setVisible(bool(self.trouble))
        usual = self.field.shipped is None or value == self.field.shipped
        self.back.setEnabled(not usual)
