"""A page of the settings: theme, language and stillness of the window; taken up at once, kept for this person."""

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.language import LANGUAGES
from reviewer.language import SYSTEM
from reviewer.language import translate
from reviewer.models.sitting import Sitting
from reviewer.theme import GRID
from reviewer.theme import THEMES
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.field_label import FieldLabel

THEME_TITLES = {
    "dark": QT_TRANSLATE_NOOP("Settings", "Dark grey"),
    "mid_grey": QT_TRANSLATE_NOOP("Settings", "Mid grey"),
    "high_contrast": QT_TRANSLATE_NOOP("Settings", "High contrast"),
}
WIDTH = 240


class LookPage(QWidget):
    """The choices.

    Signals:
        changed: something else was chosen and is kept in the sitting.
    """

    changed = Signal()

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self.setObjectName("formBody")
        theme, language = translate("Settings", "Theme"), translate("Settings", "Language")
        greys = translate("Settings", "All greys are neutral, so that colours can be judged beside them")
        self.themes = Chooser(theme, greys, WIDTH)
        for name in THEMES:
            self.themes.addItem(translate("Settings", THEME_TITLES[name]), name)
        self.themes.setCurrentIndex(max(0, self.themes.findData(sitting.theme)))
        self.languages = Chooser(language, translate("Settings", "The window's language"), WIDTH)
        for name, title in LANGUAGES.items():
            self.languages.addItem(title or translate("Settings", "The system's language"), name)
        self.languages.setCurrentIndex(max(0, self.languages.findData(sitting.language)))
        self.calm = QCheckBox(translate("Settings", "Reduce motion"))
        self.calm.setToolTip(
            translate("Settings", "Nothing moves, blinks or fades by itself; messages stay until clicked")
        )
        self.calm.setChecked(sitting.calm)
        self._lay_out(theme, language)
        self.themes.activated.connect(self._keep)
        self.languages.activated.connect(self._keep)
        self.calm.toggled.connect(self._keep)

    def _lay_out(self, theme: str, language: str) -> None:
        column, form = QVBoxLayout(self), QFormLayout()
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        heading = QLabel(translate("Settings", "Look and language"))
        heading.setObjectName("title")
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(FieldLabel(theme, self.themes), self.themes)
        form.addRow(FieldLabel(language, self.languages), self.languages)
        form.addRow("", self.calm)
        self.sentence = QLabel()
        self.sentence.setObjectName("small")
        self.sentence.setWordWrap(True)
        column.addWidget(heading)
        column.addLayout(form)
        column.addWidget(self.sentence)
        column.addStretch(1)

    def _keep(self) -> None:
        language = str(self.languages.currentData() or SYSTEM)
        if language != self._sitting.language:
            self.sentence.setText(translate("Settings", "The language changes when Whitepoint is started again."))
        self._sitting.remember_surroundings(
            theme=str(self.themes.currentData()), language=language, calm=self.calm.isChecked()
        )
        self.changed.emit()
