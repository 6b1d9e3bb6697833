"""How the trial provider signs its notices: as Stripe does, `t=<seconds>,v1=<HMAC of "seconds.body">`."""

import hmac
from datetime import datetime
from hashlib import sha256

SIGNATURE_HEADER = "Trial-Signature"


def sign(body: bytes, *, secret: str, at: datetime) -> str:
    """Return the signature of a body that is sent at this moment."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_hmac(body, secret, seconds)}"


def signed_at(body: bytes, signature: str, *, secret: str) -> int:
    """Return when a body was signed, in seconds since 1970. Raises: ValueError where it was not."""
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    seconds = int(parts.get("t", ""))
    if not hmac.compare_digest(parts.get("v1", "").encode(), _hmac(body, secret, seconds).encode()):
        raise ValueError("The signature does not fit.")
    return seconds


def _hmac(body: bytes, secret: str, seconds: int) -> str:
    return hmac.new(secret.encode(), b"%d." % seconds + body, sha256).hexdigest()
