"""Passing a petition on: personal links, and the page of whoever has confirmed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from coop4canada.kit.http import personal_page, public_page
from coop4canada.kit.panels import panels_for
from coop4canada.kit.signing import short_code
from petitions import cookies, queries
from petitions.enums import REFERRAL
from petitions.models import Petition
from petitions.views.doors import path_to, share_of, show, with_petition


@public_page
def go(_request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a supporter's personal link to the petition they signed."""
    petition = queries.petition_of_code(code)
    if petition is None:
        raise Http404
    return redirect(f"{path_to('petition-page', petition)}?r={code.strip().lower()}")


@personal_page
@with_petition
def signed(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Thank whoever confirmed in this browser and give them their own link; strangers see the petition."""
    values = cookies.CONFIRMED.read(request)
    own = queries.own_signature(int(values[0])) if values else None
    if own is None or own.petition != petition or own.is_waiting or own.is_withdrawn:
        return redirect(petition)
    link = reverse("petitions:go", args=[short_code(REFERRAL, own.signature.pk)])
    context: dict[str, object] = {
        "own": own,
        "success": queries.success_of(own.signature),
        "share": share_of(petition, link),
        "steps": panels_for("next_steps", riding_number=own.signature.riding_number),
    }
    return show(request, "petitions/signed.html", petition, context)
