"""Proofs of work for the client of a measurement, which asked for none and has no time to search."""

from altcha.v1 import ChallengeOptions, Payload, create_challenge

from coop4canada.kit.clock import now
from coop4canada.kit.proof import ALGORITHM, LIFETIME
from supporters.visitors import proof_key

NUMBER = 4_242
SECONDS_AGO = 30.0


def solved_proof() -> str:
    """Return a genuine proof whose number is known beforehand, asked for half a minute ago."""
    moment = now()
    challenge = create_challenge(
        ChallengeOptions(
            algorithm=ALGORITHM,
            number=NUMBER,
            hmac_key=proof_key(),
            expires=moment + LIFETIME,
            params={"issued": f"{moment.timestamp() - SECONDS_AGO:.3f}"},
        )
    )
    return Payload(
        algorithm=challenge.algorithm,
        challenge=challenge.challenge,
        number=NUMBER,
        salt=challenge.salt,
        signature=challenge.signature,
    ).to_base64()
