"""“I voted” and “no more reminders”: told by the link in a reminder, and taken back by it."""

from datetime import date, datetime

from django.db import transaction

from pledges.enums import UNKNOWN_RIDING
from pledges.models import Pledge, VotingReply
from pledges.queries.voting import days_of
from pledges.rules.voting import takes_replies
from supporters.enums import EntryState
from supporters.services.entries import locked_entry


class NotTheTime(Exception):
    """One cannot vote yet, or the election has been over for a while."""


@transaction.atomic
def tell_voted(*, pledge_id: int, polling_on: date, now: datetime) -> VotingReply | None:
    """Note that somebody voted, which ends their reminders at once; None if the pledge is gone. Twice is once.

    Raises: NotTheTime.
    """
    if not takes_replies(days_of(polling_on), now):
        raise NotTheTime
    reply = _reply(pledge_id, polling_on)
    if reply is not None and reply.voted_at is None:
        reply.voted_at = now
        reply.save(update_fields=["voted_at"])
    return reply


@transaction.atomic
def take_back_voted(*, pledge_id: int, polling_on: date) -> None:
    """Forget that somebody said they voted; reminders that are still to come reach them again. Twice is once."""
    reply = _reply(pledge_id, polling_on)
    if reply is not None and reply.voted_at is not None:
        reply.voted_at = None
        reply.save(update_fields=["voted_at"])


@transaction.atomic
def stop_vote_reminders(*, pledge_id: int, polling_on: date, now: datetime) -> None:
    """End the reminders of one election for one person, those that wait to be sent included; twice is once."""
    reply = _reply(pledge_id, polling_on)
    if reply is not None and reply.stopped_at is None:
        reply.stopped_at = now
        reply.save(update_fields=["stopped_at"])


def _reply(pledge_id: int, polling_on: date) -> VotingReply | None:
    """Return the answer of a pledger, new or known, nobody else at work on the pledge; None if it does not hold."""
    pledge = locked_entry(Pledge, pledge_id)
    if pledge is None or pledge.supporter_id is None or pledge.state != EntryState.CONFIRMED:
        return None
    number = pledge.riding_number or UNKNOWN_RIDING
    reply, _is_new = VotingReply.objects.get_or_create(
        pledge=pledge, polling_on=polling_on, defaults={"riding_number": number}
    )
    return reply
