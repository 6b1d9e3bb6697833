"""Counting pledges outside of requests, and noting the milestones that are reached."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from campaign.services import alert_organizers
from coop4canada.kit.db import lock_for_transaction
from coop4canada.kit.journal import Journal, find_drifts, note_changes, take_in
from pledges.enums import UNKNOWN_RIDING
from pledges.models import PledgeTally, ReachedMilestone
from pledges.rules.milestones import Milestone, country_milestones, newly_reached, riding_milestones
from ridings.queries.margins import last_margins

logger = logging.getLogger(__name__)

LOCK = "pledges.count"
# The country's milestones stand under the number of the unknown riding, which has none of its own.
COUNTRY = UNKNOWN_RIDING
JOURNAL = Journal(
    rows="pledges_pledge",
    changes="pledges_pledgechange",
    tallies="pledges_pledgetally",
    keys=("riding_number",),
    measures={
        "voters": "state = 'confirmed' AND voter_status = 'voter'",
        "others": "state = 'confirmed' AND voter_status <> 'voter'",
        "pending": "state = 'pending' AND suspicion = ''",
    },
)


@dataclass(frozen=True)
class PledgeDrift:
    """By how much the counts of a riding (0: unknown) were wrong: what the rows say minus the counts."""

    riding_number: int
    voters: int
    others: int
    pending: int


@transaction.atomic
def count_pledges(*, now: datetime) -> None:
    """Add what was noted since the last time to the tallies, and note milestones reached; two at once wait for each other."""
    lock_for_transaction(LOCK)
    changed = {riding_number for (riding_number,) in take_in(JOURNAL)}
    if changed:
        _note_milestones(changed, now)


@transaction.atomic
def recount_pledges(*, now: datetime) -> list[PledgeDrift]:
    """Count every row, mend counts that differ and tell organizers; return by how much they were wrong."""
    lock_for_transaction(LOCK)
    drifts = [PledgeDrift(*row) for row in find_drifts(JOURNAL)]
    note_changes(JOURNAL, [list(vars(drift).values()) for drift in drifts])
    take_in(JOURNAL)
    if drifts:
        logger.error("counts of pledges were wrong: %s", drifts)
        message = _("The nightly recount mended wrong counts of pledges in %(places)s ridings.") % {
            "places": len(drifts)
        }
        alert_organizers(key="pledges.drift", message=message, now=now)
    return drifts


def _note_milestones(changed: Collection[int], now: datetime) -> None:
    ridings = [number for number in changed if number != UNKNOWN_RIDING]
    tallies = PledgeTally.objects.filter(riding_number__in=ridings)
    # A riding's pledges are compared with votes, so only those who can vote count there.
    counts = dict(tallies.values_list("riding_number", "voters"))
    margins = last_margins(ridings)
    lists = {
        number: riding_milestones(margins[number].votes if number in margins else None) for number in ridings
    }
    totals = PledgeTally.objects.aggregate(voters=Sum("voters"), others=Sum("others"))
    counts[COUNTRY] = (totals["voters"] or 0) + (totals["others"] or 0)
    _write_new(counts, {**lists, COUNTRY: country_milestones()}, now)


def _write_new(counts: Mapping[int, int], lists: Mapping[int, tuple[Milestone, ...]], now: datetime) -> None:
    known: dict[int, set[int]] = defaultdict(set)
    rows = ReachedMilestone.objects.filter(riding_number__in=counts)
    for riding_number, number in rows.values_list("riding_number", "number"):
        known[riding_number].add(number)
    ReachedMilestone.objects.bulk_create(
        ReachedMilestone(riding_number=riding_number, number=number, reached_at=now)
        for riding_number, count in counts.items()
        for number in newly_reached(
            lists[riding_number], count=count, reached=frozenset(known[riding_number])
        )
    )
