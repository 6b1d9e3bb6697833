"""Mails about rounds: to everybody concerned, in batches, each once, wherever and however often the job runs."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from coop4canada.kit.signing import seal
from coop4canada.templatetags.formats import moment
from pledges.enums import RoundMail, RoundState
from pledges.models import (
    Ballot,
    BallotSecret,
    Pledge,
    RecommendationRound,
    RollEntry,
    RoundMailing,
    RoundOption,
)
from pledges.queries.ballots import BALLOT, ballot_key
from pledges.queries.outcomes import outcome_sentence
from pledges.rules.round_states import reminder_due_at
from pledges.services.recommending import plan_mails
from ridings.queries.codes import live_ridings
from supporters.enums import EntryState
from supporters.models import Supporter
from supporters.rules.person_name import given_name
from supporters.services import Draft, queue_message
from supporters.services.batches import in_batches
from supporters.services.outbox import PRIORITY_BULK

BATCH = 500
# Who is written to: those on the roll, or everybody who pledged in the riding.
TO_RIDING = {RoundMail.RESULT, RoundMail.LIFTED}
# What is of no use once voting is over.
WHILE_OPEN = {RoundMail.BALLOT, RoundMail.REMINDER, RoundMail.WITHDRAWAL}


def plan_reminders(*, now: datetime) -> None:
    """Have those without a ballot reminded in every open round that is near its end."""
    for row in RecommendationRound.objects.filter(state=RoundState.OPEN, closes_at__gt=now).order_by("pk"):
        due = reminder_due_at(row.opened_at or row.opens_at, row.closes_at)
        if due is not None and due <= now:
            plan_mails(row, RoundMail.REMINDER)


def queue_round_mails(*, now: datetime) -> int:
    """Queue what is planned, in batches of their own transactions; return how many mails."""
    unfinished = RoundMailing.objects.filter(finished_at__isnull=True).order_by("pk")
    keys = list(unfinished.values_list("pk", flat=True))
    return in_batches(keys, lambda key: _queue_batch(key, now))


@transaction.atomic
def _queue_batch(mailing_id: int, now: datetime) -> int | None:
    """Queue the next people's mails; None if that is done, or another worker does it."""
    rows = RoundMailing.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    mailing = rows.filter(pk=mailing_id, finished_at__isnull=True).select_related("round").first()
    if mailing is None:
        return None
    is_late = mailing.kind in WHILE_OPEN and mailing.round.state != RoundState.OPEN
    people = [] if is_late else _next_people(mailing)
    shared = facts(mailing) if people else {}
    for _number, supporter, token in people:
        if supporter is not None:
            queue_message(draft=_draft(mailing, supporter, token, shared), now=now)
    if people:
        mailing.last_id = people[-1][0]
    if len(people) < BATCH:
        mailing.finished_at = now
    mailing.save()
    return sum(supporter is not None for _number, supporter, _token in people)


# (where the batch has come to, whom to write to or None, the token of their ballot)
_Addressee = tuple[int, Supporter | None, str]


def _next_people(mailing: RoundMailing) -> list[_Addressee]:
    if mailing.kind in TO_RIDING:
        pledges = Pledge.objects.filter(
            riding_number=mailing.round.riding_number,
            state=EntryState.CONFIRMED,
            supporter__email_confirmed_at__isnull=False,
            pk__gt=mailing.last_id,
        )
        rows = pledges.select_related("supporter").order_by("pk")[:BATCH]
        return [(pledge.pk, pledge.supporter, "") for pledge in rows]
    entries = list(_entries_after(mailing))
    voted = _voted(mailing.round, entries) if mailing.kind == RoundMail.REMINDER else set()
    return [
        (entry.pk, None if entry.pk in voted else _reachable(entry.pledge), seal(BALLOT, entry.pk))
        for entry in entries
    ]


def _entries_after(mailing: RoundMailing) -> QuerySet[RollEntry]:
    entries = RollEntry.objects.filter(round=mailing.round, pk__gt=mailing.last_id)
    return entries.select_related("pledge__supporter").order_by("pk")[:BATCH]


def _reachable(pledge: Pledge | None) -> Supporter | None:
    """Return who can still vote; not whoever withdrew the pledge or was erased since."""
    return pledge.supporter if pledge is not None and pledge.state == EntryState.CONFIRMED else None


def _voted(row: RecommendationRound, entries: Collection[RollEntry]) -> set[int]:
    """Return whose ballot is in. The database cannot tell: the keys are made here, and kept nowhere."""
    secret = BallotSecret.objects.get(round=row).value
    keys = {ballot_key(secret, entry.pk): entry.pk for entry in entries}
    found = Ballot.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    return {keys[key] for key in found}


def _draft(mailing: RoundMailing, supporter: Supporter, token: str, shared: dict[str, Any]) -> Draft:
    about = f"{mailing.round_id}:{mailing.about}" if mailing.about else str(mailing.round_id)
    own = {"name": given_name(supporter.name) if supporter.name else ""}
    return Draft(
        kind=f"pledges/{mailing.kind}",
        key=f"pledges/{mailing.kind}:{about}:{supporter.pk}",
        supporter=supporter,
        context=shared | own | ({"token": token} if token else {}),
        priority=PRIORITY_BULK,
    )


def facts(mailing: RoundMailing) -> dict[str, Any]:
    """Return what a mail says of a round, in both languages."""
    row = mailing.round
    riding = live_ridings([row.riding_number]).get(row.riding_number)
    option = RoundOption.objects.filter(round=row, key=mailing.about).first() if mailing.about else None
    values: dict[str, Any] = {"number": row.riding_number, "candidate": option.name if option else ""}
    for language in ("en", "fr"):
        with translation.override(language):
            values |= {
                f"riding_{language}": riding.name if riding else str(row.riding_number),
                f"election_{language}": row.election,
                f"closes_{language}": moment(row.closes_at),
                f"because_{language}": row.cancelled_because,
            }
            if mailing.kind in TO_RIDING:
                values[f"outcome_{language}"] = outcome_sentence(row)
    return values
