"""What every provider must be able to do, in our words. Amounts are cents of Canadian dollars, times UTC.

A provider is outside: every call may fail after it took effect, so each that moves money carries a key under which it
acts once. What a provider says is looked up, never believed from a notice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol
from uuid import UUID


class GatewayDown(ConnectionError):
    """The provider did not answer, or not in time; nobody knows whether it acted. Ask again under the same key."""


class BadEvent(ValueError):
    """A notice is forged, stale, or none of the provider's; nothing may follow from it."""


class SessionState(Enum):
    """How the provider's page was left."""

    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


class PaymentState(Enum):
    """What is known of a payment."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"


@dataclass(frozen=True)
class Order:
    """What a provider's page is asked to take. `key` changes with every new page that is asked for."""

    contribution: UUID
    amount_cents: int
    title: str
    email: str
    language: str
    success_url: str
    cancel_url: str
    key: str


@dataclass(frozen=True)
class Session:
    """A page of the provider: where to send the giver."""

    ref: str
    url: str


@dataclass(frozen=True)
class FoundSession:
    """A session as the provider knows it now; `payment_ref` where it took money, `method_ref` where it saved a card.

    Only a complete one names them: on an open page a declined card may still be followed by another.
    """

    ref: str
    state: SessionState
    contribution: UUID | None
    payment_ref: str = ""
    customer_ref: str = ""
    method_ref: str = ""
    card_country: str = ""
    is_prepaid: bool = False


@dataclass(frozen=True)
class FoundPayment:
    """A payment as the provider knows it now. `refunded_cents` is what went back of it so far."""

    ref: str
    state: PaymentState
    contribution: UUID | None
    amount_cents: int
    refunded_cents: int = 0
    fee_cents: int = 0
    decline_code: str = ""
    card_country: str = ""
    is_prepaid: bool = False


@dataclass(frozen=True)
class FoundRefund:
    """A refund as the provider knows it now."""

    ref: str
    payment_ref: str
    amount_cents: int
    state: PaymentState
    key: str = ""


@dataclass(frozen=True)
class FoundDispute:
    """A dispute as the provider knows it now; `is_won` is None while it is open."""

    ref: str
    payment_ref: str
    amount_cents: int
    is_won: bool | None


@dataclass(frozen=True)
class Event:
    """A genuine notice: what it speaks of, never what is true."""

    id: str
    kind: str  # "session" | "payment" | "refund" | "dispute" | "" (nothing of ours)
    object_ref: str
    at: datetime


class Gateway(Protocol):
    """A provider of card payments. Every method may raise GatewayDown; look-ups raise LookupError for what is unknown."""

    name: str
    # Where the giver is sent, for the policy that says whereto forms may lead.
    form_hosts: tuple[str, ...]

    def ask_for_payment(self, order: Order) -> Session:
        """Make a page on which the giver pays at once."""

    def ask_for_card(self, order: Order) -> Session:
        """Make a page on which the giver saves a card for a later charge."""

    def charge(
        self, *, contribution: UUID, customer_ref: str, method_ref: str, amount_cents: int, key: str
    ) -> FoundPayment:
        """Charge a saved card; a declined one is an answer, not an error.

        Raises ValueError where the provider refuses for good: the card was released, or the key used otherwise.
        """

    def refund(self, *, payment_ref: str, amount_cents: int, key: str) -> FoundRefund:
        """Give back a part of a payment or all of it. Raises ValueError where the provider refuses for good."""

    def release(self, *, customer_ref: str, method_ref: str) -> None:
        """Forget a saved card; done twice it is done once."""

    def session(self, ref: str) -> FoundSession:
        """Look a session up."""

    def payment(self, ref: str) -> FoundPayment:
        """Look a payment up."""

    def refund_made(self, ref: str) -> FoundRefund:
        """Look a refund up."""

    def dispute(self, ref: str) -> FoundDispute:
        """Look a dispute up; one that took no money is unknown."""

    def read_event(self, *, body: bytes, headers: Mapping[str, str], now: datetime) -> Event:
        """Verify a notice's signature and age. Raises: BadEvent."""

    def payments_since(self, at: datetime) -> Iterable[FoundPayment]:
        """Every payment made since, declined ones too, for reconciliation."""

    def sessions_since(self, at: datetime) -> Iterable[FoundSession]:
        """Every session made since."""

    def refunds_since(self, at: datetime) -> Iterable[FoundRefund]:
        """Every refund made since."""

    def disputes_since(self, at: datetime) -> Iterable[FoundDispute]:
        """Every dispute opened since."""
