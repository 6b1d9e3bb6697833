"""A provider of card payments in memory that misbehaves on demand. What it holds survives every rollback of ours."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from polls.gateways import (
    BadEvent,
    Event,
    FoundDispute,
    FoundPayment,
    FoundRefund,
    FoundSession,
    GatewayDown,
    Order,
    PaymentState,
    Session,
    SessionState,
)
from tests.make import NOON

# Notices older than this are stale.
TOLERANCE = timedelta(minutes=5)
_numbers = count(1)
Answer = TypeVar("Answer")
Found = TypeVar("Found")


class Crash(RuntimeError):
    """The process that called dies here."""


@dataclass
class Card:
    """A giver's card. `balance_ok` may change: a declined card is mended."""

    country: str = "CA"
    is_prepaid: bool = False
    is_declined: bool = False


@dataclass
class BadProvider:
    """The Gateway port over dictionaries.

    `faults`: asked at every call with its name; "before" and "after" make the call fail before or after it acted,
    "crash-before" and "crash-after" make the caller die there.
    `fee_cents`: what it keeps of every payment. `outbox`: notices it has made, for the test to deliver, lose or repeat.
    """

    name: str = "local"
    form_hosts: tuple[str, ...] = ()
    fee_cents: int = 0
    faults: Callable[[str], str] = lambda _call: ""
    refuses_refunds: bool = False
    keeps_refunds_pending: bool = False
    at: datetime = NOON
    made_at: dict[str, datetime] = field(default_factory=dict)
    outbox: list[Event] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    sessions: dict[str, FoundSession] = field(default_factory=dict)
    orders: dict[str, tuple[Order, bool]] = field(default_factory=dict)
    payments: dict[str, FoundPayment] = field(default_factory=dict)
    refunds: dict[str, FoundRefund] = field(default_factory=dict)
    disputes: dict[str, FoundDispute] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)
    by_key: dict[str, Any] = field(default_factory=dict)

    # The port.

    def ask_for_payment(self, order: Order) -> Session:
        return self._acted("ask_for_payment", lambda: self._page(order, saves=False))

    def ask_for_card(self, order: Order) -> Session:
        return self._acted("ask_for_card", lambda: self._page(order, saves=True))

    def charge(
        self, *, contribution: UUID, customer_ref: str, method_ref: str, amount_cents: int, key: str
    ) -> FoundPayment:
        assert customer_ref
        assert method_ref not in self.released

        def act() -> FoundPayment:
            return self._paid(contribution, amount_cents, self.cards[method_ref])

        return self._acted("charge", lambda: self.payments[self._once(key, act).ref])

    def refund(self, *, payment_ref: str, amount_cents: int, key: str) -> FoundRefund:
        def act() -> FoundRefund:
            paid = self.payments[payment_ref]
            if self.refuses_refunds or amount_cents > paid.amount_cents - paid.refunded_cents:
                raise ValueError("more than is left")
            return self.refund_by_hand(payment_ref, amount_cents, key=key)

        return self._acted("refund", lambda: self.refunds[self._once(key, act).ref])

    def release(self, *, customer_ref: str, method_ref: str) -> None:
        assert customer_ref
        self._acted("release", lambda: self.released.add(method_ref))

    def session(self, ref: str) -> FoundSession:
        return self._acted("session", lambda: self.sessions[ref])

    def payment(self, ref: str) -> FoundPayment:
        return self._acted("payment", lambda: self.payments[ref])

    def refund_made(self, ref: str) -> FoundRefund:
        return self._acted("refund_made", lambda: self.refunds[ref])

    def dispute(self, ref: str) -> FoundDispute:
        return self._acted("dispute", lambda: self.disputes[ref])

    def read_event(self, *, body: bytes, headers: Mapping[str, str], now: datetime) -> Event:
        if headers.get("Signature") != "genuine":
            raise BadEvent("forged")
        told = json.loads(body)
        at = datetime.fromisoformat(told["at"])
        if abs(now - at) > TOLERANCE:
            raise BadEvent("stale")
        return Event(told["id"], told["kind"], told["ref"], at)

    def payments_since(self, at: datetime) -> Iterable[FoundPayment]:
        return self._acted("payments_since", lambda: self._since(at, self.payments))

    def sessions_since(self, at: datetime) -> Iterable[FoundSession]:
        return self._acted("sessions_since", lambda: self._since(at, self.sessions))

    def refunds_since(self, at: datetime) -> Iterable[FoundRefund]:
        return self._acted("refunds_since", lambda: self._since(at, self.refunds))

    def disputes_since(self, at: datetime) -> Iterable[FoundDispute]:
        return self._acted("disputes_since", lambda: self._since(at, self.disputes))

    # What givers, banks and people at the provider do.

    def complete(self, ref: str, card: Card | None = None) -> FoundSession:
        """Let the giver pay, or save the card; a declined card leaves the page open."""
        found, (order, saves) = self.sessions[ref], self.orders[ref]
        card = card or Card()
        if found.state is not SessionState.OPEN or (card.is_declined and not saves):
            return found
        if saves:
            method = self._ref("method")
            self.cards[method] = card
            details: dict[str, Any] = {"customer_ref": self._ref("customer"), "method_ref": method}
        else:
            details = {"payment_ref": self._paid(order.contribution, order.amount_cents, card).ref}
        done = replace(
            found,
            state=SessionState.COMPLETE,
            card_country=card.country,
            is_prepaid=card.is_prepaid,
            **details,
        )
        self.sessions[ref] = done
        self._tell("session", ref)
        return done

    def expire(self, ref: str) -> None:
        if self.sessions[ref].state is SessionState.OPEN:
            self.sessions[ref] = replace(self.sessions[ref], state=SessionState.EXPIRED)
            self._tell("session", ref)

    def pay_directly(self, contribution: UUID | None, amount_cents: int) -> FoundPayment:
        """Take money that no session of ours asked for."""
        return self._paid(contribution, amount_cents, Card())

    def refund_by_hand(self, payment_ref: str, amount_cents: int, key: str = "") -> FoundRefund:
        """Refund as people do at the provider itself, without a key of ours."""
        state = PaymentState.PENDING if self.keeps_refunds_pending else PaymentState.SUCCEEDED
        made = FoundRefund(self._ref("refund"), payment_ref, amount_cents, state, key)
        self.refunds[made.ref] = made
        paid = self.payments[payment_ref]
        self.payments[payment_ref] = replace(paid, refunded_cents=paid.refunded_cents + amount_cents)
        self._tell("refund", made.ref)
        return made

    def end_refund(self, ref: str, *, succeeds: bool) -> None:
        """Let a refund arrive, or come back, be it long after it had succeeded."""
        made = self.refunds[ref]
        if made.state is PaymentState.DECLINED:
            return
        self.refunds[ref] = replace(made, state=PaymentState.SUCCEEDED if succeeds else PaymentState.DECLINED)
        if not succeeds:
            paid = self.payments[made.payment_ref]
            left = paid.refunded_cents - made.amount_cents
            self.payments[made.payment_ref] = replace(paid, refunded_cents=left)
        self._tell("refund", ref)

    def open_dispute(self, payment_ref: str) -> FoundDispute:
        opened = FoundDispute(
            self._ref("dispute"), payment_ref, self.payments[payment_ref].amount_cents, None
        )
        self.disputes[opened.ref] = opened
        self._tell("dispute", opened.ref)
        return opened

    def close_dispute(self, ref: str, *, is_won: bool) -> None:
        if self.disputes[ref].is_won is None:
            self.disputes[ref] = replace(self.disputes[ref], is_won=is_won)
            self._tell("dispute", ref)

    # What it holds.

    def balance(self) -> int:
        """Return the cents that lie here: payments, less fees, refunds that left and what banks took back."""
        paid = sum(
            found.amount_cents - found.fee_cents
            for found in self.payments.values()
            if found.state is PaymentState.SUCCEEDED
        )
        back = sum(
            found.amount_cents for found in self.refunds.values() if found.state is PaymentState.SUCCEEDED
        )
        taken = sum(found.amount_cents for found in self.disputes.values() if found.is_won is not True)
        return paid - back - taken

    # Inside.

    def _acted(self, call: str, act: Callable[[], Answer]) -> Answer:
        self.calls.append(call)
        fault = self.faults(call)
        error = Crash(call) if fault.startswith("crash") else GatewayDown(call)
        if fault.endswith("before"):
            raise error
        try:
            answer = act()
        except KeyError as missing:
            raise LookupError(call) from missing
        if fault.endswith("after"):
            raise error
        return answer

    def _once(self, key: str, act: Callable[[], Any]) -> Any:
        if key not in self.by_key:
            self.by_key[key] = act()
        return self.by_key[key]

    def _page(self, order: Order, *, saves: bool) -> Session:
        def act() -> Session:
            ref = self._ref("session")
            self.sessions[ref] = FoundSession(ref, SessionState.OPEN, order.contribution)
            self.orders[ref] = (order, saves)
            return Session(ref, f"https://pay.example/{ref}")

        session: Session = self._once(order.key, act)
        return session

    def _paid(self, contribution: UUID | None, amount_cents: int, card: Card) -> FoundPayment:
        is_declined = card.is_declined
        made = FoundPayment(
            self._ref("payment"),
            PaymentState.DECLINED if is_declined else PaymentState.SUCCEEDED,
            contribution,
            amount_cents,
            fee_cents=0 if is_declined else self.fee_cents,
            decline_code="card_declined" if is_declined else "",
            card_country=card.country,
            is_prepaid=card.is_prepaid,
        )
        self.payments[made.ref] = made
        self._tell("payment", made.ref)
        return made

    def _tell(self, kind: str, ref: str) -> None:
        self.outbox.append(Event(self._ref("event"), kind, ref, self.at))

    def _since(self, at: datetime, things: Mapping[str, Found]) -> list[Found]:
        return [thing for ref, thing in things.items() if self.made_at[ref] >= at]

    def _ref(self, kind: str) -> str:
        ref = f"{kind}_{next(_numbers)}"
        self.made_at[ref] = self.at
        return ref
