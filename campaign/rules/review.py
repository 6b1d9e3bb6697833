"""What a decision makes of an organization's sign-on. Pure."""

from campaign.enums import Decision, OrganizationState

_MOVES = {
    (OrganizationState.PENDING, Decision.APPROVE): OrganizationState.APPROVED,
    (OrganizationState.PENDING, Decision.DECLINE): OrganizationState.DECLINED,
    (OrganizationState.PENDING, Decision.DISCARD): OrganizationState.DECLINED,
    (OrganizationState.APPROVED, Decision.DECLINE): OrganizationState.DECLINED,
    (OrganizationState.APPROVED, Decision.REOPEN): OrganizationState.PENDING,
    (OrganizationState.DECLINED, Decision.REOPEN): OrganizationState.PENDING,
}
# Whoever is declined is told why; whoever was shown in public and is no longer, colleagues have to know why.
_NEED_REASON = frozenset({Decision.DECLINE, Decision.REOPEN})
_MAILED = {Decision.APPROVE: "approved", Decision.DECLINE: "declined"}


def state_after(state: str, decision: str) -> str | None:
    """Return the state to which a decision leads, None if it cannot be taken in this state."""
    return _MOVES.get((OrganizationState(state), Decision(decision)))


def decisions_in(state: str) -> tuple[Decision, ...]:
    """Return the decisions that can be taken in a state."""
    return tuple(decision for decision in Decision if (OrganizationState(state), decision) in _MOVES)


def needs_reason(decision: str) -> bool:
    """Say whether a decision has to be given a reason."""
    return Decision(decision) in _NEED_REASON


def mail_about(decision: str) -> str:
    """Return the name of the mail that tells the contact of a decision, empty if none does."""
    return _MAILED.get(Decision(decision), "")
