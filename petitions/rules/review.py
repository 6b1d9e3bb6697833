"""What organizers may decide about signatures, one by one or many at once. Pure."""

from supporters.rules.confirming import may_become

# What a decision over many touches: never what was decided already, nor what people took back.
_SOURCES: dict[str, frozenset[str]] = {
    "invalid": frozenset({"pending", "confirmed", "held"}),
    "held": frozenset({"pending", "confirmed"}),
    "confirmed": frozenset({"held"}),
}


def bulk_sources(target: str) -> frozenset[str]:
    """Return the states from which a decision over many signatures leads to the target."""
    return frozenset(state for state in _SOURCES[target] if may_become(state, target))
