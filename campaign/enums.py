"""Vocabulary of the campaign."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartyRole(TextChoices):
    """What a party is to the campaign."""

    TARGET = "target", _("Target party")
    COOPERATING = "cooperating", _("Cooperating party")
    OTHER = "other", _("Other party")
