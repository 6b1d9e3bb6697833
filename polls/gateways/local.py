"""The gateway to the trial provider of our own."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from coop4canada.kit import clock
from polls.gateways.notices import refuse_stale
from polls.gateways.port import (
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
from polls.trial import trial_provider, trial_secret
from polls.trial.cards import country, is_prepaid
from polls.trial.delivery import deliver_soon
from polls.trial.signatures import SIGNATURE_HEADER, signed_at
from polls.trial.things import (
    Mode,
    State,
    TrialDispute,
    TrialMethod,
    TrialOutage,
    TrialPayment,
    TrialRefund,
    TrialSession,
)

_KINDS = {"session", "payment", "refund", "dispute"}
_PAYMENT_STATES = {
    State.PENDING: PaymentState.PENDING,
    State.SUCCEEDED: PaymentState.SUCCEEDED,
    State.DECLINED: PaymentState.DECLINED,
    State.FAILED: PaymentState.DECLINED,
}


class LocalGateway:
    """Speaks with the trial provider; the file it keeps is named by `settings.TRIAL_PROVIDER_FILE`."""

    name = "local"
    # Its page stands on this site.
    form_hosts: tuple[str, ...] = ()

    def ask_for_payment(self, order: Order) -> Session:
        """Make a page on which the giver pays at once."""
        return self._open(order, Mode.PAYMENT)

    def ask_for_card(self, order: Order) -> Session:
        """Make a page on which the giver saves a card for a later charge."""
        return self._open(order, Mode.SETUP)

    def charge(
        self, *, contribution: UUID, customer_ref: str, method_ref: str, amount_cents: int, key: str
    ) -> FoundPayment:
        """Charge a saved card; a declined one is an answer."""
        with _over_the_wire():
            payment = trial_provider().charge(
                contribution=str(contribution),
                customer_ref=customer_ref,
                method_ref=method_ref,
                amount_cents=amount_cents,
                key=key,
                now=clock.now(),
            )
        return _payment(payment)

    def refund(self, *, payment_ref: str, amount_cents: int, key: str) -> FoundRefund:
        """Give back a part of a payment or all of it. Raises: ValueError."""
        with _over_the_wire():
            made = trial_provider().refund(
                payment_ref=payment_ref, amount_cents=amount_cents, key=key, now=clock.now()
            )
        return _refund(made)

    def release(self, *, customer_ref: str, method_ref: str) -> None:  # noqa: ARG002 — a saved card is known by itself
        """Forget a saved card."""
        with _over_the_wire():
            trial_provider().detach(method_ref=method_ref, now=clock.now())

    def session(self, ref: str) -> FoundSession:
        """Look a session up."""
        with _over_the_wire():
            return self._session(trial_provider().look_up(TrialSession, ref, now=clock.now()))

    def payment(self, ref: str) -> FoundPayment:
        """Look a payment up."""
        with _over_the_wire():
            return _payment(trial_provider().look_up(TrialPayment, ref, now=clock.now()))

    def refund_made(self, ref: str) -> FoundRefund:
        """Look a refund up."""
        with _over_the_wire():
            return _refund(trial_provider().look_up(TrialRefund, ref, now=clock.now()))

    def dispute(self, ref: str) -> FoundDispute:
        """Look a dispute up."""
        with _over_the_wire():
            return _dispute(trial_provider().look_up(TrialDispute, ref, now=clock.now()))

    def read_event(self, *, body: bytes, headers: Mapping[str, str], now: datetime) -> Event:
        """Verify a notice's signature and age. Raises: BadEvent."""
        try:
            at = signed_at(body, headers.get(SIGNATURE_HEADER, ""), secret=trial_secret())
        except ValueError as error:
            raise BadEvent("The notice is not signed by the trial provider.") from error
        refuse_stale(at, now=now)
        notice = json.loads(body)
        kind = notice["object"]["kind"]
        return Event(
            notice["id"],
            kind if kind in _KINDS else "",
            notice["object"]["ref"],
            datetime.fromtimestamp(notice["created"], UTC),
        )

    def payments_since(self, at: datetime) -> Iterable[FoundPayment]:
        """Every payment made since, declined ones too."""
        with _over_the_wire():
            return [_payment(one) for one in trial_provider().list_since(TrialPayment, at, now=clock.now())]

    def sessions_since(self, at: datetime) -> Iterable[FoundSession]:
        """Every session made since."""
        with _over_the_wire():
            return [
                self._session(one) for one in trial_provider().list_since(TrialSession, at, now=clock.now())
            ]

    def refunds_since(self, at: datetime) -> Iterable[FoundRefund]:
        """Every refund made since."""
        with _over_the_wire():
            return [_refund(one) for one in trial_provider().list_since(TrialRefund, at, now=clock.now())]

    def disputes_since(self, at: datetime) -> Iterable[FoundDispute]:
        """Every dispute opened since."""
        with _over_the_wire():
            return [_dispute(one) for one in trial_provider().list_since(TrialDispute, at, now=clock.now())]

    def _open(self, order: Order, mode: Mode) -> Session:
        with _over_the_wire():
            session = trial_provider().open_session(
                key=order.key,
                now=clock.now(),
                mode=mode,
                contribution=str(order.contribution),
                amount_cents=order.amount_cents,
                title=order.title,
                email=order.email,
                language=order.language,
                success_url=order.success_url,
                cancel_url=order.cancel_url,
            )
        return Session(session.ref, page_path(session))

    def _session(self, session: TrialSession) -> FoundSession:
        is_complete = session.state == State.COMPLETE
        card = self._card_of(session) if is_complete else ""
        return FoundSession(
            session.ref,
            SessionState(session.state),
            UUID(session.contribution),
            payment_ref=session.payment_ref if is_complete else "",
            customer_ref=session.customer_ref,
            method_ref=session.method_ref,
            card_country=country(card) if card else "",
            is_prepaid=is_prepaid(card),
        )

    def _card_of(self, session: TrialSession) -> str:
        if session.mode == Mode.SETUP:
            return trial_provider().look_up(TrialMethod, session.method_ref, now=clock.now()).card
        return trial_provider().look_up(TrialPayment, session.payment_ref, now=clock.now()).card


def page_path(session: TrialSession) -> str:
    """Return the path of a session's page, in the language of its giver: whatever the host, it is this site's own."""
    prefix = "/fr" if session.language == "fr" else ""
    return f"{prefix}/dev/pay/{session.ref}/"


@contextmanager
def _over_the_wire() -> Iterator[None]:
    """Turn an outage into the port's own words; notices of what was done follow in any case."""
    try:
        yield
    except TrialOutage as error:
        raise GatewayDown(str(error)) from error
    finally:
        deliver_soon()


def _payment(payment: TrialPayment) -> FoundPayment:
    return FoundPayment(
        payment.ref,
        _PAYMENT_STATES[State(payment.state)],
        UUID(payment.contribution),
        payment.amount_cents,
        refunded_cents=payment.refunded_cents,
        fee_cents=payment.fee_cents,
        decline_code=payment.decline_code,
        card_country=country(payment.card),
        is_prepaid=is_prepaid(payment.card),
    )


def _refund(refund: TrialRefund) -> FoundRefund:
    return FoundRefund(
        refund.ref, refund.payment_ref, refund.amount_cents, _PAYMENT_STATES[State(refund.state)], refund.key
    )


def _dispute(dispute: TrialDispute) -> FoundDispute:
    return FoundDispute(dispute.ref, dispute.payment_ref, dispute.amount_cents, dispute.is_won)
