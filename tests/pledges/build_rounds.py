"""Builders of pledges and recommendation rounds, by the real clock, which the database measures ballots by."""

import datetime as dt
from itertools import count
from typing import Any

from django.urls import reverse

from campaign.models import Party
from coop4canada.kit.clock import now
from coop4canada.kit.signing import seal
from pledges.models import Pledge, RecommendationRound, RollEntry, RoundOption
from pledges.queries.ballots import BALLOT
from pledges.services import (
    announce_round,
    cast_ballot,
    close_due_rounds,
    open_due_rounds,
    publish_due_rounds,
)
from supporters.models import Supporter

RIDING = 35001
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
CANDIDATES = {"ada": "NDP", "ben": "LPC", "cy": "GPC"}

_numbers = count(1)


def pledge(**fields: Any) -> Pledge:
    """Make somebody who pledged in the riding two days ago and confirmed it."""
    number = next(_numbers)
    person = {"name": f"Pledger {number}", "language": fields.pop("language", "en")}
    email = f"pledger{number}@example.org"
    confirmed = fields.pop("email_confirmed_at", now() - DAY)
    supporter = Supporter.objects.create(
        **person,
        email=email,
        email_key=email,
        search_text=person["name"].lower(),
        riding_number=RIDING,
        email_confirmed_at=confirmed,
        created_at=now() - 2 * DAY,
    )
    values = {
        "supporter": supporter,
        "riding_number": RIDING,
        "state": "confirmed",
        "confirmed_at": now() - DAY,
        "created_at": now() - 2 * DAY,
        "language": person["language"],
    }
    return Pledge.objects.create(**values | fields)


def draft(**fields: Any) -> RecommendationRound:
    """Make a round that may be announced: open for five days, three candidates, 5 ballots shown, no quorum to speak of."""
    options = fields.pop("options", CANDIDATES)
    an_hour_ago = now() - HOUR
    values = {
        "riding_number": RIDING,
        "election_en": "the general election of 2029",
        "election_fr": "l’élection générale de 2029",
        "election_on": dt.date(2029, 10, 15),
        "opens_at": an_hour_ago,
        "closes_at": an_hour_ago + 5 * DAY,
        "pledged_before": an_hour_ago,
        "method": "ranked",
        "quorum_ballots": 5,
        "quorum_percent": 0,
        "threshold_percent": 50,
        "minimum_ballots": 5,
    }
    row = RecommendationRound.objects.create(**values | fields)
    for key, code in options.items():
        party, _is_new = Party.objects.get_or_create(
            code=code,
            defaults={
                f"{field}_{language}": code
                for field in ("name", "short", "phrase")
                for language in ("en", "fr")
            }
            | {"role": "cooperating"},
        )
        RoundOption.objects.create(round=row, key=key, name=f"{key.capitalize()} Ng", party=party)
    return row


def opened(people: int = 6, **fields: Any) -> tuple[RecommendationRound, list[RollEntry]]:
    """Open a round with so many people on its roll."""
    for _number in range(people):
        pledge()
    row = draft(**fields)
    announce_round(round_id=row.pk, now=now())
    open_due_rounds(now=now())
    row.refresh_from_db()
    return row, list(RollEntry.objects.filter(round=row).select_related("pledge__supporter").order_by("pk"))


def vote(entry: RollEntry, *marks: str) -> None:
    cast_ballot(entry_id=entry.pk, marks=marks)


def vote_all(entries: list[RollEntry], *ballots: str) -> None:
    """Cast ballots written as words, one for each place in order."""
    for entry, ballot in zip(entries, ballots, strict=False):
        vote(entry, *ballot.split())


def let_time_pass(row: RecommendationRound) -> None:
    """Let the round's time be over, as if it had been planned so."""
    RecommendationRound.objects.filter(pk=row.pk).update(
        pledged_before=now() - 9 * DAY, opens_at=now() - 8 * DAY, closes_at=now() - HOUR
    )


def closed(row: RecommendationRound) -> RecommendationRound:
    let_time_pass(row)
    close_due_rounds()
    row.refresh_from_db()
    return row


def published(row: RecommendationRound) -> RecommendationRound:
    closed(row)
    publish_due_rounds(now=now())
    return RecommendationRound.objects.get(pk=row.pk)


def link(entry: RollEntry) -> str:
    """Return the address in the ballot mail."""
    return reverse("recommendations:ballot", args=[seal(BALLOT, entry.pk)])
