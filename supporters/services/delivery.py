"""Delivering the outbox: claim, send one by one, mark. How and why: docs/algorithms/outbox.md."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import OuterRef, Subquery

from coop4canada.kit.db import forget_connections
from coop4canada.kit.panels import functions_of
from coop4canada.kit.signing import keyed_hash
from supporters.enums import MessageState
from supporters.models import ConsentEvent, MailSuppression, OutgoingMessage
from supporters.rules.backoff import pause_after, pause_after_trouble
from supporters.rules.permission import Suppression, obstacle
from supporters.services.claiming import LEASE, Batch, claim_messages, keep_lease, release
from supporters.services.letters import sender_of_mails, write_mail
from supporters.services.outage import note_outage, note_recovery, watch_rate
from supporters.services.sending import Courier, Handover, Outcome
from supporters.services.suppression import note_bounce

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Sleep = Callable[[float], None]

# Short enough that other jobs of a small worker never wait long behind a flood of mails; the beat comes again at once.
RUN = timedelta(seconds=10)
# No mail is begun with less of its lease left: a provider that hangs is given up within this time.
SAFE_REST = timedelta(seconds=25)
# A mail whose fate is unknown waits so long for a report of the provider before it is sent again.
PATIENCE = timedelta(seconds=45)
DATABASE_PATIENCE = timedelta(minutes=5)
BETWEEN_KNOCKS_SECONDS = 0.5

DATABASE_AWAY = (OperationalError, InterfaceError)
# One mail may be what the provider stumbles over; so many in a row are the provider's own trouble.
TROUBLES_IN_A_ROW = 3


def deliver_due_messages(*, clock: Clock, sleep: Sleep = time.sleep) -> int:
    """Send what is due until nothing is, the provider fails or ten seconds have passed; return how many left.

    Any number of workers may do this at once. No transaction is open while a mail is being sent.
    """
    sent = 0
    begun = clock()
    with Courier() as courier:
        while clock() - begun < RUN:
            batch = claim_messages(now=clock())
            if not batch.messages and not batch.postponed:
                break
            batch_on_its_way = _BatchOnItsWay(batch, courier, clock, sleep)
            sent += batch_on_its_way.send()
            if batch_on_its_way.is_stopped:
                break
    if sent:
        watch_rate(now=clock())
    return sent


class _BatchOnItsWay:
    """One batch while it is being sent."""

    def __init__(self, batch: Batch, courier: Courier, clock: Clock, sleep: Sleep) -> None:
        self.batch, self.courier, self.clock, self.sleep = batch, courier, clock, sleep
        self.is_stopped = False
        self.troubles = 0
        self.sender = sender_of_mails()

    def send(self) -> int:
        """Send the mails one by one; return how many were accepted."""
        sent = 0
        messages = self.batch.messages
        for place, message in enumerate(messages):
            rest = [other.pk for other in messages[place:]]
            if self.batch.lease is None or self.batch.lease - self.clock() < SAFE_REST:
                self.batch = keep_lease(batch=self.batch, pks=rest, now=self.clock())
            if not self._may_leave(message):
                continue
            handover = self._hand_over(message)
            self._note(message, handover)
            sent += handover.outcome == Outcome.ACCEPTED
            if self._is_providers_fault(handover.outcome):
                self.is_stopped = True
                note_outage(said=handover.said, now=self.clock())
                release(batch=self.batch, pks=rest[1:])
                break
        return sent

    def _is_providers_fault(self, outcome: Outcome) -> bool:
        if outcome in {Outcome.TROUBLE, Outcome.UNCERTAIN}:
            self.troubles += 1
        elif outcome == Outcome.ACCEPTED:
            self.troubles = 0
        return (
            outcome == Outcome.UNREACHABLE
            or self.troubles >= TROUBLES_IN_A_ROW
            or (self.troubles > 0 and self.batch.is_probe)
        )

    def _may_leave(self, message: OutgoingMessage) -> bool:
        """Look once more, right before sending: still ours, still there, and the address may still be mailed."""
        suppressions = MailSuppression.objects.filter(address_hash=keyed_hash(message.to_key))
        consents = ConsentEvent.objects.filter(
            supporter_id=OuterRef("supporter_id"), purpose=OuterRef("purpose")
        ).order_by("-pk")
        mine = OutgoingMessage.objects.filter(
            pk=message.pk, state=MessageState.SENDING, leased_until=self.batch.lease
        )
        row = mine.values_list(
            Subquery(suppressions.values("reason")[:1]),
            Subquery(suppressions.values("created_at")[:1]),
            Subquery(consents.values("decision")[:1]),
        ).first()
        if row is None:
            return False
        reason, since, consent = row
        found = obstacle(
            suppression=Suppression(reason, since) if reason else None,
            purpose=message.purpose,
            consent=consent,
            queued_at=message.created_at,
        )
        reason = found.value if found else self._veto(message)
        if reason:
            _hold_back(message, reason)
        return not reason

    def _veto(self, message: OutgoingMessage) -> str:
        """Ask the apps above whether a mail of theirs is still of use: they list functions under `mail_vetoes`."""
        asked = (veto(message=message, now=self.clock()) for veto in functions_of("mail_vetoes"))
        return next((reason for reason in asked if reason), "")

    def _hand_over(self, message: OutgoingMessage) -> Handover:
        try:
            mail = write_mail(message, sender=self.sender)
        except Exception as error:
            # One mail that cannot be written must not keep the others from leaving.
            logger.exception("the mail %s cannot be written", message.key)
            return Handover(Outcome.REFUSED, f"cannot be written: {error!r}"[:300])
        return self.courier.hand_over(mail)

    def _note(self, message: OutgoingMessage, handover: Handover) -> None:
        now = self.clock()
        match handover.outcome:
            case Outcome.ACCEPTED:
                self._note_sent(message, now)
                if self.batch.is_probe:
                    note_recovery()
            case Outcome.NO_SUCH_RECIPIENT:
                with transaction.atomic():
                    note_bounce(address_key=message.to_key, now=now)
                    _give_up(message, handover.said)
            case Outcome.REFUSED:
                _try_later(message, handover.said, pause_after(message.attempts), now)
            case Outcome.TROUBLE:
                _try_later(message, handover.said, pause_after_trouble(message.attempts), now)
            case Outcome.UNREACHABLE:
                release(batch=self.batch, pks=[message.pk])
            case Outcome.UNCERTAIN:
                _wait_for_report(message, handover.said, now)

    def _note_sent(self, message: OutgoingMessage, sent_at: datetime) -> None:
        """Mark a mail that the provider has; while the database is away, keep trying: the mail *is* sent."""
        while True:
            try:
                OutgoingMessage.objects.filter(pk=message.pk).update(
                    state=MessageState.SENT, sent_at=sent_at, leased_until=None, last_error=""
                )
            except DATABASE_AWAY:
                if self.clock() - sent_at > DATABASE_PATIENCE:
                    raise
                forget_connections()
                self.sleep(BETWEEN_KNOCKS_SECONDS)
            else:
                return


def _hold_back(message: OutgoingMessage, reason: str) -> None:
    OutgoingMessage.objects.filter(pk=message.pk).update(
        state=MessageState.SUPPRESSED, leased_until=None, last_error=reason
    )


def _give_up(message: OutgoingMessage, said: str) -> None:
    OutgoingMessage.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED, leased_until=None, last_error=said
    )


def _try_later(message: OutgoingMessage, said: str, pause: timedelta | None, now: datetime) -> None:
    if pause is None:
        _give_up(message, said)
        return
    OutgoingMessage.objects.filter(pk=message.pk).update(
        state=MessageState.QUEUED, due_at=now + pause, leased_until=None, last_error=said
    )


def _wait_for_report(message: OutgoingMessage, said: str, now: datetime) -> None:
    """Leave the mail with its sender for a while; then it counts as lost and is settled like one."""
    OutgoingMessage.objects.filter(pk=message.pk).update(
        leased_until=now + max(PATIENCE, LEASE), last_error=said
    )
