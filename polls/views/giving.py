"""Giving: the form, and what is said where a gift cannot be taken now. No card is ever typed here."""

from http import HTTPStatus
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import address_of, public_form, public_page, see_other
from coop4canada.templatetags.formats import full_address
from polls.forms import GiveForm
from polls.forms.giving import GENERAL, NEEDIEST
from polls.gateways import GatewayDown
from polls.models import PollProject
from polls.queries.project_page import GivingOffer, giving_offer
from polls.rules.amounts import CHIPS
from polls.services.giving import CardsNotTaken, GivingClosed, begin_gift
from polls.views.addresses import back_address
from supporters.visitors import proof_key


@public_form
def give(request: HttpRequest) -> HttpResponse:
    """Take a gift for where it is needed most, or for the general fund."""
    return _give(request, None)


@public_form
def give_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a gift for one poll."""
    return _give(request, pk)


@public_page
def cancelled(request: HttpRequest) -> HttpResponse:
    """Say that nothing was charged, and lead back to the form with the amount."""
    project = request.GET.get("project", "")
    pk = (
        int(project) if project.isascii() and project.isdigit() and len(project) <= len("999999999") else None
    )
    path = reverse("polls:give-for", args=[pk]) if pk is not None else reverse("polls:give")
    amount = _asked_amount(request)
    return render(
        request,
        "polls/cancelled.html",
        {"path": f"{path}?{urlencode({'amount': amount})}" if amount else path},
    )


def _give(request: HttpRequest, pk: int | None) -> HttpResponse:
    offer, now = giving_offer(pk, now=clock.now()), clock.now()
    if offer is None:
        raise Http404(_("There is no such poll project. See all of them under “Polls”."))
    form = GiveForm(request.POST) if request.method == "POST" else GiveForm(initial=_asked(request, offer))
    if offer.is_closed:
        return _page(request, form, offer, state="closed", status=_of(form, HTTPStatus.CONFLICT))
    if not offer.takes_cards:
        return _page(request, form, offer, state="no_cards")
    if not form.is_bound or not form.is_valid():
        return _page(request, form, offer, status=_of(form, HTTPStatus.UNPROCESSABLE_ENTITY))
    if form.is_unwelcome(proof_key=proof_key(), address=address_of(request), now=now):
        return _page(request, form, offer, state="unwelcome", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not ratelimit.consume(request, action="give"):
        return _page(request, form, offer, state="too_often", status=HTTPStatus.TOO_MANY_REQUESTS)
    return _begin(request, form, offer)


def _begin(request: HttpRequest, form: GiveForm, offer: GivingOffer) -> HttpResponse:
    project = _project_for(form, offer)
    try:
        begun = begin_gift(
            gift=form.gift(project=project, chose_neediest=offer.card is None and project is not None),
            form_token=form.token_read(),
            success_url=back_address(),
            cancel_url=_cancel_address(form, offer),
            now=clock.now(),
        )
    except GivingClosed:
        return _page(request, form, offer, state="closed", status=HTTPStatus.CONFLICT)
    except CardsNotTaken:
        return _page(request, form, offer, state="no_cards", status=HTTPStatus.CONFLICT)
    except GatewayDown:
        return _page(request, form, offer, state="down", status=HTTPStatus.SERVICE_UNAVAILABLE)
    return see_other(begun.url)


def _project_for(form: GiveForm, offer: GivingOffer) -> PollProject | None:
    """Return the poll a gift is for: the page's own, the neediest, or none."""
    if offer.card is not None:
        return offer.card.project
    if form.cleaned_data["target"] == NEEDIEST and offer.neediest is not None:
        return offer.neediest.project
    return None


def _cancel_address(form: GiveForm, offer: GivingOffer) -> str:
    cents = form.cleaned_data["amount_cents"]
    words = {"amount": f"{cents // 100}.{cents % 100:02}".removesuffix(".00")}
    if offer.card is not None:
        words["project"] = str(offer.card.project.pk)
    return f"{full_address(reverse('polls:give-cancelled'))}?{urlencode(words)}"


def _asked_amount(request: HttpRequest) -> str:
    """Return the amount a link asks for, if it looks like one."""
    text = request.GET.get("amount", "")
    return (
        text
        if text.replace(".", "", 1).isdecimal() and text.isascii() and len(text) <= len("9999.99")
        else ""
    )


def _asked(request: HttpRequest, offer: GivingOffer) -> dict[str, str]:
    """Return how a fresh form is filled in: with the amount of the link, for where it is needed most."""
    amount = _asked_amount(request)
    chip = amount if amount in {str(each) for each in CHIPS} else ""
    target = NEEDIEST if offer.neediest is not None and "general" not in request.GET else GENERAL
    return {
        "chip": chip or ("25" if not amount else "own"),
        "amount": "" if chip else amount,
        "target": target,
    }


def _of(form: GiveForm, status: HTTPStatus) -> HTTPStatus:
    return status if form.is_bound else HTTPStatus.OK


def _page(
    request: HttpRequest,
    form: GiveForm,
    offer: GivingOffer,
    *,
    state: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"form": form, "offer": offer, "state": state, "opened": form.opened_stamp(clock.now())}
    response = render(request, "polls/give.html", context, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "60"
    return response
