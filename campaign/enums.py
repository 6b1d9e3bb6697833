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


class ShareNetwork(TextChoices):
    """Where it is passed on."""

    WHATSAPP = "whatsapp", "WhatsApp"
    FACEBOOK = "facebook", "Facebook"
    X = "x", "X"
    BLUESKY = "bluesky", "Bluesky"
    EMAIL = "email", _("E-mail")
