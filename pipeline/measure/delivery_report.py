"""What verification says of one finished file: what it is, and every rule of its place of sale that it breaks."""

from dataclasses import dataclass
from typing import Any

from pipeline.measure.whiteness import ZoneCount


@dataclass(frozen=True)
class Failure:
    """A gate a file did not pass, and why, in words."""

    gate: str
    detail: str


@dataclass(frozen=True)
class DeliveryReport:
    """What one file is and what speaks against delivering it.

    Attributes:
        zones: "field", "halo" and "border".
        fill: longest side of the product's box over the canvas side, None where there is no product.
        failures: rules that are broken; warnings: rules with only a secondary source that are broken.
        cannot_tell: what may be wrong or a pale product, since there is no mask to tell them apart.
    """

    file: str
    platform: str
    format: str
    size: tuple[int, int]
    bytes: int
    zones: dict[str, ZoneCount]
    fill: float | None
    failures: tuple[Failure, ...]
    warnings: tuple[Failure, ...] = ()
    cannot_tell: tuple[Failure, ...] = ()

    @property
    def passed(self) -> bool:
        """No rule is broken."""
        return not self.failures

    def document(self) -> dict[str, Any]:
        """Return the report as `verify --json` prints it."""
        return {
            "file": self.file,
            "platform": self.platform,
            "passed": self.passed,
            "format": self.format,
            "size": list(self.size),
            "bytes": self.bytes,
            "zones": {name: zone.document for name, zone in self.zones.items()},
            "fill": None if self.fill is None else round(self.fill, 4),
            "failures": [vars(failure) for failure in self.failures],
            "warnings": [vars(warning) for warning in self.warnings],
            "cannot_tell": [vars(doubt) for doubt in self.cannot_tell],
        }

    def sentence(self) -> str:
        """Return one line for a person."""
        width, height = self.size
        doubts = "".join(f" (cannot be told without a mask: {doubt.detail})" for doubt in self.cannot_tell)
        if not self.passed:
            return f"{self.file}: fails {self.platform}: {'; '.join(each.detail for each in self.failures)}{doubts}"
        warned = "".join(f" (warning: {warning.detail})" for warning in self.warnings)
        said = f"{self.format} {width} × {height}, {self.bytes:,} bytes"
        return f"{self.file}: passes {self.platform}, {said}{warned}{doubts}"
