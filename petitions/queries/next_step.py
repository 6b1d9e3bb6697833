"""The next step that is always there: one's riding."""

from dataclasses import dataclass

from ridings.models import Riding
from ridings.queries.codes import live_ridings
from ridings.queries.riding_page import class_of


@dataclass(frozen=True)
class RidingStep:
    """A riding and its class, as far as they are known."""

    riding: Riding | None
    riding_class: str


def riding_step(number: int | None) -> RidingStep:
    """Return the riding of a FED number with its class; none if the number is not known or no longer in force."""
    riding = live_ridings({number}).get(number) if number else None
    return RidingStep(riding, class_of(riding) if riding else "")
