"""Counting outside of requests: a job takes in what the trigger noted; a nightly one counts the rows themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from coop4canada.kit.db import lock_for_transaction
from coop4canada.kit.journal import Journal, find_drifts, note_changes, take_in
from petitions.models import PetitionCount

LOCK = "petitions.count"
JOURNAL = Journal(
    rows="petitions_signature",
    changes="petitions_countchange",
    tallies="petitions_tally",
    keys=("petition_id", "riding_number"),
    measures={"confirmed": "state = 'confirmed'", "pending": "state = 'pending' AND suspicion = ''"},
)

TOTALS = """
    INSERT INTO petitions_petitioncount (petition_id, confirmed, pending, counted_at)
    SELECT petition_id, sum(confirmed)::int, sum(pending)::int, %(now)s
    FROM petitions_tally WHERE petition_id = ANY(%(petitions)s) GROUP BY petition_id
    ON CONFLICT (petition_id) DO UPDATE SET
        confirmed = excluded.confirmed, pending = excluded.pending, counted_at = excluded.counted_at
"""


@dataclass(frozen=True)
class Drift:
    """By how much the counts of a petition in a riding (0: unknown) were wrong: what the rows say minus the counts."""

    petition_id: int
    riding_number: int
    confirmed: int
    pending: int


@transaction.atomic
def count_signatures(*, now: datetime) -> None:
    """Add what was noted since the last time to tallies and counts; two at once wait for each other."""
    lock_for_transaction(LOCK)
    changed = take_in(JOURNAL)
    _add_up({petition_id for petition_id, _riding_number in changed}, now)


@transaction.atomic
def recount_signatures(*, now: datetime) -> list[Drift]:
    """Count every row, mend counts that differ and return by how much; none is what is expected."""
    lock_for_transaction(LOCK)
    drifts = find_drifts(JOURNAL)
    note_changes(JOURNAL, drifts)
    changed = {petition_id for petition_id, _riding_number in take_in(JOURNAL)}
    _add_up(changed | set(PetitionCount.objects.values_list("pk", flat=True)), now)
    PetitionCount.objects.update(recounted_at=now)
    return [Drift(*row) for row in drifts]


def _add_up(petition_ids: Collection[int], now: datetime) -> None:
    """Add up the tallies of these petitions: a few hundred rows each, however many signed."""
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, {"petitions": list(petition_ids), "now": now})
