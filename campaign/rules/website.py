"""The address of an organization's site, as people type it. Pure."""

import re
import unicodedata
from enum import StrEnum
from urllib.parse import urlsplit

LONGEST = 200

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//)?")
_HOST_WITH_PORT = re.compile(r"[A-Za-z0-9.-]+:[0-9]+(/|$)")


class Reason(StrEnum):
    """Why a text is no address that we link to."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_HTTPS = "not_https"
    NOT_A_SITE = "not_a_site"


class BadWebsite(ValueError):
    """The text is no address that we link to."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def read_website(text: str) -> str:
    """Return the address of a site, beginning with `https://`, its host in ASCII and lower case.

    An address without a scheme is taken for https. Hosts are names with a dot, never numbers, ports or log-ins.
    Raises: BadWebsite with the reason.
    """
    typed = text.strip()
    if not typed:
        raise BadWebsite(Reason.MISSING)
    # A port looks like a scheme: `example.org:8000`.
    has_scheme = _SCHEME.match(typed) and not _HOST_WITH_PORT.match(typed)
    address = typed if has_scheme else f"https://{typed}"
    if not address.lower().startswith("https://"):
        raise BadWebsite(Reason.NOT_HTTPS)
    if any(
        char.isspace() or unicodedata.category(char)[0] == "C" or char in '<>"\\^`{|}' for char in address
    ):
        raise BadWebsite(Reason.NOT_A_SITE)
    site = _normal(address)
    if len(site) > LONGEST:
        raise BadWebsite(Reason.TOO_LONG)
    return site


def host_of(website: str) -> str:
    """Return the host by which sites are compared and named: without `www.`."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def _normal(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as error:  # brackets without an address in them, labels too long or empty
        raise BadWebsite(Reason.NOT_A_SITE) from error
    labels = host.split(".")
    is_name = (
        len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()
    )
    # The host stands alone: no log-in before it, no port after it.
    if not is_name or ":" in parts.netloc or "@" in parts.netloc:
        raise BadWebsite(Reason.NOT_A_SITE)
    return parts._replace(scheme="https", netloc=host, path=parts.path or "/").geturl()
