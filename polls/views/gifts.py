"""A gift in its giver's hands: back from the provider, how it stands, mending a card.

What a gift is worth is never believed from an address: only the provider's own answer counts.
"""

import logging
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import mailed_page, personal_page, see_other
from coop4canada.kit.signing import BadToken, unseal
from coop4canada.templatetags.formats import full_address
from polls.enums import GIFT, MEND_CARD, PROMISE, ContributionState, RefundReason
from polls.gateways import GatewayDown
from polls.queries.gifts import OwnGift, gift_by_number, own_gift
from polls.services.giving import mend_card
from polls.services.releasing import release
from polls.services.settling import take_in_gift
from polls.views.addresses import back_address, gift_path, promise_path

logger = logging.getLogger(__name__)
UNDECIDED = {ContributionState.STARTED, ContributionState.CHARGING, ContributionState.FAILING}


@personal_page
def back(_request: HttpRequest, number: UUID) -> HttpResponse:
    """Lead whoever comes back from the provider to the page of their gift."""
    gift = gift_by_number(number)
    if gift is None:
        raise Http404
    return see_other(gift_path(gift))


@personal_page
def gift(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the provider what became of a gift, and say it honestly."""
    own = _opened(GIFT, token)
    if own.contribution.state in UNDECIDED:
        try:
            take_in_gift(contribution_id=own.contribution.pk, now=clock.now())
            own = _opened(GIFT, token)
        except GatewayDown:
            logger.warning(
                "The provider did not answer about gift %s; its giver is told so.", own.contribution.pk
            )
    return render(request, "polls/gift.html", {"own": own, "take_back": promise_path(own.contribution)})


@mailed_page
def mend(request: HttpRequest, token: str) -> HttpResponse:
    """Say that a card was declined; the button leads to the provider's page, where another one is saved."""
    own = _opened(MEND_CARD, token)
    if request.method != "POST" or own.state != "failing":
        return render(request, "polls/mend.html", {"own": own, "is_down": False})
    try:
        begun = mend_card(
            contribution=own.contribution,
            success_url=back_address(),
            cancel_url=full_address(request.path),
            now=clock.now(),
        )
    except GatewayDown:
        context = {"own": own, "is_down": True}
        return render(request, "polls/mend.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return see_other(begun.url)


@mailed_page
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a promise is taken back; the button does it, as long as the card is not being charged."""
    own = _opened(PROMISE, token)
    if request.method != "POST":
        return render(request, "polls/take_back.html", {"own": own})
    release(contribution=own.contribution, now=clock.now(), reason=RefundReason.REQUEST)
    return see_other(gift_path(own.contribution))


def _opened(purpose: str, token: str) -> OwnGift:
    """Return the gift of a link; every other link gets the same neutral page."""
    try:
        own = own_gift(int(unseal(purpose, token, max_age=None).values[0]))
    except (BadToken, IndexError, ValueError):
        own = None
    if own is None:
        raise Http404(
            _("This link is not complete, or what it led to is gone. Copy the whole link out of the mail.")
        )
    return own
