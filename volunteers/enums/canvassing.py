"""Vocabulary of cutting turfs and of how far they are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DoorStatus(TextChoices):
    """What there is still to do at a door, as the progress map shows it."""

    UNVISITED = "unvisited", _("not visited yet")
    TALKED = "talked", _("talked")
    AGAIN = "again", _("come again")
    CLOSED = "closed", _("nothing more to do")
    SUPPRESSED = "never", _("do not contact")


class OutlineFault(TextChoices):
    """Why a drawn outline is no turf's."""

    UNREADABLE = "unreadable", _("This is not an outline: draw at least three corners, then close it.")
    CROSSES_ITSELF = "crosses", _("The outline crosses itself: draw it as one loop.")
    TINY = "tiny", _("The outline is too small: nobody would find a door in it.")
    TOO_MANY_CORNERS = "corners", _("The outline has more corners than we can keep: 300 at most.")
    OUTSIDE = "outside", _("The outline lies outside the riding.")
    EMPTY = "empty", _("No door of this list that is still free lies in the outline.")
