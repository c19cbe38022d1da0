"""The part of a Store that is about what leaves: names, waves, known answers, recalls, retention, sales and figures."""

from abc import ABC
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date

from pipeline.model import Candidate
from pipeline.model import Draw
from pipeline.model import Expired
from pipeline.model import Figures
from pipeline.model import Judgement
from pipeline.model import NameChange
from pipeline.model import Rollback
from pipeline.model import Sale
from pipeline.model import Wave
from pipeline.store import batches
from pipeline.store import figures
from pipeline.store import known_answers
from pipeline.store import legal
from pipeline.store import naming
from pipeline.store import recalls
from pipeline.store import retention
from pipeline.store import sales
from pipeline.store import waves
from pipeline.store.catalog import Catalog
from pipeline.store.files import Files
from pipeline.store.known_answers import KnownAnswer
from pipeline.store.legal import LegalHold
from pipeline.store.retention import Terms
from pipeline.store.sales import Live


class Shipping(ABC):
    """Verbs on an open catalogue; `Store` adds all others. Those about a batch raise NotFoundError for an unknown one.

    Attributes:
        files: the studio's content-addressed files.
    """

    _catalog: Catalog
    files: Files

    # Names

    def name_image(self, image: int, *, person: str, **values: str) -> None:
        """Correct what an image is called by: its `sku`, `asin`, `gtin` or `angle`. Raises NotFoundError."""
        naming.name_image(self._catalog, image, values, person)

    def name_changes(self, image: int) -> list[NameChange]:
        """What was corrected of that, and by whom, oldest first."""
        with self._catalog.reading():
            return naming.changes(self._catalog, image)

    # Waves and their samples

    def candidates(self, batch: str) -> list[Candidate]:
        """What may leave by its decisions and is in no wave that stands, by image id."""
        with self._catalog.reading():
            return waves.candidates(self._catalog, self._batch_id(batch))

    def in_waves(self, batch: str) -> tuple[int, int, int]:
        """How many images are in waves that stand, the next wave's place among those, and how often one stopped.

        Raises ConflictError where a wave is not ruled on yet or stopped the batch.
        """
        with self._catalog.reading():
            number = self._batch_id(batch)
            waves.refuse_unfinished(self._catalog, number)
            return waves.standing(self._catalog, number)

    def add_wave(self, batch: str, draw: Draw, person: str) -> int:
        """Record a drawn wave; see `pipeline.store.waves.add_wave`."""
        with self._catalog.reading():
            number = self._batch_id(batch)
        return waves.add_wave(self._catalog, number, draw, person)

    def waves(self, batch: str, not_faults: Sequence[str] = ()) -> list[Wave]:
        """The waves of a batch, oldest first; reasons among `not_faults` say nothing against an image."""
        with self._catalog.reading():
            return waves.waves(self._catalog, "WHERE w.batch = ?", [self._batch_id(batch)], not_faults)

    def add_ruling(self, wave: Wave, judgement: Judgement, person: str, not_faults: Sequence[str] = ()) -> None:
        """Release or stop an open wave; see `pipeline.store.waves.add_ruling`."""
        waves.add_ruling(self._catalog, wave, judgement, person, not_faults)

    def released_images(self, batch: str) -> frozenset[int]:
        """The images whose current version is in a released wave."""
        with self._catalog.reading():
            return waves.released(self._catalog, self._batch_id(batch))

    def known_sources(self, batch: str, count: int) -> list[int]:
        """Versions of the batch's client that a person found good and that no known answer was made from yet."""
        with self._catalog.reading():
            return known_answers.sources(self._catalog, self._batch_id(batch), count)

    def add_known_answers(self, wave: int, made: Sequence[KnownAnswer]) -> None:
        """Show these in the batch of the wave, waiting for its audit; their files must be in `files` already."""
        known_answers.add_known_answers(self._catalog, self.files, wave, made)

    # Recalls

    def roll_back(self, batch: str, wave: int | None, *, reason: str, person: str) -> Rollback:
        """Call back a wave, or with None the batch; see `pipeline.store.recalls.roll_back`."""
        with self._catalog.reading():
            number = self._batch_id(batch)
        return recalls.roll_back(self._catalog, number, wave, reason=reason, person=person)

    def rollbacks(self, batch: str) -> list[Rollback]:
        """Everything that was called back of a batch, oldest first."""
        with self._catalog.reading():
            return recalls.rollbacks(self._catalog, "WHERE r.batch = ?", [self._batch_id(batch)])

    # Retention

    def expired(self, terms: Terms, *, now: int | None = None) -> list[Expired]:
        """Every file that may be purged at `now` (ns UTC)."""
        with self._catalog.reading():
            at = self._catalog.now() if now is None else now
            return retention.expired(self._catalog, self.files, terms, at)

    def purge(self, terms: Terms, *, now: int | None = None) -> list[Expired]:
        """Remove what has expired, with a row for each; see `pipeline.store.retention.purge`."""
        return retention.purge(self._catalog, self.files, terms, now=now)

    def hold_legally(self, *, batch: str = "", client: str = "", reason: str, person: str) -> None:
        """Keep everything of a batch or of a client until the hold is lifted. Raises ConflictError where it is held."""
        with self._catalog.reading():
            number = self._batch_id(batch) if batch else None
        legal.hold(self._catalog, number, client, reason=reason, person=person)

    def lift_legal_hold(self, *, batch: str = "", client: str = "", reason: str, person: str) -> None:
        """Let it expire again. Raises KnownError where there is no such hold."""
        with self._catalog.reading():
            number = self._batch_id(batch) if batch else None
        legal.lift(self._catalog, number, client, reason=reason, person=person)

    def legal_holds(self) -> list[LegalHold]:
        """What is on hold, oldest first."""
        with self._catalog.reading():
            return legal.holds(self._catalog)

    # Sales and figures

    def add_sales(self, *, file: str, sha256: str, mapping: dict[str, str], rows: Sequence[Sale]) -> None:
        """Keep what a shop's file told of sales and returns."""
        sales.add_sales(self._catalog, file=file, sha256=sha256, mapping=mapping, rows=rows)

    def sales(self, days: Mapping[str, Collection[date]], parted: date | None = None) -> list[Sale]:
        """All sales, by product and week, or day where it matters; see `pipeline.store.sales.sales`."""
        with self._catalog.reading():
            return sales.sales(self._catalog, days, parted)

    def sold_products(self) -> list[str]:
        """Every product of which a shop told sales, sorted."""
        with self._catalog.reading():
            return sales.products(self._catalog)

    def sale_mappings(self) -> list[dict[str, str]]:
        """The columns of every imported file of sales, newest first."""
        with self._catalog.reading():
            return sales.mappings(self._catalog)

    def live_versions(self) -> list[Live]:
        """Which version of each product was delivered when, by product and time."""
        with self._catalog.reading():
            return sales.live_versions(self._catalog)

    def figures(self, batch: str = "", *, since: int, until: int) -> Figures:
        """The figures of a batch, or of the whole studio, between two times (ns UTC)."""
        with self._catalog.reading():
            number = self._batch_id(batch) if batch else None
            return figures.figures(self._catalog, number, since, until)

    def _batch_id(self, name: str) -> int:
        return batches.batch_named(self._catalog, name).id
