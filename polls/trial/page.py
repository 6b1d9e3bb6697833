"""What happens on the trial provider's page, where the giver is."""

from dataclasses import replace
from datetime import datetime

from polls.trial.books import Books, new_ref
from polls.trial.cards import refusal_at_once
from polls.trial.things import Mode, State, TrialMethod, TrialRefused, TrialSession


class Page(Books):
    """The provider's page."""

    def session_on_page(self, ref: str, *, now: datetime) -> TrialSession:
        """Return a session as its page shows it. Raises: LookupError."""
        return self._aged(self._store.find(TrialSession, ref), now)

    def pay(self, ref: str, *, card: str, now: datetime) -> str:
        """Pay with a trial card, or save it; returns why it was declined, or nothing.

        Who pays twice has paid once. Raises: LookupError; TrialRefused where the page is over.
        """
        with self._store.writing():
            session = self._aged(self._store.find(TrialSession, ref), now)
            if session.state == State.COMPLETE:
                return ""
            if session.state == State.EXPIRED:
                raise TrialRefused("This page is over.")
            return (
                self._take(session, card, now)
                if session.mode == Mode.PAYMENT
                else self._save(session, card, now)
            )

    def _take(self, session: TrialSession, card: str, now: datetime) -> str:
        # As with Stripe, a second card on the same page belongs to the same payment.
        ref = session.payment_ref or new_ref("payment")
        payment = self._try_payment(
            ref, session.contribution, session.amount_cents, card=card, refusal=refusal_at_once(card), now=now
        )
        session = replace(session, payment_ref=ref)
        if payment.decline_code:
            self._store.put(session)
        else:
            self._complete(session, now)
        return payment.decline_code

    def _save(self, session: TrialSession, card: str, now: datetime) -> str:
        code = "card_declined" if self._is_declined_by_trouble() else refusal_at_once(card)
        if code:
            return code
        method = TrialMethod(new_ref("method"), now.timestamp(), new_ref("customer"), card)
        self._store.put(method)
        self._notify("saved", method, now)
        self._complete(replace(session, customer_ref=method.customer_ref, method_ref=method.ref), now)
        return ""

    def _complete(self, session: TrialSession, now: datetime) -> None:
        session = replace(session, state=State.COMPLETE)
        self._store.put(session)
        self._notify("completed", session, now)
