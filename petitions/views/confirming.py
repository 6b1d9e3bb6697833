"""What the links in our mails open: confirming, and a signature in its owner's hands.

GET and HEAD only show, because programs follow links before people do; POST acts.
"""

from datetime import timedelta
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import is_from_this_site, mailed_page, see_other
from coop4canada.kit.signing import BadToken, unseal
from petitions import cookies, queries, services
from petitions.forms import ManageForm
from petitions.queries import LinkState, OwnSignature
from petitions.services.confirming import ConfirmationKind
from petitions.services.mails import CONFIRM, MANAGE
from petitions.views.doors import path_to, show
from ridings.forms import RidingForm
from supporters import recognition
from supporters.enums import Method
from supporters.rules.pace import LINK_LIFE
from supporters.visitors import circumstances_of


@mailed_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed, with a button; the button confirms."""
    own, is_expired = _opened(CONFIRM, token, LINK_LIFE)
    state = queries.link_state(own, is_expired=is_expired, now=clock.now())
    if request.method == "POST" and state == LinkState.EXPIRED:
        return _send_fresh(request, own)
    if request.method != "POST" or state != LinkState.READY:
        return _explain(request, own, state)
    confirmation = services.confirm_signature(
        signature_id=own.signature.pk,
        riding_number=RidingForm(request.POST, ridings=own.choices).number,
        circumstances=circumstances_of(request, method=Method.MAIL),
        now=clock.now(),
    )
    if confirmation.kind == ConfirmationKind.CONFIRMED:
        return _welcome(request, own)
    own, _is_expired = _opened(CONFIRM, token, LINK_LIFE)
    return _explain(request, own, queries.link_state(own, is_expired=False, now=clock.now()))


@mailed_page
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show a signature to its owner, who may take it back, show or hide their name, or choose their riding."""
    own, _is_expired = _opened(MANAGE, token, None)
    form = ManageForm(request.POST or None, ridings=own.choices)
    if request.method == "POST" and form.is_valid():
        form.act(own.signature.pk, now=clock.now())
        return see_other(request.path)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"own": own, "form": form, "asks": "withdraw" in request.GET}
    return show(request, "petitions/manage.html", own.petition, context, status=status)


def _opened(purpose: str, token: str, life: timedelta | None) -> tuple[OwnSignature, bool]:
    """Return the signature of a link and whether its time is over; every other link gets the same neutral page."""
    try:
        found = unseal(purpose, token, max_age=life)
        own = queries.own_signature(int(found.values[0]))
    except (BadToken, IndexError, ValueError):
        own = None
    if own is None:
        raise Http404(
            _("This link is not complete, or what it led to is gone. Copy the whole link out of the mail.")
        )
    return own, found.is_expired


def _explain(request: HttpRequest, own: OwnSignature, state: LinkState) -> HttpResponse:
    """Say what the link can do now; a second click lands where the first one did."""
    if state == LinkState.DONE and _is_owners_browser(request, own):
        return see_other(path_to("signed", own.petition))
    is_over = state in {LinkState.EXPIRED, LinkState.CLOSED}
    status = HTTPStatus.GONE if is_over else HTTPStatus.OK
    context = {"own": own, "state": state.value}
    return show(request, "petitions/confirm.html", own.petition, context, status=status)


def _send_fresh(request: HttpRequest, own: OwnSignature) -> HttpResponse:
    circumstances = circumstances_of(request, method=Method.MAIL)
    services.send_fresh_link(signature_id=own.signature.pk, circumstances=circumstances, now=clock.now())
    return show(request, "petitions/confirm.html", own.petition, {"own": own, "state": "sent"})


def _welcome(request: HttpRequest, own: OwnSignature) -> HttpResponse:
    """Lead to the personal thanks; a browser sent here by another site's form is nobody's."""
    response = see_other(path_to("signed", own.petition))
    if is_from_this_site(request) and own.signature.supporter_id:
        cookies.CONFIRMED.write(response, own.signature.pk)
        recognition.remember(response, own.signature.supporter_id)
    return response


def _is_owners_browser(request: HttpRequest, own: OwnSignature) -> bool:
    return cookies.CONFIRMED.read(request) == (str(own.signature.pk),)
