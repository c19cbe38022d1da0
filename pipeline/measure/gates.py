"""Conditions that no sum can average away: readings against a platform's rules, each with a sentence."""

from pipeline.model import Gate
from pipeline.model import Reading
from pipeline.settings import Platform


def judge_gates(readings: dict[str, Reading], platform: Platform) -> tuple[Gate, ...]:
    """Return the gates of `platform`, passed or not, each with its words and evidence."""
    white = platform.background == "pure_white"
    return (
        *((_white_gate("exact_white", readings["off_white_field"], "background"),) if white else ()),
        *((_white_gate("border", readings["off_white_border"], "border"),) if white else ()),
        _touching_gate(readings["touching"], readings["chopped"]),
        _fill_gate(readings["fill"], platform),
        _resolution_gate(readings["resolution"], platform),
        _subjects_gate(readings["pieces"], platform),
    )


def _white_gate(name: str, reading: Reading, where: str) -> Gate:
    count = int(reading.value or 0)
    detail = f"{count} {where} pixels are not 255; {reading.detail}" if count else f"every {where} pixel is 255"
    return Gate(name, count == 0, detail, reading.evidence)


def _touching_gate(touching: Reading, chopped: Reading) -> Gate:
    if touching.value:
        return Gate("touching", False, f"the product touches the frame: {touching.detail}", touching.evidence)
    if chopped.value:
        detail = f"the product is cut off by the original's frame: {chopped.detail}"
        return Gate("touching", False, detail, chopped.evidence)
    return Gate("touching", True, "the product keeps its distance from the frame")


def _fill_gate(fill: Reading, platform: Platform) -> Gate:
    if fill.value is None:
        return Gate("fill", False, fill.detail)
    allowed = f"{platform.fill_low:.2f} to {platform.fill_high:.2f}"
    passed = platform.fill_low <= fill.value <= platform.fill_high
    return Gate("fill", passed, f"the product fills {fill.value:.3f} of the frame; allowed is {allowed}", fill.evidence)


def _resolution_gate(resolution: Reading, platform: Platform) -> Gate:
    longest = int(resolution.value or 0)
    detail = f"longest side {longest} px; at least {platform.min_longest_side} px are needed"
    return Gate("resolution", longest >= platform.min_longest_side, detail)


def _subjects_gate(found: Reading, platform: Platform) -> Gate:
    count = int(found.value or 0)
    if not count:
        return Gate("subjects", False, "no product was found")
    if platform.subjects and count != platform.subjects:
        return Gate("subjects", False, f"{count} products where {platform.subjects} is expected", found.evidence)
    return Gate("subjects", True, f"{count} separate pieces" if count > 1 else "one product")
