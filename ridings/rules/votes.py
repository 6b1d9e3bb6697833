"""Votes of a riding as shares, and who came where. Pure."""

from collections.abc import Iterable, Mapping

Votes = Mapping[str, int]
Shares = Mapping[str, float]


def shares_of(votes: Votes) -> dict[str, float]:
    """Return each party's share of the valid votes, 0–1; empty where nobody voted."""
    total = sum(votes.values())
    return {party: count / total for party, count in votes.items()} if total else {}


def ranked(values: Mapping[str, float]) -> list[str]:
    """Return the parties by value, largest first; ties by code, so that the order never depends on input order."""
    return sorted(values, key=lambda party: (-values[party], party))


def strongest(values: Mapping[str, float], among: Iterable[str]) -> str | None:
    """Return the party with the largest value among those named, or None if none of them stands."""
    standing = {party: values[party] for party in among if party in values}
    return ranked(standing)[0] if standing else None
