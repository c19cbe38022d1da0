"""The tables about what is taken off a photo and laid under it, typed as those of `sections`."""

from dataclasses import dataclass
from dataclasses import field


@dataclass(frozen=True)
class CleanUp:
    """Taking away what was put over a photo (stamps, captions, tags, watermarks) before it is cut out.

    `always` does so for every image; else a client or the sheet's column `clean_up` asks for it. `engine` fills, and
    `by_class` names another one for an image class. A version it was done for goes to a person.
    """

    always: bool = False
    engine: str = "best"
    by_class: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shadow:
    """How a shadow is kept as a layer of its own. Lengths in pixels of the proxy, or as shares of a side.

    Attributes:
        faint: share of the backdrop's light that a shadow must take away to be one.
        clearance: pixels around the product whose light may be its own; filled in from further out.
        softness: standard deviation of the layer's smoothing.
        frame_fade: share of the result's side over which the layer ends in nothing before the frame.
        contact: share of light that a synthetic contact shadow takes away where the product stands.
        contact_core, contact_spread: its two widths as shares of the product's longest side.
    """

    faint: float
    clearance: int
    softness: float
    frame_fade: float
    contact: float
    contact_core: float
    contact_spread: float
