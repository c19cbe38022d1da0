"""The part of a Store that the review window needs beside its verbs: lists, open images, and who works here."""

import json
from abc import ABC
from abc import abstractmethod
from array import array
from collections.abc import Sequence

from pipeline.model import Card
from pipeline.model import Entry
from pipeline.model import Facets
from pipeline.model import Hold
from pipeline.model import Member
from pipeline.model import Role
from pipeline.model import Selection
from pipeline.model import State
from pipeline.store import batches
from pipeline.store import holds
from pipeline.store import listing
from pipeline.store import members
from pipeline.store import rows
from pipeline.store.catalog import Catalog
from pipeline.store.protocol import LISTED


class Review(ABC):
    """Verbs on an open catalogue; `Store` adds all others."""

    _catalog: Catalog

    @abstractmethod
    def _holder_name(self) -> str:
        """Return the name of this program's locked file."""

    @abstractmethod
    def _dead_holders(self) -> list[str]:
        """Return the programs that ended and still hold something."""

    # Lists of many images

    def image_ids(self, batch: str, selection: Selection) -> array:
        """The ids of the selected images in their order, an array of int64; of every batch for "".

        Raises NotFoundError.
        """
        with self._catalog.reading():
            return listing.image_ids(self._catalog, self._number(batch), selection)

    def tally(self, batch: str, selection: Selection) -> dict[State, int]:
        """How many of the selected images stand where, whatever states it asks for; every state is there.

        Of every batch for "". Raises NotFoundError.
        """
        with self._catalog.reading():
            return listing.tally(self._catalog, self._number(batch), selection)

    def cards(self, images: Sequence[int]) -> list[Card]:
        """What a list shows of these images, in the order given; unknown ids are left out."""
        with self._catalog.reading():
            return listing.load_cards(self._catalog, images)

    def facets(self, batch: str) -> Facets:
        """What the images of the batch can be selected by; those of every batch for "". Raises NotFoundError."""
        with self._catalog.reading():
            return listing.facets(self._catalog, self._number(batch))

    def _number(self, batch: str) -> int | None:
        """Return the id of a batch, None for "", which is every batch."""
        return batches.batch_named(self._catalog, batch).id if batch else None

    def some(self, images: Sequence[int]) -> list[Entry]:
        """These images in the order given; unknown ids are left out."""
        with self._catalog.reading():
            where = f"WHERE s.image IN {LISTED}"
            found = {
                entry.record.id: entry for entry in rows.load_entries(self._catalog, where, [json.dumps([*images])])
            }
        return [found[image] for image in images if image in found]

    # Who has what open, and who works here

    def hold(
        self,
        image: int,
        *,
        person: str,
        sitting: str,
        seconds: float,
        role: Role = Role.EDITOR,
        take_over: bool = False,
    ) -> Hold:
        """Open an image in the window `sitting` and close its last one; returns who has it, which may be another.

        `take_over` gives it to a senior whoever has it and records that; ConflictError for an editor.
        """
        more = {"holder": self._holder_name(), "role": role, "take_over": take_over}
        return holds.hold(self._catalog, image, person=person, sitting=sitting, seconds=seconds, **more)

    def renew_hold(self, sitting: str, seconds: float) -> list[int]:
        """Extend what this window has open, from now; returns it, without what another took over."""
        return holds.renew(self._catalog, sitting, seconds)

    def let_go(self, sitting: str) -> None:
        """Close what this window has open."""
        holds.let_go(self._catalog, sitting)

    def holds(self, batch: str) -> dict[int, Hold]:
        """The images of the batch that somebody has open in a window now, by id."""
        dead = self._dead_holders()
        if dead:
            with self._catalog.writing():
                holds.forget(self._catalog, dead)
        with self._catalog.reading():
            return holds.holds(self._catalog, batches.batch_named(self._catalog, batch).id)

    def mark_of_others(self) -> int:
        """A number that is another one whenever a program or thread beside this Store wrote to the studio."""
        with self._catalog.reading():
            return self._catalog.mark_of_others()

    def takeovers(self, image: int) -> list[tuple[str, str, int]]:
        """Who lost the open image to whom and when (ns UTC), oldest first."""
        with self._catalog.reading():
            return holds.takeovers(self._catalog, image)

    def members(self) -> list[Member]:
        """Everybody who works here, by name."""
        with self._catalog.reading():
            return members.members(self._catalog)

    def sign_in(self, name: str, role: Role, *, pin: str = "", voucher: str = "", voucher_pin: str = "") -> Member:
        """Let a person sit down in a role; see `pipeline.store.members.sign_in`."""
        return members.sign_in(self._catalog, name, role, pin=pin, voucher=voucher, voucher_pin=voucher_pin)

    def set_pin(self, name: str, *, old: str, new: str) -> None:
        """Give a person a PIN, or none for ""; see `pipeline.store.members.set_pin`."""
        members.set_pin(self._catalog, name, old=old, new=new)
