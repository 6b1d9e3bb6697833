"""Who signs more often within an hour than people of one house, town or firm do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network

from django.db import connection

from petitions.enums import TrendKind
from petitions.models import TrendingThreshold
from supporters.queries.address_rules import current_rules
from supporters.rules.email_providers import COMMON_DOMAINS

HOUR = timedelta(hours=1)
# Used for a kind that organizers have no threshold for.
DEFAULTS = {TrendKind.NETWORK: 100, TrendKind.WIDE: 300, TrendKind.DOMAIN: 200}

# One reading of the last hour by the BRIN index of `created_at`, grouped in three ways.
TRENDS = """
    WITH recent AS MATERIALIZED (
        SELECT petition_id, origin, email_domain FROM petitions_signature
        WHERE created_at >= %(since)s AND created_at < %(now)s
    ), places AS (
        SELECT petition_id, origin::cidr AS place, count(*) AS signatures FROM recent WHERE origin <> '' GROUP BY 1, 2
    )
    SELECT petition_id, 'network', place::text, signatures FROM places WHERE signatures > %(network)s
    UNION ALL
    SELECT petition_id, 'wide',
        set_masklen(place, least(masklen(place), CASE family(place) WHEN 4 THEN 24 ELSE 48 END))::text, sum(signatures)
    FROM places GROUP BY 1, 3 HAVING sum(signatures) > %(wide)s
    UNION ALL
    SELECT petition_id, 'domain', email_domain, count(*) FROM recent
    WHERE email_domain <> '' GROUP BY 1, 3 HAVING count(*) > %(domain)s
    ORDER BY 1, 2, 4 DESC, 3
"""


@dataclass(frozen=True)
class Trend:
    """So many signatures within an hour from one network (CIDR) or mail domain."""

    petition_id: int
    kind: TrendKind
    value: str
    count: int


def trends(now: datetime) -> list[Trend]:
    """Return who signed more often than the thresholds within the last hour; who is allowed to is left out."""
    stored = TrendingThreshold.objects.values_list("kind", "most_per_hour")
    limits = {**{kind.value: most for kind, most in DEFAULTS.items()}, **dict(stored)}
    with connection.cursor() as cursor:
        values: dict[str, int | datetime] = {"since": now - HOUR, "now": now, **limits}
        cursor.execute(TRENDS, values)
        found = [Trend(row[0], TrendKind(row[1]), row[2], int(row[3])) for row in cursor.fetchall()]
    return [trend for trend in found if not _is_allowed(trend, now)]


def _is_allowed(trend: Trend, now: datetime) -> bool:
    book = current_rules(now)
    if trend.kind == TrendKind.DOMAIN:
        verdict = book.verdict_on(emails=(), domain=trend.value, origin="")
        return trend.value in COMMON_DOMAINS or verdict == "allow"
    address = str(ip_network(trend.value)[0])
    return book.verdict_on(emails=(), domain="", origin=address) == "allow"
