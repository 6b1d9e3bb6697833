"""As many pledges as wanted, written by the database itself, spread over the ridings in force; for measuring."""

import datetime as dt
from typing import Any

from django.db import connection, transaction

from ridings.enums import BoundaryStatus
from ridings.models import Riding
from tests import make

PEOPLE = """
    INSERT INTO supporters_supporter (email, email_key, household_place, name, search_text, postal_code, riding_number,
        riding_source, language, phone, email_confirmed_at, created_at)
    SELECT 'pledger' || n || '.' || %(stamp)s || '@pledges.example.org', 'pledger' || n || '.' || %(stamp)s ||
        '@pledges.example.org', 1, '', '', 'K1A0B1', (%(ridings)s::int[])[1 + (n * 7919) %% %(count)s], 'postal',
        CASE WHEN n %% 5 = 0 THEN 'fr' ELSE 'en' END, '', %(at)s, %(at)s
    FROM generate_series(1::bigint, %(pledges)s) AS n
    RETURNING id, riding_number, language
"""
PLEDGES = f"""
    WITH people AS ({PEOPLE})
    INSERT INTO pledges_pledge (supporter_id, state, postal_code, riding_number, riding_source, language, method, suspicion,
        origin, email_domain, created_at, confirmed_at, mail_count, voter_status)
    SELECT id, CASE WHEN id %% 10 < 9 THEN 'confirmed' ELSE 'pending' END, 'K1A0B1', riding_number, 'postal', language, 'web',
        '', '', 'pledges.example.org', %(at)s, CASE WHEN id %% 10 < 9 THEN %(at)s END, 1,
        CASE WHEN id %% 20 = 0 THEN 'young' ELSE 'voter' END
    FROM people
"""


@transaction.atomic
def make_pledges(count: int, *, at: dt.datetime = make.NOON) -> None:
    """Add `count` pledges of as many new people over all ridings in force: nine of ten confirmed, one of twenty too young."""
    live = Riding.objects.filter(boundary_set__status=BoundaryStatus.LIVE).order_by("number")
    ridings = list(live.values_list("number", flat=True))
    with connection.cursor() as cursor:
        stamp = str(dt.datetime.now(dt.UTC).timestamp())
        values: dict[str, Any] = {
            "pledges": count,
            "ridings": ridings,
            "count": len(ridings),
            "at": at,
            "stamp": stamp,
        }
        cursor.execute(PLEDGES, values)
        for table in ("supporters_supporter", "pledges_pledge"):
            cursor.execute(f"ANALYZE {table}")
