"""Which lines an entry of the ledger has. Pure: debits positive, credits negative, cents; every entry adds up to zero."""

from collections.abc import Iterable
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
