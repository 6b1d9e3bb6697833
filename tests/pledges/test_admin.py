"""Organizers' pages: drives are written and previewed, people's rows only looked at."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains

from pledges.models import MembershipReport, PartyMembershipDrive, ReminderRound
from pledges.panels import reminders_link, reports_link
from pledges.services import count_reports
from tests import make
from tests.pledges import build

DRIVES = "/admin/pledges/partymembershipdrive/"
REPORTS = "/admin/pledges/membershipreport/"
REMINDERS = "/admin/pledges/drivereminder/"


def fields_of(drive: PartyMembershipDrive, **changes: Any) -> dict[str, Any]:
    names = [field.name for field in PartyMembershipDrive._meta.fields if field.editable]
    values = {name: getattr(drive, name) for name in names if name not in {"id", "party", "changed_at"}}
    values = {name: value for name, value in values.items() if value not in (None, False)}
    return {**values, "party": drive.party_id, **changes}


def test_a_drive_is_edited_and_counted(organizer_client: Client, drive: PartyMembershipDrive) -> None:
    count_reports(now=make.NOON)

    answer = organizer_client.post(f"{DRIVES}{drive.pk}/change/", fields_of(drive, title_en="Leader"))

    assert answer.status_code == 302
    assert PartyMembershipDrive.objects.get().title_en == "Leader"
    assertContains(organizer_client.get(DRIVES), "Leader (leader)")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"joins_by": "2027-02-01"}, "The last day to join is not after the first day of the vote."),
        ({"vote_closes_on": "2027-01-01"}, "A vote closes on the day it opens, or later."),
        ({"opens_on": "2027-01-01"}, "The first day to join comes before the last one."),
        ({"join_url": "http://example.org/"}, "Enter a valid URL."),
        ({"join_url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(
    organizer_client: Client, drive: PartyMembershipDrive, changes: dict[str, str], sentence: str
) -> None:
    answer = organizer_client.post(f"{DRIVES}{drive.pk}/change/", fields_of(drive, **changes))

    assertContains(answer, sentence)


def test_a_draft_is_previewed_by_organizers_alone(
    organizer_client: Client, client: Client, no_drives: None
) -> None:
    draft = build.drive(is_published=False)
    preview = f"{DRIVES}{draft.pk}/preview/"

    assertContains(organizer_client.get(f"{DRIVES}{draft.pk}/change/"), f'href="{preview}"')
    assertContains(organizer_client.get(preview), "decision en")
    assertContains(organizer_client.get(f"/fr{preview}"), "decision fr")
    assert organizer_client.get(f"{DRIVES}987654/preview/").status_code == 404
    assert client.get(preview).status_code == 302
    assertContains(organizer_client.get(f"{DRIVES}add/"), "title_fr")


@pytest.mark.parametrize(("path", "ask"), [(REPORTS, build.reported), (REMINDERS, build.asked)])
def test_people_are_found_by_address_and_never_changed(
    organizer_client: Client, drive: PartyMembershipDrive, path: str, ask: Any
) -> None:
    row = ask(drive)
    ask(drive, "bea@example.org", "Bea")

    for typed in ("Amara+list@EXAMPLE.org", "diallo", "ama"):
        found = organizer_client.get(path, {"q": typed}).context["cl"].result_list
        assert [item.pk for item in found] == [row.pk]
    assert len(organizer_client.get(path, {"q": " "}).context["cl"].result_list) == 2
    assert organizer_client.post(f"{path}{row.pk}/change/", {"suspicion": ""}).status_code == 403
    assert organizer_client.get(f"{path}add/").status_code == 403
    assert organizer_client.get(f"{path}{row.pk}/change/").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "ask"), [(REPORTS, build.reported), (REMINDERS, build.asked)])
def test_lists_cost_as_much_for_three_as_for_one(
    organizer_client: Client, drive: PartyMembershipDrive, path: str, ask: Any, number: int
) -> None:
    for index in range(number):
        ask(drive, f"p{index}@example.org", f"Person {index}")

    with CaptureQueriesContext(connection) as queries:
        organizer_client.get(path)

    # Session and account, the campaign, the filter's drives, how many there are, the page of them.
    assert len(queries) == 6


def test_organizers_let_a_suspicious_report_count(
    organizer_client: Client, drive: PartyMembershipDrive
) -> None:
    report = build.reported(drive, suspicion="honeypot")

    answer = organizer_client.post(
        REPORTS, {"action": "let_count", "_selected_action": [report.pk]}, follow=True
    )

    assertContains(answer, "1 report counts now.")
    assert MembershipReport.objects.get().suspicion == ""


def test_rounds_are_shown(organizer_client: Client, drive: PartyMembershipDrive) -> None:
    ReminderRound.objects.create(drive=drive, reminder="join_day", due_at=make.NOON)

    assertContains(
        organizer_client.get("/admin/pledges/reminderround/"), "the day before the last day to join"
    )


def test_a_persons_rows_are_one_click_away(organizer_client: Client, drive: PartyMembershipDrive) -> None:
    report, reminder = build.reported(drive), build.asked(drive)
    build.reported(drive, "bea@example.org", "Bea")
    build.asked(drive, "bea@example.org", "Bea")
    person = report.supporter
    assert person is not None

    for link, row in ((reports_link, report), (reminders_link, reminder)):
        _words, address = link(supporter=person)
        assert list(organizer_client.get(address).context["cl"].result_list) == [row]
