"""What organizers decide about signatures they looked at."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from petitions.models import Signature
from supporters.enums import EntryState
from supporters.models import User
from supporters.rules.confirming import may_become, state_on_accepting


class Verdict(StrEnum):
    """What is decided."""

    ACCEPT = "accept"
    INVALIDATE = "invalidate"
    HOLD = "hold"


@dataclass(frozen=True)
class Decided:
    """How many signatures changed, and how many could not."""

    changed: int
    left: int


@transaction.atomic
def decide_signatures(
    *, signature_ids: Collection[int], verdict: Verdict, reason: str, user: User
) -> Decided:
    """Accept, invalidate or hold signatures; those in a state that does not allow it are left alone.

    An accepted one counts if its owner has confirmed it; else it waits for that, free of suspicion. Deciding twice is
    deciding once. Every change is written into the organizers' log.
    """
    rows = Signature.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=signature_ids)
    changed = [signature for signature in rows.order_by("pk") if _apply(signature, verdict)]
    fields = ["state", "suspicion", "invalidation", "state_before"]
    Signature.objects.bulk_update(changed, fields)
    if changed:
        _log(changed, f"{verdict}: {reason}" if reason else str(verdict), user)
    return Decided(len(changed), len(set(signature_ids)) - len(changed))


def _apply(signature: Signature, verdict: Verdict) -> bool:
    target = {
        Verdict.ACCEPT: state_on_accepting(has_confirmed=signature.confirmed_at is not None),
        Verdict.INVALIDATE: EntryState.INVALID.value,
        Verdict.HOLD: EntryState.HELD.value,
    }[verdict]
    is_reviewed = signature.state in {EntryState.HELD, EntryState.INVALID}
    if (verdict == Verdict.ACCEPT and not is_reviewed) or not may_become(signature.state, target):
        return False
    signature.state = target
    # Decided by hand: undoing a decision over many no longer touches it.
    signature.invalidation, signature.state_before = None, ""
    if target == EntryState.PENDING:
        signature.suspicion = ""
    return True


def _log(changed: list[Signature], message: str, user: User) -> None:
    """Write into the organizers' log, which outlives an erasure and so holds no name."""
    kind = ContentType.objects.get_for_model(Signature)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=user,
            content_type=kind,
            object_id=str(signature.pk),
            object_repr=f"signature {signature.pk}",
            action_flag=CHANGE,
            change_message=message,
        )
        for signature in changed
    )
