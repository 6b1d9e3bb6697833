"""What makes a form that anyone may fill in look like a robot's. Pure."""

from campaign.enums import Doubt

# A person needs longer to type a name and an address.
SHORTEST_SECONDS = 2.0

# Without JavaScript there is no proof, and who has none is no robot for that.
_HEAVY = frozenset({Doubt.TRAP.value, Doubt.TOO_FAST.value, Doubt.BLOCKED.value})


def doubts_about(
    *, fills_trap: bool, seconds_open: float | None, has_proof: bool, verdict: str | None
) -> frozenset[str]:
    """Return what is doubtful about a form; nothing if a rule of the organizers allows its sender.

    Args:
        fills_trap: whether the field that people do not see was filled in.
        seconds_open: since when it was open, None if unknown.
        has_proof: whether it came with a proof of work.
        verdict: what the organizers' address rules say: "block", "allow" or None.
    """
    if verdict == "allow":
        return frozenset()
    found = {
        Doubt.TRAP: fills_trap,
        Doubt.TOO_FAST: seconds_open is not None and seconds_open < SHORTEST_SECONDS,
        Doubt.NO_PROOF: not has_proof,
        Doubt.BLOCKED: verdict == "block",
    }
    return frozenset(doubt.value for doubt, is_there in found.items() if is_there)


def is_probably_robot(doubts: frozenset[str]) -> bool:
    """Say whether the doubts are enough to act on before a person has looked."""
    return bool(doubts & _HEAVY)
