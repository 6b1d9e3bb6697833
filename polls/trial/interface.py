"""What the site asks the trial provider over the wire: every call may meet an outage, before it acts or after."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, TypeVar

from polls.trial.books import Books, new_ref
from polls.trial.cards import refusal_later
from polls.trial.store import Kept
from polls.trial.things import (
    KeyReused,
    Outage,
    State,
    Thing,
    TrialDispute,
    TrialMethod,
    TrialOutage,
    TrialPayment,
    TrialRefund,
    TrialRefused,
    TrialSession,
)

Made = TypeVar("Made", bound=Thing)


class Interface(Books):
    """Calls of the site. Those that act carry a key: asked again under it they give the first answer."""

    def open_session(self, *, key: str, now: datetime, **wanted: Any) -> TrialSession:  # noqa: ANN401 — a session's fields
        """Make a page; `wanted` are the fields of a `TrialSession`."""

        def act() -> TrialSession:
            session = TrialSession(new_ref("session"), now.timestamp(), **wanted)
            self._store.put(session)
            return session

        return self._once(TrialSession, key, {"open_session": wanted}, act)

    def charge(
        self,
        *,
        contribution: str,
        customer_ref: str,
        method_ref: str,
        amount_cents: int,
        key: str,
        now: datetime,
    ) -> TrialPayment:
        """Charge a saved card; a declined one is an answer. Raises: TrialRefused, KeyReused, TrialOutage."""

        def act() -> TrialPayment:
            method = self._usable_method(method_ref, customer_ref)
            self._store.put(replace(method, charge_count=method.charge_count + 1))
            refusal = refusal_later(method.card, charge_count=method.charge_count)
            ref = new_ref("payment")
            return self._try_payment(
                ref, contribution, amount_cents, card=method.card, refusal=refusal, now=now
            )

        return self._once(TrialPayment, key, {"charge": [contribution, method_ref, amount_cents]}, act)

    def refund(self, *, payment_ref: str, amount_cents: int, key: str, now: datetime) -> TrialRefund:
        """Give money back. Raises: TrialRefused, KeyReused, TrialOutage."""

        def act() -> TrialRefund:
            payment = self._refundable_payment(payment_ref, amount_cents)
            state = State.PENDING if self.troubles.refunds_wait else State.SUCCEEDED
            made = TrialRefund(new_ref("refund"), now.timestamp(), payment_ref, amount_cents, key, state)
            self._store.put(made)
            self._store.put(replace(payment, refunded_cents=payment.refunded_cents + amount_cents))
            self._notify("created", made, now)
            self._notify("refunded", payment, now)
            return made

        return self._once(TrialRefund, key, {"refund": [payment_ref, amount_cents]}, act)

    def detach(self, *, method_ref: str, now: datetime) -> None:
        """Forget a saved card; one that is forgotten already stays so."""
        with self._answering(), self._store.writing():
            method = self._store.find(TrialMethod, method_ref)
            if not method.is_detached:
                self._store.put(replace(method, is_detached=True))
                self._notify("detached", method, now)

    def look_up(self, kind: type[Kept], ref: str, *, now: datetime) -> Kept:
        """Return something as it is now. Raises: LookupError, TrialOutage."""
        with self._answering():
            return self._as_of(self._store.find(kind, ref), now)

    def list_since(self, kind: type[Kept], at: datetime, *, now: datetime) -> list[Kept]:
        """Return everything of a kind made since. Raises: TrialOutage."""
        with self._answering():
            return [self._as_of(thing, now) for thing in self._store.since(kind, at.timestamp())]

    def _as_of(self, thing: Kept, now: datetime) -> Kept:
        if isinstance(thing, TrialSession):
            return self._aged(thing, now)  # type: ignore[return-value]  # a session stays one
        return thing

    @contextmanager
    def _answering(self) -> Iterator[None]:
        outage = self.troubles.outage
        if outage == Outage.BEFORE:
            raise TrialOutage("The trial provider cannot be reached.")
        try:
            yield
        finally:
            if outage == Outage.AFTER:
                raise TrialOutage("The answer of the trial provider was lost.")

    def _once(self, kind: type[Made], key: str, question: object, act: Callable[[], Made]) -> Made:
        asked = json.dumps(question, sort_keys=True)
        with self._answering():
            with self._store.writing():
                known = self._store.run("SELECT question, body FROM answer WHERE key = ?", (key,)).fetchone()
                if known is not None and known[0] != asked:
                    raise KeyReused(f"The key {key} was used for something else.")
                answer = json.loads(known[1]) if known is not None else self._answer(key, asked, act)
            if "refused" in answer:
                raise TrialRefused(answer["refused"])
            return kind(**answer)

    def _answer(self, key: str, asked: str, act: Callable[[], Made]) -> dict[str, Any]:
        """Act, and keep the answer under the key, a refusal too: asked again, it is refused again."""
        try:
            answer = asdict(act())
        except (TrialRefused, LookupError) as refusal:
            answer = {"refused": str(refusal)}
        self._store.run("INSERT INTO answer VALUES (?, ?, ?)", (key, asked, json.dumps(answer)))
        return answer

    def _usable_method(self, method_ref: str, customer_ref: str) -> TrialMethod:
        method = self._store.find(TrialMethod, method_ref)
        if method.is_detached or method.customer_ref != customer_ref:
            raise TrialRefused("The saved card is not this customer’s, or not any more.")
        return method

    def _refundable_payment(self, payment_ref: str, amount_cents: int) -> TrialPayment:
        payment = self._store.find(TrialPayment, payment_ref)
        disputes = [one for one in self._store.since(TrialDispute, 0) if one.payment_ref == payment_ref]
        if payment.state != State.SUCCEEDED:
            raise TrialRefused("The payment took no money.")
        if any(not dispute.is_won for dispute in disputes):
            raise TrialRefused("The payment is disputed.")
        if not 0 < amount_cents <= payment.amount_cents - payment.refunded_cents:
            raise TrialRefused("More than is left of the payment.")
        return payment
