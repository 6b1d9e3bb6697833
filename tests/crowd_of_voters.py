"""As many people to call as wanted, written by the database itself, spread over the ridings in force; for measuring."""

import datetime as dt
from typing import Any

from django.db import connection, transaction

from ridings.queries.clocks import riding_clocks
from tests.volunteers.contacting import contact_list, script_version
from volunteers.enums import Need
from volunteers.models import ContactList

# One of ten shares its address with the one before, one of fifty its number.
VOTERS = """
    INSERT INTO volunteers_contact (contact_list_id, source_id, name, language, phone, phone_digest, address_digest,
        household_key, riding_number, zone, zone_source, priority, state, attempt_count, next_at, last_outcome)
    SELECT %(list)s, '', 'Voter ' || n, 'en', number, md5(number), md5('home' || home), md5('home' || home),
        (%(ridings)s::int[])[place], (%(zones)s::text[])[place], 'riding', %(need)s, 'ready', 0,
        %(at)s - (n %% 100000) * interval '1 second', ''
    FROM (
        SELECT n, 1 + (n * 7919) %% %(count)s AS place, CASE WHEN n %% 10 = 0 THEN n - 1 ELSE n END AS home,
            '+1' || (2000000000 + %(first)s + CASE WHEN n %% 50 = 0 THEN n - 1 ELSE n END) AS number
        FROM generate_series(1::bigint, %(voters)s) AS n
    ) AS numbered
"""


@transaction.atomic
def make_voters(
    count: int, *, at: dt.datetime, zone: str = "", first: int = 0, of: ContactList | None = None
) -> ContactList:
    """Add a list of `count` people that may be called from `at` on; all in one zone if it is named. Returns the list."""
    list_ = of or contact_list(script=script_version().script)
    clocks = riding_clocks()
    values: dict[str, Any] = {
        "list": list_.pk, "voters": count, "count": len(clocks), "at": at, "need": Need.SWING, "first": first,
        "ridings": list(clocks), "zones": [zone or one.clock.zone for one in clocks.values()],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(VOTERS, values)
        cursor.execute("ANALYZE volunteers_contact")
    return list_
