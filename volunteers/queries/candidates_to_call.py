"""Who could be called next, read by index: the head of every list and zone that is open, and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from supporters.models import User
from volunteers.enums import ContactState, EndOfLease, Outcome, SuppressedThing
from volunteers.models import Contact, Lease, Suppression
from volunteers.queries.callers import Person
from volunteers.rules.callbacks import OWNER_FIRST
from volunteers.rules.calling_hours import open_zones, shut_provinces

# Nobody is offered again so soon whom the same caller gave back.
SKIPPED_FOR = "12 hours"

_FREE = """
    AND NOT EXISTS (SELECT 1 FROM volunteers_lease held
                    WHERE held.ended_at IS NULL AND held.phone_digest = c.phone_digest)
    AND NOT EXISTS (SELECT 1 FROM volunteers_lease held
                    WHERE held.ended_at IS NULL AND held.household_key = c.household_key)
    AND NOT EXISTS (SELECT 1 FROM volunteers_lease skipped
                    WHERE skipped.contact_id = c.id AND skipped.caller_id = %(caller)s
                      AND skipped.end_reason = %(skipped)s
                      AND skipped.ended_at > %(now)s - %(skipped_for)s::interval)
    AND c.phone <> ALL (%(own)s::text[])
    AND (c.last_outcome <> %(language_needed)s OR c.language = %(language)s)
"""
# One probe of the index `contact_ready` for every list and zone: what is closed now or due later is never looked at.
READY = """
    SELECT head.id
    FROM unnest(%(lists)s::bigint[]) AS l (id)
    CROSS JOIN unnest(%(zones)s::text[]) AS z (name)
    CROSS JOIN LATERAL (
        SELECT c.id, c.next_at FROM volunteers_contact c
        WHERE c.state = 'ready' AND c.callback_at IS NULL
          AND c.contact_list_id = l.id AND c.zone = z.name AND c.priority = %(need)s AND c.next_at <= %(now)s
          {shut} {free}
        ORDER BY c.next_at, c.id LIMIT %(most)s
    ) AS head
    ORDER BY head.next_at, head.id LIMIT %(most)s
"""
# A promise comes first, with whoever made it before all others, and whatever became of the riding's class.
PROMISED = """
    SELECT c.id FROM volunteers_contact c
    WHERE c.state = 'ready' AND c.callback_at <= %(now)s AND c.next_at <= %(now)s
      AND (c.callback_owner_id = %(caller)s OR c.callback_owner_id IS NULL OR c.callback_at <= %(owner_first)s)
      AND c.contact_list_id = ANY (%(lists)s::bigint[]) AND c.zone = ANY (%(zones)s::text[])
      {shut} {free}
    ORDER BY (c.callback_owner_id = %(caller)s) DESC NULLS LAST, c.callback_at, c.id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Search:
    """For whom somebody to call is looked for, on which lists, and when."""

    caller: User
    person: Person
    now: datetime

    def promised(self, lists: Collection[int], *, most: int) -> list[int]:
        """Return contacts whose callback is due, first ones first."""
        return self._ids(PROMISED, lists, most, 0)

    def ready(self, lists: Collection[int], *, need: int, most: int) -> list[int]:
        """Return contacts of ridings of this need that wait longest, first ones first; `most` of every list and zone."""
        return self._ids(READY, lists, most, need)

    def lockable(self, ids: Collection[int]) -> QuerySet[Contact]:
        """Return those that are still free, for the caller to lock one: what others have locked is passed over."""
        still = Contact.objects.filter(pk__in=ids, state=ContactState.READY, next_at__lte=self.now)
        held = Lease.objects.filter(ended_at__isnull=True)
        free = still.exclude(Exists(held.filter(phone_digest=OuterRef("phone_digest")))).exclude(
            Exists(held.filter(household_key=OuterRef("household_key")))
        )
        return free.exclude(suppressed()).select_for_update(skip_locked=True, of=("self",), no_key=True)

    def _ids(self, sql: str, lists: Collection[int], most: int, need: int) -> list[int]:
        zones = open_zones(self.now)
        shut = shut_provinces(zones, self.now)
        values: dict[str, Any] = {
            "lists": list(lists), "zones": list(zones), "need": need, "most": most, "now": self.now,
            "caller": self.caller.pk, "own": list(self.person.phones), "language": self.person.language,
            "language_needed": Outcome.LANGUAGE, "skipped": EndOfLease.SKIPPED, "skipped_for": SKIPPED_FOR,
            "owner_first": self.now - OWNER_FIRST,
        }  # fmt: skip
        clauses = []
        for number, (zone, prefix) in enumerate(shut):
            clauses.append(
                f"AND NOT (c.zone = %(zone{number})s AND c.riding_number / 1000 = %(prefix{number})s)"
            )
            values |= {f"zone{number}": zone, f"prefix{number}": prefix}
        with connection.cursor() as cursor:
            cursor.execute(sql.format(shut=" ".join(clauses), free=_FREE), values)
            return [row[0] for row in cursor.fetchall()]


def suppressed() -> Q:
    """Return the condition of contacts whose number or address is on the do-not-contact list."""
    live = Suppression.objects.filter(lifted_at__isnull=True)
    phone = live.filter(thing=SuppressedThing.PHONE, digest=OuterRef("phone_digest"))
    address = live.filter(thing=SuppressedThing.ADDRESS, digest=OuterRef("address_digest"))
    return Q(Exists(phone)) | Q(Exists(address))
