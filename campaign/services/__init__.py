"""What is written about the campaign, those who stand with it and those who write to it."""

from campaign.services.coalition import (
    Application,
    NotWaiting,
    TooManyApplications,
    apply_to_join,
    review_organization,
)
from campaign.services.contact import (
    Inquiry,
    NotPossible,
    TooManyMessages,
    settle_message,
    take_message,
)
from campaign.services.forgetting import (
    forget_contacts,
    forget_messages,
    forget_person,
    forget_what_is_old,
)
from campaign.services.setup import (
    alert_organizers,
    create_party,
    install_campaign,
    install_letters,
    install_pages,
    install_parties,
    install_share_texts,
    install_topics,
    resolve_alerts,
)

__all__ = [
    "Application",
    "Inquiry",
    "NotPossible",
    "NotWaiting",
    "TooManyApplications",
    "TooManyMessages",
    "alert_organizers",
    "apply_to_join",
    "create_party",
    "forget_contacts",
    "forget_messages",
    "forget_person",
    "forget_what_is_old",
    "install_campaign",
    "install_letters",
    "install_pages",
    "install_parties",
    "install_share_texts",
    "install_topics",
    "resolve_alerts",
    "review_organization",
    "settle_message",
    "take_message",
]
