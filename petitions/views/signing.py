"""Signing: the form, and the page that answers everyone alike."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coop4canada.kit import clock
from coop4canada.kit.http import address_of, personal_page, public_form, see_other
from coop4canada.kit.panels import panels_for
from petitions import cookies, queries
from petitions.forms import SignForm
from petitions.models import Petition
from petitions.services import PetitionClosed, sign_petition
from petitions.views.doors import path_to, share_of, show, with_petition
from petitions.views.stall import circumstances_at, staff_of
from supporters import recognition
from supporters.visitors import circumstances_of, proof_key

SECONDS_UNTIL_NEXT = 5


@public_form
@with_petition
def sign(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Show the sign form by itself; take down a signature and answer everyone alike."""
    if request.method != "POST":
        return _blank_form(request, petition)
    if "not_me" in request.POST:
        return _forget(petition)
    form, now, staff = SignForm(request.POST), clock.now(), staff_of(request)
    if not form.is_valid():
        return _form(request, petition, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    signer = form.signer(proof_key=proof_key(), address="" if staff else address_of(request), now=now)
    circumstances = circumstances_at(request, staff) if staff else circumstances_of(request)
    try:
        sign_petition(petition=petition, signer=signer, circumstances=circumstances, now=now)
    except PetitionClosed:
        steps = panels_for("next_steps", riding_number=signer.details.riding_number)
        return _form(request, petition, form, {"steps": steps}, status=HTTPStatus.GONE)
    response = see_other(path_to("thanks", petition))
    if not staff:
        cookies.TYPED.write(response, signer.details.address.typed, signer.details.postal_code)
    return response


@personal_page
@with_petition
def thanks(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Ask to look into the mailbox just named; what we know of its owner is not told."""
    typed = cookies.TYPED.read(request)
    if staff_of(request):
        response = show(request, "petitions/stall_thanks.html", petition)
        response["Refresh"] = f"{SECONDS_UNTIL_NEXT}; url={path_to('sign', petition)}"
    elif typed is None:
        response = redirect(petition)
    else:
        email, postal_code = typed
        steps = panels_for("next_steps", riding_number=queries.riding_of_code(postal_code))
        share = share_of(petition, path_to("petition-page", petition))
        context = {"email": email, "share": share, "steps": steps}
        response = show(request, "petitions/thanks.html", petition, context)
    return response


def _blank_form(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Show the form, for somebody we know filled in; a petition that cannot be signed says so on its own page."""
    if not queries.sign_box(petition, clock.now()).is_open:
        return redirect(petition)
    staff = staff_of(request)
    known = None if staff else queries.known_person(recognition.recognised(request))
    form = SignForm(initial=queries.prefilled(known))
    return _form(request, petition, form, {"known": known})


def _form(
    request: HttpRequest,
    petition: Petition,
    form: SignForm,
    context: Mapping[str, object] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    now = clock.now()
    page: dict[str, object] = {
        "box": queries.sign_box(petition, now),
        "form": form,
        "opened": form.opened_stamp(now),
        "known": None,
        "staff": staff_of(request),
        "steps": [],
    }
    if form.is_bound:
        page["code"] = form.referral_code()
    return show(request, "petitions/sign.html", petition, {**page, **(context or {})}, status=status)


def _forget(petition: Petition) -> HttpResponse:
    response = see_other(path_to("sign", petition))
    recognition.forget(response)
    return response
