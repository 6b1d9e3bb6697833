"""What the app of people asks about postal codes and ridings; `RidingsConfig` lists these functions."""

from ridings.queries.codes import live_ridings, ridings_of_code
from ridings.rules.postal_code import read_postal_code


def read_code(text: str) -> tuple[str, tuple[tuple[int, str], ...]] | None:
    """Return a typed postal code, packed, and the (FED number, name) of its ridings, likeliest first; None if it is none."""
    typed = read_postal_code(text)
    code = (typed.code or typed.hint) if typed else None
    if code is None:
        return None
    numbers = [share.number for share in ridings_of_code(code)]
    ridings = live_ridings(numbers)
    return code, tuple((number, ridings[number].name) for number in numbers)


def name_of_riding(number: int) -> str:
    """Return the name of a riding in force by its FED number; empty if there is none."""
    riding = live_ridings([number]).get(number)
    return riding.name if riding else ""
