"""What the owner of an address sees of a pledge that was made for them on paper."""

from dataclasses import dataclass

from pledges.models import Pledge
from ridings.queries.for_people import name_of_riding
from supporters.enums import EntryState


@dataclass(frozen=True)
class PaperPage:
    """A pledge on paper: in which riding, and whether its owner has answered."""

    riding: str
    is_confirmed: bool


def paper_page(pledge_id: int) -> PaperPage | None:
    """Return what the page shows; None if the pledge was taken back or its owner erased."""
    pledge = Pledge.objects.filter(pk=pledge_id, state=EntryState.CONFIRMED, supporter__isnull=False).first()
    if pledge is None:
        return None
    return PaperPage(name_of_riding(pledge.riding_number or 0), pledge.confirmed_at is not None)
