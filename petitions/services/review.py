"""What organizers decide about signatures they looked at."""

from collections.abc import Collection

from petitions.models import Signature
from supporters.models import User
from supporters.services.reviewing import Decided, Verdict, decide_entries

# Decided by hand: undoing a decision over many no longer touches it.
OUT_OF_BULK = {"invalidation": None, "state_before": ""}


def decide_signatures(
    *, signature_ids: Collection[int], verdict: Verdict, reason: str, user: User
) -> Decided:
    """Accept, invalidate or hold signatures; those in a state that does not allow it are left alone."""
    return decide_entries(
        Signature, entry_ids=signature_ids, verdict=verdict, reason=reason, user=user, cleared=OUT_OF_BULK
    )
