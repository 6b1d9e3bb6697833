"""What organizers decide about pledges they looked at."""

from collections.abc import Collection

from pledges.models import Pledge
from supporters.models import User
from supporters.services.reviewing import Decided, Verdict, decide_entries


def decide_pledges(*, pledge_ids: Collection[int], verdict: Verdict, user: User) -> Decided:
    """Accept, invalidate or hold pledges; those in a state that does not allow it are left alone."""
    return decide_entries(Pledge, entry_ids=pledge_ids, verdict=verdict, reason="", user=user, cleared={})
