"""Why a queue hands out nobody, and when it will again."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from coop4canada.kit.memory import ShortMemory
from supporters.models import User
from volunteers.enums import Blocked, Channel, ListState
from volunteers.models import ContactList, Team
from volunteers.queries.callers import lists_of_teams, teams_of_caller
from volunteers.rules.callbacks import OWNER_FIRST
from volunteers.rules.calling_hours import next_opening, open_zones, province_of_riding, shut_provinces

# Contacts by what stands in their way, the first that applies, in one pass.
COUNTS = """
    WITH live AS (
        SELECT held.contact_id, held.phone_digest, held.household_key FROM volunteers_lease held
        WHERE held.ended_at IS NULL AND held.expires_at > %(now)s
    ), lists AS (
        SELECT l.id, l.state,
               CASE WHEN l.riding_number IS NULL THEN l.least_need ELSE 0 END AS least_need,
               EXISTS (SELECT 1 FROM volunteers_scriptversion v WHERE v.script_id = l.script_id
                       AND v.published_at IS NOT NULL AND v.retired_at IS NULL) AS has_script
        FROM volunteers_contactlist l WHERE l.id = ANY (%(lists)s::bigint[])
    )
    SELECT CASE
             WHEN c.state <> 'ready' THEN c.state
             WHEN l.state <> 'active' THEN 'paused'
             WHEN NOT l.has_script THEN 'no_script'
             WHEN c.phone_digest IN (SELECT phone_digest FROM live)
               OR c.household_key IN (SELECT household_key FROM live) THEN 'allocated'
             WHEN c.callback_at > %(now)s THEN 'callback'
             WHEN c.priority < l.least_need AND c.callback_at IS NULL THEN 'no_need'
             WHEN c.next_at > %(now)s THEN 'cooldown'
             WHEN c.callback_at > %(owner_first)s AND c.callback_owner_id IS NOT NULL
               AND c.callback_owner_id IS DISTINCT FROM %(caller)s THEN 'allocated'
             WHEN NOT c.zone = ANY (%(zones)s::text[]) OR (c.zone, c.riding_number / 1000) IN
                  (SELECT * FROM unnest(%(shut_zones)s::text[], %(shut_prefixes)s::int[])) THEN 'hours'
             ELSE 'ready'
           END AS why,
           c.zone, c.riding_number / 1000 AS prefix, count(*), min(greatest(c.next_at, c.callback_at))
    FROM volunteers_contact c JOIN lists l ON l.id = c.contact_list_id
    GROUP BY 1, 2, 3
"""
# These become ready by themselves, at the latest of their own time and the next opening.
_WAITING = {Blocked.COOLDOWN, Blocked.CALLBACK, Blocked.OUTSIDE_HOURS, Blocked.READY}
_lately: ShortMemory["QueueState"] = ShortMemory(timedelta(seconds=10))


@dataclass(frozen=True)
class QueueState:
    """How many contacts of the lists meant are in which way blocked, and when the next becomes ready.

    `next_ready_at`: now where one is ready; None if nothing will be without somebody doing something.
    """

    counts: dict[Blocked, int] = field(default_factory=dict)
    next_ready_at: datetime | None = None

    @property
    def ready(self) -> int:
        """Return how many can be called now."""
        return self.counts.get(Blocked.READY, 0)

    @property
    def blocked(self) -> tuple[tuple[Blocked, int], ...]:
        """Return what stands in the way of how many, in the order of the vocabulary; without those that can be called."""
        return tuple(
            (why, self.counts[why]) for why in Blocked if why != Blocked.READY and self.counts.get(why)
        )


def queue_state(of: User | Team | ContactList, *, now: datetime) -> QueueState:
    """Return the state of the queue of a caller, a team or one list; drafts and closed lists do not count."""
    condition = _lists_of(of)
    rows = ContactList.objects.filter(condition, channel=Channel.PHONE)
    lists = list(rows.exclude(state__in=[ListState.DRAFT, ListState.CLOSED]).values_list("pk", flat=True))
    if not lists:
        return QueueState()
    zones = open_zones(now)
    shut = shut_provinces(zones, now)
    values: dict[str, Any] = {
        "lists": lists, "now": now, "zones": list(zones), "owner_first": now - OWNER_FIRST,
        "caller": of.pk if isinstance(of, User) else None,
        "shut_zones": [zone for zone, _prefix in shut], "shut_prefixes": [prefix for _zone, prefix in shut],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, values)
        return _summed(cursor.fetchall(), now)


def remembered_queue_of(user: User, now: datetime) -> QueueState:
    """Return the state of a caller's queue, some seconds old at most: everybody asks while it is empty."""
    key = tuple(sorted(teams_of_caller(user), key=str))
    return _lately.recall(key, lambda: queue_state(user, now=now), now=now)


def _lists_of(of: User | Team | ContactList) -> Q:
    if isinstance(of, ContactList):
        return Q(pk=of.pk)
    if isinstance(of, Team):
        return lists_of_teams(frozenset({of.riding_number}))
    return lists_of_teams(teams_of_caller(of))


def _summed(rows: list[tuple[str, str, int, int, datetime]], now: datetime) -> QueueState:
    counts: Counter[Blocked] = Counter()
    moments = []
    for word, zone, prefix, count, earliest in rows:
        why = Blocked(word)
        counts[why] += count
        if why in _WAITING:
            moments.append(next_opening(zone, province_of_riding(prefix * 1000), max(earliest, now)))
    return QueueState(dict(counts), min((moment for moment in moments if moment), default=None))
