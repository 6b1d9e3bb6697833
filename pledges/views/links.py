"""Behind the links in mails: GET explains, only POST acts, and acting twice lands softly."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import is_from_this_site, mailed_page, see_other
from coop4canada.kit.signing import BadToken, unseal
from pledges import queries, services
from pledges.services.mails import CONFIRM_REMINDER, CONFIRM_REPORT, STOP
from supporters.recognition import remember
from supporters.rules.pace import LINK_LIFE
from supporters.visitors import circumstances_of


def _opened(purpose: str, token: str, max_age: timedelta | None) -> tuple[int, bool]:
    """Return the number a link holds and whether its time is over; raise 404 if it is none of ours."""
    try:
        found = unseal(purpose, token, max_age=max_age)
        return int(found.values[0]), found.is_expired
    except (BadToken, ValueError, IndexError) as error:
        raise Http404(_("This link is not complete. Open it again from the mail.")) from error


@mailed_page
def confirm_report(request: HttpRequest, token: str) -> HttpResponse:
    """Let a report count, or take it back."""
    report_id, is_expired = _opened(CONFIRM_REPORT, token, LINK_LIFE)
    if request.method == "POST" and "take_back" in request.POST:
        services.take_back_report(report_id=report_id)
        return see_other(request.path)
    page = queries.report_page(report_id)
    if request.method != "POST" or page is None:
        return _show(request, "pledges/report.html", page, is_expired=is_expired)
    if is_expired and not page.is_confirmed:
        here = circumstances_of(request)
        services.send_fresh_report_link(report_id=report_id, circumstances=here, now=clock.now())
        return see_other(reverse("pledges:mail-sent", args=[page.drive.slug]))
    services.confirm_report(report_id=report_id, now=clock.now())
    return _known(request, page)


@mailed_page
def confirm_reminder(request: HttpRequest, token: str) -> HttpResponse:
    """Let reminders go out."""
    reminder_id, is_expired = _opened(CONFIRM_REMINDER, token, LINK_LIFE)
    page = queries.reminder_page(reminder_id)
    if request.method != "POST" or page is None:
        return _show(request, "pledges/reminder.html", page, is_expired=is_expired)
    if is_expired and not page.is_confirmed:
        here = circumstances_of(request)
        services.send_fresh_reminder_link(reminder_id=reminder_id, circumstances=here, now=clock.now())
        return see_other(reverse("pledges:mail-sent", args=[page.drive.slug]))
    services.confirm_reminder(reminder_id=reminder_id, now=clock.now())
    return _known(request, page)


@mailed_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the reminders of one drive; mail programs do it with a POST of their own and follow no redirect."""
    reminder_id, _is_expired = _opened(STOP, token, None)
    if request.method == "POST":
        services.withdraw_reminder(reminder_id=reminder_id, now=clock.now())
    return _show(request, "pledges/stop.html", queries.reminder_page(reminder_id), is_expired=False)


def _known(request: HttpRequest, page: queries.RequestPage) -> HttpResponse:
    """Lead back to the page of the link, and know this browser from now on: it showed the link, and sent it from here."""
    response = see_other(request.path)
    if page.supporter_id is not None and is_from_this_site(request):
        remember(response, page.supporter_id)
    return response


def _show(
    request: HttpRequest, template: str, page: queries.RequestPage | None, *, is_expired: bool
) -> HttpResponse:
    context: dict[str, object] = {"page": page, "is_expired": is_expired}
    if page is not None:
        card = queries.drive_card(page.drive, clock.now())
        context |= {"card": card, "share": queries.share_of(card)}
    return render(request, template, context)
