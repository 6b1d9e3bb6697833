"""Links in mails, short public codes, keyed hashes: what only we can have made.

A purpose separates tokens: one made for confirming a signature never unsubscribes anybody.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

LONGEST_TOKEN = 500

# A dot is safe in a path, and a link in a mail is not cut at it as it may be at a colon.
_TOKEN_SEPARATOR = "."  # noqa: S105 — punctuation
_VALUE_SEPARATOR = "\x1f"  # "unit separator"; no value may hold it

_SHORT_CODE_SALT = "short code of "
_CHECK_LENGTH = 6  # 36 ** 6: one guess in two thousand million is right


class BadToken(ValueError):
    """The token is forged, cut, made for something else, or no token at all."""


@dataclass(frozen=True)
class Unsealed:
    """What a genuine token holds; past its time it says so and keeps its values, to offer a fresh mail."""

    values: tuple[str, ...]
    is_expired: bool


def seal(purpose: str, *values: str | int) -> str:
    """Return a token for a link: letters, digits, `-`, `_` and `.`; it is signed, not secret.

    Raises: ValueError if the values make a token longer than `LONGEST_TOKEN` or hold a unit separator.
    """
    texts = [str(value) for value in values]
    if any(_VALUE_SEPARATOR in text for text in texts):
        raise ValueError("a value holds the separator of values")
    # Each value ends with the separator, so that no value and one empty value differ.
    packed = "".join(text + _VALUE_SEPARATOR for text in texts).encode()
    token = _signer(purpose).sign(urlsafe_b64encode(packed).decode().rstrip("="))
    if len(token) > LONGEST_TOKEN:
        raise ValueError(f"a token of {len(token)} characters would not be read again")
    return token


def unseal(purpose: str, token: str, *, max_age: timedelta | None) -> Unsealed:
    """Return what was sealed for this purpose; `max_age` None means that it never expires.

    Raises: BadToken.
    """
    if len(token) > LONGEST_TOKEN or not token.isascii():
        raise BadToken("no token of ours is like this")
    signer = _signer(purpose)
    try:
        packed = signer.unsign(token)
    except BadSignature as error:
        raise BadToken("the signature is wrong") from error
    try:
        signer.unsign(token, max_age=max_age)
    except SignatureExpired:
        return Unsealed(_values(packed), is_expired=True)
    return Unsealed(_values(packed), is_expired=False)


def short_code(purpose: str, number: int) -> str:
    """Return a short code for a public link, e.g. a referral: the number and a check that cannot be guessed.

    Raises: ValueError if the number is negative.
    """
    return _short_codes(purpose, number)[0]


def read_short_code(purpose: str, code: str) -> int | None:
    """Return the number of a code made for this purpose, typed in any case; None if it is no such code."""
    if not code.isascii():
        return None
    typed = code.strip().lower()
    try:
        number = base36_to_int(typed[:-_CHECK_LENGTH])
        genuine = _short_codes(purpose, number)
    except ValueError:
        return None
    # The whole code is compared, so that a number written in another way ("00a") is no second code.
    return number if any(constant_time_compare(typed, known) for known in genuine) else None


def keyed_hash(text: str) -> str:
    """Return the hash by which a text is recognised after it has been erased; useless without our key."""
    # Half a surrogate pair is no text, yet it must not stop an erasure.
    return hmac.new(settings.HASH_KEY.encode(), text.encode(errors="surrogatepass"), sha256).hexdigest()


def _signer(purpose: str) -> TimestampSigner:
    return TimestampSigner(sep=_TOKEN_SEPARATOR, salt=purpose)


def _values(packed: str) -> tuple[str, ...]:
    padding = "=" * (-len(packed) % 4)
    try:
        text = urlsafe_b64decode(packed + padding).decode()
    except ValueError as error:  # signed by us, yet not made here
        raise BadToken("not made by seal") from error
    return tuple(text.split(_VALUE_SEPARATOR)[:-1])


def _short_codes(purpose: str, number: int) -> list[str]:
    """Return the code under today's secret, then under those it replaced: shared links outlive a secret."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [int_to_base36(number) + _check(purpose, number, secret) for secret in secrets]


def _check(purpose: str, number: int, secret: str | bytes) -> str:
    signed = salted_hmac(_SHORT_CODE_SALT + purpose, str(number), secret=secret, algorithm="sha256")
    reduced = int.from_bytes(signed.digest(), "big") % 36**_CHECK_LENGTH
    return int_to_base36(reduced).rjust(_CHECK_LENGTH, "0")
