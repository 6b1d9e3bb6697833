"""The returns around the next election."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaign.models import Campaign
from polls.rules.limits import Limits
from polls.rules.returns import Return, ReturnKind, returns_of


@dataclass(frozen=True)
class ComingReturn:
    """A return, named in the active language."""

    label: str
    facts: Return


def coming_returns(campaign: Campaign | None, limits: Limits | None) -> tuple[ComingReturn, ...]:
    """Return the returns of the campaign's election by the figures in force; none before both are known."""
    if campaign is None or limits is None:
        return ()
    labels = {
        ReturnKind.FIRST: _("First interim return"),
        ReturnKind.SECOND: _("Second interim return"),
        ReturnKind.FINAL: _("Final return"),
    }
    returns = returns_of(campaign.election_on, limits.counts_from)
    return tuple(ComingReturn(labels[one.kind], one) for one in returns)
