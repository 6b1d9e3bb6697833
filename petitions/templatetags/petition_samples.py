"""Made-up values for the style guide, so that it shows the petitions' components on an empty database too."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext

from campaign.enums import ShareNetwork
from campaign.queries import ShareBox, ShareLink
from campaign.rules.sharing import share_address
from coop4canada.kit.panels import Panel
from petitions.queries import PublicCount, RidingStep

register = template.Library()

LINK = "https://example.org/p/1abcdefg/"


@dataclass(frozen=True)
class PetitionSample:
    """One value for every component."""

    count: PublicCount
    share: ShareBox
    steps: tuple[Panel, ...]


@register.simple_tag
def petition_sample() -> PetitionSample:
    """Return samples, all made up."""
    title = gettext("Sample petition")
    step = Panel("petitions/_riding_step.html", {"step": RidingStep(None, "")})
    return PetitionSample(
        count=PublicCount(12_345, 30_000, None),
        share=ShareBox(LINK, title, title, _links(title)),
        steps=(step,),
    )


def _links(title: str) -> tuple[ShareLink, ...]:
    return tuple(
        ShareLink(
            network.value,
            str(network.label),
            share_address(network.value, text=f"{title} {LINK}", subject=title, link=LINK),
        )
        for network in ShareNetwork
    )
