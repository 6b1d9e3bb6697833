"""Vocabulary of petitions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BulkTarget(TextChoices):
    """What organizers decide over many signatures at once; values are states."""

    INVALID = "invalid", _("invalid: do not count them")
    HELD = "held", _("hold them for review")
    CONFIRMED = "confirmed", _("accept those held whose owner has confirmed")


class TrendKind(TextChoices):
    """By what many signatures within an hour stand out."""

    NETWORK = "network", _("one internet address (IPv6: its /64)")
    WIDE = "wide", _("its neighbourhood (IPv4 /24, IPv6 /48)")
    DOMAIN = "domain", _("one mail domain, unless it is well known or allowed")


# Purpose of the short code in a supporter's personal link.
REFERRAL = "petitions.referral"
