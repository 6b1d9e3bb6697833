"""Organizers' pages for the election: timetable, confirmation, pause; and who may."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from pledges.models import ElectionCalendar, VotingHours
from pledges.services import queue_vote_reminders
from ridings.models import BoundarySet
from supporters.models import User
from tests import people
from tests.pledges.voters import POLLING, at, election, voter

pytestmark = pytest.mark.django_db

WEST = "America/Vancouver: 07:00–19:00"


@pytest.fixture
def calendar(country: BoundarySet) -> ElectionCalendar:
    return election(is_called=False)


def timetable(calendar: ElectionCalendar) -> str:
    return f"/admin/pledges/electioncalendar/{calendar.pk}/timetable/"


def decide(client: Client, calendar: ElectionCalendar, deed: str, day: str = "2029-10-15") -> int:
    answer = client.post(timetable(calendar), {"deed": deed, "polling_on": day})
    calendar.refresh_from_db()
    return answer.status_code


def test_the_timetable_shows_every_zone_in_local_time(
    organizer_client: Client, calendar: ElectionCalendar
) -> None:
    voter("west@example.org", 59036)
    decide(organizer_client, calendar, "confirm")
    queue_vote_reminders(now=at(15, 8, 30, "America/Vancouver"))

    page = organizer_client.get(timetable(calendar)).content.decode()

    headings = [line.partition("</h2>")[0] for line in page.split("<h2>")[1:]]
    assert headings[:3] == [
        "America/St_Johns: 08:30–20:30",
        "America/Goose_Bay: 08:30–20:30",
        "America/Halifax: 08:30–20:30",
    ]
    west = page.partition(WEST)[2].partition("</table>")[0]
    assert "Ridings: 42, with people to remind: 1. People to remind as of now: 1." in west
    day = west.rpartition("<tr>")[2]
    cells = [cell.partition("</td>")[0] for cell in day.split("<td>")[1:]]
    assert cells == ["2029-10-15 08:00", "2029-10-15 15:00", "2029-10-15 19:00", "1", "1 / 1"]


def test_an_organizer_confirms_pauses_goes_on_and_withdraws(
    organizer_client: Client, organizer: User, calendar: ElectionCalendar
) -> None:
    assert decide(organizer_client, calendar, "confirm") == 302
    assert (calendar.called_for, calendar.called_by) == (POLLING, organizer)
    decide(organizer_client, calendar, "pause")
    assert calendar.paused_at is not None
    decide(organizer_client, calendar, "resume")
    assert calendar.paused_at is None
    decide(organizer_client, calendar, "withdraw")
    assert (calendar.called_for, calendar.called_at, calendar.called_by) == (None, None, None)
    assert LogEntry.objects.count() == 4


@pytest.mark.parametrize(("deed", "day"), [("confirm", "2029-10-08"), ("explode", "2029-10-15"), ("", "")])
def test_what_changed_meanwhile_or_makes_no_sense_decides_nothing(
    organizer_client: Client, calendar: ElectionCalendar, deed: str, day: str
) -> None:
    assert decide(organizer_client, calendar, deed, day) == 302
    assert not calendar.is_called


def test_moving_polling_day_ends_the_confirmation(
    organizer_client: Client, calendar: ElectionCalendar
) -> None:
    decide(organizer_client, calendar, "confirm")
    ElectionCalendar.objects.update(moved_to=POLLING + dt.timedelta(days=7))
    calendar.refresh_from_db()

    assert not calendar.is_called
    assert "Not confirmed: nothing goes out." in organizer_client.get(timetable(calendar)).content.decode()


def staff(*codenames: str) -> Client:
    user = people.bruno()
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def test_who_may_only_look_cannot_decide(calendar: ElectionCalendar) -> None:
    client = staff("view_electioncalendar")

    assert client.get(timetable(calendar)).status_code == 200
    assert decide(client, calendar, "confirm") == 404
    assert not calendar.is_called


def test_who_may_nothing_sees_nothing(calendar: ElectionCalendar, client: Client) -> None:
    assert staff().get(timetable(calendar)).status_code == 404
    assert client.get(timetable(calendar)).status_code == 302
    assert decide(client, calendar, "confirm") == 302
    assert not calendar.is_called


def test_organizers_enter_a_ridings_own_hours(organizer_client: Client, country: BoundarySet) -> None:
    row = {"band": "", "riding_number": "10004", "in_force_from": "2029-10-01", "source": "RO"}
    address = "/admin/pledges/votinghours/add/"

    bad = organizer_client.post(address, {**row, "opens_at": "20:00", "closes_at": "08:00"})
    assert "Polls open before they close." in bad.content.decode()
    good = organizer_client.post(address, {**row, "opens_at": "08:30", "closes_at": "20:30"})
    assert good.status_code == 302
    both = organizer_client.post(
        address, {**row, "band": "pacific", "opens_at": "8:30", "closes_at": "20:30"}
    )
    assert "Choose a group of ridings, or write the number of one riding." in both.content.decode()
    assert VotingHours.objects.count() == 1


@pytest.mark.parametrize("page", ["electioncalendar", "votinghours", "votinground"])
def test_the_lists_open(organizer_client: Client, calendar: ElectionCalendar, page: str) -> None:
    assert organizer_client.get(f"/admin/pledges/{page}/").status_code == 200
    assert organizer_client.get("/admin/pledges/electioncalendar/add/").status_code == 200
