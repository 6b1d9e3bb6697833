"""Pledging to vote together: the page, the form, and the page that answers everyone alike."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from coop4canada.kit import clock
from coop4canada.kit.http import address_of, personal_page, public_form, public_page, see_other
from pledges import cookies
from pledges.forms import PledgeForm, PledgeKnownForm
from pledges.queries.pledges import (
    country_count,
    genuine_code,
    known_pledger,
    pledge_box,
    pledge_share,
    steps_after_pledging,
)
from pledges.services import make_pledge, pledge_known
from supporters import recognition
from supporters.visitors import circumstances_of, proof_key


@public_page
def pledge_page(request: HttpRequest) -> HttpResponse:
    """Show what the pledge is, how many made it, and its form; the same for every reader."""
    context = {"count": country_count(), "form": PledgeForm(), "box": pledge_box(), "share": pledge_share()}
    return render(request, "pledges/pledge.html", context)


@public_form
def pledge(request: HttpRequest) -> HttpResponse:
    """Show the form by itself; take down a pledge and answer everyone alike."""
    if request.method != "POST":
        return _form(request, PledgeForm(initial={"r": genuine_code(request.GET.get("r", ""))}))
    if "not_me" in request.POST:
        response = see_other(reverse("pledge:make"))
        recognition.forget(response)
        return response
    if "known" in request.POST:
        return _pledge_known(request)
    form, now = PledgeForm(request.POST), clock.now()
    if not form.is_valid():
        return _form(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    pledger = form.pledger(proof_key=proof_key(), address=address_of(request), now=now)
    make_pledge(pledger=pledger, circumstances=circumstances_of(request), now=now)
    response = see_other(reverse("pledge:thanks"))
    cookies.TYPED.write(response, pledger.details.address.typed, pledger.details.postal_code)
    return response


@personal_page
def thanks(request: HttpRequest) -> HttpResponse:
    """Ask to look into the mailbox just named; what we know of its owner is not told."""
    typed = cookies.TYPED.read(request)
    if typed is None:
        return redirect("pledge:page")
    email, postal_code = typed
    context = {"email": email, "share": pledge_share(), "steps": steps_after_pledging(postal_code)}
    return render(request, "pledges/pledge_thanks.html", context)


def _pledge_known(request: HttpRequest) -> HttpResponse:
    form, known = PledgeKnownForm(request.POST), recognition.recognised(request)
    made = None
    if known is not None and form.is_valid():
        made = pledge_known(
            supporter_id=known,
            voter_status=form.cleaned_data["voter_status"],
            preference_id=form.cleaned_data["preference"],
            circumstances=circumstances_of(request),
            now=clock.now(),
        )
    if made is None:
        return see_other(reverse("pledge:make"))
    response = see_other(reverse("pledge:pledged"))
    cookies.PLEDGED.write(response, made.pk)
    return response


def _form(request: HttpRequest, form: PledgeForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    now = clock.now()
    context = {
        "form": form,
        "box": pledge_box(),
        "opened": form.opened_stamp(now),
        "code": form.referral_code(),
        "known": None if form.is_bound else known_pledger(recognition.recognised(request)),
    }
    return render(request, "pledges/make_pledge.html", context, status=status)
