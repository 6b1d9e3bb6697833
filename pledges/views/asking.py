"""“I joined” and “remind me”: the forms, and what answers them, the same for everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from coop4canada.kit import clock
from coop4canada.kit.http import address_of, public_form, public_page, see_other
from coop4canada.kit.signing import seal
from pledges import queries, services
from pledges.forms import JoinForm
from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive
from pledges.services.mails import CONFIRM_REMINDER, CONFIRM_REPORT
from pledges.views.drives import path_in_other_language, published
from supporters.recognition import recognised
from supporters.visitors import circumstances_of, proof_key


@dataclass(frozen=True)
class Asking:
    """One of the two forms: how it is asked by mail, and with one click; `purpose` and `page` are those of the link."""

    name: str
    by_mail: Callable[..., None]
    with_one_click: Callable[..., MembershipReport | DriveReminder | None]
    purpose: str
    page: str


JOINED = Asking(
    "joined",
    services.report_membership,
    services.report_known,
    CONFIRM_REPORT,
    "pledges:confirm-report",
)
REMIND_ME = Asking(
    "remind-me",
    services.ask_for_reminder,
    services.remind_known,
    CONFIRM_REMINDER,
    "pledges:confirm-reminder",
)


@public_form
def joined(request: HttpRequest, slug: str) -> HttpResponse:
    """Take down that somebody joined."""
    return _answer(request, published(slug), JOINED)


@public_form
def remind_me(request: HttpRequest, slug: str) -> HttpResponse:
    """Take down that somebody wants to be reminded."""
    return _answer(request, published(slug), REMIND_ME)


@public_page
def mail_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to look into the mailbox."""
    drive = published(slug)
    context = {"drive": drive, "other_language_path": path_in_other_language("pledges:mail-sent", drive)}
    return render(request, "pledges/mail_sent.html", context)


def _answer(request: HttpRequest, drive: PartyMembershipDrive, asking: Asking) -> HttpResponse:
    if request.method != "POST":
        return _show(request, drive, asking, JoinForm(), HTTPStatus.OK)
    try:
        if "known" in request.POST:
            return _take_one_click(request, drive, asking)
        return _take_form(request, drive, asking)
    except services.DriveClosed:
        return _show(request, drive, asking, JoinForm(request.POST), HTTPStatus.GONE)


def _take_one_click(request: HttpRequest, drive: PartyMembershipDrive, asking: Asking) -> HttpResponse:
    person = recognised(request) or 0
    row = asking.with_one_click(drive=drive, supporter_id=person, now=clock.now())
    if row is None:  # erased meanwhile, or the cookie is gone: the form by itself
        return see_other(request.path)
    return see_other(reverse(asking.page, args=[seal(asking.purpose, row.pk)]))


def _take_form(request: HttpRequest, drive: PartyMembershipDrive, asking: Asking) -> HttpResponse:
    form, now = JoinForm(request.POST), clock.now()
    if not form.is_valid():
        return _show(request, drive, asking, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    applicant = form.applicant(proof_key=proof_key(), address=address_of(request), now=now)
    asking.by_mail(drive=drive, applicant=applicant, circumstances=circumstances_of(request), now=now)
    return see_other(reverse("pledges:mail-sent", args=[drive.slug]))


def _show(
    request: HttpRequest, drive: PartyMembershipDrive, asking: Asking, form: JoinForm, status: HTTPStatus
) -> HttpResponse:
    is_somebody_else = form.is_bound or "other" in request.GET
    context: dict[str, Any] = {
        "card": queries.drive_card(drive, clock.now()),
        "asking": asking.name,
        "form": form,
        "known_name": "" if is_somebody_else else queries.given_name_of(recognised(request)),
        "other_language_path": path_in_other_language(f"pledges:{asking.name}", drive),
    }
    return render(request, "pledges/ask.html", context, status=status)
