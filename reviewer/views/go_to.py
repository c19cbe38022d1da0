"""Going to one image: by its place in the list, its SKU or its file's name."""

from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.model import Selection
from pipeline.store.store import Store
from reviewer.desk import Desk
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.session import Session
from reviewer.widgets.alive import while_alive

WIDTH = 420
LOOKED = 500
"""So many images that hold the words are looked at; beyond them only whole names are found."""


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
        self.field.setPlaceholderText(translate("GoTo", "Place in the list, SKU or file name"))
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
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
            batch = self._session.batch
            found, failed = while_alive(self, self._found), while_alive(self, self._failed)
            self._desk.ask(lambda store: image_called(store, text, batch), found, failed=failed)

    def _found(self, image: int) -> None:
        self._session.show_image(image)
        self.accept()

    def _failed(self, _: KnownError) -> None:
        words = translate("GoTo", "No image is called “{text}”; type a place from 1 to {last}, a SKU or a file name.")
        last = numeral(f"{len(self._session.queue):,}")
        self.sentence.setText(words.format(text=self.field.text().strip(), last=last))
        self.sentence.setMinimumHeight(self.sentence.heightForWidth(self.field.width()))
        self.sentence.show()
        self.adjustSize()
        self.field.selectAll()


def image_called(store: Store, text: str, batch: str) -> int:
    """Return the first image of a batch, of all for "", whose SKU or file name that is, with or without its ending.

    Raises NotFoundError where there is none.
    """
    wanted = text.casefold()
    for card in store.cards(store.image_ids(batch, Selection(text=text))[:LOOKED].tolist()):
        name = card.file.rsplit("/", 1)[-1]
        if wanted in {each.casefold() for each in (card.sku, name, PurePath(name).stem)}:
            return card.image
    return store.find(text, batch or None).record.id
