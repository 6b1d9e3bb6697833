"""Signing: the form, and what answers it."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from coop4canada.kit import clock
from coop4canada.kit.http import address_of, public_form, see_other
from petitions import cookies, queries
from petitions.forms import SignForm
from petitions.models import Petition
from petitions.services import PetitionClosed, sign_petition
from supporters.visitors import circumstances_of, proof_key


@public_form
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the sign form by itself; take down a signature and answer everyone alike."""
    petition = queries.petition_at(slug)
    if petition is None:
        raise Http404
    if request.method != "POST":
        return _show(request, petition, SignForm(), HTTPStatus.OK)
    form, now = SignForm(request.POST), clock.now()
    if not form.is_valid():
        return _show(request, petition, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    signer = form.signer(proof_key=proof_key(), address=address_of(request), now=now)
    try:
        sign_petition(petition=petition, signer=signer, circumstances=circumstances_of(request), now=now)
    except PetitionClosed:
        return _show(request, petition, form, HTTPStatus.GONE)
    response = see_other(reverse("petitions:thanks", args=[slug]))
    cookies.TYPED.write(response, signer.details.address.typed, signer.details.postal_code)
    return response


def _show(request: HttpRequest, petition: Petition, form: SignForm, status: HTTPStatus) -> HttpResponse:
    now = clock.now()
    context = {
        "box": queries.sign_box(petition, now),
        "form": form,
        "opened": form.opened_stamp(now),
        "code": form.referral_code(request.GET),
    }
    return render(request, "petitions/sign.html", context, status=status)


@public_form
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to look into the mailbox just named."""
    petition = queries.petition_at(slug)
    typed = cookies.TYPED.read(request)
    if petition is None or typed is None:
        raise Http404
    return render(request, "petitions/thanks.html", {"petition": petition, "email": typed[0]})
