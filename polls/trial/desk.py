"""What the trial provider's own people and the cards' banks do: expire, fail, dispute, decide."""

from dataclasses import replace
from datetime import datetime

from polls.trial.books import Books, new_ref
from polls.trial.store import Kept
from polls.trial.things import State, TrialDispute, TrialPayment, TrialRefund, TrialRefused, TrialSession


class Desk(Books):
    """The desk behind the provider."""

    def newest(self, kind: type[Kept], most: int) -> list[Kept]:
        """Return the last things of a kind, the newest first."""
        return self._store.newest(kind, most)

    def expire(self, ref: str, *, now: datetime) -> None:
        """End a page that nobody finished. Raises: LookupError, TrialRefused."""
        with self._store.writing():
            session = self._store.find(TrialSession, ref)
            if session.state != State.OPEN:
                raise TrialRefused("Only an open page can be ended.")
            session = replace(session, state=State.EXPIRED)
            self._store.put(session)
            self._notify("expired", session, now)

    def send_back(self, ref: str, *, now: datetime) -> None:
        """Finish a refund that waits. Raises: LookupError, TrialRefused."""
        with self._store.writing():
            refund = self._store.find(TrialRefund, ref)
            if refund.state != State.PENDING:
                raise TrialRefused("Only a refund that waits can be sent.")
            self._store.put(replace(refund, state=State.SUCCEEDED))
            self._notify("updated", refund, now)

    def fail_refund(self, ref: str, *, now: datetime) -> None:
        """Let a refund come back, even one that had gone through: the card was closed. Raises: LookupError, TrialRefused."""
        with self._store.writing():
            refund = self._store.find(TrialRefund, ref)
            if refund.state == State.FAILED:
                raise TrialRefused("This refund has failed already.")
            payment = self._store.find(TrialPayment, refund.payment_ref)
            self._store.put(replace(refund, state=State.FAILED))
            self._store.put(replace(payment, refunded_cents=payment.refunded_cents - refund.amount_cents))
            self._notify("failed", refund, now)

    def open_dispute(self, payment_ref: str, *, now: datetime) -> TrialDispute:
        """Let the card's bank take back what is left of a payment. Raises: LookupError, TrialRefused."""
        with self._store.writing():
            payment = self._store.find(TrialPayment, payment_ref)
            known = [one for one in self._store.since(TrialDispute, 0) if one.payment_ref == payment_ref]
            left = payment.amount_cents - payment.refunded_cents
            if payment.state != State.SUCCEEDED or known or not left:
                raise TrialRefused("Only a payment that took money can be disputed, and only once.")
            dispute = TrialDispute(new_ref("dispute"), now.timestamp(), payment_ref, left)
            self._store.put(dispute)
            self._notify("opened", dispute, now)
            return dispute

    def decide_dispute(self, ref: str, *, is_won: bool, now: datetime) -> None:
        """Let the bank decide, for the site or against it. Raises: LookupError, TrialRefused."""
        with self._store.writing():
            dispute = self._store.find(TrialDispute, ref)
            if dispute.is_won is not None:
                raise TrialRefused("This dispute is decided already.")
            self._store.put(replace(dispute, is_won=is_won))
            self._notify("closed", dispute, now)
