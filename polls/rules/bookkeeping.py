"""Which lines an entry of the ledger has. Pure: debits positive, credits negative, cents; every entry adds up to zero."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polls.enums import Account, Provider


@dataclass(frozen=True)
class Line:
    """An amount on an account; `project` is a project's id."""

    account: Account
    amount_cents: int
    project: int | None = None


class Unbalanced(ValueError):
    """The lines do not add up to zero."""


def place_of(provider: str) -> Account:
    """Return the account on which a provider's money lies."""
    return Account.BANK if provider == Provider.OFFLINE else Account.PROVIDER


def purpose(project: int | None, amount_cents: int) -> Line:
    """Return the line for money held for a project, or for the general fund (negative: it grows)."""
    return Line(Account.GENERAL if project is None else Account.PROJECT, amount_cents, project)


def checked(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines without empty ones.

    Raises: Unbalanced, also where nothing moves.
    """
    kept = tuple(line for line in lines if line.amount_cents)
    if not kept or sum(line.amount_cents for line in kept) != 0:
        raise Unbalanced(
            f"{[(line.account.value, line.amount_cents) for line in kept]} do not add up to zero"
        )
    return kept


def drawn_from(places: Mapping[int | None, int], amount_cents: int) -> tuple[Line, ...]:
    """Return the lines that take an amount from where a gift's money is, projects first.

    What is no longer there of the gift is borne by the general fund: a bank may take back what was given back already.

    Args:
        places: {project id, or None for the general fund: cents}.
        amount_cents: what leaves.
    """
    lines = []
    for project, cents in sorted(places.items(), key=lambda place: (place[0] is None, place[0] or 0)):
        part = min(max(cents, 0), amount_cents)
        lines.append(purpose(project, part))
        amount_cents -= part
    return (*lines, purpose(None, amount_cents))
