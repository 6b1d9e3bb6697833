"""Telephone numbers as people type them. Pure.

Only numbers of people in Canada and the United States: what a volunteer calls must cost no more than a call.
"""

import re
import unicodedata
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

_HOME = "CA"
_REGIONS = frozenset({"CA", "US"})
# Source: ITU-T, "List of Recommendation E.164 assigned country codes", 2016: 1 is shared by North America.
_COUNTRY_CODE = 1

_LONGEST_READ = 60

_WRITTEN = re.compile(r"[\d\s+＋().·/\-‐‑‒–—−]+")
# The library knows "ext", "x" and "#", not the French word.
_FRENCH_EXTENSION = re.compile(r"\d\W*\b(?:poste|p\.)\W*\d+$", re.IGNORECASE)

_OF_PEOPLE = frozenset(
    {PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
)
# The local cousin of 900, which the library does not know.
# Source: CRTC, "Pay-per-call services", 2005 (Telecom Decision 2005-19): 900 and 976.
_PAY_PER_CALL = re.compile(r"\d{3}976\d{4}")


class Reason(StrEnum):
    """Why a text is no number that we call."""

    MISSING = "missing"
    INVALID = "invalid"  # no number, or none that is given out
    EXTENSION = "extension"  # E.164 has no place for it, and without it the call ends elsewhere
    FOREIGN = "foreign"  # neither in Canada nor in the United States
    TOLL_FREE = "toll_free"  # of an organization, not of a person
    PREMIUM = "premium"  # 900 and 976; also 500 and 600, of no place, where the caller pays for the rest


class BadPhone(ValueError):
    """The text is no telephone number that we call."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def read_phone(text: str, *, of_organization: bool = False) -> str:
    """Read a number, without a country code as one of Canada; return it as E.164: `+16045550199`.

    That of an organization may be toll-free.

    Raises: BadPhone with the reason; an extension is never dropped in silence.
    """
    typed = "".join(char for char in text if unicodedata.category(char) != "Cf").strip(" \u00a0")
    if not typed:
        raise BadPhone(Reason.MISSING)
    if len(typed) > _LONGEST_READ or any(unicodedata.category(char) == "Cc" for char in typed):
        raise BadPhone(Reason.INVALID)
    number = _parsed(typed)
    _check(number, of_organization=of_organization)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown_phone(number: str) -> str:
    """Return a number in E.164 as people read it: `+16045550199` → `(604) 555-0199`."""
    return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.NATIONAL)


def _parsed(typed: str) -> PhoneNumber:
    if _FRENCH_EXTENSION.search(typed):
        raise BadPhone(Reason.EXTENSION)
    try:
        number = phonenumbers.parse(typed, _HOME)
    except NumberParseException as error:
        raise BadPhone(Reason.INVALID) from error
    if number.extension:
        raise BadPhone(Reason.EXTENSION)
    # The library would read a number out of any sentence, and letters as the keys they stand on.
    if not _WRITTEN.fullmatch(typed):
        raise BadPhone(Reason.INVALID)
    return number


def _check(number: PhoneNumber, *, of_organization: bool) -> None:
    if number.country_code != _COUNTRY_CODE:
        raise BadPhone(Reason.FOREIGN)
    if not phonenumbers.is_valid_number(number):
        raise BadPhone(Reason.INVALID)
    if phonenumbers.region_code_for_number(number) not in _REGIONS:
        raise BadPhone(Reason.FOREIGN)
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.TOLL_FREE:
        if of_organization:
            return
        raise BadPhone(Reason.TOLL_FREE)
    if kind not in _OF_PEOPLE or _PAY_PER_CALL.fullmatch(str(number.national_number)):
        raise BadPhone(Reason.PREMIUM)
