"""What anybody may read: every drive, one drive, its dates for a calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import public_page
from pledges import queries
from pledges.forms import JoinForm
from pledges.models import PartyMembershipDrive


def published(slug: str) -> PartyMembershipDrive:
    """Return the drive of an address; raise 404 if there is none in public."""
    drive = queries.drive_at(slug)
    if drive is None:
        raise Http404(_("There is no vote at this address. See all votes under “Join a party”."))
    return drive


def path_in_other_language(name: str, drive: PartyMembershipDrive) -> str:
    """Return the address of a page of a drive in the other language, where its last part differs."""
    other = "en" if translation.get_language() == "fr" else "fr"
    with translation.override(other):
        return reverse(name, args=[drive.slug])


@public_page
def drives(request: HttpRequest) -> HttpResponse:
    """List every drive, neutral between parties."""
    return render(request, "pledges/drives.html", {"page": queries.drives_page(clock.now())})


@public_page
def drive_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one drive: why, how, until when, and the forms."""
    drive = published(slug)
    if slug != drive.slug:
        return redirect(drive, permanent=True)
    card = queries.drive_card(drive, clock.now())
    context = {
        "card": card,
        "form": JoinForm(),
        "share": queries.share_of(card),
        "other_language_path": path_in_other_language("pledges:drive-page", drive),
    }
    return render(request, "pledges/drive.html", context)


@public_page
def calendar(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give the dates of a drive as a calendar file."""
    drive = published(slug)
    response = HttpResponse(queries.calendar_of(drive), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{drive.slug}.ics"'
    return response
