"""Any history of versions, decisions, undo, redo and deliveries: the store agrees with a small model of it."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import initialize
from hypothesis.stateful import invariant
from hypothesis.stateful import rule
from studio_stories import add_batch
from studio_stories import fail
from studio_stories import make_version

from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.model import Action
from pipeline.model import Role
from pipeline.model import State
from pipeline.store.store import Store

MEMORY_DISK = Path("/dev/shm")
IMAGES = (1, 2)
EDITORS = ("Ann",)
SENIORS = ("Sue", "Tom")
REVIEWABLE = {State.EDIT, State.REVIEW, State.REDO, State.SIGN_OFF, State.APPROVED}


class Model:
    """The same rules told as lists and stacks: no SQL, no rows, nothing shared with the store."""

    def __init__(self):
        self.versions = {image: [] for image in IMAGES}
        self.failed = dict.fromkeys(IMAGES, False)
        self.standing = []
        self.undone = {person: [] for person in EDITORS + SENIORS}
        self.made = {person: [] for person in EDITORS + SENIORS}
        self.delivered = {}
        self.clock = 0

    def tick(self):
        self.clock += 1
        return self.clock

    def current(self, image):
        return len(self.versions[image])

    def about(self, image):
        """Standing decisions on the current version, oldest first."""
        return [d for d in self.standing if (d["image"], d["version"]) == (image, self.current(image))]

    def state(self, image):
        newest = self.about(image)[-1] if self.about(image) else None
        if self.failed[image]:
            return State.REJECTED if newest and newest["action"] is Action.REJECT else State.FAILED
        if not self.versions[image]:
            return State.NEW
        version = self.versions[image][-1]
        delivered = self.delivered.get((image, self.current(image)))
        if delivered and (newest is None or newest["at"] < delivered):
            return State.DELIVERED
        after = {Action.REJECT: State.REJECTED, Action.REDO: State.REDO, Action.SIGN_OFF: State.READY}
        if newest and newest["action"] in after:
            return after[newest["action"]]
        if newest or version["state"] is State.APPROVED:
            return State.SIGN_OFF if version["needs"] else State.APPROVED
        return version["state"]

    def may(self, image, action, person):
        state = self.state(image)
        if not self.versions[image]:
            return action is Action.REJECT and state in (State.FAILED, State.REJECTED)
        if action is Action.APPROVE:
            return state in REVIEWABLE | {State.REJECTED}
        if action is Action.REDO:
            return state in REVIEWABLE | {State.REJECTED, State.READY, State.DELIVERED}
        if action is Action.REJECT:
            return state in REVIEWABLE | {State.REJECTED, State.FAILED, State.READY, State.DELIVERED}
        author = self.versions[image][-1]["author"]
        approvers = [d["person"] for d in self.about(image) if d["action"] is Action.APPROVE]
        approved = bool(self.about(image)) or author != "line"
        return state is State.SIGN_OFF and person in SENIORS and approved and person not in [author, *approvers]

    def decide(self, image, action, person):
        decision = {"image": image, "version": self.current(image), "action": action, "person": person}
        decision["at"] = self.tick()
        self.standing.append(decision)
        self.made[person].append(decision)

    def may_undo(self, person):
        decision = self.made[person][-1]
        key = decision["image"], decision["version"]
        on_it = [d for d in self.standing if (d["image"], d["version"]) == key and d["at"] > decision["at"]]
        if decision["action"] is Action.APPROVE and any(d["action"] is Action.SIGN_OFF for d in on_it):
            return False
        lasting = decision["action"] in (Action.APPROVE, Action.SIGN_OFF)
        return not (lasting and self.delivered.get(key, 0) > decision["at"])

    def undo(self, person):
        decision = self.made[person].pop()
        self.standing = [other for other in self.standing if other is not decision]
        self.undone[person].append(decision)
        self.tick()

    def may_redo(self, person):
        decision = self.undone[person][-1]
        image = decision["image"]
        return decision["version"] == self.current(image) and self.may(image, decision["action"], person)

    def redo(self, person):
        decision = self.undone[person].pop()
        self.decide(decision["image"], decision["action"], person)


def refusal(work):
    """Do it; return the sentence when it was refused, None when it was done."""
    try:
        work()
    except KnownError as error:
        return error
    return None


images = st.sampled_from(IMAGES)
people = st.sampled_from(EDITORS + SENIORS)


class Histories(RuleBasedStateMachine):
    """Every rule does the same to the studio and to the model; every refusal must be the model's refusal too."""

    @initialize()
    def begin(self):
        place = MEMORY_DISK if MEMORY_DISK.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="whitepoint-", dir=place))
        self.store = Store(self.folder / "studio")
        self.model = Model()
        add_batch(self.store, len(IMAGES))

    def teardown(self):
        if hasattr(self, "store"):
            assert self.store.check() == []
            self.store.close()
            shutil.rmtree(self.folder)

    def somebody_with(self, stacks):
        """Mostly people who have something to take back; anybody while there are none."""
        return st.sampled_from([person for person, stack in stacks.items() if stack] or EDITORS + SENIORS)

    @rule(
        image=images,
        state=st.sampled_from([State.APPROVED, State.EDIT, State.REVIEW]),
        author=st.sampled_from(("line", "line", *EDITORS, *SENIORS)),
        gate=st.booleans(),
    )
    def version(self, image, state, author, gate):
        make_version(self.store, image, state, actor=author, gate=gate)
        self.model.versions[image].append({"state": state, "author": author, "needs": author != "line" or not gate})
        self.model.failed[image] = False
        self.model.tick()

    @rule(image=images)
    def failure(self, image):
        fail(self.store, image)
        self.model.failed[image] = True
        self.model.tick()

    @rule(image=images, action=st.sampled_from([a for a in Action if a is not Action.RETRACT]), person=people)
    def decide(self, image, action, person):
        role = Role.SENIOR if person in SENIORS else Role.EDITOR
        allowed = self.model.may(image, action, person)
        error = refusal(lambda: self.store.decide(image, action, person=person, role=role))
        assert (error is None) == allowed
        if error is None:
            self.model.undone[person].clear()
            self.model.decide(image, action, person)
        else:
            assert isinstance(error, ConflictError)

    @rule(data=st.data())
    def undo(self, data):
        person = data.draw(self.somebody_with(self.model.made))
        there = bool(self.model.made[person])
        allowed = there and self.model.may_undo(person)
        error = refusal(lambda: self.store.undo(person))
        assert (error is None) == allowed
        if error is None:
            self.model.undo(person)
        else:
            assert isinstance(error, ConflictError) == there

    @rule(data=st.data())
    def redo(self, data):
        person = data.draw(self.somebody_with(self.model.undone))
        there = bool(self.model.undone[person])
        allowed = there and self.model.may_redo(person)
        error = refusal(lambda: self.store.redo(person))
        assert (error is None) == allowed
        if error is None:
            self.model.redo(person)
        else:
            assert isinstance(error, ConflictError) == there

    @rule(image=images)
    def deliver(self, image):
        entry = self.store.entry(image)
        allowed = self.model.state(image) in (State.APPROVED, State.READY, State.DELIVERED)
        if entry.version is None:
            assert not allowed
            return
        values = {"version": entry.version.id, "platform": "print", "name": "a.tif", "sha256": "0" * 64, "report": {}}
        assert (refusal(lambda: self.store.add_delivery(**values)) is None) == allowed
        if allowed:
            self.model.delivered[image, self.model.current(image)] = self.model.tick()

    @invariant()
    def states_agree(self):
        entries = self.store.entries("shoot")
        assert [entry.state for entry in entries] == [self.model.state(image) for image in IMAGES]
        assert [len(self.store.versions(image)) for image in IMAGES] == [self.model.current(image) for image in IMAGES]

    @invariant()
    def two_people_stand_behind_whatever_needs_them(self):
        for entry in self.store.entries("shoot"):
            if entry.state is not State.READY:
                continue
            decisions = self.store.decisions(entry.record.id)
            taken_back = {decision.retracts for decision in decisions}
            standing = [d for d in decisions if d.version == entry.version.id and d.id not in taken_back]
            signers = {d.person for d in standing if d.action is Action.SIGN_OFF}
            others = {d.person for d in standing if d.action is Action.APPROVE} | {entry.version.actor}
            assert signers
            assert not signers & others
            assert others != {"line"}


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
