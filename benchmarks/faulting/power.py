"""Power cuts: what a program asked the disk to keep is recorded, and played back with what was never synced forgotten.

`record.c`, loaded into the program, writes down every write, cut, sync, rename and removal. A cut after any of them
leaves on the disk what was synced, and of the rest whatever the system happened to write: nothing, all, or some pages
(ALICE, OSDI 2014; LazyFS, VLDB 2024). Names are kept by syncing their folder, as POSIX has it.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path

from benchmarks.faulting.planted import POWER_CUTS
from benchmarks.faulting.story import promises_kept
from benchmarks.faulting.story import tell

PAGE = 4096
SOURCE = Path(__file__).with_name("record.c")


@dataclass(frozen=True)
class Call:
    """One thing the program asked for; `op` as in record.c, or A for an acknowledgement (`path` what, `other` name)."""

    op: str
    inode: int
    number: int
    path: str
    other: str
    data: bytes = b""


@dataclass
class Disk:
    """What is surely on the disk, and what waits: bytes by inode, names by path; `seen` is what programs see."""

    contents: dict[int, bytearray] = field(default_factory=dict)
    waiting: dict[int, list[Call]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    moves: list[Call] = field(default_factory=list)
    folders: dict[int, str] = field(default_factory=dict)

    def take(self, call: Call) -> None:
        """Follow one call."""
        if call.op in "CRUM":
            if call.op == "R":
                call = replace(call, inode=self.seen[call.path])
            _move(self.seen, call)
            self.moves.append(call)
            if call.op == "C":
                self.contents[call.inode], self.waiting[call.inode] = bytearray(), []
            elif call.op == "M":
                self.folders[call.inode] = call.path
        elif call.op in "WT":
            self.waiting.setdefault(call.inode, []).append(call)
        elif call.op == "S":
            self._sync(call.inode)

    def _sync(self, inode: int) -> None:
        if inode in self.folders:
            folder = self.folders[inode]
            mine = [call for call in self.moves if _folder_of(call) == folder]
            self.moves = [call for call in self.moves if _folder_of(call) != folder]
            for call in mine:
                _move(self.names, call)
            return
        for call in self.waiting.pop(inode, []):
            _apply(self.contents.setdefault(inode, bytearray()), call)

    def after_the_cut(self, chance: random.Random, keeps: float) -> tuple[dict[str, int], dict[int, bytearray]]:
        """Return the names and contents found after a cut: of what waited each part with probability `keeps`."""
        names, contents = dict(self.names), {inode: bytearray(data) for inode, data in self.contents.items()}
        for call in self.moves:
            # A journal brings names in order, so that nothing later than a lost one is there.
            if chance.random() >= keeps:
                break
            _move(names, call)
        for inode, calls in self.waiting.items():
            for call in calls:
                for part in _pages(call):
                    if chance.random() < keeps:
                        _apply(contents.setdefault(inode, bytearray()), part)
        return names, contents


def available() -> bool:
    """Tell whether power cuts can be simulated here: Linux with a C compiler."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def recorded(folder: Path, plant: str = "") -> list[Call]:
    """Tell the story in a program of its own below `folder`, with or without a planted bug; return its calls."""
    library, log, studio = folder / "record.so", folder / "log", folder / "root" / "studio"
    studio.parent.mkdir()
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    environment = {**os.environ, "LD_PRELOAD": str(library), "POWER_LOG": str(log), "POWER_ROOT": str(studio.parent)}
    command = [sys.executable, "-m", "benchmarks.faulting.power", str(studio), str(log), plant]
    subprocess.run(command, check=True, env=environment, cwd=SOURCE.parents[2])
    calls = list(_read(log.read_bytes()))
    return [Call("M", studio.parent.stat().st_ino, 0, str(studio.parent), ""), *calls]


def broken_promises(calls: list[Call], cut: int, place: Path, chance: random.Random, keeps: float) -> list[str]:
    """Cut the power after `cut` calls, make what is left of the studio at `place`, and return what it lost.

    `place` is emptied first.
    """
    disk, promises = Disk(), []
    for call in calls[:cut]:
        if call.op == "A":
            promises.append((call.path, call.other))
        else:
            disk.take(call)
    root = calls[0].path
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    names, contents = disk.after_the_cut(chance, keeps)
    for name, inode in sorted(names.items()):
        target = place / Path(name).relative_to(root)
        if not target.parent.is_dir():
            continue  # what lies in a folder whose name was lost is lost with it
        if inode in disk.folders:
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(contents.get(inode, b""))
    studio = place / "studio"
    if not promises and not studio.exists():
        return []
    try:
        return promises_kept(studio, promises)
    except Exception as error:
        return [f"the studio does not open: {type(error).__name__}: {error}"]


def cuts(calls: list[Call], count: int, seed: int) -> Iterator[tuple[int, float]]:
    """Yield places for `count` power cuts, spread over the calls, each with how much of the rest the system keeps."""
    chance = random.Random(seed)
    for number in range(count):
        at = 1 + round((len(calls) - 1) * (number + chance.random()) / count)
        yield min(at, len(calls)), (0.0, 0.0, 0.5, 0.9)[number % 4]


def _read(log: bytes) -> Iterator[Call]:
    at = 0
    while at < len(log):
        end = log.index(b"\n", at)
        op, inode, number, length, path, other = log[at:end].decode().split("\t")
        at = end + 1 + int(length)
        yield Call(op, int(inode), int(number), path, other, log[end + 1 : at])


def _folder_of(call: Call) -> str:
    return os.path.dirname(call.other if call.op == "R" else call.path)


def _move(names: dict[str, int], call: Call) -> None:
    if call.op == "U":
        names.pop(call.path, None)
    elif call.op == "R":
        names.pop(call.path, None)
        names[call.other] = call.inode
    else:
        names[call.path] = call.inode


def _apply(content: bytearray, call: Call) -> None:
    if call.op == "T":
        del content[call.number :]
        content.extend(bytes(call.number - len(content)))
        return
    content.extend(bytes(max(0, call.number - len(content))))
    content[call.number : call.number + len(call.data)] = call.data


def _pages(call: Call) -> Iterator[Call]:
    if call.op == "T":
        yield call
        return
    for start in range(0, len(call.data), PAGE):
        yield Call("W", call.inode, call.number + start, "", "", call.data[start : start + PAGE])


def _tell_aloud(studio: Path, log: Path, plant: str) -> None:
    """The recorded program: what it acknowledges goes into the same record, in its place among the calls."""
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    if plant:
        POWER_CUTS[plant]()
    tell(studio, said=lambda what, name: os.write(handle, f"A\t0\t0\t0\t{what}\t{name}\n".encode()))
    os.close(handle)


if __name__ == "__main__":
    _tell_aloud(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
