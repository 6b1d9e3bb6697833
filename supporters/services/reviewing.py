"""What organizers decide about entries they looked at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from supporters.enums import EntryState
from supporters.models import Entry, User
from supporters.rules.confirming import may_become, state_on_accepting


class Verdict(StrEnum):
    """What is decided."""

    ACCEPT = "accept"
    INVALIDATE = "invalidate"
    HOLD = "hold"


@dataclass(frozen=True)
class Decided:
    """How many entries changed, and how many could not."""

    changed: int
    left: int


@transaction.atomic
def decide_entries(
    model: type[Entry],
    *,
    entry_ids: Collection[int],
    verdict: Verdict,
    reason: str,
    user: User,
    cleared: Mapping[str, Any],
) -> Decided:
    """Accept, invalidate or hold entries; those in a state that does not allow it are left alone.

    An accepted one counts if its owner has confirmed it; else it waits for that, free of suspicion. Deciding twice is
    deciding once. Every change is written into the organizers' log. `cleared`: {field: value} set on what changes.
    """
    rows = model._default_manager  # noqa: SLF001 — Django's public name
    found = rows.select_for_update(of=("self",), no_key=True).filter(pk__in=entry_ids)
    changed = [entry for entry in found.order_by("pk") if _apply(entry, verdict)]
    for entry in changed:
        for field, value in cleared.items():
            setattr(entry, field, value)
    rows.bulk_update(changed, ["state", "suspicion", *cleared])
    if changed:
        _log(model, changed, f"{verdict}: {reason}" if reason else str(verdict), user)
    return Decided(len(changed), len(set(entry_ids)) - len(changed))


def _apply(entry: Entry, verdict: Verdict) -> bool:
    target = {
        Verdict.ACCEPT: state_on_accepting(has_confirmed=entry.confirmed_at is not None),
        Verdict.INVALIDATE: EntryState.INVALID.value,
        Verdict.HOLD: EntryState.HELD.value,
    }[verdict]
    is_reviewed = entry.state in {EntryState.HELD, EntryState.INVALID}
    if (verdict == Verdict.ACCEPT and not is_reviewed) or not may_become(entry.state, target):
        return False
    entry.state = target
    if target == EntryState.PENDING:
        entry.suspicion = ""
    return True


def _log(model: type[Entry], changed: list[Entry], message: str, user: User) -> None:
    """Write into the organizers' log, which outlives an erasure and so holds no name."""
    kind = ContentType.objects.get_for_model(model)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=user,
            content_type=kind,
            object_id=str(entry.pk),
            object_repr=f"{kind.model} {entry.pk}",
            action_flag=CHANGE,
            change_message=message,
        )
        for entry in changed
    )
