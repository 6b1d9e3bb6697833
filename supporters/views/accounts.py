"""Opening an account, logging in by a mailed code, what is one's own, logging out."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.views import LogoutView, RequestLoginCodeView
from allauth.core import ratelimit
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from coop4canada.kit import clock
from coop4canada.kit.http import address_of, see_other
from coop4canada.kit.panels import panels_for
from coop4canada.kit.proof import check_proof
from supporters import queries, second_factor
from supporters.adapters import AccountAdapter
from supporters.doors import LOG_IN, entrance, signed_in
from supporters.enums import Suspicion
from supporters.forms import CorrectionForm, SignUpForm
from supporters.models import User
from supporters.queries.accounts import OwnAccount
from supporters.services import HouseholdFull, describe_account
from supporters.sign_up import CodeView, begin_sign_up
from supporters.visitors import proof_key

UNWELCOME = frozenset({Suspicion.HONEYPOT, Suspicion.BLOCKED})
DOUBTFUL = frozenset({Suspicion.NO_PROOF, Suspicion.TOO_FAST})


@entrance
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail it a code; the answer is the same for every address."""
    context = {"has_ended": "ended" in request.GET, "passkey_failed": "passkey" in request.GET}
    view = RequestLoginCodeView.as_view(template_name="account/login.html", extra_context=context)
    response: HttpResponse = view(request)
    return response


@entrance
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask who somebody is and mail them a code; the answer is the same for every address."""
    onward = {"next": path} if (path := onward_of(request)) else {}
    if request.user.is_authenticated:
        return see_other(onward.get("next") or reverse("account_home"))
    form = SignUpForm(request.POST if request.method == "POST" else None)
    moment = clock.now()
    if form.is_valid() and may_ask(request, form):
        begin_sign_up(request, form.details(), is_welcome=is_welcome(request, form, moment))
        return see_other(_with(reverse("account_confirm_login_code"), onward))
    context = {"form": form, "opened": form.opened_stamp(moment), "onward": onward.get("next", "")}
    return render(request, "account/sign_up.html", context, status=status_of(form))


@signed_in
def details(request: HttpRequest) -> HttpResponse:
    """Let somebody correct what we know about them."""
    user, account = request.user, queries.accounts.own_account(request.user)
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=_initial(account))
    if form.is_valid() and isinstance(user, User):
        try:
            describe_account(user=user, correction=form.correction(), now=clock.now())
        except HouseholdFull:
            form.add_error(
                None, _("Two other people use your address here. Write to us, and we sort it out.")
            )
        else:
            return see_other(reverse("account_home") + "?saved=1")
    context = {"form": form, "account": account}
    return render(request, "account/details.html", context, status=status_of(form))


@entrance
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code; say so at the log-in once it has run out or was mistyped too often."""
    response: HttpResponse = CodeView.as_view()(request)
    if response.status_code == HTTPStatus.FOUND and response["Location"] == reverse(LOG_IN):
        onward = {name: value for name in ("next",) if (value := _parameter(request, name))}
        return see_other(_with(reverse(LOG_IN), {"ended": "1", **onward}))
    return response


@entrance
def log_out(request: HttpRequest) -> HttpResponse:
    """Ask, then log out; this also forgets a log-in half way, for whoever mistyped the address."""
    response: HttpResponse = LogoutView.as_view(
        template_name="account/logout.html", extra_context={"is_again": "again" in request.GET}
    )(request)
    return response


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show whose account it is, the roles, and what can be done with them."""
    context = {
        "account": queries.accounts.own_account(request.user),
        "is_saved": "saved" in request.GET,
        "roles": queries.roles.roles_of(request.user),
        "panels": panels_for("account_panels", user=request.user),
    }
    return render(request, "account/home.html", context)


def onward_of(request: HttpRequest) -> str:
    """Return where somebody is going, if that is a page of this site."""
    path = _parameter(request, "next")
    return path if path and second_factor.is_own_path(request, path) else ""


def may_ask(request: HttpRequest, form: SignUpForm) -> bool:
    """Say whether so many accounts may be asked for, from here and for this mailbox; tell it on the form if not."""
    email = form.cleaned_data["email"].typed.lower()
    limits = [("signup", ""), ("request_login_code", email)]
    if all(ratelimit.consume(request, action=action, key=key) for action, key in limits):
        return True
    form.add_error("email", AccountAdapter.error_messages["too_many_login_attempts"])
    return False


def is_welcome(request: HttpRequest, form: SignUpForm, now: datetime) -> bool:
    """Say whether a person seems to have filled in the form; who seems to be a robot is answered alike, and gets no mail.

    People without scripts bring no proof of work, and browsers fill in fast: of such, few an hour are believed.
    """
    proof = check_proof(form.cleaned_data["proof"], key=proof_key(), now=now)
    doubts = form.suspicions(proof, address=address_of(request), now=now)
    if doubts & UNWELCOME:
        return False
    return not doubts & DOUBTFUL or bool(ratelimit.consume(request, action="signup_doubtful"))


def status_of(form: Form) -> HTTPStatus:
    """Return the status of a page with a form: filled in wrongly it is no success."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK


def _initial(account: OwnAccount) -> dict[str, object]:
    person = account.supporter
    if person is None:
        return {"name": account.name, "language": active_language(), "riding": None}
    columns = ("name", "postal_code", "language", "phone")
    return {column: getattr(person, column) for column in columns} | {"riding": person.riding_number}


def _with(path: str, parameters: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path


def _parameter(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name, "")
