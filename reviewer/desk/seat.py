"""Who sits at this window, and which image they have open: a lease others see, kept alive by a heartbeat."""

import uuid
from collections.abc import Callable
from typing import Protocol
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from pipeline.errors import KnownError
from pipeline.model import Hold
from pipeline.model import Member
from pipeline.model import Role
from pipeline.settings import Review
from pipeline.store.store import Store

Answer = TypeVar("Answer")
MILLISECONDS = 1000


class Ask(Protocol):
    """How a question reaches the database; see `Desk.ask`."""

    def __call__(
        self,
        question: Callable[[Store], Answer],
        then: Callable[[Answer], None],
        *,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Answer on the database's thread, then call back on the window's."""


class Seat(QObject):
    """The person at this window and the image before them.

    Attributes:
        person, role: who decides; "" while nobody has signed in.
        sitting: the name of this window among all that are open on the studio.
        hold: who has the image on the screen open, None before that is known.

    Signals:
        held(Hold): it is known who has the image open: this window or another.
        moved: another program wrote to the studio.
        signed_in(Member): somebody sat down.
    """

    held = Signal(object)
    moved = Signal()
    signed_in = Signal(object)

    def __init__(self, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.person, self.role = "", Role.EDITOR
        self.sitting = uuid.uuid4().hex
        self.hold: Hold | None = None
        self._ask, self._image, self._seen = ask, 0, None
        self._closed = False
        self._lease = 0
        self._beat = QTimer(self)
        self._beat.timeout.connect(self.beat)
        self._look = QTimer(self)
        self._look.timeout.connect(self.look)

    def take_up(self, review: Review) -> None:
        """Keep leases, and look at what others do, as these settings say."""
        self._lease = review.lease_seconds
        self._beat.setInterval(review.heartbeat_seconds * MILLISECONDS)
        self._look.start(round(review.glance_seconds * MILLISECONDS))

    def open(self, image: int, *, take_over: bool = False) -> None:
        """Have an image open, and none else; 0 for none. `held` tells whether somebody else has it."""
        if self._closed:
            return
        self._image, self.hold = image, None
        if not image:
            self._beat.stop()
            self._ask(lambda store: store.let_go(self.sitting), lambda _: None)
        elif self.person:
            self._beat.start()
            values = {"person": self.person, "sitting": self.sitting, "seconds": self._lease}
            role, person = self.role, self.person
            self._ask(
                lambda store: store.hold(image, role=role, take_over=take_over, **values),
                lambda hold: self._take(hold, person),
            )

    def rename(self, name: str) -> None:
        """Somebody goes on under this name; what this window has open is theirs."""
        self.person = name
        if name and self.hold is not None and self.hold.sitting == self.sitting:
            self.open(self._image)

    def take_over(self) -> None:
        """Take the image out of the hands of whoever has it open; only a senior may."""
        if self._image:
            self.open(self._image, take_over=True)

    def refuses(self, image: int) -> str:
        """Return who keeps this window from deciding about an image, "" for nobody."""
        hold = self.hold
        if hold is None or hold.image != image or hold.person == self.person:
            return ""
        # This very window has it, under the name of whoever sat here before.
        return "" if hold.sitting == self.sitting else hold.person

    def beat(self) -> None:
        """Keep the lease, or learn who has the image now."""
        image = self._image
        if image and self.person:
            self._ask(lambda store: store.renew_hold(self.sitting, self._lease), lambda kept: self._kept(image, kept))

    def look(self) -> None:
        """Learn whether another program wrote to the studio."""
        self._ask(lambda store: store.mark_of_others(), self._compare)

    def sit_down(
        self,
        name: str,
        role: Role,
        *,
        pin: str = "",
        voucher: str = "",
        voucher_pin: str = "",
        new_pin: str | None = None,
        failed: Callable[[KnownError], None],
    ) -> None:
        """Sign in, with a PIN where there is one; `new_pin` sets another, "" none."""

        def enter(store: Store) -> Member:
            member = store.sign_in(name, role, pin=pin, voucher=voucher, voucher_pin=voucher_pin)
            if new_pin is not None:
                store.set_pin(member.name, old=pin, new=new_pin)
            return member

        self._ask(enter, self._sat_down, failed=failed)

    def leave(self) -> None:
        """Nobody sits here any more: what was open is free, and nothing is decided until somebody signs in."""
        self.person, self.hold = "", None
        self._beat.stop()
        self._ask(lambda store: store.let_go(self.sitting), lambda _: None)

    def close(self) -> None:
        """Stop the timers; the lane that closes the Store lets go of what is open."""
        self._closed = True
        self._beat.stop()
        self._look.stop()

    def _sat_down(self, member: Member) -> None:
        self.person, self.role = member.name, member.role
        self.signed_in.emit(member)
        if self._image:
            self.open(self._image)

    def _take(self, hold: Hold, person: str) -> None:
        """Learn who has the image; what was asked for by `person`, who is no longer here, is asked for again."""
        if hold.image == self._image and self.person and person != self.person:
            self.open(hold.image)
        elif hold.image == self._image:
            self.hold = hold
            self.held.emit(hold)

    def _kept(self, image: int, kept: list[int]) -> None:
        if image == self._image and image not in kept:
            self.open(image)

    def _compare(self, mark: int) -> None:
        before, self._seen = self._seen, mark
        if before is not None and before != mark:
            self.moved.emit()
            if self.hold is not None and self.hold.sitting != self.sitting:
                self.open(self._image)
            else:
                self.beat()
