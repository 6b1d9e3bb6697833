"""The ledger: balanced, append-only, every movement booked once."""

import pytest
from django.db import IntegrityError, connection, transaction

from polls.enums import Account, EntryKind
from polls.models import LedgerEntry, LedgerLine
from polls.queries.ledger import balances
from polls.rules.bookkeeping import Line, Unbalanced
from polls.services.ledger import Booking, book
from tests.make import NOON

pytestmark = pytest.mark.django_db

GIFT = (Line(Account.PROVIDER, 2500), Line(Account.GENERAL, -2500))


def booked(key: str = "gift:1", lines: tuple[Line, ...] = GIFT) -> bool:
    return book(Booking(key, EntryKind.GIFT, lines), now=NOON)


def test_book_moves_money_between_accounts() -> None:
    assert booked()
    assert balances() == {"general": -2500, "provider": 2500}


def test_book_under_the_same_key_books_once() -> None:
    assert booked()
    assert not booked()
    assert balances() == {"general": -2500, "provider": 2500}


@pytest.mark.parametrize(
    "lines",
    [(Line(Account.PROVIDER, 1),), (), (Line(Account.PROVIDER, 0),)],
    ids=["one-sided", "none", "nothing"],
)
def test_book_refuses_what_does_not_add_up(lines: tuple[Line, ...]) -> None:
    with pytest.raises(Unbalanced):
        booked(lines=lines)
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [LedgerEntry, LedgerLine], ids=["entry", "line"])
def test_the_database_refuses_changes(model: type[LedgerEntry | LedgerLine], statement: str) -> None:
    booked()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))
    assert model.objects.exists()


def test_the_database_refuses_an_entry_without_lines() -> None:
    LedgerEntry.objects.create(key="empty", kind=EntryKind.GIFT, at=NOON)
    with pytest.raises(IntegrityError, match="adds up to nothing"):
        connection.check_constraints()


def test_the_database_refuses_a_lone_line() -> None:
    entry = LedgerEntry.objects.create(key="lone", kind=EntryKind.GIFT, at=NOON)
    LedgerLine.objects.create(entry=entry, account=Account.PROVIDER, amount_cents=5)
    with pytest.raises(IntegrityError, match="adds up to 5"):
        connection.check_constraints()
