"""The platforms of these tests ask for fewer pixels, which changes nothing but the time; studios of made products."""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.color import adobe16_to_srgb8
from pipeline.color import srgb_profile
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.model import WorkItem
from pipeline.photo_io.encode import encode
from pipeline.run.pictures import store_pictures
from pipeline.settings import Settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.stages.prepare import prepare
from pipeline.stages.score import score
from pipeline.stages.whiten import whiten
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox

Add = Callable[..., list[WorkItem]]


@pytest.fixture(scope="session")
def settings(small_settings: Settings) -> Settings:
    return small_settings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "studio") as opened:
        yield opened


@pytest.fixture
def add(store: Store, toolbox: Toolbox, settings: Settings) -> Add:
    """Ingest and process synthetic products whose exact mask stands in for the cut-out engine."""

    def added(items: list[WorkItem], *, codes: list[dict], state: State = State.APPROVED) -> list[WorkItem]:
        images, masks = [], {}
        for number, (item, known) in enumerate(zip(items, codes, strict=True)):
            data = encode(adobe16_to_srgb8(item.photo.rgb), format="png", icc=srgb_profile())
            name = f"photo-{number}.png"
            images.append(NewImage(name, store.files.put_bytes(data), len(data), *item.photo.size, **known))
            masks[name] = item.mask
        batch = store.add_batch("shoot", "client", images)
        done = []
        for claim in store.claim(batch.name, owner="test", count=100, lease_seconds=600):
            item = prepare(claim.record, store.files.path(claim.record.sha256), settings)
            item = replace(item, mask=masks[claim.record.file], routing=items[0].routing)
            for stage in (whiten, frame, correct_color, score):
                item = stage(item, toolbox, settings)
            outcome = Outcome(
                image=claim.record.id,
                state=state,
                seconds=0.1,
                settings=settings.fingerprint,
                routing=item.routing,
                score=item.score,
                readings=item.readings,
                gates=item.gates,
                flags=item.flags,
                steps=item.steps,
                frame=item.frame,
                **store_pictures(item, store.files, settings),
            )
            store.record(outcome, owner="test", token=claim.token)
            done.append(item)
        return done

    return added
