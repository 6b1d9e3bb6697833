"""Patterns of address rules as organizers type them. Pure."""

import re
from enum import StrEnum
from ipaddress import IPv4Network, ip_network

# A wider rule would hold or free whole countries by a slip of the pen.
WIDEST_IPV4_PREFIX, WIDEST_IPV6_PREFIX = 8, 16

_DOMAIN = re.compile(r"[a-z0-9*-]+(\.[a-z0-9*-]+)+")
_LOCAL_PART = re.compile(r"[^\s@]+")


class PatternFault(StrEnum):
    """What is wrong with a pattern."""

    NETWORK = "network"
    TOO_WIDE = "too_wide"
    DOMAIN = "domain"
    EMAIL = "email"


class BadPattern(ValueError):
    """The pattern cannot be used."""

    def __init__(self, fault: PatternFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def tidy_pattern(subject: str, typed: str) -> str:
    """Return a pattern as it is compared: a network in CIDR, a domain or address in lower case.

    Raises: BadPattern.
    """
    text = typed.strip().lower()
    if subject == "network":
        return _network(text)
    if subject == "domain":
        return _domain(text.removeprefix("@"))
    local, at_sign, domain = text.rpartition("@")
    if not at_sign or not _LOCAL_PART.fullmatch(local):
        raise BadPattern(PatternFault.EMAIL)
    if not local.strip("*") and not domain.strip("*."):
        raise BadPattern(PatternFault.TOO_WIDE)
    return f"{local}@{domain}" if domain == "*" else f"{local}@{_domain(domain)}"


def _network(text: str) -> str:
    try:
        network = ip_network(text, strict=False)
    except ValueError as error:
        raise BadPattern(PatternFault.NETWORK) from error
    widest = WIDEST_IPV4_PREFIX if isinstance(network, IPv4Network) else WIDEST_IPV6_PREFIX
    if network.prefixlen < widest:
        raise BadPattern(PatternFault.TOO_WIDE)
    return str(network)


def _domain(text: str) -> str:
    try:
        encoded = text if text.isascii() else text.encode("idna").decode()
    except UnicodeError as error:
        raise BadPattern(PatternFault.DOMAIN) from error
    if not _DOMAIN.fullmatch(encoded):
        raise BadPattern(PatternFault.DOMAIN)
    if not encoded.strip("*."):
        raise BadPattern(PatternFault.TOO_WIDE)
    return encoded
