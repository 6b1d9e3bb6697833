"""“I joined” and “remind me”: one row a person, however it is told, and only the owner of an address confirms it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive
from pledges.rules.deadlines import Phase
from pledges.services import (
    DriveClosed,
    confirm_reminder,
    confirm_report,
    let_reports_count,
    remind_known,
    report_known,
    report_membership,
    send_fresh_reminder_link,
    send_fresh_report_link,
    take_back_report,
    withdraw_reminder,
)
from supporters.models import OutgoingMessage, Supporter, UsedProof
from supporters.services import confirm_address, recognise_supporter
from tests import make
from tests.pledges import build

LATER = make.NOON + timedelta(minutes=11)
Ask = Callable[..., Any]
BOTH = pytest.mark.parametrize(
    ("ask", "model", "kind"),
    [
        (build.reported, MembershipReport, "pledges/confirm_report"),
        (build.asked, DriveReminder, "pledges/confirm_reminder"),
    ],
    ids=["report", "reminder"],
)


def known(email: str = "amara@example.org", name: str = "Amara Diallo", **fields: Any) -> Supporter:
    """Make a person whose address is confirmed."""
    details = make.details(email, name, **fields)
    person = recognise_supporter(details=details, now=make.NOON).supporter
    assert person is not None
    confirm_address(supporter=person, details=details, now=make.NOON)
    return person


@BOTH
def test_asking_leaves_a_row_that_waits_and_a_mail(
    drive: PartyMembershipDrive, ask: Ask, model: Any, kind: str
) -> None:
    row = ask(drive, name="Amara Diallo", postal_code="K1A0B1", riding_number=35075, language="fr")

    assert (row.confirmed_at, row.suspicion, row.supporter.riding_number) == (None, "", 35075)
    mail = OutgoingMessage.objects.get()
    assert (mail.kind, mail.to, mail.language, mail.origin, mail.purpose) == (
        kind,
        "amara@example.org",
        "fr",
        "192.0.2.1/32",
        "",
    )
    assert (mail.context["name"], mail.context["drive"]["slug_fr"]) == ("Amara", "leader-fr")


@BOTH
def test_asking_twice_is_asking_once(drive: PartyMembershipDrive, ask: Ask, model: Any, kind: str) -> None:
    first = ask(drive)
    again = ask(drive, email=" Amara+party@Example.org", now=make.NOON + timedelta(minutes=1))

    assert (first.pk, model.objects.count(), make.mails()) == (again.pk, 1, [kind])


@BOTH
def test_the_owner_gets_five_mails_at_most(
    drive: PartyMembershipDrive, ask: Ask, model: Any, kind: str
) -> None:
    for number in range(12):
        ask(drive, now=make.NOON + timedelta(minutes=11 * number))

    assert make.mails() == [kind] * 5


@BOTH
def test_what_a_confirmed_person_told_stays(
    drive: PartyMembershipDrive, ask: Ask, model: Any, kind: str
) -> None:
    person = known(postal_code="K1A0B1", riding_number=35075)

    ask(drive, name="Amara Diallo", postal_code="V5K0A1", riding_number=59001, language="fr")

    person.refresh_from_db()
    assert (person.postal_code, person.riding_number, person.language) == ("K1A0B1", 35075, "en")


@BOTH
def test_a_third_name_at_a_shared_address_asks_its_owner(
    drive: PartyMembershipDrive, ask: Ask, model: Any, kind: str
) -> None:
    for name in ("Marie Tremblay", "Jean Tremblay"):
        known("famille@example.org", name, postal_code="K1A0B1")

    row = ask(drive, email="famille@example.org", name="Luc Gagnon", postal_code="K1A0B1")

    assert (row.supporter.name, Supporter.objects.filter(email_key="famille@example.org").count()) == (
        "Marie Tremblay",
        2,
    )
    assert make.mails() == [kind]


@BOTH
@pytest.mark.parametrize(
    ("fields", "priority"),
    [
        ({"proof": "a" * 64}, 10),
        ({}, 30),
        ({"proof": "b" * 64, "suspicion": "honeypot"}, 30),
        ({"proof": "spent"}, 30),
    ],
)
def test_what_a_robot_may_have_sent_waits_behind_the_others(
    drive: PartyMembershipDrive, ask: Ask, model: Any, kind: str, fields: dict[str, str], priority: int
) -> None:
    UsedProof.objects.create(digest="spent", expires_at=LATER)

    row = ask(drive, **fields)

    assert OutgoingMessage.objects.get().priority == priority
    assert row.suspicion == fields.get("suspicion", "")


@pytest.mark.parametrize(
    ("ask", "fields", "phase"),
    [
        (build.reported, {"is_published": False}, None),
        (build.asked, {"is_published": False}, None),
        (build.reported, {"opens_on": build.day(1)}, Phase.UPCOMING),
        (build.reported, {"joins_by": build.day(-9)}, Phase.OVER),
        (build.asked, {"joins_by": build.day(-9)}, Phase.OVER),
    ],
)
def test_what_makes_no_sense_now_is_refused(
    no_drives: None, ask: Ask, fields: dict[str, Any], phase: Phase | None
) -> None:
    over: dict[str, Any] = {"vote_opens_on": build.day(-5), "vote_closes_on": build.day(-1)}
    drive = build.drive(**fields, **(over if "joins_by" in fields else {}))

    with pytest.raises(DriveClosed) as refused:
        ask(drive)

    assert refused.value.phase == phase
    assert (Supporter.objects.count(), make.mails()) == (0, [])


def test_a_report_counts_from_its_confirmation_and_once(drive: PartyMembershipDrive) -> None:
    report = build.reported(drive)

    first = confirm_report(report_id=report.pk, now=LATER)
    again = confirm_report(report_id=report.pk, now=LATER + timedelta(days=1))

    assert first is not None
    assert again is not None
    assert (first.confirmed_at, again.confirmed_at) == (LATER, LATER)
    assert Supporter.objects.get().email_confirmed_at == LATER


def test_a_report_taken_back_is_gone_and_can_be_told_anew(drive: PartyMembershipDrive) -> None:
    report = build.reported(drive)
    confirm_report(report_id=report.pk, now=LATER)

    take_back_report(report_id=report.pk)
    take_back_report(report_id=report.pk)

    assert confirm_report(report_id=report.pk, now=LATER) is None
    assert build.reported(drive, now=LATER).confirmed_at is None


def test_whom_we_know_reports_at_once_without_a_mail(drive: PartyMembershipDrive) -> None:
    person = known()
    pending = build.reported(drive, suspicion="honeypot")
    OutgoingMessage.objects.all().delete()

    report = report_known(drive=drive, supporter_id=person.pk, now=LATER)
    report_known(drive=drive, supporter_id=person.pk, now=LATER + timedelta(days=1))

    assert report == pending
    assert list(MembershipReport.objects.values_list("supporter", "confirmed_at", "suspicion")) == [
        (person.pk, LATER, "")
    ]
    assert make.mails() == []


def test_whom_we_know_is_reminded_without_a_mail(drive: PartyMembershipDrive) -> None:
    reminder = remind_known(drive=drive, supporter_id=known().pk, now=LATER)

    assert reminder is not None
    assert (reminder.confirmed_at, reminder.withdrawn_at, make.mails()) == (LATER, None, [])


@pytest.mark.parametrize("act", [report_known, remind_known])
def test_nobody_is_known_who_never_answered(drive: PartyMembershipDrive, act: Callable[..., Any]) -> None:
    stranger = build.asked(drive).supporter

    assert act(drive=drive, supporter_id=stranger.pk, now=LATER) is None
    assert act(drive=drive, supporter_id=987_654, now=LATER) is None
    assert MembershipReport.objects.count() == 0
    assert DriveReminder.objects.get().confirmed_at is None


def test_reminders_end_with_a_click_and_begin_anew_only_by_a_mail(drive: PartyMembershipDrive) -> None:
    reminder = build.asked(drive)
    confirm_reminder(reminder_id=reminder.pk, now=make.NOON)
    withdraw_reminder(reminder_id=reminder.pk, now=LATER)
    withdraw_reminder(reminder_id=reminder.pk, now=LATER + timedelta(days=1))

    asked_again = build.asked(drive, now=LATER)
    assert asked_again.withdrawn_at == LATER
    assert make.mails() == ["pledges/confirm_reminder"] * 2

    confirmed = confirm_reminder(reminder_id=reminder.pk, now=LATER + timedelta(days=2))
    assert confirmed is not None
    assert (confirmed.confirmed_at, confirmed.withdrawn_at) == (LATER + timedelta(days=2), None)


def test_a_fresh_link_is_mailed_only_for_what_waits(drive: PartyMembershipDrive) -> None:
    report, reminder = build.reported(drive), build.asked(drive)
    here = make.circumstances()

    send_fresh_report_link(report_id=report.pk, circumstances=here, now=LATER)
    send_fresh_reminder_link(reminder_id=reminder.pk, circumstances=here, now=LATER)
    confirm_report(report_id=report.pk, now=LATER)
    confirm_reminder(reminder_id=reminder.pk, now=LATER)
    much_later = LATER + timedelta(days=1)
    send_fresh_report_link(report_id=report.pk, circumstances=here, now=much_later)
    send_fresh_reminder_link(reminder_id=reminder.pk, circumstances=here, now=much_later)
    send_fresh_report_link(report_id=987_654, circumstances=here, now=much_later)

    assert sorted(make.mails()) == ["pledges/confirm_reminder"] * 2 + ["pledges/confirm_report"] * 2


def test_what_looked_suspicious_counts_once_organizers_say_so(drive: PartyMembershipDrive) -> None:
    build.reported(drive, suspicion="honeypot")
    build.reported(drive, "bea@example.org", "Bea")

    assert let_reports_count(reports=MembershipReport.objects.all()) == 1
    assert set(MembershipReport.objects.values_list("suspicion", flat=True)) == {""}


def test_the_cost_of_a_report_is_twelve_statements(drive: PartyMembershipDrive) -> None:
    who = build.applicant(proof="a" * 64)

    with CaptureQueriesContext(connection) as queries:
        report_membership(drive=drive, applicant=who, circumstances=make.circumstances(), now=make.NOON)

    # A savepoint and its release, which stand for BEGIN and COMMIT; the lock, who it is, the person; the report, looked for
    # and made inside a savepoint; the proof, the count of mails, the mail.
    assert len(queries) == 12


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"opens_on": build.day(31)}, "partymembershipdrive_opens_before_it_ends"),
        ({"joins_by": build.day(61)}, "partymembershipdrive_join_before_vote"),
        ({"vote_closes_on": build.day(59)}, "partymembershipdrive_vote_lasts"),
        ({"join_url": "http://example.org/"}, "partymembershipdrive_link_is_safe"),
        ({"zone": "Europe/Paris"}, "partymembershipdrive_clock_known"),
    ],
)
def test_the_database_refuses_dates_that_make_no_sense(
    no_drives: None, fields: dict[str, Any], name: str
) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        build.drive(**fields)

    assert refused.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


def at_once(number: int, act: Callable[[int], object]) -> None:
    """Do something from many threads, each with its own connection to the database."""

    def one(index: int) -> None:
        try:
            act(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        list(pool.map(one, range(number)))


@pytest.mark.django_db(transaction=True)
@BOTH
def test_twenty_forms_at_once_leave_one_row_and_one_mail(
    drive: PartyMembershipDrive, ask: Ask, model: Any, kind: str
) -> None:
    at_once(20, lambda _index: ask(drive))

    assert (model.objects.count(), Supporter.objects.count(), make.mails()) == (1, 1, [kind])


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_of_whom_we_know_leave_one_row(drive: PartyMembershipDrive) -> None:
    person = known()

    at_once(20, lambda _index: report_known(drive=drive, supporter_id=person.pk, now=LATER))
    at_once(20, lambda _index: remind_known(drive=drive, supporter_id=person.pk, now=LATER))

    assert (MembershipReport.objects.count(), DriveReminder.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_forms_and_confirmations_at_once_never_block_each_other(drive: PartyMembershipDrive) -> None:
    report = build.reported(drive)

    def act(index: int) -> None:
        if index % 2:
            build.reported(drive, now=make.NOON + timedelta(minutes=11 * index))
        else:
            confirm_report(report_id=report.pk, now=LATER)

    at_once(20, act)

    assert list(MembershipReport.objects.values_list("confirmed_at", flat=True)) == [LATER]
