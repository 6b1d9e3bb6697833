"""What makes a filled-in form worth a look before it counts; never told to whoever sent it. Pure."""

from dataclasses import dataclass

from supporters.enums import Suspicion

# A person needs longer to type a name, an address and a postal code.
SHORTEST_SECONDS = 2.0


@dataclass(frozen=True)
class Signs:
    """What a form shows about whoever filled it in.

    `seconds_open`: the longest time since when we know it was open, None if unknown.
    `verdict`: what the organizers' address rules say: "block", "allow" or None.
    """

    fills_trap: bool = False
    seconds_open: float | None = None
    has_proof: bool = True
    verdict: str | None = None
    is_disposable: bool = False


def suspicions(signs: Signs) -> frozenset[str]:
    """Return what is suspicious about a form; nothing if a rule of the organizers allows it."""
    if signs.verdict == "allow":
        return frozenset()
    found = {
        Suspicion.HONEYPOT: signs.fills_trap,
        Suspicion.TOO_FAST: signs.seconds_open is not None and signs.seconds_open < SHORTEST_SECONDS,
        Suspicion.NO_PROOF: not signs.has_proof,
        Suspicion.BLOCKED: signs.verdict == "block",
        Suspicion.DISPOSABLE: signs.is_disposable,
    }
    return frozenset(suspicion.value for suspicion, is_there in found.items() if is_there)
