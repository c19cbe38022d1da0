"""Rollback: a wave or batch is called back, the files that were there before are given again, and a list says so."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.model import Recalled
from pipeline.model import Rollback
from pipeline.run.spreadsheet import csv_table
from pipeline.run.writing import growing_folder
from pipeline.run.writing import take_place
from pipeline.store.store import Store

LIST = "recall.csv"
COLUMNS = ("platform", "name", "sha256", "reason", "restored", "file", "image")


@dataclass(frozen=True)
class RolledBack:
    """What a rollback came to.

    Attributes:
        folder: where `recall.csv` and the restored files lie, one folder per platform.
        restored: the files that were there before, byte for byte.
        problems: one sentence for every earlier file that the studio no longer has.
    """

    rollback: Rollback
    folder: Path
    restored: tuple[Path, ...]
    problems: tuple[str, ...]

    def sentence(self) -> str:
        """Return what happened, in one sentence."""
        back = self.rollback
        which = f"“{back.batch}”" if back.wave is None else f"wave {back.wave} of “{back.batch}”"
        return (
            f"{which}: {back.images} images wait again, {len(back.recalled)} files are called back, "
            f"{len(self.restored)} earlier ones restored; the list is {self.folder / LIST}"
        )


def roll_back(
    store: Store, batch: str, *, wave: int | None = None, by: str, reason: str = "", to: Path | None = None
) -> RolledBack:
    """Call back a wave (its number) or a whole batch, and write the earlier files and the recall list into `to`.

    Rows are only added: deliveries stay on record as called back, their images wait where they came from. Called a
    second time, where nothing is left to call back, it writes the newest rollback's files again. `to` is a folder of
    the studio by default. Raises KnownError where there is nothing, or the folder cannot be written.
    """
    try:
        done = store.roll_back(batch, wave, reason=reason, person=by)
    except KnownError:
        earlier = [one for one in store.rollbacks(batch) if one.wave == wave]
        if not earlier:
            raise
        done = earlier[-1]
    return _write(store, done, to or store.folder / "rollbacks" / str(done.id))


def _write(store: Store, done: Rollback, folder: Path) -> RolledBack:
    restored: list[Path] = []
    problems: list[str] = []
    _refuse_foreign(folder)
    with growing_folder(beside=folder) as growing:
        for one in done.recalled:
            if not one.restored:
                continue
            try:
                data = store.files.read(one.restored)
            except StudioError:
                words = f"{one.platform}: the file that was {one.name} before is not in the studio; export it again."
                problems.append(words)
                continue
            _put(growing / one.platform / one.name, data)
            restored.append(folder / one.platform / one.name)
        _put(growing / LIST, recall_list(done.recalled))
        growing.chmod(0o755)
        take_place(growing, folder)
    return RolledBack(done, folder, tuple(restored), tuple(problems))


def _refuse_foreign(folder: Path) -> None:
    """Only an empty folder, or an earlier rollback's own, is replaced."""
    if folder.exists() and not (folder.is_dir() and ((folder / LIST).is_file() or not any(folder.iterdir()))):
        raise KnownError(f"{folder} holds other things; choose an empty folder for the restored files.")


def _put(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        same = path.read_bytes() == data
    except OSError as error:
        raise KnownError(f"{path} cannot be written ({error.strerror}); free space and roll back again.") from error
    if not same:
        raise KnownError(f"{path} reads back differently than it was written; check the disk and roll back again.")


def recall_list(recalled: tuple[Recalled, ...]) -> bytes:
    """Return the list of called back files as CSV (UTF-8 with a byte order mark, for spreadsheets)."""
    return csv_table(COLUMNS, ([getattr(one, column) for column in COLUMNS] for one in recalled))
