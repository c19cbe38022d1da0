"""Which layer lies over the result: keys walk through them, and the view that moved gets it anew."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from pipeline.model import Entry
from reviewer.desk import Desk
from reviewer.desk.pictures import Probe
from reviewer.images.layers import CLIPPING
from reviewer.images.layers import DELTA_E
from reviewer.images.layers import DIFFERENCES
from reviewer.images.layers import EDGE_LAYERS
from reviewer.images.layers import EDGES
from reviewer.images.layers import GROUND_LAYERS
from reviewer.images.layers import MATTE
from reviewer.images.layers import RING
from reviewer.images.layers import WHITE_LAYER
from reviewer.images.layers import Layer
from reviewer.views.compare_panel import ComparePanel
from reviewer.widgets.pixel_readout import Readout

NONE = ""
WALKS = {
    "white": (WHITE_LAYER,),
    "ground": GROUND_LAYERS,
    "difference": DIFFERENCES,
    "edges": EDGE_LAYERS,
    "mask": (MATTE,),
    "clipping": (CLIPPING,),
}
"""What each key walks through before the result alone comes again."""

BEHIND = {
    "background": WHITE_LAYER,
    "exact_white": WHITE_LAYER,
    "border": WHITE_LAYER,
    "off_white_field": WHITE_LAYER,
    "off_white_border": WHITE_LAYER,
    "near_white_share": WHITE_LAYER,
    "edge_quality": RING,
    "halo": RING,
    "edge_width": EDGES,
    "jaggedness": EDGES,
    "color_accuracy": DELTA_E,
    "color_shift": DELTA_E,
    "product_changed": DELTA_E,
}
"""The layer that shows what lies behind a part of the score, a gate, a flag or a reading."""


class Layering(QObject):
    """Keeps one layer true to what is on the screen.

    Attributes:
        name: the layer that is wanted, "" for none.
    """

    def __init__(
        self, desk: Desk, compare: ComparePanel, entry: Callable[[], Entry | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._compare, self._entry = desk, compare, entry
        self.name = NONE
        compare.canvas.appeared.connect(self.refresh)
        compare.canvas.viewed.connect(self._moved)
        compare.canvas.pointed.connect(self._read_mask)
        self._asked: int | None = None

    def walk(self, kind: str) -> None:
        """Show the next layer of a kind: "white", "ground", "difference" or "edges"."""
        steps = (NONE, *WALKS[kind])
        self.show(steps[(steps.index(self.name) + 1) % len(steps)] if self.name in steps else steps[1])

    def show(self, name: str) -> None:
        """Show a layer, "" for none."""
        self.name = name
        for kind, button in self._compare.tools.items():
            if kind in WALKS:
                button.setChecked(name in WALKS[kind])
        self.refresh()

    def show_behind(self, name: str) -> None:
        """Show what lies behind a part of the score or a finding; shown already, it goes away."""
        layer = BEHIND.get(name, NONE)
        self.show(NONE if layer == self.name else layer)

    def refresh(self) -> None:
        """Ask for the layer of what is on the screen now."""
        canvas, entry, name = self._compare.canvas, self._entry(), self.name
        region = canvas.region()
        if not name or entry is None:
            canvas.show_layer(None)
        elif region is not None:
            image = entry.record.id
            self._desk.layer(entry, name, region, lambda layer: self._take(image, layer))

    def _moved(self) -> None:
        if self.name:
            self.refresh()

    def _read_mask(self, readout: Readout | None) -> None:
        """Bring the mask for the readout once somebody points at an image."""
        canvas, entry = self._compare.canvas, self._entry()
        if readout is None or entry is None or canvas.painted is None or canvas.knows_cover:
            return
        if self._asked != canvas.painted[0]:
            self._asked = canvas.painted[0]
            self._desk.pictures.probe(entry, self._take_probe)

    def _take_probe(self, probe: Probe) -> None:
        self._asked = None
        self._compare.canvas.show_cover(probe.image, probe.proof.cover[0], probe.samples)

    def _take(self, image: int, layer: Layer) -> None:
        pair = self._compare.canvas.pair
        if layer.name == self.name and pair is not None and pair.image == image:
            self._compare.canvas.show_layer(layer)
