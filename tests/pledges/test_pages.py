"""The pages anybody may read: every drive, one drive, its calendar file, its public facts."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains

from campaign.models import ShareText
from coop4canada.kit.panels import Panel, Records
from pledges.importers.first_words import install_demonstration_drives
from pledges.models import PartyMembershipDrive
from pledges.panels import join_a_party, next_step
from pledges.queries import records_of
from pledges.services import confirm_report, count_reports
from tests import make
from tests.pledges import build
from tests.pledges.rules.test_calendar import unfolded

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def at_noon() -> Any:
    with time_machine.travel(make.NOON, tick=False):
        yield


def titles(answer: Any) -> list[str]:
    page = answer.context["page"]
    return [card.drive.slug_en for card in (*page.current, *page.past)]


def over(slug: str, days_ago: int) -> PartyMembershipDrive:
    first, last = build.day(-days_ago - 3), build.day(-days_ago)
    return build.drive(slug, joins_by=first, vote_opens_on=first, vote_closes_on=last)


def test_drives_stand_by_their_deadline_then_in_the_order_of_parties(client: Client, no_drives: None) -> None:
    build.drive("later", "LPC", joins_by=build.day(40))
    build.drive("green", "GPC")
    build.drive("liberal", "LPC")
    build.drive("ndp", "NDP")
    # The same day ends earlier in Newfoundland.
    build.drive("newfoundland", "BQ", zone="America/St_Johns")
    build.drive(
        "voting", "BQ", joins_by=build.day(-3), vote_opens_on=build.day(-1), vote_closes_on=build.day(5)
    )
    over("older", 30)
    over("newer", 2)
    build.drive("draft", is_published=False)

    assert titles(client.get("/join-a-party/")) == [
        "newfoundland",
        "liberal",
        "ndp",
        "green",
        "later",
        "voting",
        "newer",
        "older",
    ]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path", ["/join-a-party/", "/fr/join-a-party/", "/api/v1/drives"])
def test_the_list_costs_as_much_for_three_as_for_one(
    client: Client, no_drives: None, number: int, path: str
) -> None:
    for index in range(number):
        build.drive(f"drive-{index}", ["LPC", "NDP", "GPC"][index])

    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200

    # The drives with party and count; on a page also the campaign.
    assert len(queries) == (1 if path.startswith("/api/") else 2)


def test_a_page_costs_three_queries(client: Client, drive: PartyMembershipDrive) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(drive.get_absolute_url()).status_code == 200

    # The drive with party and count, the words to share, the campaign.
    assert len(queries) == 3


@pytest.mark.parametrize(
    ("days", "english", "french"),
    [
        (30, "days left to join", "jours pour adhérer"),
        (1, "day left to join", "jour pour adhérer"),
        (0, "Today is the last day to join", "Dernier jour pour adhérer\N{NO-BREAK SPACE}: aujourd’hui"),
    ],
)
def test_a_card_says_how_long_one_can_join(
    client: Client, no_drives: None, days: int, english: str, french: str
) -> None:
    build.drive(joins_by=build.day(days))

    assertContains(client.get("/join-a-party/"), english)
    assertContains(client.get("/fr/join-a-party/"), french)


def test_the_count_is_that_of_the_last_counting(client: Client, drive: PartyMembershipDrive) -> None:
    for number in range(3):
        report = build.reported(drive, f"p{number}@example.org", f"Person {number}")
        confirm_report(report_id=report.pk, now=make.NOON)
    assert client.get(drive.get_absolute_url()).context["card"].joined == 0

    count_reports(now=make.NOON)

    assert client.get(drive.get_absolute_url()).context["card"].joined == 3


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/join-a-party/leader-fr/", "/join-a-party/leader/"),
        ("/fr/join-a-party/leader/", "/fr/join-a-party/leader-fr/"),
    ],
)
def test_the_slug_of_the_other_language_leads_to_the_right_one(
    client: Client, drive: PartyMembershipDrive, path: str, target: str
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (301, target)


def test_each_page_links_to_its_twin(client: Client, drive: PartyMembershipDrive) -> None:
    for path, twin in (
        ("/join-a-party/leader/", "/fr/join-a-party/leader-fr/"),
        ("/fr/join-a-party/leader-fr/", "/join-a-party/leader/"),
        ("/join-a-party/leader/joined/", "/fr/join-a-party/leader-fr/joined/"),
        ("/fr/join-a-party/leader-fr/remind-me/", "/join-a-party/leader/remind-me/"),
        ("/join-a-party/leader/sent/", "/fr/join-a-party/leader-fr/sent/"),
    ):
        assertContains(client.get(path), f'class="c-language" href="{twin}"')


@pytest.mark.parametrize("end", ["", "joined/", "remind-me/", "sent/", "calendar.ics"])
def test_what_is_not_published_is_not_there(client: Client, no_drives: None, end: str) -> None:
    build.drive(is_published=False)

    assert client.get(f"/join-a-party/leader/{end}").status_code == 404


@pytest.mark.parametrize("path", ["/join-a-party/", "/join-a-party/leader/", "/fr/join-a-party/leader-fr/"])
def test_pages_are_the_same_for_everybody(client: Client, drive: PartyMembershipDrive, path: str) -> None:
    client.cookies["c4c_known"] = "whoever"

    answer = client.get(path)

    assert "Set-Cookie" not in answer
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Cache-Control"].startswith("public, max-age=60")
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_the_way_out_gives_nothing_away(client: Client, drive: PartyMembershipDrive) -> None:
    assertContains(
        client.get("/join-a-party/leader/"),
        'href="https://example.org/join/" rel="noopener noreferrer external" target="_blank"',
        count=2,
    )


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({"opens_on": build.day(5)}, ["remind-me"]),
        ({}, ["joined", "remind-me"]),
        ({"joins_by": build.day(-1)}, ["joined", "remind-me"]),
        ({"joins_by": build.day(-9), "vote_opens_on": build.day(-5), "vote_closes_on": build.day(-1)}, []),
    ],
)
def test_a_page_offers_what_makes_sense_now(
    client: Client, no_drives: None, fields: dict[str, Any], offered: list[str]
) -> None:
    build.drive(**fields)

    page = client.get("/join-a-party/leader/").content.decode()

    assert [name for name in ("joined", "remind-me") if f'id="{name}-title"' in page] == offered


@pytest.mark.parametrize(
    ("path", "name", "first"),
    [
        ("/join-a-party/leader/calendar.ics", "leader.ics", "Last day to join the NDP: title en"),
        (
            "/fr/join-a-party/leader-fr/calendar.ics",
            "leader-fr.ics",
            "Dernier jour pour adhérer et voter avec les NDP\N{NO-BREAK SPACE}: title fr",
        ),
    ],
)
def test_the_calendar_file_holds_both_dates(
    client: Client, drive: PartyMembershipDrive, path: str, name: str, first: str
) -> None:
    answer = client.get(path)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    lines = unfolded(answer.content.decode())
    assert [line for line in lines if line.startswith(("UID", "DTSTART", "DTEND"))] == [
        f"UID:drive-{drive.pk}-join@localhost",
        "DTSTART;VALUE=DATE:20261223",
        "DTEND;VALUE=DATE:20261224",
        f"UID:drive-{drive.pk}-vote@localhost",
        "DTSTART;VALUE=DATE:20270122",
        "DTEND;VALUE=DATE:20270130",
    ]
    assert next(line for line in lines if line.startswith("SUMMARY:")) == f"SUMMARY:{first}"


def test_the_interface_tells_facts_and_counts(client: Client, drive: PartyMembershipDrive) -> None:
    build.reported(drive)
    count_reports(now=make.NOON)

    answer = client.get("/api/v1/drives")

    assert answer["Access-Control-Allow-Origin"] == "*"
    (item,) = answer.json()
    assert {
        key: item[key] for key in ("party", "slug_fr", "joins_by", "zone", "phase", "days_left", "joined")
    } == {
        "party": "NDP",
        "slug_fr": "leader-fr",
        "joins_by": "2026-12-23",
        "zone": "America/Toronto",
        "phase": "joining",
        "days_left": 30,
        "joined": 0,
    }
    assert "amara" not in answer.content.decode().lower()


def test_panels_show_the_soonest_drives_and_are_silent_without_any(no_drives: None) -> None:
    assert (join_a_party(), next_step(riding_number=35075)) == (None, None)
    over("past", 2)
    assert (join_a_party(), next_step(riding_number=None)) == (None, None)
    for number in range(6):
        build.drive(f"drive-{number}", joins_by=build.day(number))

    home, step = join_a_party(), next_step(riding_number=35075)

    assert isinstance(home, Panel)
    assert isinstance(step, Panel)
    assert [card.standing.days_left for card in home.context["cards"]] == [0, 1, 2, 3]
    assert step.context["card"].standing.days_left == 0


def test_a_demonstration_says_so_and_dates_count_from_its_loading(client: Client, no_drives: None) -> None:
    make.parties()

    ShareText.objects.all().delete()
    assert install_demonstration_drives() == "4 demonstration drives added, 5 share texts added."
    PartyMembershipDrive.objects.filter(party__code="NDP").update(title_en="Edited")
    assert install_demonstration_drives() == "0 demonstration drives added, 0 share texts added."

    rows = PartyMembershipDrive.objects.order_by("party__code")
    assert list(rows.values_list("party__code", "joins_by", "vote_opens_on", "vote_closes_on")) == [
        (code, build.day(30), build.day(60), build.day(67)) for code in ("BQ", "GPC", "LPC", "NDP")
    ]
    for row in rows:
        page = client.get(row.get_absolute_url())
        assertContains(page, "This vote is made up")
        assertContains(page, 'data-network="', count=5)


def test_my_data_holds_what_was_told_and_asked(drive: PartyMembershipDrive) -> None:
    report = build.reported(drive)
    confirm_report(report_id=report.pk, now=make.NOON + timedelta(minutes=1))
    reminder = build.asked(drive)

    assert records_of(supporter=reminder.supporter) == Records(
        "Joining a party",
        ("What", "Vote", "Told", "Confirmed", "Ended"),
        (
            ("“I joined”", "title en", "2026-11-23T12:00:00+00:00", "2026-11-23T12:01:00+00:00", ""),
            ("Reminder", "title en", "2026-11-23T12:00:00+00:00", "", ""),
        ),
    )
