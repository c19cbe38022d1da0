"""The store's own nouns: what a claim, a delivery and a finding of `check` are."""

from dataclasses import dataclass
from typing import Any

from pipeline.model import ImageRecord


@dataclass(frozen=True)
class Claim:
    """The right to record one result for this image; `token` says that nobody else claimed it since."""

    record: ImageRecord
    token: int


@dataclass(frozen=True)
class Delivery:
    """One append-only row: a verified file of a version that left for a platform; `sha256` is the file's.

    `recalled`: it was called back since by a rollback.
    """

    id: int
    image: int
    version: int
    platform: str
    name: str
    sha256: str
    report: dict[str, Any]
    created_at: int
    recalled: bool = False


@dataclass(frozen=True)
class Finding:
    """One thing `check` noticed, with a sentence that says what to do.

    `kind` is database, foreign_key, chain, damaged, missing or orphan; only an orphan is harmless. `sha256` names the
    file where it is about one.
    """

    kind: str
    sentence: str
    sha256: str = ""

    @property
    def harmless(self) -> bool:
        """Nothing is lost and nothing has to be done now."""
        return self.kind == "orphan"
