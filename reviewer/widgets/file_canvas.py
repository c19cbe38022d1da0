"""One finished file as it decodes, with the hands of the compare canvas: zoom, pan, 1:1, values under the pointer."""

from reviewer.images.gallery import Pair
from reviewer.images.pyramid import Pyramid
from reviewer.language import translate
from reviewer.widgets.canvas import CompareCanvas
from reviewer.widgets.panes import Pane
from reviewer.widgets.panes import whole_pane


class FileCanvas(CompareCanvas):
    """Shows a picture alone; there is no original beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("Judged", "The chosen file as it decodes"))
        self._name = self._said = ""

    def show_picture(self, number: int, picture: Pyramid | None, name: str = "", said: str = "") -> None:
        """Show a file, the `number`th of the list, under its name with a few words; None for nothing."""
        self._name, self._said = name, said
        self.show_pair(Pair(number, None, None, picture, None) if picture is not None else None)

    def panes(self) -> tuple[Pane, ...]:
        return (whole_pane(self._device_size(), self.devicePixelRatioF()),)

    def _title(self, pane: Pane) -> str:
        return self._name

    def _facts(self, pane: Pane) -> str:
        facts = super()._facts(pane)
        return f"{self._said}   {facts}" if self._said else facts
