"""Pages of teams: what they show, what they take, what they refuse."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from coop4canada.kit.clock import now
from coop4canada.kit.signing import seal
from supporters.models import OutgoingMessage
from supporters.queries.correspondents import Correspondent
from supporters.services.correspondents import erase_correspondent
from supporters.services.letters import write_mail
from tests import people
from tests.volunteers import build
from tests.volunteers.contacting import team, volunteer
from tests.volunteers.gatherings import course, event, shift, state_of
from volunteers.enums import Channel, MembershipState, Visibility
from volunteers.forms.events import EventForm
from volunteers.models import CalendarFeed, Certificate, Event, Membership, Shift, ShiftSignup, Team
from volunteers.queries.people import membership_records, shift_records
from volunteers.queries.teams import numbers, team_summary
from volunteers.queries.training import right_answers
from volunteers.services.shift_mails import SIGNUP_LINK
from volunteers.services.signups import Who, sign_up

pytestmark = pytest.mark.django_db
RIDING = build.RIDING


def signed_up(**fields: Any) -> ShiftSignup:
    """Sign a member up for a shift in three days."""
    of = team(RIDING)
    user = volunteer("bruno@example.org", of=of)
    made = shift(event(of, **fields), starts_at=now() + timedelta(days=3))
    return sign_up(shift=made, who=Who(user), now=now())


def logged_in(email: str = "bruno@example.org") -> Client:
    client = Client()
    client.force_login(volunteer(email))
    return client


def link(row: ShiftSignup) -> str:
    return reverse("teams:signup-link", args=[seal(SIGNUP_LINK, row.pk)])


def test_the_way_in_counts_teams_and_people_once(ridings: None, client: Client) -> None:
    both = [team(RIDING), team(None)]
    for of in both:
        volunteer("bruno@example.org", of=of)

    page = client.get("/volunteer/").content.decode()

    assert (numbers().teams, numbers().volunteers) == (2, 1)
    assert "1 volunteer takes part" in page
    assert "bruno" not in page


def test_a_riding_without_a_team_has_a_page_and_no_riding_has_none(ridings: None, client: Client) -> None:
    codes = [client.get(f"/volunteer/teams/{number}/").status_code for number in (RIDING, 99999)]

    assert codes == [200, 404]
    assert "has no captain yet" in client.get(f"/volunteer/teams/{RIDING}/").content.decode()
    assert Team.objects.count() == 0


def test_the_public_page_shows_public_events_without_the_link_to_take_part(
    ridings: None, client: Client
) -> None:
    of = team(RIDING)
    open_one = event(of, visibility=Visibility.PUBLIC, title_en="Open", online_link="https://meet.example/1")
    for one in (open_one, event(of, title_en="Hidden")):
        shift(one, starts_at=now() + timedelta(days=3))

    page = client.get(f"/volunteer/teams/{RIDING}/").content.decode()

    assert ("Open" in page, "Hidden" in page, "meet.example" in page) == (True, False, False)


def test_the_link_to_take_part_is_for_who_signed_up(ridings: None) -> None:
    row = signed_up(online_link="https://meet.example/1")
    volunteer("mira@example.org", of=row.shift.event.team)
    path = reverse("teams:shift", args=[row.shift_id])

    pages = [
        logged_in(email).get(path).content.decode() for email in ("bruno@example.org", "mira@example.org")
    ]

    assert ["meet.example" in page for page in pages] == [True, False]


def test_asking_to_join_where_no_team_is_keeps_the_wish(ridings: None) -> None:
    client, path = logged_in(), f"/volunteer/teams/{RIDING}/join/"

    answers = [client.post(path, {"message": "Hello"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert list(Membership.objects.values_list("state", "message")) == [("asked", "Hello")]
    assert "organizers" in client.get(path).content.decode().lower()


def test_a_message_that_is_too_long_is_refused_and_kept(ridings: None) -> None:
    answer = logged_in().post(f"/volunteer/teams/{RIDING}/join/", {"message": "ö" * 501})

    assert (answer.status_code, "ö" * 501 in answer.content.decode()) == (422, True)
    assert Membership.objects.count() == 0


def test_a_link_in_a_mail_shows_on_get_and_acts_on_post(ridings: None, client: Client) -> None:
    row = signed_up()

    shown = client.get(link(row))
    assert (shown.status_code, state_of(row), shown["Cache-Control"]) == (
        200,
        "registered",
        "private, no-store",
    )

    for act, expected in (("nonsense", "registered"), ("confirm", "confirmed"), ("cancel", "cancelled")):
        assert client.post(link(row), {"act": act}).status_code == 303
        assert state_of(row) == expected


@pytest.mark.parametrize(
    "token",
    ["x", seal("other", 1), seal(SIGNUP_LINK, 999_999)],
    ids=["garbled", "for something else", "of nobody"],
)
def test_a_link_that_is_not_ours_opens_nothing(token: str, client: Client) -> None:
    path = reverse("teams:signup-link", args=[token])

    assert [client.get(path).status_code, client.post(path, {"act": "cancel"}).status_code] == [404, 404]


def test_a_feed_is_read_by_its_address_alone_until_it_is_renewed(ridings: None) -> None:
    row = signed_up()
    bruno, program = logged_in(), Client()
    bruno.post("/volunteer/my/")
    first = reverse("teams:feed", args=[CalendarFeed.objects.get().secret])

    text = program.get(first)
    assert (text.status_code, text["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert f"UID:shift-{row.shift_id}-{row.pk}@" in text.content.decode()

    bruno.post("/volunteer/my/")
    assert program.get(first).status_code == 404
    assert first not in bruno.get("/volunteer/my/").content.decode()


def test_the_language_of_mails_is_chosen_and_another_word_refused(ridings: None) -> None:
    row, client = signed_up(), logged_in()

    codes = [client.post("/volunteer/my/", {"language": language}).status_code for language in ("fr", "de")]

    row.refresh_from_db()
    assert (codes, row.language, Membership.objects.get().language) == ([303, 422], "fr", "fr")
    assert CalendarFeed.objects.count() == 0


def test_one_shift_is_a_calendar_file_behind_its_link(ridings: None, client: Client) -> None:
    row = signed_up()

    answer = client.get(reverse("teams:signup-calendar", args=[seal(SIGNUP_LINK, row.pk)]))

    assert "BEGIN:VEVENT" in answer.content.decode()
    assert "STATUS:CONFIRMED" in answer.content.decode()


def test_the_quiz_explains_what_is_wrong_keeps_what_was_ticked_and_is_passed(ridings: None) -> None:
    of, client = course(Channel.DOOR), logged_in()
    right = right_answers(of)
    first, second = right
    typed = {f"q{first}": list(right[first]), f"q{second}": ["x", "9" * 30]}

    failed = client.post("/volunteer/training/door/", typed)
    page = failed.content.decode()
    assert (failed.status_code, page.count("Because."), page.count(" checked")) == (422, 1, 1)
    assert Certificate.objects.count() == 0

    passed = client.post(
        "/volunteer/training/door/", {f"q{pk}": list(answers) for pk, answers in right.items()}
    )
    assert (passed.status_code, Certificate.objects.count()) == (303, 1)
    assert "You passed" in client.get("/volunteer/training/door/").content.decode()


@pytest.mark.parametrize("channel", ["door", "phone", "nonsense"])
def test_where_there_is_no_course_there_is_no_page(channel: str) -> None:
    assert logged_in().get(f"/volunteer/training/{channel}/").status_code == 404


def test_the_account_shows_teams_shifts_and_what_is_missing(ridings: None) -> None:
    row = signed_up(title_en="Evening walk")
    course(Channel.PHONE)
    Membership.objects.create(team=team(None), user=row.user, state=MembershipState.ASKED, asked_at=now())

    page = logged_in().get("/account/").content.decode()

    assert "Evening walk" in page
    assert reverse("teams:inside", args=[RIDING]) in page
    assert reverse("teams:join", args=[None]) in page
    assert reverse("teams:course", args=["phone"]) in page
    assert reverse("teams:lead", args=[RIDING]) not in page


SHIFT = {"day": "2027-03-14", "begins": "18:00", "ends": "20:00", "capacity": "5"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"begins": "02:30", "ends": "04:00"}, "this time does not exist"),
        ({"ends": "17:00"}, "ends after it begins"),
        ({"day": "2020-01-01"}, "still to come"),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"day": "31 of never"}, "Enter a valid date"),
    ],
)
def test_a_shift_that_cannot_be_is_refused(ridings: None, changed: dict[str, str], sentence: str) -> None:
    captain = people.chantal(RIDING)
    of = event(Team.objects.get())
    client = Client()
    client.force_login(captain)

    answer = client.post(reverse("teams:new-shift", args=[RIDING, of.pk]), {**SHIFT, **changed})

    assert (answer.status_code, Shift.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_an_event_needs_a_title_and_only_a_training_certifies(ridings: None) -> None:
    captain = people.chantal(RIDING)
    client = Client()
    client.force_login(captain)
    typed = {"kind": "canvass", "visibility": "public", "zone": "America/Toronto", "certifies": "door"}

    answer = client.post(reverse("teams:new-event", args=[RIDING]), typed)

    page = answer.content.decode()
    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert "Write a title" in page
    assert "Only a training gives a certificate" in page


@pytest.mark.parametrize(("language", "label"), [("en", "Eastern time"), ("fr", "heure de l’Est")])
def test_clocks_are_named_in_the_language_of_the_page(language: str, label: str) -> None:
    with override(language):
        shown = str(EventForm()["zone"])

    assert f">{label} (America/Toronto)</option>" in shown


def test_a_message_to_who_leads_is_answered_to_the_member_and_limited(ridings: None) -> None:
    people.chantal(RIDING)
    volunteer("bruno@example.org", of=Team.objects.get())
    client, path = logged_in(), reverse("teams:write", args=[RIDING])

    codes = [client.post(path, {"text": f"Message {number}"}).status_code for number in (1, 1, 2, 3, 4, 5, 6)]

    mails = OutgoingMessage.objects.filter(kind="volunteers/team_message")
    assert (codes, mails.count()) == ([200] * 6 + [422], 5)
    assert write_mail(mails.order_by("pk")[0]).reply_to == ["bruno@example.org"]


def test_every_mail_of_a_team_is_written_in_both_languages(ridings: None) -> None:
    captain = people.chantal(RIDING)
    client = Client()
    client.force_login(captain)
    for language in ("en", "fr"):
        typed = {"name": "Zed", "email": f"{language}@example.org", "language": language}
        client.post(reverse("teams:invite", args=[RIDING]), typed)

    mails = [
        write_mail(mail)
        for mail in OutgoingMessage.objects.filter(kind="volunteers/team_invitation").order_by("pk")
    ]

    assert [f"/volunteer/teams/{RIDING}/" in mail.body for mail in mails] == [True, True]
    assert ["/fr/volunteer/" in mail.body for mail in mails] == [False, True]
    assert "invites you" in mails[0].subject
    assert "vous invite" in mails[1].subject


def test_erasing_an_address_takes_the_volunteer_out_and_gives_the_seat_on(ridings: None) -> None:
    row = signed_up()
    Shift.objects.update(capacity=1)
    waiting = sign_up(
        shift=row.shift, who=Who(volunteer("wanda@example.org", of=row.shift.event.team)), now=now()
    )
    person = Correspondent("bruno@example.org")
    assert (len(membership_records(supporter=person).rows), len(shift_records(supporter=person).rows)) == (
        1,
        1,
    )

    erase_correspondent(correspondent=person)

    assert (state_of(waiting), ShiftSignup.objects.count(), Membership.objects.count()) == (
        "registered",
        1,
        1,
    )
    assert not OutgoingMessage.objects.filter(to="bruno@example.org").exists()
    assert membership_records(supporter=person).rows == ()


def test_a_ridings_team_in_short_costs_one_query(ridings: None, django_assert_num_queries: Any) -> None:
    people.chantal(RIDING)
    of = Team.objects.get()
    at = now() + timedelta(days=3)
    shift(event(of, visibility=Visibility.PUBLIC), starts_at=at)
    shift(event(of), starts_at=now() + timedelta(days=1))

    with django_assert_num_queries(1):
        summary = team_summary(RIDING, now=now())

    assert summary is not None
    assert (summary.members, summary.is_open, summary.has_captain, summary.next_at) == (1, False, True, at)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_as_many_queries_however_long_they_are(
    ridings: None, count: int, django_assert_num_queries: Any
) -> None:
    people.chantal(RIDING)
    of = Team.objects.get()
    for number in range(count):
        user = volunteer(f"v{number}@example.org", of=of)
        made = shift(event(of, visibility=Visibility.PUBLIC), starts_at=now() + timedelta(days=3))
        sign_up(shift=made, who=Who(user), now=now())
    client = logged_in("chantal@example.org")
    client.get(reverse("teams:lead", args=[RIDING]))

    with django_assert_num_queries(11):
        client.get(reverse("teams:lead", args=[RIDING]))
    with django_assert_num_queries(8):
        client.get(reverse("teams:events", args=[RIDING]))
