"""Logging in as people do: by a mailed code, by a password, with an app for codes."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from supporters.models import OutgoingMessage, User
from supporters.services import write_mail

LOGIN, CODE, HOME, LOGOUT = "/account/login/", "/account/code/", "/account/", "/account/logout/"
PLACE, ENTER = "/account/second-factor/", "/account/second-factor/enter/"
AGAIN = f"{PLACE}again/"
ADMIN_LOGIN = "/admin/login/"
PASSWORD = "a long pass phrase"
PERIOD = 30


def mailed_code(email: str, kind: str = "supporters/login_code") -> str:
    """Return the code of the newest mail, as its text has it."""
    mail = OutgoingMessage.objects.filter(to=email, kind=kind).order_by("-pk")[0]
    found = re.search(r"^[A-Z]{4}-[A-Z]{4}$", str(write_mail(mail).body), re.MULTILINE)
    assert found
    return found[0]


def by_code(client: Client, email: str, onward: str = "") -> Any:
    """Ask for a code and type it; return the answer to the code."""
    client.post(LOGIN, {"email": email})
    fields = {"code": mailed_code(email)} | ({"next": onward} if onward else {})
    return client.post(CODE, fields)


def by_password(client: Client, email: str, onward: str = "/admin/") -> Any:
    """Log in at admin."""
    return client.post(ADMIN_LOGIN, {"username": email, "password": PASSWORD, "next": onward})


def give_app(user: User) -> str:
    """Set an app for codes up for an account, and return its key."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return str(secret)


def code_of(secret: str, *, steps: int = 0) -> str:
    """Return the code that an app shows now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps)))


def wrong_code_of(secret: str) -> str:
    """Return six digits that are not near the right ones in time."""
    right = {code_of(secret, steps=step) for step in range(-2, 3)}
    return next(
        code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in right
    )


def factors_of(user: User) -> list[str]:
    """Return the kinds of second factors that an account has."""
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def user_of(client: Client) -> int | None:
    """Return whose session it is."""
    number = client.session.get("_auth_user_id")
    return int(number) if number else None
