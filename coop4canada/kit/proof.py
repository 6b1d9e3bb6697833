"""Proof of work: a little arithmetic per form, nothing for one person, much for a robot. Our own, no third party.

A proof is a hint, weighed with others; who sends none, for want of JavaScript, is no robot for that.
"""

import json
from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, cast

from altcha.v1 import ChallengeOptions, PayloadType, create_challenge, extract_params, verify_solution

from coop4canada.kit.signing import keyed_hash

ALGORITHM: Final = "SHA-256"
LIFETIME = timedelta(hours=1)
# On the average half as many hashes: well under a second on a telephone of 2020.
MAX_NUMBER = 50_000

_LONGEST_PAYLOAD = 1_000  # a true one has about 400 characters


@dataclass(frozen=True)
class Proof:
    """What a payload proves.

    `digest`: SHA-256 of the challenge, for the caller to accept each challenge once; empty if it is not ours.
    `seconds_open`: time since the challenge was fetched; a form sent within a second or two was not typed.
    """

    is_valid: bool
    digest: str
    seconds_open: float | None


_NO_PROOF = Proof(is_valid=False, digest="", seconds_open=None)


def key() -> str:
    """Return the key of our proofs of work: it stays when other secrets are replaced."""
    return keyed_hash("proof of work")


def new_challenge(*, key: str, now: datetime, max_number: int = MAX_NUMBER) -> dict[str, str | int]:
    """Return a challenge as JSON takes it: algorithm, challenge, maxNumber, salt, signature.

    The times of issue and expiry stand in the salt, which the signature covers.
    """
    options = ChallengeOptions(
        algorithm=ALGORITHM,
        max_number=max_number,
        hmac_key=key,
        expires=now + LIFETIME,
        params={"issued": f"{now.timestamp():.3f}"},
    )
    return create_challenge(options).to_dict()


def check_proof(payload: str, *, key: str, now: datetime) -> Proof:
    """Check what a form sent: base64 of JSON with algorithm, challenge, number, salt, signature.

    Any garbage is no proof, never an error. A true proof past its time is not valid, yet has its digest and age.
    """
    try:
        solution = _solution(payload)
        # The library would ask the real clock for the expiry.
        is_solved, _ = verify_solution(solution, key, check_expires=False)
        if not is_solved:
            return _NO_PROOF
        issued, expires = _times(solution)
    except (ValueError, RecursionError):
        return _NO_PROOF
    return Proof(
        is_valid=now <= expires,
        digest=sha256(solution["challenge"].encode()).hexdigest(),
        seconds_open=max(0.0, (now - issued).total_seconds()),  # clocks of two servers may differ a little
    )


def _solution(payload: str) -> PayloadType:
    """Return the payload as the library takes it.

    Raises: ValueError, RecursionError if it is not of this form.
    """
    if len(payload) > _LONGEST_PAYLOAD:
        raise ValueError("too long")
    solution = json.loads(b64decode(payload, validate=True))
    if not isinstance(solution, dict) or solution.get("algorithm") != ALGORITHM:
        raise ValueError("not an object of our algorithm")
    if not all(isinstance(solution.get(field), str) for field in ("challenge", "salt", "signature")):
        raise ValueError("not the fields of a solution")
    number = solution.get("number")
    if type(number) is not int or number < 0:  # True is an int as well
        raise ValueError("not a number to count to")
    return cast("PayloadType", solution)


def _times(solution: PayloadType) -> tuple[datetime, datetime]:
    """Return when the challenge was issued and when it expires.

    Raises: ValueError if the salt does not say so.
    """
    params = extract_params(solution)
    try:
        (issued,), (expires,) = params["issued"], params["expires"]
        return datetime.fromtimestamp(float(issued), UTC), datetime.fromtimestamp(int(expires), UTC)
    except (KeyError, OverflowError, OSError) as error:
        raise ValueError("a salt without its times") from error
