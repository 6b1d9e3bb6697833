"""Reads of the campaign."""

from campaign.queries.campaign import (
    ShareBox,
    ShareLink,
    active_campaign,
    open_alerts,
    parties_by_code,
    share_box,
    target_and_cooperating,
)
from campaign.queries.coalition import (
    Member,
    coalition,
    coalition_facts,
    look_alikes,
    member_count,
    public_logo,
)
from campaign.queries.contact import (
    held_message_count,
    new_message_count,
    offered_topics,
    waiting_organization_count,
)

__all__ = [
    "Member",
    "ShareBox",
    "ShareLink",
    "active_campaign",
    "coalition",
    "coalition_facts",
    "held_message_count",
    "look_alikes",
    "member_count",
    "new_message_count",
    "offered_topics",
    "open_alerts",
    "parties_by_code",
    "public_logo",
    "share_box",
    "target_and_cooperating",
    "waiting_organization_count",
]
