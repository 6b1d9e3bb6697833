"""Reads of the campaign."""

from dataclasses import dataclass
from datetime import timedelta

from campaign.enums import PartyRole, ShareNetwork, ShareTopic
from campaign.models import Campaign, OrganizerAlert, Party, ShareText
from campaign.rules.sharing import filled, share_address
from coop4canada.kit import clock
from coop4canada.kit.memory import ShortMemory

_pages: ShortMemory[Campaign | None] = ShortMemory(timedelta(seconds=5))


@dataclass(frozen=True)
class ShareLink:
    """A network and the address that opens it with the text."""

    network: str
    label: str
    address: str


@dataclass(frozen=True)
class ShareBox:
    """What is passed on: the bare link, the words for other ways, and a link for every network."""

    link: str
    title: str
    text: str
    links: tuple[ShareLink, ...]


def active_campaign() -> Campaign | None:
    """Return the campaign that the site carries, or None before one is set up."""
    return Campaign.objects.filter(is_active=True).first()


def campaign_of_pages() -> Campaign | None:
    """Return the active campaign as every public page names it: a few seconds old at most, and asked for once a page."""
    return _pages.recall("active", active_campaign, now=clock.now())


def parties_by_code() -> dict[str, Party]:
    """Return every party by its code, in display order."""
    return {party.code: party for party in Party.objects.order_by("display_order", "code")}


def target_and_cooperating() -> tuple[str | None, tuple[str, ...]]:
    """Return the code of the target party and the sorted codes of the cooperating ones."""
    roles = Party.objects.exclude(role=PartyRole.OTHER).order_by("code").values_list("code", "role")
    target = next((code for code, role in roles if role == PartyRole.TARGET), None)
    return target, tuple(code for code, role in roles if role == PartyRole.COOPERATING)


def share_box(topic: ShareTopic, *, title: str, count: str, link: str) -> ShareBox:
    """Return what is passed on about a topic, in the organizers' words of the active language.

    Args:
        topic: what it is about.
        title: of the page that is passed on.
        count: how many have joined, as it is written.
        link: full address of the page.
    """
    rows = ShareText.objects.filter(topic=topic, is_shown=True).order_by("display_order", "pk")
    texts = {row.network: filled(row.text, title=title, count=count, link=link) for row in rows}
    return ShareBox(
        link=link,
        title=title,
        text=filled("{title} {link}", title=title, count=count, link=link),
        links=tuple(
            ShareLink(
                network,
                str(ShareNetwork(network).label),
                share_address(network, text=text, subject=title, link=link),
            )
            for network, text in texts.items()
        ),
    )


def words_to_share(text: str, *, title: str, link: str) -> ShareBox:
    """Return what is passed on of a moment that organizers write no words for: the same text for every network."""
    whole = filled(text, title=title, count="", link=link)
    links = tuple(
        ShareLink(
            network.value,
            str(network.label),
            share_address(network.value, text=whole, subject=title, link=link),
        )
        for network in ShareNetwork
    )
    return ShareBox(link=link, title=title, text=whole, links=links)


def open_alerts(most: int = 10) -> list[OrganizerAlert]:
    """Return the newest alerts that nobody has seen to."""
    return list(OrganizerAlert.objects.filter(resolved_at__isnull=True).order_by("-pk")[:most])
