"""Captains settle what two canvassers heard differently at one door."""

from datetime import datetime
from uuid import uuid5

from django.db import transaction

from supporters.models import User
from volunteers.enums import Outcome
from volunteers.models import Attempt, Door
from volunteers.queries.walks import knocks_of
from volunteers.rules.door_status import door_status
from volunteers.services.attempts import Report, write_attempt
from volunteers.services.visits import refresh_door


class NothingToSettle(Exception):
    """The records of this door do not contradict each other, or nobody heard this."""


@transaction.atomic
def settle_door(*, door: Door, outcome: Outcome, by: User, now: datetime) -> int:
    """Correct every record that says otherwise; return how many. What was recorded stays; settled twice is settled once.

    A wish not to be contacted is never settled away: where one heard it, that is the only outcome.
    Raises: NothingToSettle.
    """
    locked = Door.objects.select_for_update(of=("self",), no_key=True).get(pk=door.pk)
    attempts = {attempt.client_id: attempt for attempt in locked.attempts.select_related("team", "checkout")}
    rivals = door_status(knocks_of(attempts.values())).rivals
    heard = {rival.outcome for rival in rivals}
    is_final = Outcome.DO_NOT_CONTACT in heard and outcome != Outcome.DO_NOT_CONTACT
    if outcome not in heard or is_final:
        raise NothingToSettle
    wrong = [attempts[rival.id] for rival in rivals if rival.outcome != outcome]
    for attempt in wrong:
        write_attempt(report=_correction(attempt, outcome, by), now=now)
    refresh_door(locked)
    return len(wrong)


def _correction(attempt: Attempt, outcome: Outcome, by: User) -> Report:
    # By whom is part of the id: a second captain who settles at the same time waits, and then finds nothing to settle.
    return Report(
        client_id=uuid5(attempt.client_id, f"settled {outcome} {by.pk}"),
        by=by,
        riding_number=attempt.riding_number,
        outcome=outcome,
        happened_at=attempt.happened_at,
        team=attempt.team,
        door=attempt.door,
        checkout=attempt.checkout,
        corrects=attempt,
    )
