"""What a giver sees of their own gift: how it stands, never who they are."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from campaign.queries import ShareBox, words_to_share
from polls.enums import ContributionState
from polls.models import Contribution, PollProject
from polls.queries.ledger import places_of_gift
from polls.rules.project_states import TAKES_GIFTS

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


THANKED = {ContributionState.SAVED, ContributionState.CHARGING, ContributionState.SETTLED}


@dataclass(frozen=True)
class OwnGift:
    """A gift for its giver; `project` is what it was given for, `places` where its money is now.

    `share` passes its project on, while that still collects.
    """

    contribution: Contribution
    state: str
    project: PollProject | None
    places: tuple[str, ...]
    share: ShareBox | None


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
        share=_share(gift.project) if gift.state in THANKED and gift.project else None,
    )


def _share(project: PollProject) -> ShareBox | None:
    if project.state not in TAKES_GIFTS:
        return None
    title = _("A poll of %(riding)s") % {"riding": project.riding.name}
    link = settings.SITE_URL.rstrip("/") + project.get_absolute_url()
    return words_to_share(_("{title}: I chipped in, will you? {link}"), title=title, link=link)


def _elsewhere(gift: Contribution) -> tuple[str, ...]:
    """Return the ridings to whose polls money of the gift has moved on."""
    moved = [place for place in places_of_gift(gift.pk) if place is not None and place != gift.project_id]
    rows = PollProject.objects.filter(pk__in=moved).select_related("riding").order_by("pk")
    return tuple(row.riding.name for row in rows)
