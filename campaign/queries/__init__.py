"""Reads of the campaign."""

from campaign.queries.campaign import (
    ShareBox,
    ShareLink,
    active_campaign,
    campaign_of_pages,
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
from campaign.queries.contact import (
    held_message_count,
    new_message_count,
    offered_topics,
    waiting_organization_count,
)
from campaign.queries.letters import Recipient, beginning_for, recipient_at, recipients
from campaign.queries.pages import Reading, plan_page, reading_of, toolkit_at, toolkits

__all__ = [
    "Member",
    "Reading",
    "Recipient",
    "ShareBox",
    "ShareLink",
    "active_campaign",
    "beginning_for",
    "campaign_of_pages",
    "coalition",
    "coalition_facts",
    "held_message_count",
    "look_alikes",
    "member_count",
    "new_message_count",
    "offered_topics",
    "open_alerts",
    "parties_by_code",
    "plan_page",
    "public_logo",
    "reading_of",
    "recipient_at",
    "recipients",
    "share_box",
    "target_and_cooperating",
    "toolkit_at",
    "toolkits",
    "waiting_organization_count",
    "words_to_share",
]
