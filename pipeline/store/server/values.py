"""Values as SQLite gives and takes them: every truth is a number, every sum of whole numbers whole."""

from typing import Any

from psycopg.adapt import AdaptersMap
from psycopg.adapt import Loader
from psycopg.types.numeric import Int8Dumper


def register(adapters: AdaptersMap) -> None:
    """Let a connection give and take such values."""
    adapters.register_dumper(int, Int8Dumper)
    adapters.register_dumper(bool, TruthDumper)
    adapters.register_loader("numeric", SumLoader)
    adapters.register_loader("bool", TruthLoader)


class TruthDumper(Int8Dumper):
    """True and False as the numbers that SQLite keeps them as."""

    def dump(self, obj: bool) -> bytes:
        """Return it as the server reads it."""
        return b"1" if obj else b"0"


class TruthLoader(Loader):
    """What an EXISTS answers."""

    def load(self, data: Any) -> int:
        """Return 1 or 0."""
        return int(bytes(data) == b"t")


class SumLoader(Loader):
    """Sums of whole numbers are of any size there; they are whole numbers all the same."""

    def load(self, data: Any) -> int | float:
        """Return the number."""
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)
