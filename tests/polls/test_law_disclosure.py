"""Who is reported, from the ledger to the file."""

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import translation

from polls.enums import Account, EntryKind, SpendingCategory
from polls.exports import disclosure_rows, money
from polls.models import LegalLimits
from polls.queries.disclosure import LimitsUnknown, disclosure_of
from polls.rules.bookkeeping import Line, purpose
from polls.rules.disclosure import Giver, Movement, Period, contributions
from polls.services.expenses import record_expense
from polls.services.ledger import Booking, book
from supporters.models import ExportLog, User
from tests import people
from tests.make import NOON
from tests.polls import builders
from tests.polls.law_fixtures import DAY, bill, gift, law, offline, went_back
from tests.polls.test_law_limits import limits

GOLDEN = Path(__file__).parent / "golden"
PERIOD = Period(dt.date(2026, 11, 10), dt.date(2026, 11, 25))
PAGE = "/admin/polls/legallimits/disclosure/"
JUNE = Period(dt.date(2026, 6, 1), dt.date(2026, 6, 30))


def moved(
    gift_id: int, cents: int, day: int, *, who: str = "a", kind: EntryKind = EntryKind.GIFT
) -> Movement:
    giver = Giver(who, f"Name {who}", "1 Main Street", "Ottawa", "ON", "K1A0B1")
    return Movement(gift_id, giver, kind, dt.date(2026, 6, day), cents)


def back(gift_id: int, cents: int, day: int, **fields: Any) -> Movement:
    return moved(gift_id, -cents, day, kind=EntryKind.REFUND, **fields)


def test_gifts_of_one_person_are_added_across_polls_and_refunds_taken_off() -> None:
    found = contributions([moved(1, 15_000, 3), moved(2, 6_000, 9), back(1, 500, 12)], JUNE, limits())

    assert [(one.giver.person_key, one.total_cents, len(one.movements)) for one in found.reported] == [
        ("a", 20_500, 3)
    ]
    assert (found.other_people, found.other_cents, found.total_cents) == (0, 0, 20_500)


def test_who_does_not_pass_the_threshold_is_only_added_up() -> None:
    found = contributions(
        [moved(1, 20_000, 3), moved(2, 1_000, 9, who="b"), moved(3, 900, 9, who="b")], JUNE, limits()
    )

    assert found.reported == ()
    assert (found.other_people, found.other_gifts, found.other_cents) == (2, 3, 21_900)


def test_a_refund_after_the_last_day_belongs_to_a_later_report() -> None:
    to_mid_june = Period(dt.date(2026, 6, 1), dt.date(2026, 6, 15))
    movements = [moved(1, 30_000, 3), back(1, 30_000, 16)]

    assert contributions(movements, to_mid_june, limits()).total_cents == 30_000
    assert contributions(movements, JUNE, limits()).total_cents == 0
    assert contributions(movements, JUNE, limits()).other_people == 0


def test_what_goes_back_of_earlier_gifts_is_told_apart() -> None:
    late = Period(dt.date(2026, 6, 10), dt.date(2026, 6, 30))
    found = contributions([moved(1, 30_000, 3), back(1, 4_000, 12), moved(2, 100, 12)], late, limits())

    assert (found.total_cents, found.returned_earlier_cents) == (100, 4_000)


@pytest.fixture
def edith(db: None) -> User:
    return people.edith()


@pytest.fixture
def books(no_country: None, edith: User) -> None:
    """Gifts, refunds and bills of every kind around a period."""
    law()
    project = builders.project(builders.riding(35001, "Trois—Rivières"))
    first = gift(15_000, project=project, at=NOON - 8 * DAY)
    gift(6_000, at=NOON - DAY)
    went_back(first, 500, at=NOON)
    gift(20_000, name="Bruno Tremblay", at=NOON - 2 * DAY)
    whole = gift(30_000, name="Carla Wu", at=NOON - 2 * DAY)
    went_back(whole, 30_000, at=NOON)
    cheque = offline(received_on=(NOON - 2 * DAY).date(), entered_by=edith, confirmed_by=people.bruno())
    gift(25_000, name="=HYPERLINK(1) Dev", project=project, at=NOON + 9 * DAY, **cheque)
    early = gift(40_000, name="Eve Early", at=NOON - 20 * DAY)
    went_back(early, 10_000, at=NOON - DAY)
    gift(50_000, name="Late Lena", at=NOON + 5 * DAY)
    lost = gift(22_000, name="Fay Fraud", at=NOON - 3 * DAY)
    went_back(lost, 22_000, at=NOON, kind=EntryKind.DISPUTE_LOST)
    fee = (Line(Account.FEES, 60), Line(Account.PROVIDER, -60))
    book(Booking("fee:1", EntryKind.FEE, fee, contribution=first), now=NOON)
    moves = (purpose(project.pk, 1_000), purpose(None, -1_000))
    book(Booking("moved:1", EntryKind.MOVED, moves, contribution=first), now=NOON)
    record_expense(expense=bill(project, 7_500), by=edith, now=NOON)
    advert = bill(project, 1_250, "ad", category=SpendingCategory.ADVERTISING, memo="-Leaflets")
    record_expense(expense=advert, by=edith, now=NOON - 2 * DAY)
    record_expense(expense=bill(project, 99, "later"), by=edith, now=NOON + 4 * DAY)


def file_in(language: str) -> str:
    with translation.override(language):
        rows = list(disclosure_rows(disclosure_of(PERIOD)))
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_file_is_the_golden_one_byte_for_byte(books: None, language: str) -> None:
    golden = (GOLDEN / f"disclosure_{language}.csv").read_bytes().decode()

    assert file_in(language) == golden
    assert file_in(language) == golden


def test_no_cell_is_a_formula_and_every_row_is_as_wide_as_the_header(books: None) -> None:
    rows = list(csv.reader(io.StringIO(file_in("en"))))

    assert {len(row) for row in rows} == {11}
    texts = [cell for row in rows for cell in row[:-1]]
    assert [cell for cell in texts if cell.startswith(("=", "+", "-", "@"))] == []
    assert "'=HYPERLINK(1) Dev" in texts
    assert all(row[-1] == "" or float(row[-1]) is not None for row in rows[1:])


def test_money_is_written_as_a_number() -> None:
    assert [money(cents) for cents in (0, 5, 123_456, -50)] == ["0.00", "0.05", "1234.56", "-0.50"]


def test_without_figures_for_the_day_there_is_no_report(db: None) -> None:
    LegalLimits.objects.all().delete()

    with pytest.raises(LimitsUnknown):
        disclosure_of(PERIOD)


FORM = {"begins_on": "2026-11-10", "ends_on": "2026-11-25", "language": "en"}


@pytest.mark.ignore_template_errors
def test_an_organizer_takes_the_file_and_it_is_noted(books: None, edith: User, client: Client) -> None:
    client.force_login(edith)

    answer = client.post(PAGE, FORM)

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert 'filename="disclosure-2026-11-10-2026-11-25-en.csv"' in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert content == file_in("en")
    log = ExportLog.objects.get()
    rows = len(content.splitlines()) - 1
    assert (log.user, log.what, log.choice) == (edith, "polls.disclosure", "2026-11-10 – 2026-11-25")
    assert log.row_count == rows


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "2026-11-09"}, "comes before the first"),
        ({"ends_on": "soon"}, "Enter a valid date"),
        ({"begins_on": ""}, "This field is required"),
        (
            {"begins_on": "2001-01-01", "ends_on": "2001-02-01"},
            "No limits of the law are entered for that day",
        ),
    ],
)
def test_wrong_days_are_named_and_what_was_typed_stays(
    edith: User, client: Client, changes: dict[str, str], words: str
) -> None:
    client.force_login(edith)

    answer = client.post(PAGE, {**FORM, **changes})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{changes.get("ends_on", FORM["ends_on"])}"' in answer.content.decode()
    assert not ExportLog.objects.exists()


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("rights", [[], ["view_legallimits", "view_contribution", "view_ledgerentry"]])
def test_nobody_else_takes_it(db: None, client: Client, rights: list[str]) -> None:
    clerk = User.objects.create_user("clerk@example.org", "a long pass phrase", is_staff=True)
    clerk.user_permissions.set(
        Permission.objects.filter(codename__in=rights, content_type__app_label="polls")
    )
    client.force_login(clerk)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, FORM).status_code == 403
    assert not ExportLog.objects.exists()
