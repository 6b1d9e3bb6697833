"""What the apps above know of postal codes and ridings: this app stands below electoral geography."""

from dataclasses import dataclass

from coop4canada.kit.panels import functions_of


@dataclass(frozen=True)
class CodePlace:
    """A packed postal code and the ridings it reaches into: (FED number, name), likeliest first."""

    code: str
    ridings: tuple[tuple[int, str], ...]


NOWHERE = CodePlace("", ())


def place_of_code(text: str) -> CodePlace | None:
    """Return what a postal code as typed stands for; None if it is none.

    Asks the functions that AppConfigs list under `postal_code_readers`: text in, (code, ridings) or None out.
    """
    for read in functions_of("postal_code_readers"):
        found = read(text)
        if found is not None:
            return CodePlace(*found)
    return None


def riding_name(number: int | None) -> str:
    """Return the name of a riding by its FED number; empty if nobody knows it."""
    names = (name_of(number) for name_of in functions_of("riding_names") if number)
    return next((name for name in names if name), "")
