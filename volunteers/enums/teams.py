"""Vocabulary of teams and who belongs to them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JoinMode(TextChoices):
    """How somebody becomes a member."""

    OPEN = "open", _("everybody may join at once")
    APPROVAL = "approval", _("a captain lets people in")


class MembershipState(TextChoices):
    """Where somebody stands with a team."""

    ASKED = "asked", _("waits for a captain")
    ACTIVE = "active", _("member")
    ENDED = "ended", _("no longer a member")


class EndOfMembership(TextChoices):
    """Why somebody is no longer a member."""

    DECLINED = "declined", _("was not let in")
    LEFT = "left", _("left")
    REMOVED = "removed", _("was removed")
    CLOSED = "closed", _("the team was closed")
