"""Local polls come into the projection, and go."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from campaign.models import Party
from ridings.models import LocalPoll, LocalPollShare, Riding
from ridings.rules.averages_table import MOST_TOTAL
from ridings.services.recompute import request_recompute


class BadReading(ValueError):
    """A local poll that cannot be; the sentence says why."""


@dataclass(frozen=True)
class LocalPollReading:
    """What a local poll found: {party code: share 0–1 of decided and leaning voters}.

    `key` says whose reading it is: stored again under it, it takes the former one's place. `sample_size` is how many people
    the shares speak of.
    """

    key: str
    riding_id: int
    field_starts_on: dt.date
    field_ends_on: dt.date
    sample_size: int
    shares: Mapping[str, float]
    firm: str
    url: str = ""

    def __post_init__(self) -> None:
        """Refuse days out of order, nobody asked, and shares that are none."""
        if self.field_ends_on < self.field_starts_on:
            raise BadReading("the last day in the field comes before the first")
        if self.sample_size < 1:
            raise BadReading("nobody was asked")
        if not self.shares:
            raise BadReading("there is no share")
        # Written so that NaN fails too.
        if not all(0 <= share <= 1 for share in self.shares.values()):
            raise BadReading("a share does not lie between 0 and 1")
        if sum(self.shares.values()) > MOST_TOTAL:
            raise BadReading(f"the shares add up to {sum(self.shares.values()):.3f}")


@transaction.atomic
def store_local_poll(*, reading: LocalPollReading, now: dt.datetime) -> LocalPoll:
    """Store a poll in place of the one of the same key, and ask for a new map.

    Raises: BadReading for a party that does not exist; nothing is stored then.
    """
    parties = Party.objects.in_bulk(reading.shares, field_name="code")
    unknown = sorted(reading.shares.keys() - parties.keys())
    if unknown:
        raise BadReading(f"unknown party {', '.join(unknown)}")
    poll, _created = LocalPoll.objects.update_or_create(
        key=reading.key,
        defaults={
            "riding": Riding.objects.get(pk=reading.riding_id),
            "field_starts_on": reading.field_starts_on,
            "field_ends_on": reading.field_ends_on,
            "sample_size": reading.sample_size,
            "firm": reading.firm,
            "url": reading.url,
            "stored_at": now,
        },
    )
    poll.shares.all().delete()
    LocalPollShare.objects.bulk_create(
        LocalPollShare(poll=poll, party=parties[code], share=share) for code, share in reading.shares.items()
    )
    request_recompute(cause=f"local poll in {poll.riding.number}: {poll.firm}, {poll.field_ends_on}")
    return poll


@transaction.atomic
def remove_local_poll(*, key: str, now: dt.datetime) -> bool:  # noqa: ARG001 — every verb is told the moment
    """Take a poll out of the projection and ask for a new map; returns whether it was in."""
    poll = LocalPoll.objects.select_for_update(of=("self",)).select_related("riding").filter(key=key).first()
    if poll is None:
        return False
    poll.delete()
    request_recompute(
        cause=f"local poll taken out in {poll.riding.number}: {poll.firm}, {poll.field_ends_on}"
    )
    return True
