"""Rounds of reminders: each mail once, to whom it concerns, at an hour at which people are awake."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive, ReminderRound
from pledges.services import (
    confirm_reminder,
    confirm_report,
    count_reports,
    forget_person,
    queue_reminders,
    rounds,
    stop_reminders_to,
    withdraw_reminder,
)
from pledges.tasks import count_reports as count_job
from pledges.tasks import queue_reminders as queue_job
from supporters.models import OutgoingMessage
from tests import make
from tests.pledges import build


def at(number: int, hour: int = 9, minute: int = 5, zone: str = "America/Toronto") -> datetime:
    """Return a time of the day so many days from today, by the clock of a zone."""
    day = build.day(number)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


def wants(drive: PartyMembershipDrive, email: str = "amara@example.org", **fields: Any) -> DriveReminder:
    """Let somebody ask and confirm."""
    when = fields.pop("when", make.NOON)
    reminder = build.asked(drive, email, email.partition("@")[0], now=when, **fields)
    assert confirm_reminder(reminder_id=reminder.pk, now=when)
    return reminder


def reminders() -> list[tuple[str, str]]:
    """Return whom was reminded, and of what, in order."""
    rows = OutgoingMessage.objects.exclude(kind__startswith="pledges/confirm").order_by("pk")
    return [(key.partition(":")[0].removeprefix("pledges/"), to) for key, to in rows.values_list("key", "to")]


def test_everyone_who_asked_gets_every_mail_once(drive: PartyMembershipDrive) -> None:
    wants(drive)
    wants(drive, "bea@example.org")

    for day in range(70):
        for hour in (8, 9, 12, 20, 22):
            queue_reminders(now=at(day, hour))

    both = ("amara@example.org", "bea@example.org")
    assert reminders() == [
        (name, to) for name in ("join_week", "join_day", "vote_open", "vote_last") for to in both
    ]


def test_a_reminder_says_what_and_until_when_in_both_languages(drive: PartyMembershipDrive) -> None:
    reminder = wants(drive, language="fr")

    assert queue_reminders(now=at(23)) == 1

    mail = OutgoingMessage.objects.get(kind="pledges/remind_join")
    assert (mail.language, mail.purpose, mail.priority, mail.origin) == ("fr", "", 50, "")
    facts = mail.context["drive"]
    assert (facts["joins_by_en"], facts["joins_by_fr"]) == ("Dec. 23, 2026", "23 décembre 2026")
    assert mail.context["one_click_path"].startswith("/fr/join-a-party/stop/")
    assert mail.key == f"pledges/join_week:{drive.pk}:{reminder.supporter_id}"


@pytest.mark.parametrize("zone", ["America/St_Johns", "America/Vancouver"])
def test_nine_is_nine_by_the_drives_clock(no_drives: None, zone: str) -> None:
    wants(build.drive(zone=zone))

    assert queue_reminders(now=at(23, 8, 59, zone)) == 0
    assert queue_reminders(now=at(23, 9, 2, zone)) == 1


def test_who_has_joined_is_reminded_of_the_vote_alone(drive: PartyMembershipDrive) -> None:
    wants(drive)
    confirm_report(report_id=build.reported(drive, "amara@example.org", "amara").pk, now=make.NOON)
    wants(drive, "bea@example.org")
    build.reported(drive, "bea@example.org", "bea")

    queue_reminders(now=at(29))
    queue_reminders(now=at(60))

    assert reminders() == [
        ("join_day", "bea@example.org"),
        ("vote_open", "amara@example.org"),
        ("vote_open", "bea@example.org"),
    ]


def test_who_never_confirmed_or_withdrew_gets_nothing(drive: PartyMembershipDrive) -> None:
    build.asked(drive, "never@example.org", "Never")
    withdraw_reminder(reminder_id=wants(drive).pk, now=make.NOON)

    assert queue_reminders(now=at(29)) == 0
    assert reminders() == []


def test_a_withdrawal_reaches_what_waits_in_the_outbox(drive: PartyMembershipDrive) -> None:
    reminder = wants(drive)
    queue_reminders(now=at(29))

    withdraw_reminder(reminder_id=reminder.pk, now=at(29))

    mail = OutgoingMessage.objects.get(kind="pledges/remind_join")
    assert (mail.state, mail.last_error) == ("suppressed", "withdrawn")


def test_who_asks_after_a_reminder_was_due_waits_for_the_next(drive: PartyMembershipDrive) -> None:
    wants(drive, when=at(23, 15))

    queue_reminders(now=at(24))
    queue_reminders(now=at(29))

    assert reminders() == [("join_day", "amara@example.org")]


def test_a_late_worker_sends_what_is_still_of_use(drive: PartyMembershipDrive) -> None:
    wants(drive)

    queue_reminders(now=at(30, 20))  # the last evening to join; the week's reminder is of no use any more
    queue_reminders(now=at(31))

    assert reminders() == [("join_day", "amara@example.org")]


def test_unpublished_and_past_drives_are_silent(drive: PartyMembershipDrive) -> None:
    wants(drive)
    PartyMembershipDrive.objects.update(is_published=False)

    assert queue_reminders(now=at(29)) == 0
    PartyMembershipDrive.objects.update(is_published=True)
    assert queue_reminders(now=at(80)) == 0


def test_new_dates_begin_a_new_round_without_writing_twice(drive: PartyMembershipDrive) -> None:
    wants(drive)
    queue_reminders(now=at(23))
    wants(drive, "bea@example.org", when=at(24))
    PartyMembershipDrive.objects.update(joins_by=build.day(40))

    queue_reminders(now=at(33))

    assert reminders() == [("join_week", "amara@example.org"), ("join_week", "bea@example.org")]


def test_a_round_goes_on_where_it_stopped(
    drive: PartyMembershipDrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "BATCH", 2)
    monkeypatch.setattr(rounds, "MOST_BATCHES", 1)
    people = [wants(drive, f"{name}@example.org") for name in ("a", "b", "c", "d", "e")]

    counts = [queue_reminders(now=at(29)) for _run in range(4)]

    assert counts == [2, 2, 1, 0]
    row = ReminderRound.objects.get(reminder="join_day")
    assert (row.last_id, row.finished_at) == (people[-1].pk, at(29))
    assert len(reminders()) == 5


def test_an_erased_person_leaves_the_count_and_nothing_else(drive: PartyMembershipDrive) -> None:
    reminder = wants(drive)
    report = build.reported(drive, "amara@example.org", "amara")
    confirm_report(report_id=report.pk, now=make.NOON)
    other = build.drive("other")
    build.reported(other, "amara@example.org", "amara")
    person = reminder.supporter

    forget_person(supporter=person)
    person.delete()
    count_reports(now=make.NOON)

    left = MembershipReport.objects.get()
    assert (left.drive_id, left.supporter_id) == (drive.pk, None)
    assert DriveReminder.objects.count() == 0
    drive.refresh_from_db()
    assert drive.count.joined == 1


def test_a_refused_address_is_left_in_peace(drive: PartyMembershipDrive) -> None:
    wants(drive)
    wants(drive, "bea@example.org")
    build.reported(drive, "amara@example.org", "amara")
    queue_reminders(now=at(23))

    stop_reminders_to(address_key="amara@example.org", now=at(24))
    queue_reminders(now=at(29))

    assert reminders() == [
        ("join_week", "amara@example.org"),
        ("join_week", "bea@example.org"),
        ("join_day", "bea@example.org"),
    ]
    states = OutgoingMessage.objects.filter(kind="pledges/remind_join").order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["suppressed", "queued", "queued"]
    assert MembershipReport.objects.count() == 0


def test_only_confirmed_unsuspicious_reports_count(drive: PartyMembershipDrive) -> None:
    build.drive("empty")
    for number, suspicion in enumerate(["", "", "honeypot"]):
        report = build.reported(drive, f"p{number}@example.org", f"Person {number}", suspicion=suspicion)
        confirm_report(report_id=report.pk, now=make.NOON)
    build.reported(drive, "waiting@example.org", "Waiting")

    count_reports(now=make.NOON)
    count_reports(now=make.NOON + timedelta(hours=1))

    counts = PartyMembershipDrive.objects.order_by("slug_en").values_list(
        "slug_en", "count__joined", "count__counted_at"
    )
    assert list(counts) == [("empty", 0, make.NOON), ("leader", 2, make.NOON)]


def test_the_jobs_run_by_the_clock(drive: PartyMembershipDrive) -> None:
    queue_job()
    count_job()

    drive.refresh_from_db()
    assert drive.count.joined == 0


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_write_to_nobody_twice(
    drive: PartyMembershipDrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "BATCH", 5)
    emails = [f"person{number}@example.org" for number in range(30)]
    for email in emails:
        wants(drive, email)

    def run(_index: int) -> int:
        try:
            return queue_reminders(now=at(29))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        queued = sum(pool.map(run, range(8)))
    queued += queue_reminders(now=at(29))

    assert (queued, sorted(to for _name, to in reminders())) == (30, sorted(emails))
