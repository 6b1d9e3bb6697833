"""A pledge in its owner's hands: confirming, thanks with a link for friends, changing, taking back.

GET and HEAD only show, because programs follow links before people do; POST acts.
"""

from datetime import timedelta
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import is_from_this_site, mailed_page, personal_page, public_page, see_other
from coop4canada.kit.signing import BadToken, short_code, unseal
from pledges import cookies, services
from pledges.enums import REFERRAL
from pledges.forms import ManagePledgeForm
from pledges.queries.pledges import (
    OwnPledge,
    brought_by,
    genuine_code,
    own_pledge,
    own_riding_pledges,
    pledge_share,
    steps_after_pledging,
)
from pledges.services import PledgeAnswer
from pledges.services.pledge_mails import CONFIRM_PLEDGE, MANAGE_PLEDGE
from ridings.forms import RidingForm
from supporters import recognition
from supporters.enums import Method
from supporters.rules.pace import LINK_LIFE
from supporters.visitors import circumstances_of


@mailed_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed, with a button; the button confirms."""
    own, is_expired = _opened(CONFIRM_PLEDGE, token, LINK_LIFE)
    if request.method != "POST" or own.is_withdrawn or not own.pledge.is_waiting:
        return _explain(request, own, is_expired=is_expired)
    circumstances = circumstances_of(request, method=Method.MAIL)
    if is_expired:
        services.send_fresh_pledge_link(pledge_id=own.pledge.pk, circumstances=circumstances, now=clock.now())
        return render(request, "pledges/confirm_pledge.html", {"own": own, "state": "sent"})
    answer = services.confirm_pledge(
        pledge_id=own.pledge.pk,
        riding_number=RidingForm(request.POST, ridings=own.choices).number,
        circumstances=circumstances,
        now=clock.now(),
    )
    if answer == PledgeAnswer.CONFIRMED:
        return _welcome(request, own)
    own, is_expired = _opened(CONFIRM_PLEDGE, token, LINK_LIFE)
    return _explain(request, own, is_expired=is_expired)


@mailed_page
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show a pledge to its owner, who may change what they told or take it back."""
    own, _is_expired = _opened(MANAGE_PLEDGE, token, None)
    initial = {"voter_status": own.pledge.voter_status, "preference": own.pledge.preference_id}
    form = ManagePledgeForm(request.POST or None, ridings=own.choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        _act(own, form)
        return see_other(request.path)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"own": own, "form": form, "asks": "withdraw" in request.GET, "query": ""}
    return render(request, "pledges/manage_pledge.html", context, status=status)


@personal_page
def pledged(request: HttpRequest) -> HttpResponse:
    """Thank whoever confirmed in this browser and give them their own link; strangers see the pledge."""
    values = cookies.PLEDGED.read(request)
    own = own_pledge(int(values[0])) if values else None
    if own is None or own.pledge.is_waiting or own.is_withdrawn:
        return redirect("pledge:page")
    context = {
        "own": own,
        "brought": brought_by(own.pledge),
        "local": own_riding_pledges(own),
        "share": pledge_share(reverse("pledge:go", args=[short_code(REFERRAL, own.pledge.pk)])),
        "steps": steps_after_pledging(riding_number=own.pledge.riding_number),
    }
    return render(request, "pledges/pledged.html", context)


@public_page
def go(_request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a pledger's personal link to the form."""
    if not genuine_code(code):
        raise Http404
    return redirect(f"{reverse('pledge:make')}?r={code.strip().lower()}")


def _opened(purpose: str, token: str, life: timedelta | None) -> tuple[OwnPledge, bool]:
    """Return the pledge of a link and whether its time is over; every other link gets the same neutral page."""
    try:
        found = unseal(purpose, token, max_age=life)
        own = own_pledge(int(found.values[0]))
    except (BadToken, IndexError, ValueError):
        own = None
    if own is None:
        raise Http404(
            _("This link is not complete, or what it led to is gone. Copy the whole link out of the mail.")
        )
    return own, found.is_expired


def _explain(request: HttpRequest, own: OwnPledge, *, is_expired: bool) -> HttpResponse:
    """Say what the link can do now; a second click lands where the first one did."""
    if own.is_withdrawn:
        state = "withdrawn"
    elif own.pledge.is_waiting:
        state = "expired" if is_expired else "ready"
    elif cookies.PLEDGED.read(request) == (str(own.pledge.pk),):
        return see_other(reverse("pledge:pledged"))
    else:
        state = "done"
    status = HTTPStatus.GONE if state == "expired" else HTTPStatus.OK
    return render(request, "pledges/confirm_pledge.html", {"own": own, "state": state}, status=status)


def _welcome(request: HttpRequest, own: OwnPledge) -> HttpResponse:
    """Lead to the personal thanks; a browser sent here by another site's form is nobody's."""
    response = see_other(reverse("pledge:pledged"))
    if is_from_this_site(request) and own.pledge.supporter_id:
        cookies.PLEDGED.write(response, own.pledge.pk)
        recognition.remember(response, own.pledge.supporter_id)
    return response


def _act(own: OwnPledge, form: ManagePledgeForm) -> None:
    values = form.cleaned_data
    if values["action"] == "withdraw":
        services.withdraw_pledge(pledge_id=own.pledge.pk, now=clock.now())
    else:
        services.change_pledge(
            pledge_id=own.pledge.pk,
            voter_status=values["voter_status"],
            preference_id=values["preference"],
            riding_number=values["riding"],
        )
