"""What is deleted by the clock. Each does a little at a time, and doing it twice is doing it once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from coop4canada.kit.panels import functions_of
from supporters.enums import ConsentDecision, MessageState
from supporters.models import ConsentEvent, MailEvent, OutgoingMessage, SharedCount, Supporter, UsedProof
from supporters.rules.forgetting import UNCONFIRMED_LIFE
from supporters.services.my_data import forget_person

# Source: docs/privacy.md, 2026: how long what is kept.
MAIL_LIFE = timedelta(days=60)
CIRCUMSTANCES_LIFE = timedelta(days=30)

AT_ONCE = 2000
UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING)
ENDED = (MessageState.SENT, MessageState.FAILED, MessageState.SUPPRESSED)


def purge_old_mails(*, now: datetime) -> int:
    """Delete mails that ended two months ago, and the provider's reports of that time; return how many mails."""
    _in_portions(MailEvent.objects.filter(at__lt=now - MAIL_LIFE), _delete)
    ended = OutgoingMessage.objects.filter(state__in=ENDED, created_at__lt=now - MAIL_LIFE)
    return _in_portions(ended, _delete)


def purge_used_proofs(*, now: datetime) -> int:
    """Delete spent proofs of work that have expired; return how many."""
    return UsedProof.objects.filter(expires_at__lt=now).delete()[0]


def forget_sessions(*, now: datetime) -> int:
    """Delete sessions that ran out, with what somebody may have typed at a log-in, and old counts; return how many sessions."""
    SharedCount.objects.filter(expires__lt=now).delete()
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def empty_old_circumstances(*, now: datetime) -> int:
    """Empty internet address and browser of consents a month old; return of how many."""
    events = ConsentEvent.objects.filter(at__lt=now - CIRCUMSTANCES_LIFE).exclude(origin="", user_agent="")
    return _in_portions(events, lambda rows: rows.update(origin="", user_agent=""))


def forget_unconfirmed(*, now: datetime) -> int:
    """Forget people who never answered from their address in two months; return how many.

    Somebody entered them in a form, perhaps not they themselves. Who is kept for another reason stays: AppConfigs list
    functions under `keeps_supporters` that take ids and return those to keep.
    """
    old = Supporter.objects.filter(email_confirmed_at__isnull=True, created_at__lt=now - UNCONFIRMED_LIFE)
    silent = old.exclude(consent_events__decision=ConsentDecision.CONFIRMED)
    return _in_portions(silent.exclude(messages__state__in=UNDER_WAY), _forget)


def _forget(people: QuerySet[Any]) -> int:
    ids = list(people.values_list("pk", flat=True))
    kept = {number for keeps in functions_of("keeps_supporters") for number in keeps(supporter_ids=ids)}
    forgotten = [person for person in people.order_by("pk") if person.pk not in kept]
    for person in forgotten:
        forget_person(supporter=person)
    return len(forgotten)


def _delete(rows: QuerySet[Any]) -> int:
    return rows.delete()[0]


def _in_portions(rows: QuerySet[Any], do: Callable[[QuerySet[Any]], int]) -> int:
    """Do something to all rows, some at a time, so that nobody waits long for a lock; return of how many it was done."""
    count, last = 0, 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        count += do(rows.model.objects.filter(pk__in=ids))
        last = ids[-1]
    return count
