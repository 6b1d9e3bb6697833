"""Amounts as people type them: cents, exactly. Pure."""

import re
from decimal import Decimal
from enum import StrEnum

CHIPS = (10, 25, 50, 100)

_SPACES = re.compile(r"[\s\u00a0\u202f]")
# 25 · 25.5 · 25.50 · 1,250.00 · 1 250,50 · 25,50
_ENGLISH = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.(?P<cents>[0-9]{1,2}))?")
_FRENCH = re.compile(r"(?P<whole>[0-9]{1,9}),(?P<cents>[0-9]{1,2})")


class Reason(StrEnum):
    """What is wrong with an amount."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


class BadAmount(ValueError):
    """No amount of ours."""

    def __init__(self, reason: Reason) -> None:
        """Remember why."""
        super().__init__(reason.value)
        self.reason = reason


def read_amount(text: str, *, least_cents: int, most_cents: int) -> int:
    """Return the cents of an amount in dollars, as English or French speakers write it.

    Raises: BadAmount.
    """
    typed = _SPACES.sub("", text.strip()).removeprefix("$").removesuffix("$")
    if not typed:
        raise BadAmount(Reason.MISSING)
    if not typed.isascii():
        raise BadAmount(Reason.UNREADABLE)
    found = _FRENCH.fullmatch(typed) or _ENGLISH.fullmatch(typed)
    if found is None:
        raise BadAmount(Reason.UNREADABLE)
    dollars = Decimal(f"{found['whole'].replace(',', '')}.{found['cents'] or '0'}")
    cents = int(dollars * 100)
    if cents < least_cents:
        raise BadAmount(Reason.TOO_SMALL)
    if cents > most_cents:
        raise BadAmount(Reason.TOO_LARGE)
    return cents


def write_amount(cents: int, language: str) -> str:
    """Write cents as dollars in a language: `$1,250`, `$12.50`; in French `1 250 $`, `12,50 $`."""
    sign = "−" if cents < 0 else ""
    dollars, rest = divmod(abs(cents), 100)
    if language == "fr":
        whole = f"{dollars:,}".replace(",", "\u202f")
        return f"{sign}{whole}{f',{rest:02}' if rest else ''}\u00a0$"
    return f"{sign}${dollars:,}{f'.{rest:02}' if rest else ''}"
