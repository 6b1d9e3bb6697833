"""The consent ledger is append-only, and what the clock deletes."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from supporters.importers.first_words import install_mail_words
from supporters.models import (
    AddressRule,
    ConsentEvent,
    ConsentWording,
    MailEvent,
    MailLimit,
    OutgoingMessage,
    UsedProof,
)
from supporters.services import empty_old_circumstances, purge_old_mails, purge_used_proofs
from tests.supporters.outbox import NOON, message, person
from tests.supporters.test_reports import agree

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM supporters_consentevent",
        "UPDATE supporters_consentevent SET decision = 'withdrawn'",
        "UPDATE supporters_consentevent SET at = now()",
        "UPDATE supporters_consentevent SET address_hash = 'x'",
        "UPDATE supporters_consentevent SET purpose = 'calls'",
        "UPDATE supporters_consentevent SET wording_id = NULL",
        "UPDATE supporters_consentevent SET origin = '198.51.100.1/32'",
        "UPDATE supporters_consentevent SET user_agent = 'another'",
        "UPDATE supporters_consentevent SET method = 'paper'",
        "UPDATE supporters_consentevent SET supporter_id = supporter_id + 1",
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(statement: str) -> None:
    agree(person(), "news")

    with pytest.raises(DatabaseError, match="never (changed|deleted)"), transaction.atomic():
        run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE supporters_consentevent SET supporter_id = NULL",
        "UPDATE supporters_consentevent SET origin = '', user_agent = ''",
    ],
)
def test_what_erasing_and_forgetting_need_is_let_through(statement: str) -> None:
    agree(person(), "news")

    assert run(statement) == 2


def run(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


@pytest.mark.parametrize(
    ("state", "days", "stays"),
    [
        ("sent", 61, False),
        ("failed", 61, False),
        ("suppressed", 61, False),
        ("sent", 59, True),
        ("queued", 500, True),
        ("sending", 500, True),
    ],
)
def test_ended_mails_go_after_two_months(state: str, days: int, stays: bool) -> None:
    queued = message(1, state=state)
    MailEvent.objects.create(provider_id="1", kind="sent", message_key=queued.key, at=NOON)

    for _time in range(2):
        purge_old_mails(now=NOON + days * DAY)

    assert OutgoingMessage.objects.exists() is stays
    assert MailEvent.objects.exists() is (days < 60)


def test_where_consents_came_from_is_forgotten_after_a_month() -> None:
    agree(person(), "news")

    early = empty_old_circumstances(now=NOON + 29 * DAY)
    late = empty_old_circumstances(now=NOON + 31 * DAY)
    again = empty_old_circumstances(now=NOON + 31 * DAY)

    assert (early, late, again) == (0, 2, 0)
    assert set(ConsentEvent.objects.values_list("origin", "user_agent")) == {("", "")}


def test_spent_proofs_go_when_they_expire() -> None:
    UsedProof.objects.create(digest="old", expires_at=NOON - dt.timedelta(seconds=1))
    UsedProof.objects.create(digest="new", expires_at=NOON)

    purge_used_proofs(now=NOON)

    assert list(UsedProof.objects.values_list("digest", flat=True)) == ["new"]


def test_more_rows_than_a_portion_all_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("supporters.services.clock.AT_ONCE", 2)
    for number in range(5):
        message(number, state="sent")

    assert purge_old_mails(now=NOON + 61 * DAY) == 5


def counts() -> list[int]:
    return [rows.objects.count() for rows in (MailLimit, AddressRule, ConsentWording)]


def test_first_words_come_once_and_what_organizers_change_stays() -> None:
    for rows in (MailLimit, AddressRule, ConsentWording):
        rows.objects.all().delete()
    install_mail_words()
    first = counts()
    MailLimit.objects.filter(scope="origin").delete()
    AddressRule.objects.filter(pattern="gmail.com").delete()
    changed = counts()
    install_mail_words()

    assert first == [7, 40, 4]
    assert counts() == changed


def test_the_words_of_consent_name_who_asks_what_for_and_that_it_can_be_withdrawn() -> None:
    ConsentWording.objects.all().delete()
    install_mail_words()

    words: list[Any] = list(ConsentWording.objects.order_by("purpose"))
    assert sorted(wording.purpose for wording in words) == ["calls", "news", "other", "team"]
    for wording in words:
        assert wording.text_en.count("Cooperate for Canada") == 1
        assert wording.text_fr.count("Coopérons pour le Canada") == 1
        assert "withdraw this at any time" in wording.text_en
        assert "retirer ce consentement à tout moment" in wording.text_fr
