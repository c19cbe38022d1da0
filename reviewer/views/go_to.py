"""Going to one image: by its place in the list, or by its file's name."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.model import Entry
from reviewer.desk import Desk
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.session import Session
from reviewer.widgets.alive import while_alive

WIDTH = 420


class GoTo(QDialog):
    """Asks where to go; stays open, with the sentence, while there is no such image."""

    def __init__(self, session: Session, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("GoTo", "Go to an image"))
        self.setFixedWidth(WIDTH)
        self.field, self.sentence = QLineEdit(), QLabel()
        self.field.setAccessibleName(self.windowTitle())
        self.field.setPlaceholderText(translate("GoTo", "Place in the list, or the file's name"))
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(self.field)
        column.addWidget(self.sentence)
        self.field.returnPressed.connect(self._go)

    def _go(self) -> None:
        text = self.field.text().strip()
        place = int(text) if text.isascii() and text.isdigit() else 0
        if 1 <= place <= len(self._session.queue):
            self._session.jump(place - 1)
            self.accept()
        elif text:
            batch = self._session.batch or None
            found, failed = while_alive(self, self._found), while_alive(self, self._failed)
            self._desk.ask(lambda store: store.find(text, batch), found, failed=failed)

    def _found(self, entry: Entry) -> None:
        self._session.show_image(entry.record.id)
        self.accept()

    def _failed(self, error: KnownError) -> None:
        self.sentence.setText(str(error))
        self.sentence.show()
        self.field.selectAll()
