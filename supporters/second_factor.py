"""The second factor of the session at hand: whether it was given, and the way to giving it."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from coop4canada.kit.clock import now

NEXT_KEY = "second_factor_next"
# Recovery codes alone are no second factor: they stand in for one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_missing(request: HttpRequest) -> bool:
    """Say whether the site asks for a second factor and this session has not given one."""
    return settings.SECOND_FACTOR_REQUIRED and not was_given(request)


def was_given(request: HttpRequest) -> bool:
    """Say whether this session was opened or confirmed with a second factor that the account still has.

    One that was removed since, as stolen ones are, counts no more.
    """
    given = [record.get("id") for record in _records(request) if record["method"] == "mfa"]
    return (
        Authenticator.objects.filter(user_id=request.user.pk or 0, pk__in=given).exists() if given else False
    )


def came_by_password(request: HttpRequest, user: AbstractBaseUser | AnonymousUser | None = None) -> bool:
    """Say whether a password opened this session, or is opening it for the user."""
    return any(
        record["method"] == "password" and not record.get("reauthenticated")
        for record in _records(request, user)
    )


def came_without_password(request: HttpRequest) -> bool:
    """Say whether a mailed code or a passkey alone opened this session."""
    return any(record["method"] == "code" or record.get("passwordless") for record in _records(request))


def has_one(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Say whether an account has a second factor set up."""
    return _factors_of(user).exists()


def note_given(request: HttpRequest, authenticator: Authenticator) -> None:
    """Note that this session has given a second factor, as whoever has just set it up has."""
    record_authentication(
        request, request.user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


def is_fresh(request: HttpRequest) -> bool:
    """Say whether this session was opened so lately that it may set up the account's first second factor.

    Accounts with a password or a second factor are asked for that instead.
    """
    if get_reauthentication_flows(request.user):
        return True
    last = max((record["at"] for record in _records(request)), default=0.0)
    return now().timestamp() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_for_it(request: HttpRequest, onward: str = "") -> HttpResponse:
    """Lead to giving the second factor, or to setting one up, and from there back to a page of this site."""
    types = set(_factors_of(request.user).values_list("type", flat=True))
    if not types:
        place = "mfa_index"
    else:
        place = "mfa_reauthenticate" if Authenticator.Type.TOTP in types else "mfa_reauthenticate_webauthn"
    path = onward or request.get_full_path()
    return HttpResponseRedirect(f"{reverse(place)}?{urlencode({REDIRECT_FIELD_NAME: path})}")


def keep_onward(request: HttpRequest) -> None:
    """Keep where somebody was going while they set a second factor up; only pages of this site are kept."""
    path = request.GET.get(REDIRECT_FIELD_NAME, "")
    if path and is_own_path(request, path):
        request.session[NEXT_KEY] = path


def onward_of(request: HttpRequest) -> str:
    """Return where somebody was going when they were asked for a second factor, once they have given it."""
    return str(request.session.get(NEXT_KEY, "")) if was_given(request) else ""


def is_own_path(request: HttpRequest, path: str) -> bool:
    """Say whether a path leads to a page of this very host."""
    return url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())


def _factors_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Authenticator]:
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user.pk or 0, type__in=FACTORS)
    return rows


def _records(
    request: HttpRequest, user: AbstractBaseUser | AnonymousUser | None = None
) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = get_authentication_records(request, user or request.user)
    return records
