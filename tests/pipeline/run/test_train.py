"""`train complexity` on a studio of made-up decisions whose truth is known."""

import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.measure.artifact import artifact_probability
from pipeline.measure.artifact import load_artifact
from pipeline.measure.difficulty import CLASSES
from pipeline.measure.difficulty import difficulty_chances
from pipeline.measure.difficulty import load_difficulty
from pipeline.measure.refit import refit
from pipeline.model import Action
from pipeline.model import Complexity
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import Reading
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.run.train import ARTIFACTS
from pipeline.run.train import DIFFICULTY
from pipeline.run.train import train
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.stages.classify import judge
from pipeline.store.store import Store
from pipeline.tools.toolbox import open_toolbox

SHIPPED = load_difficulty()
World = Callable[[Complexity, np.ndarray, np.random.Generator], tuple[Action, str]]


def photos(count: int, rng: np.random.Generator) -> np.ndarray:
    """Readings as photos have them: spread as in the frames that the shipped model learned from."""
    squashed = SHIPPED.mean + SHIPPED.scale * rng.normal(size=(count, len(SHIPPED.features)))
    return np.expm1(np.maximum(squashed, 0)) / 20


def live(store: Store, settings: Settings, world: World, count: int, seed: int = 1) -> None:
    """Let the line judge `count` photos and people decide about each as `world` has it."""
    rng = np.random.default_rng(seed)
    rows = photos(count, rng)
    sha = store.files.put_bytes(b"photo")
    batch = store.add_batch("b", "", [NewImage(f"{n}.jpg", sha, 5) for n in range(count)]).name
    claims = store.claim(batch, owner="o", count=count, lease_seconds=600)
    for claim, row, chances in zip(claims, rows, SHIPPED.chances(rows).tolist(), strict=True):
        judged = judge(dict(zip(CLASSES, chances, strict=True)), settings)
        route = Route.AUTOMATIC if judged is Complexity.SIMPLE else Route.HUMAN
        readings = tuple(Reading(n, float(v), "") for n, v in zip(SHIPPED.features, row, strict=True))
        routing = Routing(judged, route, readings=readings)
        outcome = Outcome(claim.record.id, State.REVIEW, 1.0, "0", routing=routing)
        version = store.record(outcome, owner="o", token=claim.token)
        action, reason = world(judged, row, rng)
        store.decide(claim.record.id, action, person="Ada", version=version.id, reason=reason)


def texture_is_hard(judged: Complexity, row: np.ndarray, rng: np.random.Generator) -> tuple[Action, str]:
    """In this studio whatever is textured comes out with a halo, and nothing else does."""
    at = SHIPPED.features.index("texture")
    hard = np.log1p(20 * row[at]) > SHIPPED.mean[at]
    return (Action.REDO, "halo") if hard else (Action.APPROVE, "")


def chance(judged: Complexity, row: np.ndarray, rng: np.random.Generator) -> tuple[Action, str]:
    """The machine judges well, and now and then somebody sees a halo where there is none."""
    if judged is Complexity.MEDIUM:
        return Action.REJECT, "blurred"
    good = judged is Complexity.SIMPLE and rng.random() > 0.15
    return (Action.APPROVE, "") if good else (Action.REDO, "halo")


@pytest.fixture
def settings() -> Settings:
    shipped = load_settings()
    return replace(shipped, training=replace(shipped.training, min_decisions=120))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store(tmp_path / "studio") as opened:
        yield opened


def test_too_few_decisions_are_one_sentence(store: Store, settings: Settings) -> None:
    live(store, settings, texture_is_hard, 20)
    with pytest.raises(KnownError, match=r"^\d+ decided images say .* and 120 are needed"):
        train(store, settings, DIFFICULTY)


def test_a_studio_with_its_own_truth_gets_a_better_model_of_its_own(store: Store, settings: Settings) -> None:
    live(store, settings, texture_is_hard, 240)
    training = train(store, settings, DIFFICULTY)
    assert training.file == store.folder / "models" / "complexity.json"
    assert sum(map(sum, training.old.confusion)) == sum(map(sum, training.new.confusion)) == training.decisions
    assert training.new.right > 1.15 * training.old.right
    assert training.new.missed < training.old.missed
    own = load_difficulty(store.folder / "models")
    assert own.name == training.new.name == f"{SHIPPED.name}+{training.decisions}"
    assert own.features == SHIPPED.features
    # The line in its worker processes judges with it from now on.
    travelled = pickle.loads(pickle.dumps(open_toolbox(settings, store.folder)))
    assert load_difficulty(travelled.own_models).name == own.name


def test_a_worse_model_is_reported_and_not_used(store: Store, settings: Settings) -> None:
    live(store, settings, chance, 240)
    careless = replace(settings, training=replace(settings.training, prior_strength=1e-4))
    training = train(store, careless, DIFFICULTY)
    assert training.file is None
    assert training.new.right < training.old.right or training.new.missed > training.old.missed
    assert not (store.folder / "models").exists()
    assert load_difficulty(store.folder / "models").name == SHIPPED.name


def test_the_second_time_only_fresh_decisions_judge_and_the_old_model_is_kept(store: Store, settings: Settings) -> None:
    live(store, settings, texture_is_hard, 240)
    first = train(store, settings, DIFFICULTY)
    with pytest.raises(KnownError, match="since the last time"):
        train(store, settings, DIFFICULTY)
    live(store, settings, texture_is_hard, 240, seed=2)
    second = train(store, settings, DIFFICULTY)
    assert second.decisions > second.fresh >= 120
    assert second.old.name == first.new.name
    assert sum(map(sum, second.old.confusion)) == second.fresh
    if second.file:
        kept = store.folder / "models" / f"complexity.{first.new.name}.json"
        assert json.loads(kept.read_text())["name"] == first.new.name


def test_a_strong_prior_keeps_the_shipped_model_and_no_data_changes_nothing() -> None:
    rows = photos(50, np.random.default_rng(3))
    labels = np.zeros(50, np.intp)
    stiff = refit(SHIPPED, rows, labels, strength=1e9, name="stiff")
    np.testing.assert_allclose(stiff.chances(rows), SHIPPED.chances(rows), atol=1e-4)
    bent = refit(SHIPPED, rows, labels, strength=1.0, name="bent")
    assert bent.chances(rows)[:, 0].mean() > SHIPPED.chances(rows)[:, 0].mean()
    none = refit(SHIPPED, rows[:0], labels[:0], strength=1.0, name="none")
    np.testing.assert_allclose(none.weights, SHIPPED.weights)


def test_probabilities_of_a_table_are_those_of_the_model_row_by_row() -> None:
    rows = photos(5, np.random.default_rng(4))
    for row, chances in zip(rows, SHIPPED.chances(rows), strict=True):
        readings = [Reading(name, float(value), "") for name, value in zip(SHIPPED.features, row, strict=True)]
        assert list(difficulty_chances(SHIPPED, readings).values()) == pytest.approx(chances.tolist())


def test_a_model_grown_from_another_program_does_not_count_and_a_damaged_one_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "complexity.json"
    file.write_text(json.dumps(SHIPPED.document() | {"base": "complexity-older", "name": "own"}), "utf-8")
    assert load_difficulty(tmp_path).name == SHIPPED.name
    file.write_text("{", "utf-8")
    with pytest.raises(StudioError, match="remove it to use the shipped model"):
        load_difficulty(tmp_path)


def bad_halos(store: Store, count: int) -> None:
    """In this studio editors send back what the shipped model calls clean: every faintly jagged edge."""
    rng = np.random.default_rng(5)
    sha = store.files.put_bytes(b"photo")
    batch = store.add_batch("b", "", [NewImage(f"{n}.jpg", sha, 5) for n in range(count)]).name
    for claim in store.claim(batch, owner="o", count=count, lease_seconds=600):
        jagged = float(rng.uniform(0, 0.1))
        outcome = Outcome(
            claim.record.id,
            State.REVIEW,
            1.0,
            "0",
            routing=Routing(Complexity.SIMPLE, Route.AUTOMATIC),
            readings=(Reading("edge_width", 1.0, "ratio"), Reading("jaggedness", jagged, "px")),
        )
        version = store.record(outcome, owner="o", token=claim.token)
        action, reason = (Action.REDO, "halo") if jagged > 0.05 else (Action.APPROVE, "")
        store.decide(claim.record.id, action, person="Ada", version=version.id, reason=reason)


def test_the_artifact_model_learns_what_this_studio_sends_back(store: Store, settings: Settings) -> None:
    bad_halos(store, 160)
    training = train(store, settings, ARTIFACTS)
    assert training.file == store.folder / "models" / "artifact.json"
    assert training.new.right > 1.4 * training.old.right
    own = load_artifact(store.folder / "models")
    smooth, rough = ([Reading("edge_width", 1.0, "ratio"), Reading("jaggedness", v, "px")] for v in (0.01, 0.09))
    assert artifact_probability(own, smooth) < 0.5 < artifact_probability(own, rough)
