"""What every catalogue can do, whether it is a file of this machine or a database on a team's server."""

import os
import threading
import time
from abc import ABC
from abc import abstractmethod
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from typing import ClassVar
from typing import Final
from typing import Protocol
from typing import TypeAlias

from pipeline.errors import BugError

Row: TypeAlias = dict[str, Any]
Values: TypeAlias = Sequence[Any] | Mapping[str, Any]

LISTED: Final = "(SELECT CAST(value AS INTEGER) FROM json_each(?))"
"""The ids of a list, given as one value in JSON."""


class Holder(Protocol):
    """A sign of life of this program under a name of its own, which ends with it."""

    name: str

    def close(self) -> None:
        """End it: whatever is still claimed under the name may be taken by others."""


class Catalog(ABC):
    """One connection, which belongs to the thread and the process that opened it.

    Statements are written once, in words that SQLite knows. Every method raises StudioError with one sentence for what
    the world did, ConflictError with the schema's own sentence where it refuses a row, and BugError for wrong code.

    Attributes:
        thread, process: who opened it.
        locking: what ends a SELECT whose rows nobody else may take before this transaction is over.
        skipping: the same, without waiting for the rows that others have.
    """

    thread: int
    process: int
    locking: ClassVar[str] = ""
    skipping: ClassVar[str] = ""

    @property
    @abstractmethod
    def name(self) -> str:
        """What sentences call it."""

    @property
    @abstractmethod
    def folder(self) -> Path:
        """The studio's folder."""

    # Statements

    @abstractmethod
    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Run one statement and return all its rows."""

    @abstractmethod
    def column(self, sql: str, values: Values = ()) -> list[Any]:
        """Run one statement and return the first value of each of its rows."""

    @abstractmethod
    def run(self, sql: str, values: Values = ()) -> None:
        """Run one statement."""

    @abstractmethod
    def run_many(self, sql: str, many: Iterable[Values]) -> None:
        """Run one statement once with each of these values."""

    @abstractmethod
    def insert(self, sql: str, values: Values = ()) -> int:
        """Run one INSERT of one row and return its id."""

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Run one statement and return its first row, None when it has none."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def add(self, table: str, **values: Any) -> int:
        """Insert one row into `table` and return its id."""
        names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
        return self.insert(f"INSERT INTO {table} ({names}) VALUES ({places})", values)

    # Transactions

    @abstractmethod
    def reading(self) -> AbstractContextManager[None]:
        """One consistent view for several reads."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """All or nothing, and alone: whoever else writes waits until it is over."""

    @abstractmethod
    def claiming(self) -> AbstractContextManager[None]:
        """As `writing`, for what a power cut may undo since it ends with the programs anyway: who works on what.

        On a server others claim meanwhile; `be_alone` first where more is written than claims.
        """

    def be_alone(self) -> None:  # noqa: B027  a file's writer is alone from the start
        """Inside `claiming`, before its first write: let nobody else write until it is over."""

    # The world

    def now(self) -> int:
        """Return the time in ns UTC by the clock that everybody who works with this catalogue shares."""
        return time.time_ns()

    @property
    @abstractmethod
    def has_written(self) -> bool:
        """Whether anything was written through this connection."""

    @abstractmethod
    def mark_of_others(self) -> int:
        """Return a number that is another one whenever another connection wrote."""

    @abstractmethod
    def holder(self) -> Holder:
        """Return a new sign of life of this program."""

    @abstractmethod
    def is_alive(self, name: str) -> bool:
        """Tell whether the program with the holder of that name still runs."""

    @property
    @abstractmethod
    def shape(self) -> "Catalog":
        """A catalogue of the same schema that answers SQLite's questions about it."""

    @abstractmethod
    def has_table(self, name: str) -> bool:
        """Tell whether there is such a table, which a copy of an older catalogue may lack."""

    @abstractmethod
    def damage(self) -> list[str]:
        """Read all of it again; return what is damaged, in the database's words."""

    @abstractmethod
    def broken_references(self) -> list[Row]:
        """Return the rows that refer to nothing, each as `row` (its id or place), `table` and `parent`."""

    @abstractmethod
    def copy_to(self, target: Path) -> None:
        """Write it as one file, all or nothing, while others go on; the file is a whole catalogue of its own."""

    @abstractmethod
    def keep_daily(self) -> Path | None:
        """Keep today's copy where that is this program's business; return its path, None where none is made."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection; closing twice is fine."""

    def refuse_strangers(self) -> None:
        """Raise BugError in another thread or process than the one that opened it."""
        if (threading.get_ident(), os.getpid()) != (self.thread, self.process):
            raise BugError(f"{self.name}: a Store belongs to the thread and process that opened it.")
