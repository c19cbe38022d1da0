"""The Store: one studio, opened by one thread; every verb that reads or writes the catalogue."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from pipeline.errors import NotFoundError
from pipeline.model import Action
from pipeline.model import Batch
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import Queue
from pipeline.model import Role
from pipeline.model import Selection
from pipeline.model import ShootGroup
from pipeline.model import State
from pipeline.model import Version
from pipeline.store import attempts
from pipeline.store import batches
from pipeline.store import chain
from pipeline.store import checkup
from pipeline.store import claims
from pipeline.store import decisions
from pipeline.store import deliveries
from pipeline.store import groups
from pipeline.store import rows
from pipeline.store import safekeeping
from pipeline.store import sidecars
from pipeline.store.deliveries import NewDelivery
from pipeline.store.opening import files_at
from pipeline.store.opening import open_place
from pipeline.store.people import LINE
from pipeline.store.place import Place
from pipeline.store.place import place
from pipeline.store.protocol import Holder
from pipeline.store.records import Claim
from pipeline.store.records import Delivery
from pipeline.store.records import Finding
from pipeline.store.review import Review
from pipeline.store.safekeeping import Kept
from pipeline.store.shipping import Shipping
from pipeline.store.trouble import explained


class Store(Review, Shipping):
    """A studio: its catalogue, `whitepoint.sqlite` in its folder or a team's server, and `files/`.

    Every write is one transaction that is on the disk when the call returns. Versions, steps, attempts, decisions
    and deliveries are only ever added. Times are nanoseconds UTC.

    Attributes:
        place: where it is.
        folder: its folder.
        files: its content-addressed files; put a file there before a row names it.
    """

    def __init__(self, where: str | Path | Place) -> None:
        """Open the studio, making it when it does not exist.

        Raises StudioError with one sentence when it cannot, KnownError for a place that is none.
        """
        named = place(where)
        self.place = replace(named, folder=named.folder.absolute())
        self.folder = self.place.folder
        self._catalog = open_place(self.place)
        self._holder: Holder | None = None
        try:
            self.files = files_at(self.place)
            self.files.sweep()
            with explained(self.folder):
                claims.forget_dead_holders(self._catalog)
        except BaseException:
            self._catalog.close()
            raise

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was claimed through this Store and not recorded may be claimed by others."""
        self._catalog.close()
        if self._holder is not None:
            self._holder.close()
            self._holder = None

    # Batches and images

    def add_batch(self, name: str, client: str, images: Sequence[NewImage]) -> Batch:
        """Add a batch with all its images, or nothing; a taken name becomes “name 2”.

        Originals must be in `files` already. Refused images are recorded with their sentence. Raises KnownError for
        an empty name or two files of one name, StudioError for a missing original.
        """
        return batches.add_batch(self._catalog, self.files, name, client, images)

    def add_drop(
        self, name: str, client: str, images: Sequence[NewImage], *, note: str, known: int = 0
    ) -> Batch | None:
        """Add what came through a hot folder as a batch, or nothing; the `note` of an image says which file it was.

        An image whose note is taken already by one in a batch newer than `known` (an id) is left out; None when that
        leaves nothing.
        """
        return batches.add_drop(self._catalog, self.files, name, client, images, note=note, known=known)

    def dropped(self, note: str, known: int = 0) -> dict[str, int]:
        """The id of the batch by that note, for every image that has it in a batch newer than `known` (an id)."""
        with self._catalog.reading():
            return batches.dropped(self._catalog, note, known)

    def batches(self) -> list[Batch]:
        """All batches, oldest first."""
        with self._catalog.reading():
            return batches.all_batches(self._catalog)

    def batch(self, name: str | None = None) -> Batch:
        """The batch of that name, the newest for None. Raises NotFoundError naming the nearest known one."""
        with self._catalog.reading():
            return batches.batch_named(self._catalog, name)

    def entries(self, batch: str, *, queue: Queue | None = None, state: State | None = None) -> list[Entry]:
        """The images of a batch by id, all of them or those in one queue or state. Raises NotFoundError."""
        wanted = [value.value for value in (queue, state) if value is not None]
        with self._catalog.reading():
            number = batches.batch_named(self._catalog, batch).id
            where = " AND ".join(["WHERE s.batch = ?"] + ["s.state = ?"] * len(wanted))
            return rows.load_entries(self._catalog, where, [number, *wanted])

    def entry(self, image: int) -> Entry:
        """One image by id. Raises NotFoundError."""
        with self._catalog.reading():
            return rows.load_entry(self._catalog, image)

    def find(self, text: str, batch: str | None = None) -> Entry:
        """One image by id, path or file name, in `batch` or else in the newest batch that has it.

        Raises NotFoundError naming the nearest file, or the files when the name fits several.
        """
        with self._catalog.reading():
            return batches.find(self._catalog, text, batch)

    def counts(self, batch: str) -> dict[State, int]:
        """How many images of the batch, of every batch for "", stand where; every state is there, also with 0."""
        return self.tally(batch, Selection())

    def ungrouped(self, batch: str) -> list[ImageRecord]:
        """The images of the batch that wait for the line and belong to no shoot group yet. Raises NotFoundError."""
        with self._catalog.reading():
            return groups.ungrouped(self._catalog, batches.batch_named(self._catalog, batch).id)

    def add_groups(self, batch: str, found: Sequence[ShootGroup]) -> None:
        """Record shoot groups whose members are image ids; an image that has a group keeps it."""
        groups.add_groups(self._catalog, self.batch(batch).id, found)

    # Claims and results

    def claim(self, batch: str, *, owner: str, count: int, lease_seconds: float) -> list[Claim]:
        """Take up to `count` images that wait for the line; nobody else gets them before the lease ends.

        Claims of a killed program are free once nothing else is, others when their lease ends. The third claim without
        an answer is the last: then the image fails with a sentence.
        """
        number = self.batch(batch).id
        who = {"owner": owner, "holder": self._holder_name(), "lease_seconds": lease_seconds}
        taken = claims.claim(self._catalog, number, count=count, dead=(), **who)
        if len(taken) < count and (dead := self._dead_holders()):
            taken += claims.claim(self._catalog, number, count=count - len(taken), dead=dead, **who)
        return taken

    def claim_image(self, image: int, *, owner: str, lease_seconds: float) -> Claim:
        """Take one image, finished or not, to record a repair of it; the same owner may take it again.

        Raises ConflictError while somebody else holds it, NotFoundError.
        """
        holder = self._holder_name()
        return claims.claim_image(self._catalog, image, owner=owner, holder=holder, lease_seconds=lease_seconds)

    def record(
        self, outcome: Outcome, *, owner: str, token: int, actor: str = LINE, parent: int | None = None
    ) -> Version | None:
        """Keep what a claim came to: attempt, steps and version in one transaction; None for a failure.

        `actor` is the person who made it, or “line”. Raises ConflictError when the claim is no longer this owner's:
        then nothing was kept.
        """
        return attempts.record(self._catalog, self.files, outcome, owner=owner, token=token, actor=actor, parent=parent)

    def renew(self, owner: str, lease_seconds: float) -> int:
        """Extend the leases this owner holds, from now; return how many there are."""
        return claims.renew(self._catalog, owner, lease_seconds)

    def release(self, owner: str) -> None:
        """Give back what this owner still holds; that does not count as a try."""
        claims.release(self._catalog, owner)

    def retry(self, image: int) -> None:
        """Let the line claim a failed or sent-back image again. Raises ConflictError for any other, NotFoundError."""
        claims.retry(self._catalog, image)

    # Decisions

    def decide(
        self,
        image: int,
        action: Action,
        *,
        person: str,
        role: Role = Role.EDITOR,
        version: int | None = None,
        reason: str = "",
        note: str = "",
        seconds: float = 0.0,
        grace_seconds: float = 0.0,
        display: str | None = None,
    ) -> Decision:
        """Record what a person decides about the current version; `version` is the one they saw.

        `display` is the fingerprint of the monitor's profile, "" for an unknown one, None away from any screen.
        Nothing is delivered on the decision within `grace_seconds`, unless the batch is closed.
        Raises ConflictError when that is no longer the current one, when the image's state does not take the action,
        when somebody else has the image open, or when the two-person rule forbids it; NotFoundError.
        """
        return decisions.decide(
            self._catalog,
            image,
            action,
            person=person,
            role=role,
            version=version,
            reason=reason,
            note=note,
            seconds=seconds,
            grace_seconds=grace_seconds,
            display=display,
        )

    def undo(self, person: str, batch: str | None = None, *, depth: int | None = None) -> Decision:
        """Retract this person's newest standing decision, if among their last `depth`; returns the retraction.

        Raises KnownError when there is none, ConflictError when a sign-off or a delivery stands on it.
        """
        return decisions.undo(self._catalog, person, batch, depth)

    def clear(self, image: int, person: str) -> Decision:
        """Set an image back to undecided: retract all that this person decided about its current version.

        Raises KnownError when nothing of theirs stands there, ConflictError when somebody else has decided since.
        """
        return decisions.clear(self._catalog, image, person)

    def redo(self, person: str, batch: str | None = None) -> Decision:
        """Decide again what this person's last undo took back; returns the new decision.

        Raises KnownError when there is nothing, ConflictError when the image has moved on.
        """
        return decisions.redo(self._catalog, person, batch)

    def decisions(self, image: int) -> list[Decision]:
        """Everything decided about the image, retractions too, oldest first."""
        with self._catalog.reading():
            return rows.load_decisions(self._catalog, "WHERE d.image = ?", [image])

    def all_decisions(self) -> list[Decision]:
        """Everything decided in this studio but answers that are known, retractions too, oldest first."""
        with self._catalog.reading():
            return rows.load_decisions(self._catalog, "WHERE d.image NOT IN (SELECT image FROM known_answer)", [])

    def close_batch(self, batch: str, person: str) -> None:
        """Let everything decided in the batch until now take effect at once. Raises NotFoundError."""
        decisions.close_batch(self._catalog, self.batch(batch).id, person)

    def in_grace(self, batch: str) -> dict[int, int]:
        """Until when (ns UTC) decisions of the batch may still be taken back, by image; those over are not there."""
        with self._catalog.reading():
            return decisions.in_grace(self._catalog, batches.batch_named(self._catalog, batch).id)

    # Versions and deliveries

    def versions(self, image: int) -> list[Version]:
        """All versions of the image, oldest first; the last is the current one."""
        with self._catalog.reading():
            return rows.load_versions(self._catalog, "WHERE v.image = ?", [image])

    def version(self, id: int) -> Version:
        """One version by id. Raises NotFoundError."""
        with self._catalog.reading():
            found = rows.load_versions(self._catalog, "WHERE v.id = ?", [id])
        if not found:
            raise NotFoundError(f"There is no version {id} in this studio; look it up with show.")
        return found[0]

    def add_delivery(self, *, version: int, platform: str, name: str, sha256: str, report: dict[str, Any]) -> None:
        """Record that a verified file of this version left. Raises ConflictError unless the image may leave now."""
        new = NewDelivery(version, platform, name, sha256, report)
        deliveries.add_deliveries(self._catalog, [new], lambda: None)

    def add_deliveries(self, new: Sequence[NewDelivery], then: Callable[[], None]) -> None:
        """Record all of them in one transaction that `then`, which makes them leave, is part of; all or nothing.

        Raises ConflictError unless every image may leave now.
        """
        deliveries.add_deliveries(self._catalog, new, then)

    def anchor(self, versions: Sequence[int]) -> tuple[int, str]:
        """Number and hash of the newest event that made or decided about one of these versions, for a manifest."""
        with self._catalog.reading():
            return deliveries.anchor(self._catalog, versions)

    def deliveries(self, batch: str) -> list[Delivery]:
        """Everything of the batch that left, oldest first. Raises NotFoundError."""
        where = "JOIN image AS i ON i.id = v.image WHERE i.batch = ?"
        with self._catalog.reading():
            return rows.load_deliveries(self._catalog, where, [batches.batch_named(self._catalog, batch).id])

    def deliveries_of(self, sha256: str) -> list[Delivery]:
        """Everything that left as the file with this SHA-256, oldest first; empty for a stranger's file."""
        with self._catalog.reading():
            return rows.load_deliveries(self._catalog, "WHERE e.sha256 = ?", [sha256])

    # The studio itself

    def check(self, on_progress: checkup.Progress | None = None) -> list[Finding]:
        """Verify the database, its references, the audit chain and every file's hash; empty when all is well."""
        return checkup.check(self._catalog, self.files, on_progress)

    def backup(self, target: Path, *, reread: bool = False, on_progress: checkup.Progress | None = None) -> Kept:
        """Copy the studio to the folder `target` while others go on; see `pipeline.store.safekeeping.backup`."""
        return safekeeping.backup(self._catalog, self.files, target, reread=reread, on_progress=on_progress)

    def mend(self, findings: list[Finding], source: Path) -> list[str]:
        """Bring damaged and missing files back from the backup `source`; return the SHA-256 of those it could."""
        return safekeeping.mend(self.files, findings, source)

    @property
    def has_written(self) -> bool:
        """Whether anything was written through this Store."""
        return self._catalog.has_written

    def keep_safe(self) -> int:
        """Bring the sidecars up to date and keep today's copy of the catalogue; return how many sidecars were written.

        Raises StudioError where they cannot be written.
        """
        self._catalog.keep_daily()
        return sidecars.write_sidecars(self._catalog, self.files)

    def head(self) -> tuple[int, str]:
        """The newest event's number and hash: it goes into manifests and backups, to prove the audit trail later."""
        with self._catalog.reading():
            newest = chain.head(self._catalog)
        return newest["seq"], newest["hash"]

    def _dead_holders(self) -> list[str]:
        with explained(self.folder), self._catalog.reading():
            return claims.dead_holders(self._catalog)

    def _holder_name(self) -> str:
        if self._holder is None:
            self._holder = self._catalog.holder()
        return self._holder.name
