"""Reads of the campaign."""

from campaign.queries.campaign import (
    ShareBox,
    ShareLink,
    active_campaign,
    open_alerts,
    parties_by_code,
    share_box,
    target_and_cooperating,
    words_to_share,
)
from campaign.queries.coalition import (
    Member,
    coalition,
    coalition_facts,
    look_alikes,
    member_count,
    public_logo,
)

__all__ = [
    "Member",
    "ShareBox",
    "ShareLink",
    "active_campaign",
    "coalition",
    "coalition_facts",
    "look_alikes",
    "member_count",
    "open_alerts",
    "parties_by_code",
    "public_logo",
    "share_box",
    "target_and_cooperating",
    "words_to_share",
]
