"""Local polls that enter the projection."""

from ridings.models import BoundarySet, Election, LocalPoll, LocalPollShare
from ridings.rules.local_polls import LocalReading


def local_polls_since(election: Election, boundary_set: BoundarySet) -> dict[int, tuple[LocalReading, ...]]:
    """Return {fed_number: polls, oldest first} of ridings of a set, ended between an election and the next."""
    polls = LocalPoll.objects.filter(riding__boundary_set=boundary_set, field_ends_on__gt=election.held_on)
    following = Election.objects.filter(held_on__gt=election.held_on).order_by("held_on").first()
    if following:
        polls = polls.filter(field_ends_on__lt=following.held_on)
    rows = polls.order_by("riding__number", "field_ends_on", "key")
    columns = ("pk", "riding__number", "key", "firm", "field_ends_on", "sample_size")
    shares = _shares()
    found: dict[int, tuple[LocalReading, ...]] = {}
    for pk, number, key, firm, ended_on, sample_size in rows.values_list(*columns):
        reading = LocalReading(key, firm, ended_on, sample_size, shares.get(pk, {}))
        found[number] = (*found.get(number, ()), reading)
    return found


def _shares() -> dict[int, dict[str, float]]:
    shares: dict[int, dict[str, float]] = {}
    rows = LocalPollShare.objects.order_by("poll", "party__code").values_list("poll", "party__code", "share")
    for poll, party, share in rows:
        shares.setdefault(poll, {})[party] = share
    return shares
