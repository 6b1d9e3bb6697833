"""The consent ledger: given, confirmed, withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from coop4canada.kit.memory import ShortMemory
from coop4canada.kit.signing import keyed_hash
from supporters.enums import ConsentDecision, Method, Purpose
from supporters.models import ConsentEvent, ConsentWording, Supporter

# Words are never changed, so they may be remembered; and there are few of them.
_wordings: ShortMemory[ConsentWording | None] = ShortMemory(timedelta(minutes=10))


@dataclass(frozen=True)
class Circumstances:
    """Where and how something was said: what proves a consent and what limits count by."""

    page: str
    method: Method = Method.WEB
    origin: str = ""
    wide_origin: str = ""
    user_agent: str = ""
    staff_id: int | None = None


def give_consents(
    *, supporter: Supporter, wording_ids: Collection[int], circumstances: Circumstances, now: datetime
) -> list[ConsentEvent]:
    """Note the boxes a person ticked, by the words that stood beside them; unknown words prove nothing and are left out.

    They count once the owner of the address has confirmed it. A box left empty withdraws nothing.
    """
    known = [_wordings.recall(number, partial(_wording, number), now=now) for number in sorted(wording_ids)]
    last = {wording.purpose: wording for wording in known if wording}
    return ConsentEvent.objects.bulk_create(
        _event(supporter, purpose, ConsentDecision.GIVEN, wording, circumstances, now)
        for purpose, wording in last.items()
    )


@transaction.atomic
def confirm_consents(
    *, supporter: Supporter, circumstances: Circumstances, now: datetime
) -> list[ConsentEvent]:
    """Let every consent given so far count: its owner has answered from the address."""
    given = [event for event in _last_events(supporter) if event.decision == ConsentDecision.GIVEN]
    return ConsentEvent.objects.bulk_create(
        _event(supporter, event.purpose, ConsentDecision.CONFIRMED, event.wording, circumstances, now)
        for event in given
    )


@transaction.atomic
def withdraw_consents(
    *, supporter: Supporter, purposes: Collection[str], circumstances: Circumstances, now: datetime
) -> list[ConsentEvent]:
    """End these consents at once; a purpose that was never agreed to, or is withdrawn, needs no event."""
    standing = [
        event
        for event in _last_events(supporter)
        if event.purpose in purposes and event.decision != ConsentDecision.WITHDRAWN
    ]
    return ConsentEvent.objects.bulk_create(
        _event(supporter, event.purpose, ConsentDecision.WITHDRAWN, event.wording, circumstances, now)
        for event in standing
    )


def _wording(number: int) -> ConsentWording | None:
    return ConsentWording.objects.filter(pk=number).first()


def _last_events(supporter: Supporter) -> list[ConsentEvent]:
    """Return the last event of every purpose."""
    events = ConsentEvent.objects.filter(supporter=supporter, purpose__in=Purpose.values)
    return list(events.order_by("purpose", "-id").distinct("purpose").select_related("wording"))


def _event(
    supporter: Supporter,
    purpose: str,
    decision: ConsentDecision,
    wording: ConsentWording | None,
    circumstances: Circumstances,
    now: datetime,
) -> ConsentEvent:
    return ConsentEvent(
        supporter=supporter,
        address_hash=keyed_hash(supporter.email_key),
        purpose=purpose,
        decision=decision,
        wording=wording,
        language=supporter.language,
        method=circumstances.method,
        page=circumstances.page[:200],
        at=now,
        origin=circumstances.origin,
        user_agent=circumstances.user_agent[:300],
        staff_id=circumstances.staff_id,
    )
