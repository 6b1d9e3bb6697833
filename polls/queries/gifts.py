"""What a giver sees of their own gift: how it stands, never who they are."""

from dataclasses import dataclass
from uuid import UUID

from polls.enums import ContributionState
from polls.models import Contribution, PollProject
from polls.queries.ledger import places_of_gift

# How each state is told; FAILING has a card to mend.
TOLD = {
    ContributionState.STARTED: "unclear",
    ContributionState.LAPSED: "lapsed",
    ContributionState.SAVED: "saved",
    ContributionState.CHARGING: "charging",
    ContributionState.FAILING: "failing",
    ContributionState.SETTLED: "received",
    ContributionState.DISPUTED: "disputed",
    ContributionState.REFUNDED: "refunded",
    ContributionState.CHARGED_BACK: "charged_back",
    ContributionState.RELEASED: "released",
}


@dataclass(frozen=True)
class OwnGift:
    """A gift for its giver; `project` is what it was given for, `places` where its money is now."""

    contribution: Contribution
    state: str
    project: PollProject | None
    places: tuple[str, ...]


def gift_by_number(number: UUID) -> Contribution | None:
    """Return the gift of a number; None if there is none."""
    return Contribution.objects.filter(public_id=number).first()


def own_gift(pk: int) -> OwnGift | None:
    """Return a gift as its giver sees it; None if there is none."""
    rows = Contribution.objects.select_related("project__riding")
    gift = rows.filter(pk=pk).first()
    if gift is None:
        return None
    return OwnGift(
        contribution=gift,
        state=TOLD[ContributionState(gift.state)],
        project=gift.project,
        places=_elsewhere(gift),
    )


def _elsewhere(gift: Contribution) -> tuple[str, ...]:
    """Return the ridings to whose polls money of the gift has moved on."""
    moved = [place for place in places_of_gift(gift.pk) if place is not None and place != gift.project_id]
    rows = PollProject.objects.filter(pk__in=moved).select_related("riding").order_by("pk")
    return tuple(row.riding.name for row in rows)
