"""Limits on mail: what is over one waits, nothing is lost."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from campaign.models import OrganizerAlert
from supporters.models import AddressRule, MailLimit, OutgoingMessage
from tests.supporters.outbox import NOON, deliver, message, person, states

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
HERE = {"origin": "192.0.2.1/32", "wide_origin": "192.0.2.0/24"}
THERE = {"origin": "192.0.2.2/32", "wide_origin": "192.0.2.0/24"}


@pytest.fixture(autouse=True)
def _only_these_limits(db: None) -> None:
    MailLimit.objects.all().delete()
    AddressRule.objects.all().delete()


def limit(scope: str, most: int, minutes: int = 10) -> None:
    MailLimit.objects.create(scope=scope, most=most, window_seconds=60 * minutes)


@pytest.mark.parametrize(
    ("scope", "where", "other"),
    [
        ("origin", HERE, THERE),
        ("wide", HERE, {"origin": "198.51.100.1/32", "wide_origin": "198.51.100.0/24"}),
        ("domain", {}, {"domain": "example.net"}),
        ("recipient", {**HERE, "to_key": "same@example.org"}, {**HERE, "to_key": "other@example.org"}),
    ],
)
def test_what_is_over_a_limit_waits_until_the_window_frees(
    scope: str, where: dict[str, str], other: dict[str, str]
) -> None:
    limit(scope, 2)
    for number in range(3):
        message(number, **where)
    message(9, **other)

    deliver()
    now_waiting = OutgoingMessage.objects.get(state="queued")
    deliver(now_waiting.due_at)

    assert now_waiting.key == "supporters/my_data:2"
    assert now_waiting.due_at == NOON + 10 * MINUTE
    assert set(states()) == {"sent"}


def test_windows_of_burst_and_day_both_hold() -> None:
    limit("origin", 2, minutes=10)
    limit("origin", 3, minutes=1440)
    for number in range(5):
        message(number, **HERE)

    sent = [deliver(NOON + minutes * MINUTE) for minutes in (0, 5, 10, 15, 20, 60, 1440, 1441)]

    assert sum(sent[:6]) == 3
    assert (
        OutgoingMessage.objects.filter(state="queued", due_at__gt=NOON + 60 * MINUTE).count() + sum(sent) == 5
    )


@pytest.mark.parametrize(
    ("subject", "pattern", "scope", "count"),
    [
        ("domain", "example.org", "domain", 4),
        ("domain", "*.org", "domain", 4),
        ("domain", "example.org", "origin", 1),
        ("domain", "example.org", "recipient", 1),
        ("network", "192.0.2.0/24", "origin", 4),
        ("network", "192.0.2.0/24", "wide", 4),
        ("network", "192.0.2.0/24", "recipient", 1),
        ("network", "198.51.100.0/24", "origin", 1),
        ("email", "same@*", "recipient", 4),
        ("email", "same@*", "origin", 4),
        ("email", "other@*", "recipient", 1),
    ],
)
def test_an_exception_lifts_limits_of_its_own_kind(
    subject: str, pattern: str, scope: str, count: int
) -> None:
    limit(scope, 1)
    AddressRule.objects.create(verdict="allow", subject=subject, pattern=pattern)
    same = person("same@example.org")
    for number in range(4):
        message(number, supporter=same, **HERE)

    assert deliver() == count


def test_a_block_rule_is_no_exception() -> None:
    limit("domain", 1)
    AddressRule.objects.create(verdict="block", subject="domain", pattern="example.org")
    message(1)
    message(2)

    assert deliver() == 1


def test_stalls_and_answers_to_our_own_links_are_not_counted_by_origin_or_recipient() -> None:
    limit("origin", 1)
    limit("recipient", 1)
    same = person("same@example.org")
    for number in range(4):
        message(number, supporter=same)

    assert deliver() == 4


def test_mails_of_other_people_are_not_held_up_by_a_flood() -> None:
    limit("origin", 2)
    for number in range(300):
        message(number, supporter=None, **HERE)
    message(999, **THERE)

    deliver()

    recipients = [sent.to[0] for sent in mail.outbox]
    assert len(recipients) == 3
    assert recipients[-1] == "p999@example.org"


def test_too_many_answers_a_minute_alert_organizers_once(settings: Any) -> None:
    settings.MAIL_ALARM_PER_MINUTE = 3
    for number in range(3):
        message(number)
    deliver()
    quiet = OrganizerAlert.objects.count()
    message(4)
    deliver()
    message(5)
    deliver()

    assert quiet == 0
    assert list(OrganizerAlert.objects.values_list("key", flat=True)) == ["mail.rate"]
