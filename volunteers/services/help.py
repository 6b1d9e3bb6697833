"""A trainer at the side of whoever calls: asked for, taken, done."""

from datetime import datetime

from django.db import transaction

from supporters.models import User
from volunteers.models import HelpRequest, Lease, TrainerDuty
from volunteers.models.desk import HELP_LENGTH, REACH_LENGTH


@transaction.atomic
def ask_for_help(*, caller: User, message: str, now: datetime) -> HelpRequest:
    """Ask trainers for help; asked again while that is open, it stays one request with the newer words."""
    lease = Lease.objects.filter(caller=caller, ended_at__isnull=True).first()
    words = message.strip()[:HELP_LENGTH]
    asked, is_new = HelpRequest.objects.get_or_create(
        caller=caller, closed_at=None, defaults={"lease": lease, "message": words, "asked_at": now}
    )
    if words and not is_new:
        HelpRequest.objects.filter(pk=asked.pk).update(message=words)
        asked.message = words
    return asked


@transaction.atomic
def take_request(*, request_id: int, trainer: User) -> bool:
    """Let a trainer take a request that nobody has taken; say whether it is theirs."""
    open_one = HelpRequest.objects.filter(pk=request_id, closed_at=None)
    open_one.filter(taken_by=None).update(taken_by=trainer)
    return open_one.filter(taken_by=trainer).exists()


@transaction.atomic
def close_request(*, request_id: int, now: datetime) -> bool:
    """Note that a caller has been helped; say whether the request was open."""
    return bool(HelpRequest.objects.filter(pk=request_id, closed_at=None).update(closed_at=now))


@transaction.atomic
def close_own_request(*, caller: User, now: datetime) -> bool:
    """Let a caller take the own request back; say whether one was open."""
    return bool(HelpRequest.objects.filter(caller=caller, closed_at=None).update(closed_at=now))


@transaction.atomic
def begin_duty(*, trainer: User, reach: str, now: datetime) -> TrainerDuty:
    """Put a trainer on duty; already there, only how they are reached changes."""
    duty, is_new = TrainerDuty.objects.get_or_create(
        trainer=trainer, ended_at=None, defaults={"reach": reach[:REACH_LENGTH], "began_at": now}
    )
    if not is_new and reach:
        TrainerDuty.objects.filter(pk=duty.pk).update(reach=reach[:REACH_LENGTH])
        duty.reach = reach[:REACH_LENGTH]
    return duty


@transaction.atomic
def end_duty(*, trainer: User, now: datetime) -> bool:
    """Take a trainer off duty; say whether they were on it."""
    return bool(TrainerDuty.objects.filter(trainer=trainer, ended_at=None).update(ended_at=now))
