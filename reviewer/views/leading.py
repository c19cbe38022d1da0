"""From a figure to the images behind it: opens the batch the figure is about, and its list with their filter."""

from PySide6.QtCore import QObject

from pipeline.model import Selection
from reviewer.views.session import Session


class Leading(QObject):
    """Waits for a list to be read before it is filtered."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._next: tuple[str, str, Selection] | None = None
        session.queue.changed.connect(self._go_on)

    def lead(self, batch: str, list_name: str, selection: Selection) -> None:
        """Show what the selection finds in the list of that name of a batch, "" for all batches."""
        self._next = (batch, list_name, selection)
        if batch != self._session.batch:
            self._session.open_batch(batch)
        else:
            self._go_on()

    def _go_on(self) -> None:
        queue = self._session.queue
        if self._next is None or queue.batch != self._next[0] or not queue.settled:
            return
        _, list_name, selection = self._next
        self._next = None
        self._session.choose_filter(list_name)
        self._session.select(selection)
