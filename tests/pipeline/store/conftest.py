"""A studio for every test of the store, on a memory disk where there is one: these tests sync thousands of times.

What is true of a catalogue is true of both kinds: every test with a `studio` runs on a file and on a server, but for
those marked `of_a_file`, which are about the file itself or tell the same history at length.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from team_server import TeamServer

from pipeline.store.place import Place
from pipeline.store.store import Store

MEMORY_DISK = Path("/dev/shm")
VARIANTS = 2


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "studio" in metafunc.fixturenames:
        kinds = [pytest.param("file", id="file")]
        if not any(metafunc.definition.iter_markers("of_a_file")):
            kinds.append(pytest.param("server", id="server", marks=pytest.mark.server))
        metafunc.parametrize("studio", kinds, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test with many variants a server is asked two; a file answers all of them."""
    asked: Counter[str] = Counter()
    kept = []
    for item in items:
        if "studio" in getattr(item, "fixturenames", ()) and item.get_closest_marker("server"):
            name = item.nodeid.split("[")[0]
            asked[name] += 1
            if asked[name] > VARIANTS:
                continue
        kept.append(item)
    items[:] = kept


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder of its own."""
    place = MEMORY_DISK if MEMORY_DISK.is_dir() else None
    path = Path(tempfile.mkdtemp(prefix="whitepoint-", dir=place))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def team(team_server: TeamServer, team_database: str, folder: Path) -> Place:
    """Where a team's studio is: a database of its own that holds the empty schema."""
    return team_server.place(team_database, folder / "studio")


@pytest.fixture
def studio(folder: Path, request: pytest.FixtureRequest) -> Path | Place:
    """Where a studio will be; in a file it does not exist yet."""
    return folder / "studio" if request.param == "file" else request.getfixturevalue("team")


@pytest.fixture
def store(studio: Path | Place) -> Iterator[Store]:
    """An open, empty studio."""
    with Store(studio) as opened:
        yield opened
