"""Decisions over many signatures: asked for once, done in the background in batches, undone likewise."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from coop4canada.kit.jobs import enqueue
from petitions.enums import BulkTarget
from petitions.models import Invalidation, Signature
from petitions.queries.matching import signatures_matching
from petitions.rules.criteria import Criteria
from supporters.enums import EntryState
from supporters.models import User

BATCH = 5000


class NoCriteria(Exception):
    """Nothing was asked: that would be everybody."""


@dataclass(frozen=True)
class Proposal:
    """A decision as it was previewed; `key` makes confirming it twice the same as once."""

    petition_id: int
    criteria: Criteria
    target: str
    reason: str
    last_signature_id: int
    expected_count: int
    key: str


@transaction.atomic
def decide_in_bulk(*, proposal: Proposal, user: User, now: datetime) -> Invalidation:
    """Take the decision down; the worker carries it out, on nothing signed after the preview.

    Raises: NoCriteria.
    """
    if proposal.criteria.is_empty:
        raise NoCriteria
    decision, is_new = Invalidation.objects.get_or_create(
        key=proposal.key,
        defaults={
            "petition_id": proposal.petition_id,
            "criteria": proposal.criteria.as_json(),
            "target": BulkTarget(proposal.target),
            "reason": proposal.reason,
            "requested_by": user,
            "created_at": now,
            "last_signature_id": proposal.last_signature_id,
            "expected_count": proposal.expected_count,
        },
    )
    if is_new:
        LogEntry.objects.log_actions(user.pk, [decision], ADDITION, change_message=proposal.reason)
    enqueue("petitions.tasks.work_through_bulk")
    return decision


@transaction.atomic
def undo_decision(*, decision_id: int, user: User, now: datetime) -> None:
    """Ask for a decision to be undone; one that is still being carried out stops."""
    if Invalidation.objects.filter(pk=decision_id, undo_at__isnull=True).update(undo_at=now):
        decision = Invalidation.objects.get(pk=decision_id)
        LogEntry.objects.log_actions(user.pk, [decision], CHANGE, change_message="undo")
    enqueue("petitions.tasks.work_through_bulk")


def carry_on_decision(*, now: datetime, batch: int = BATCH) -> bool:
    """Do one batch of the oldest decision that is not finished; say whether there was one."""
    with transaction.atomic():
        unfinished = Q(undo_at__isnull=True, done_at__isnull=True) | Q(
            undo_at__isnull=False, undone_at__isnull=True
        )
        waiting = Invalidation.objects.filter(unfinished).order_by("pk")
        decision = waiting.select_for_update(skip_locked=True, no_key=True).first()
        if decision is None:
            return False
        if decision.undo_at is None:
            _apply_batch(decision, now, batch)
        else:
            _undo_batch(decision, now, batch)
        decision.save()
        return True


def _apply_batch(decision: Invalidation, now: datetime, batch: int) -> None:
    rows = signatures_matching(
        petition_id=decision.petition_id,
        criteria=Criteria.from_json(decision.criteria),
        target=decision.target,
    ).filter(pk__gt=decision.reached_id, pk__lte=decision.last_signature_id)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:batch])
    # Asked again in the update: what changed since the line above may no longer fit and then stays as it is.
    decision.changed_count += rows.filter(pk__in=ids).update(
        state=decision.target, state_before=F("state"), invalidation=decision
    )
    decision.reached_id = ids[-1] if ids else decision.last_signature_id
    decision.done_at = now if len(ids) < batch else None


def _undo_batch(decision: Invalidation, now: datetime, batch: int) -> None:
    rows = Signature.objects.filter(invalidation=decision, state=decision.target)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:batch])
    has_confirmed_since = When(
        state_before=EntryState.PENDING, confirmed_at__isnull=False, then=Value(EntryState.CONFIRMED)
    )
    rows.filter(pk__in=ids).update(
        state=Case(has_confirmed_since, default=F("state_before")), state_before="", invalidation=None
    )
    decision.undone_at = now if len(ids) < batch else None
