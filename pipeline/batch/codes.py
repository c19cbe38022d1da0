"""Product codes of trade: which texts can be an ASIN, a GTIN or an ISBN, by shape and check digit."""

import re
from typing import Final

_OWN_ASIN: Final = re.compile(r"B[0-9A-Z]{9}")
_GTIN: Final = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_ISBN_10: Final = re.compile(r"[0-9]{9}[0-9X]")
_ISBN_13: Final = re.compile(r"97[89][0-9]{10}")


def is_gtin(text: str) -> bool:
    """Say whether `text` is a GTIN-8, -12, -13 or -14 whose check digit is right (GS1 General Specifications 7.9)."""
    if not _GTIN.fullmatch(text):
        return False
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(text[:-1])))
    return (10 - weighted % 10) % 10 == int(text[-1])


def is_isbn(text: str) -> bool:
    """Say whether `text` is an ISBN-10 or ISBN-13, without hyphens, whose check digit is right (ISO 2108)."""
    if _ISBN_13.fullmatch(text):
        return is_gtin(text)
    if not _ISBN_10.fullmatch(text):
        return False
    digits = [10 if digit == "X" else int(digit) for digit in text]
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0


def is_asin(text: str) -> bool:
    """Say whether `text` has the shape of an ASIN: B and nine capitals or digits, or a book's ISBN-10."""
    return bool(_OWN_ASIN.fullmatch(text)) or (len(text) == 10 and is_isbn(text))
