"""Reads of the campaign."""

from campaign.enums import PartyRole
from campaign.models import Campaign, Party


def active_campaign() -> Campaign | None:
    """Return the campaign that the site carries, or None before one is set up."""
    return Campaign.objects.filter(is_active=True).first()


def parties_by_code() -> dict[str, Party]:
    """Return every party by its code, in display order."""
    return {party.code: party for party in Party.objects.order_by("display_order", "code")}


def target_and_cooperating() -> tuple[str | None, tuple[str, ...]]:
    """Return the code of the target party and the sorted codes of the cooperating ones."""
    roles = Party.objects.exclude(role=PartyRole.OTHER).order_by("code").values_list("code", "role")
    target = next((code for code, role in roles if role == PartyRole.TARGET), None)
    return target, tuple(code for code, role in roles if role == PartyRole.COOPERATING)
