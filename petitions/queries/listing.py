"""Petitions side by side: the list of all, and the one on the home page."""

from dataclasses import dataclass
from datetime import datetime

from petitions.models import Petition
from petitions.queries.counts import PublicCount, public_count_of
from petitions.rules.signing import Opening, opening


@dataclass(frozen=True)
class PetitionItem:
    """A petition, how many signed it and whether it can be signed."""

    petition: Petition
    count: PublicCount
    opening: Opening

    @property
    def is_open(self) -> bool:
        """It can be signed now."""
        return self.opening == Opening.OPEN


def petition_items(now: datetime) -> tuple[PetitionItem, ...]:
    """Return the published petitions: those on the home page and the newest first, the closed ones last."""
    rows = Petition.objects.filter(is_published=True).select_related("count")
    items = [_item(row, now) for row in rows.order_by("-is_featured", "-opens_at", "pk")]
    shown = [item for item in items if item.opening != Opening.WITHDRAWN]
    return tuple(sorted(shown, key=lambda item: item.opening == Opening.CLOSED))


def featured_petition(now: datetime) -> PetitionItem | None:
    """Return the petition of the home page while it can be signed."""
    row = Petition.objects.filter(is_published=True, is_featured=True).select_related("count").first()
    item = _item(row, now) if row else None
    return item if item and item.is_open else None


def _item(row: Petition, now: datetime) -> PetitionItem:
    return PetitionItem(row, public_count_of(row, getattr(row, "count", None)), opening(row.schedule, now))
