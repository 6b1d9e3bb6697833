"""What the trial provider keeps, in its own words. Amounts are cents, times seconds since 1970."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar


class TrialRefused(ValueError):
    """The provider refuses for good, and says why."""


class KeyReused(TrialRefused):
    """The same key came with another question."""


class TrialOutage(ConnectionError):
    """The provider cannot be reached, or its answer was lost."""


class State(StrEnum):
    """How sessions, payments and refunds stand."""

    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    FAILED = "failed"


class Mode(StrEnum):
    """What a session is for."""

    PAYMENT = "payment"
    SETUP = "setup"


@dataclass(frozen=True)
class Thing:
    """Something in the books, found by its reference."""

    kind: ClassVar[str]
    ref: str
    made_at: float

    @property
    def at(self) -> datetime:
        """When it was made."""
        return datetime.fromtimestamp(self.made_at, UTC)


@dataclass(frozen=True)
class TrialSession(Thing):
    """A page on which somebody pays or saves a card."""

    kind: ClassVar[str] = "session"
    mode: str
    contribution: str
    amount_cents: int
    title: str
    email: str
    language: str
    success_url: str
    cancel_url: str
    state: str = State.OPEN
    payment_ref: str = ""
    customer_ref: str = ""
    method_ref: str = ""


@dataclass(frozen=True)
class TrialMethod(Thing):
    """A saved card. `charge_count` is how often it was charged."""

    kind: ClassVar[str] = "method"
    customer_ref: str
    card: str
    charge_count: int = 0
    is_detached: bool = False


@dataclass(frozen=True)
class TrialPayment(Thing):
    """A try to take money, and what went back of it."""

    kind: ClassVar[str] = "payment"
    contribution: str
    amount_cents: int
    card: str
    state: str
    decline_code: str = ""
    fee_cents: int = 0
    refunded_cents: int = 0


@dataclass(frozen=True)
class TrialRefund(Thing):
    """Money that goes back."""

    kind: ClassVar[str] = "refund"
    payment_ref: str
    amount_cents: int
    key: str
    state: str = State.SUCCEEDED


@dataclass(frozen=True)
class TrialDispute(Thing):
    """A payment that the card's bank took back; `is_won` is None while it is open."""

    kind: ClassVar[str] = "dispute"
    payment_ref: str
    amount_cents: int
    is_won: bool | None = None


@dataclass(frozen=True)
class TrialNotice:
    """A notice to the site, in the order in which it came about. Times are None until they come."""

    number: int
    id: str
    type: str
    body: str
    made_at: float
    tries: int
    sent_at: float | None

    @property
    def at(self) -> datetime:
        """When it came about."""
        return datetime.fromtimestamp(self.made_at, UTC)


class Outage(StrEnum):
    """Whether the site reaches the provider."""

    NONE = "none"
    BEFORE = "before"  # nothing is done
    AFTER = "after"  # it is done, and the answer is lost


@dataclass(frozen=True)
class Troubles:
    """How the provider misbehaves; nothing by default."""

    outage: str = Outage.NONE
    declines_next: bool = False
    refunds_wait: bool = False
    notices_held: bool = False
    notices_twice: bool = False
    notices_reversed: bool = False
