"""Who comes to turfs: leaders of the riding's team to all of them, members to those they may take or hold."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from coop4canada.kit.http import see_other
from supporters.doors import role_required
from volunteers.access import LEADERS
from volunteers.models import Team, Turf
from volunteers.services.checkouts import (
    CheckoutRefused,
    ListNotInUse,
    NotAMember,
    NotCertified,
    NotOpen,
    TurfTaken,
)

for_leaders = role_required(*LEADERS)

REFUSED: dict[type[CheckoutRefused], StrPromise] = {
    NotCertified: _("This person has not passed the training for doors yet, or must pass it again."),
    NotAMember: _("This person is not in the team any more."),
    ListNotInUse: _("The list is not in use now: its turfs are not given out."),
    TurfTaken: _("Somebody else holds this turf by now."),
    NotOpen: _("A captain gives this turf out: ask them."),
}


def sentence_of(refused: CheckoutRefused) -> StrPromise:
    """Say why a turf was not given out."""
    return REFUSED[type(refused)]


def number_of(team: Team) -> int:
    """Return the riding's number of a canvass team."""
    return team.riding_number or 0


def back_to_list(number: int, pk: int) -> HttpResponse:
    """Lead to a list's turfs."""
    return see_other(reverse("canvass:list", args=[number, pk]))


def back_to_turf(turf: Turf) -> HttpResponse:
    """Lead to a turf."""
    return see_other(reverse("canvass:turf", args=[number_of(turf.team), turf.pk]))
