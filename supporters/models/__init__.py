"""People: accounts, supporters, what they agreed to, and the mail to them."""

from supporters.models.accounts import SharedCount, User
from supporters.models.consent import ConsentEvent, ConsentWording
from supporters.models.entries import Entry
from supporters.models.exports import ExportLog
from supporters.models.mail import (
    AddressRule,
    MailEvent,
    MailLimit,
    MailSuppression,
    OutgoingMessage,
    ProviderOutage,
    UsedProof,
)
from supporters.models.people import Supporter
from supporters.models.roles import RidingRole

__all__ = [
    "AddressRule",
    "ConsentEvent",
    "ConsentWording",
    "Entry",
    "ExportLog",
    "MailEvent",
    "MailLimit",
    "MailSuppression",
    "OutgoingMessage",
    "ProviderOutage",
    "RidingRole",
    "SharedCount",
    "Supporter",
    "UsedProof",
    "User",
]
