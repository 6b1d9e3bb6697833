"""Handing one mail to the provider, and what its answer means."""

import contextlib
import re
import smtplib
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from types import TracebackType
from typing import Self

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMessage, get_connection
from requests import exceptions as http


class Outcome(StrEnum):
    """What became of a mail that was handed over."""

    ACCEPTED = "accepted"
    NO_SUCH_RECIPIENT = "no such recipient"
    REFUSED = "refused"  # this mail, at this time
    TROUBLE = "trouble"  # the provider failed over this mail, and may over others
    UNREACHABLE = "unreachable"  # the provider takes no mail at all, whatever it is
    UNCERTAIN = "uncertain"  # the answer was lost: it may have been taken


@dataclass(frozen=True)
class Handover:
    """An outcome, and what the provider said."""

    outcome: Outcome
    said: str = ""


NOT_ALLOWED = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.PAYMENT_REQUIRED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
# A gateway that gives up does not know what the server behind it did.
GATEWAY_GAVE_UP = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})

# How the HTTP library calls it when there was no connection to send anything over.
BEFORE_ANYTHING_WAS_SENT = ("NewConnectionError", "NameResolutionError", "SSLError", "ProxyError")

NOBODY_LISTENS = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPSenderRefused,
)

# Source: RFC 5321 (2008) section 4.2.3: mailbox unavailable, user not local, mailbox name not allowed.
NO_MAILBOX = frozenset({550, 551, 553})
# Source: RFC 3463 (2003) sections 3.2 to 3.8: 5.1.x is about the address; the other subjects are not.
ABOUT_ADDRESS = re.compile(rb"5\.1\.[0-9]")
ABOUT_SOMETHING_ELSE = re.compile(rb"5\.[0-7]\.[0-9]")


class Courier:
    """Carries mails to the provider over one connection, which it opens when first needed."""

    def __init__(self) -> None:
        self._provider = get_connection()
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._close()

    def hand_over(self, mail: EmailMessage) -> Handover:
        """Send one mail and say what became of it; after any trouble the next one gets a new connection."""
        try:
            self._open()
        except (OSError, smtplib.SMTPException, AnymailError) as error:
            self._close()
            return Handover(Outcome.UNREACHABLE, _words(error))
        try:
            self._provider.send_messages([mail])
        except (OSError, smtplib.SMTPException, AnymailError, ValueError) as error:
            self._close()
            return Handover(outcome_of(error), _words(error))
        return Handover(Outcome.ACCEPTED)

    def _open(self) -> None:
        if not self._is_open:
            self._provider.open()
            self._is_open = True

    def _close(self) -> None:
        self._is_open = False
        with contextlib.suppress(OSError, smtplib.SMTPException, AnymailError):
            self._provider.close()


def outcome_of(error: Exception) -> Outcome:
    """Judge by an error of SMTP or of a provider's HTTP interface what became of the mail."""
    if isinstance(error, AnymailRecipientsRefused):
        return Outcome.NO_SUCH_RECIPIENT
    if isinstance(error, AnymailError):
        return _outcome_of_http(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _outcome_of_refusals(error)
    if isinstance(error, NOBODY_LISTENS):
        return Outcome.UNREACHABLE
    if isinstance(error, smtplib.SMTPDataError | ValueError):
        return Outcome.REFUSED
    return Outcome.UNCERTAIN


def _outcome_of_http(error: AnymailError) -> Outcome:
    status = error.status_code
    if status is None:
        if isinstance(error, http.ConnectTimeout) or _never_connected(error):
            return Outcome.UNREACHABLE
        return Outcome.UNCERTAIN if isinstance(error, http.RequestException) else Outcome.REFUSED
    if status in NOT_ALLOWED:
        return Outcome.UNREACHABLE
    if status < HTTPStatus.MULTIPLE_CHOICES or status in GATEWAY_GAVE_UP:
        # "Taken", in words nobody can read, or an answer from somebody who does not know.
        return Outcome.UNCERTAIN
    return Outcome.TROUBLE if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Outcome.REFUSED


def _never_connected(error: AnymailError) -> bool:
    cause = repr(error.__cause__)
    return isinstance(error, http.ConnectionError) and any(name in cause for name in BEFORE_ANYTHING_WAS_SENT)


def _outcome_of_refusals(error: smtplib.SMTPRecipientsRefused) -> Outcome:
    code, words = next(iter(error.recipients.values()), (0, b""))
    is_about_address = ABOUT_ADDRESS.search(words) or not ABOUT_SOMETHING_ELSE.search(words)
    return Outcome.NO_SUCH_RECIPIENT if code in NO_MAILBOX and is_about_address else Outcome.REFUSED


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300]
