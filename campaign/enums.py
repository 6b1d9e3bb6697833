"""Vocabulary of the campaign."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartyRole(TextChoices):
    """What a party is to the campaign."""

    TARGET = "target", _("Target party")
    COOPERATING = "cooperating", _("Cooperating party")
    OTHER = "other", _("Other party")


class ShareTopic(TextChoices):
    """What is passed on."""

    PETITION = "petition", _("the petition")
    DRIVE = "drive", _("joining a party")
    PLEDGE = "pledge", _("the pledge to vote together")
    PAGE = "page", _("a toolkit or the plan")


class ShareNetwork(TextChoices):
    """Where it is passed on."""

    WHATSAPP = "whatsapp", "WhatsApp"
    FACEBOOK = "facebook", "Facebook"
    X = "x", "X"
    BLUESKY = "bluesky", "Bluesky"
    EMAIL = "email", _("E-mail")


class OrganizationKind(TextChoices):
    """What an organization of the coalition is."""

    NATIONAL = "national", _("National organization")
    LOCAL = "local", _("Local group or chapter")
    UNION = "union", _("Union")
    STUDENTS = "students", _("Students’ association")
    FAITH = "faith", _("Faith community")
    BUSINESS = "business", _("Business or cooperative")
    OTHER = "other", _("Other organization")


class OrganizationState(TextChoices):
    """Where an organization's sign-on stands."""

    PENDING = "pending", _("waits for review")
    APPROVED = "approved", _("approved, shown in public")
    DECLINED = "declined", _("declined")


class Decision(TextChoices):
    """What a reviewer decides about an organization."""

    APPROVE = "approve", _("Approve: show it in public, tell the contact by mail")
    DECLINE = "decline", _("Decline: tell the contact why by mail")
    DISCARD = "discard", _("Discard without a mail: a robot’s, or a bad joke")
    REOPEN = "reopen", _("Put back to be reviewed; nobody is told")


class Doubt(TextChoices):
    """What makes a filled-in form look like a robot’s; never told to whoever sent it."""

    TRAP = "trap", _("filled in the field that people do not see")
    TOO_FAST = "fast", _("sent within two seconds")
    NO_PROOF = "no_proof", _("without a proof of work")
    BLOCKED = "blocked", _("by an address rule")
    OFTEN = "often", _("many messages from this e-mail address within a day")


class ContactState(TextChoices):
    """Where a message from the contact form stands."""

    NEW = "new", _("new, mailed to those who answer")
    HELD = "held", _("held: looks like a robot’s, nobody was mailed")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed without an answer")
    SPAM = "spam", _("spam")


class ContactMove(TextChoices):
    """What an organizer does with a message."""

    ANSWER = "answer", _("Mark as answered")
    CLOSE = "close", _("Close without an answer")
    REFUSE = "refuse", _("Mark as spam")
    RELEASE = "release", _("No spam: mail it to those who answer")
    REOPEN = "reopen", _("Put back among the new ones")


class PageKind(TextChoices):
    """What a page of the organizers is."""

    PLAN = "plan", _("the plan")
    TOOLKIT = "toolkit", _("toolkit")


class Audience(TextChoices):
    """Whom a toolkit is for."""

    SUPPORTERS = "supporters", _("Supporters")
    ORGANIZATIONS = "organizations", _("Organizations")
    CHAPTERS = "chapters", _("Local chapters")
    CANDIDATES = "candidates", _("Candidates")
