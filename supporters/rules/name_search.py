"""Words of a name as PostgreSQL's text search takes them. Pure."""

from coop4canada.kit.text import plain

MOST_WORDS = 6
# A shorter beginning would fit every tenth person: such words must be whole.
SHORTEST_BEGINNING = 3


def name_tsquery(typed: str) -> str:
    """Return a `tsquery` for people whose names have all these words or beginnings; empty if there is none.

    `Trembl` finds Tremblay, `Li` only Li. Whatever is typed, it is a query: nothing but letters and digits goes in.
    """
    folded = plain(typed) or typed.casefold()
    words = "".join(char if char.isalnum() else " " for char in folded).split()[:MOST_WORDS]
    return " & ".join(f"'{word}'{':*' if len(word) >= SHORTEST_BEGINNING else ''}" for word in words)
