"""Counting outside of requests: a job takes in what the trigger noted; a nightly one counts the rows themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from coop4canada.kit.db import lock_for_transaction
from petitions.models import PetitionCount

LOCK = "petitions.count"
MOST_CHANGES = 200_000

TAKE_IN = """
    WITH taken AS (
        DELETE FROM petitions_countchange
        WHERE id IN (SELECT id FROM petitions_countchange ORDER BY id LIMIT %(most)s)
        RETURNING petition_id, riding_number, confirmed, pending
    ), sums AS (
        SELECT petition_id, riding_number, sum(confirmed)::int AS confirmed, sum(pending)::int AS pending
        FROM taken GROUP BY petition_id, riding_number
    ), tallied AS (
        INSERT INTO petitions_tally (petition_id, riding_number, confirmed, pending)
        SELECT petition_id, riding_number, confirmed, pending FROM sums
        ON CONFLICT (petition_id, riding_number) DO UPDATE SET
            confirmed = petitions_tally.confirmed + excluded.confirmed,
            pending = petitions_tally.pending + excluded.pending
    )
    INSERT INTO petitions_petitioncount (petition_id, confirmed, pending, counted_at)
    SELECT petition_id, sum(confirmed)::int, sum(pending)::int, %(now)s FROM sums GROUP BY petition_id
    ON CONFLICT (petition_id) DO UPDATE SET
        confirmed = petitions_petitioncount.confirmed + excluded.confirmed,
        pending = petitions_petitioncount.pending + excluded.pending,
        counted_at = excluded.counted_at
"""

# One statement, hence one snapshot: rows, tallies and what is still to be taken in belong to the same moment.
DRIFT = """
    WITH counted AS (
        SELECT petition_id, coalesce(riding_number, 0) AS riding_number,
            count(*) FILTER (WHERE state = 'confirmed') AS confirmed,
            count(*) FILTER (WHERE state = 'pending' AND suspicion = '') AS pending
        FROM petitions_signature GROUP BY 1, 2
    ), believed AS (
        SELECT petition_id, riding_number, sum(confirmed) AS confirmed, sum(pending) AS pending FROM (
            SELECT petition_id, riding_number, confirmed, pending FROM petitions_tally
            UNION ALL SELECT petition_id, riding_number, confirmed, pending FROM petitions_countchange
        ) AS both_sources GROUP BY 1, 2
    )
    SELECT petition_id, riding_number,
        (coalesce(counted.confirmed, 0) - coalesce(believed.confirmed, 0))::int,
        (coalesce(counted.pending, 0) - coalesce(believed.pending, 0))::int
    FROM counted FULL JOIN believed USING (petition_id, riding_number)
    WHERE coalesce(counted.confirmed, 0) <> coalesce(believed.confirmed, 0)
        OR coalesce(counted.pending, 0) <> coalesce(believed.pending, 0)
    ORDER BY petition_id, riding_number
"""

NOTE_DRIFT = """
    INSERT INTO petitions_countchange (petition_id, riding_number, confirmed, pending) VALUES (%s, %s, %s, %s)
"""


TOTALS = """
    UPDATE petitions_petitioncount AS total SET confirmed = sums.confirmed, pending = sums.pending
    FROM (SELECT petition_id, sum(confirmed) AS confirmed, sum(pending) AS pending FROM petitions_tally GROUP BY 1) AS sums
    WHERE sums.petition_id = total.petition_id
        AND (sums.confirmed <> total.confirmed OR sums.pending <> total.pending)
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
    with connection.cursor() as cursor:
        cursor.execute(TAKE_IN, {"most": MOST_CHANGES, "now": now})


@transaction.atomic
def recount_signatures(*, now: datetime) -> list[Drift]:
    """Count every row, mend counts that differ and return by how much; none is what is expected."""
    lock_for_transaction(LOCK)
    with connection.cursor() as cursor:
        cursor.execute(DRIFT)
        drifts = [Drift(*row) for row in cursor.fetchall()]
        for drift in drifts:
            cursor.execute(
                NOTE_DRIFT, [drift.petition_id, drift.riding_number, drift.confirmed, drift.pending]
            )
        cursor.execute(TAKE_IN, {"most": MOST_CHANGES, "now": now})
        cursor.execute(TOTALS)
    PetitionCount.objects.update(recounted_at=now)
    return drifts
