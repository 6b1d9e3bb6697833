"""E-mail addresses as people type them. Pure.

Mail goes to the address as it was typed; uniqueness is judged by its key, the canonical form: one mailbox, one
key, however many spellings reach it.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email

from supporters.rules.email_providers import CANONICAL_DOMAINS, DOTLESS_DOMAINS, is_disposable, likely_domain

__all__ = ["Address", "BadAddress", "Reason", "is_disposable", "is_role_address", "read_address"]

# Source: RFC 5321, 2008, sections 4.5.3.1.1 and 4.5.3.1.3 (a path of 256 octets counts its angle brackets).
LOCAL_PART_LENGTH = 64
ADDRESS_LENGTH = 254

# Mailboxes of an office, not of a person: they may confirm what they signed but get no bulk mail.
# Source: RFC 2142, 1997, sections 3 to 5; the second line holds senders that nobody reads.
ROLE_NAMES = frozenset(
    """
    info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp
    mailer-daemon noreply no-reply donotreply do-not-reply root spam bounce bounces
    """.split()  # noqa: SIM905 — words read better in a row
)

# Legal in an address, yet refused by mail servers: they once spelled routes through other hosts ("user%host").
# Source: Exim, "Specification", 2024, chapter 7.2, ACL of the default configuration.
_ROUTING_CHARACTERS = frozenset("%!")


class Reason(StrEnum):
    """Why a text is no address that we mail to."""

    MISSING = "missing"
    CONTROL = "control"  # line breaks and other control characters: header injection, or a broken paste
    TOO_LONG = "too_long"
    AT_SIGN = "at_sign"  # none, or more than one
    LOCAL_PART = "local_part"  # before the @
    NOT_ASCII = "not_ascii"  # letters before the @ that most mail servers cannot carry
    DOMAIN = "domain"  # after the @


class BadAddress(ValueError):
    """The text is no e-mail address that we mail to."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Address:
    """An address that can be mailed.

    `typed`: ASCII, the part before the @ as typed, the domain in lower case and punycode.
    `key`: canonical form, for uniqueness only; never mailed.
    `domain`: of `typed`.
    `suggestion`: a full address if the domain looks like a slip of the pen; offered, never taken silently.
    """

    typed: str
    key: str
    domain: str
    suggestion: str | None = None


def read_address(text: str) -> Address:
    """Read an address; nothing is asked of the network.

    Raises: BadAddress with the reason.
    """
    if any(unicodedata.category(char) == "Cc" for char in text):
        raise BadAddress(Reason.CONTROL)
    stripped = _without_edges(text)
    if not stripped:
        raise BadAddress(Reason.MISSING)
    if len(stripped) > ADDRESS_LENGTH:
        raise BadAddress(Reason.TOO_LONG)
    if stripped.count("@") != 1:
        raise BadAddress(Reason.AT_SIGN)
    local = stripped.partition("@")[0]
    _check_local_part(local)
    try:
        valid = validate_email(stripped, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as error:
        raise BadAddress(Reason.DOMAIN if _is_sound_local_part(local) else Reason.LOCAL_PART) from error
    ascii_domain = valid.ascii_domain.lower()
    meant = likely_domain(valid.domain.lower())
    return Address(
        typed=f"{local}@{ascii_domain}",
        key=_key(local, ascii_domain),
        domain=ascii_domain,
        suggestion=f"{local}@{meant}" if meant else None,
    )


def is_role_address(address: Address) -> bool:
    """Tell whether an office or a machine reads this address instead of one person."""
    local = address.typed.partition("@")[0].lower()
    return local.partition("+")[0] in ROLE_NAMES


def _without_edges(text: str) -> str:
    """Strip spaces and the invisible marks that address books and web pages copy along."""
    edges = {char for char in text if char.isspace() or unicodedata.category(char) == "Cf"}
    return text.strip("".join(edges)) if edges else text


def _check_local_part(local: str) -> None:
    if len(local) > LOCAL_PART_LENGTH:
        raise BadAddress(Reason.TOO_LONG)
    if '"' in local or not _ROUTING_CHARACTERS.isdisjoint(local):
        raise BadAddress(Reason.LOCAL_PART)
    if not local.isascii():
        raise BadAddress(Reason.NOT_ASCII)


def _is_sound_local_part(local: str) -> bool:
    """Try the part before the @ with a domain known to be good, to blame the right side."""
    try:
        validate_email(f"{local}@example.org", check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return False
    return True


def _key(local: str, domain: str) -> str:
    """Return the canonical form: no case, no `+tag`, no dots where the provider ignores them."""
    canonical_domain = CANONICAL_DOMAINS.get(domain, domain)
    lowered = local.lower()
    # "+tag@…" has nothing before the tag: then the tag is all there is to tell mailboxes apart.
    mailbox = lowered.partition("+")[0] or lowered
    if canonical_domain in DOTLESS_DOMAINS:
        mailbox = mailbox.replace(".", "")
    return f"{mailbox}@{canonical_domain}"
