"""Counting who joined, outside of requests."""

from datetime import datetime

from django.db import connection, transaction

from coop4canada.kit.db import lock_for_transaction

LOCK = "pledges.count"

# The index on counted reports holds all that is read. A count that stays is not written again.
COUNT = """
    INSERT INTO pledges_drivecount (drive_id, joined, counted_at)
    SELECT drive.id, count(report.drive_id), %(now)s
    FROM pledges_partymembershipdrive AS drive
    LEFT JOIN pledges_membershipreport AS report
        ON report.drive_id = drive.id AND report.confirmed_at IS NOT NULL AND report.suspicion = ''
    GROUP BY drive.id
    ON CONFLICT (drive_id) DO UPDATE SET joined = excluded.joined, counted_at = excluded.counted_at
    WHERE pledges_drivecount.joined <> excluded.joined
"""


@transaction.atomic
def count_reports(*, now: datetime) -> None:
    """Count the confirmed reports of every drive; two at once wait for each other."""
    lock_for_transaction(LOCK)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"now": now})
