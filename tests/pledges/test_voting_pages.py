"""Mails that remind to vote, and the pages behind their links."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from pledges.models import ElectionCalendar, Pledge, VotingReply
from pledges.services import queue_vote_reminders, tell_voted
from ridings.models import BoundarySet
from supporters.models import OutgoingMessage
from supporters.services.letters import write_mail
from tests.pledges.voters import OAKVILLE, POLLING, VANCOUVER, at, election, voter

pytestmark = pytest.mark.django_db

LINK = re.compile(r"http://localhost:8000(/\S+)")
NARROW = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")


@pytest.fixture
def calendar(country: BoundarySet) -> ElectionCalendar:
    return election()


@pytest.fixture
def link(calendar: ElectionCalendar) -> Callable[..., str]:
    """Return a link out of a reminder: `voted` or `stop`."""

    def found(name: str, language: str = "en") -> str:
        voter(language=language)
        queue_vote_reminders(now=at(14, 13))
        body = str(write_mail(OutgoingMessage.objects.get()).body)
        return str(next(path for path in LINK.findall(body) if f"/vote/{name}/" in path))

    return found


def plain(text: str) -> str:
    for space in NARROW:
        text = text.replace(space, " ")
    return text


@pytest.mark.parametrize(
    ("now", "english", "french"),
    [
        (at(5, 10), "Advance polls are open: vote early", "Le vote par anticipation est ouvert : votez tôt"),
        (at(14, 13), "Tomorrow we vote together", "Demain, nous votons ensemble"),
        (at(15, 9), "Today we vote together", "Aujourd’hui, nous votons ensemble"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_mail_in_both_languages(
    client: Client, calendar: ElectionCalendar, now: datetime, english: str, french: str, language: str
) -> None:
    voter(language=language)
    queue_vote_reminders(now=now)

    mail = write_mail(OutgoingMessage.objects.get())

    html = mail.alternatives[0][0]
    assert plain(mail.subject) == (french if language == "fr" else english)
    voted = next(path for path in LINK.findall(mail.body) if "/vote/voted/" in path)
    stop = next(path for path in LINK.findall(mail.body) if "/vote/stop/" in path)
    assert f'href="http://localhost:8000{voted}"' in html
    assert mail.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{stop}>"
    assert ("lang=f" if language == "fr" else "lang=e") in mail.body
    assert ("9:30 p.m., Eastern time" in mail.body) == (language == "en" and now.day != 5)


def test_a_mail_without_a_riding_names_no_hours(calendar: ElectionCalendar) -> None:
    voter(riding=None)
    queue_vote_reminders(now=at(15, 9, 0, VANCOUVER))

    mail = write_mail(OutgoingMessage.objects.get())

    assert "Polls are open for twelve hours" in mail.body
    assert "Polls are open for twelve hours" in mail.alternatives[0][0]


def test_a_mail_carries_a_published_recommendation(calendar: ElectionCalendar) -> None:
    voter()
    queue_vote_reminders(now=at(15, 9))
    row = OutgoingMessage.objects.get()
    row.context["recommendation"] = {
        "text_en": "Members recommend <Zoë>",
        "text_fr": "x",
        "path_en": "/why/",
        "path_fr": "/fr/why/",
    }

    mail = write_mail(row)

    assert "Members recommend <Zoë>\nhttp://localhost:8000/why/" in mail.body
    assert "Members recommend &lt;Zoë&gt;" in mail.alternatives[0][0]


@time_machine.travel(at(15, 10), tick=False)
def test_looking_changes_nothing_and_a_click_counts_once(client: Client, link: Callable[..., str]) -> None:
    path = link("voted")

    shown = client.get(path)
    assert (shown.status_code, VotingReply.objects.count()) == (200, 0)
    assert shown["Cache-Control"] == "private, no-store"
    assert shown["Referrer-Policy"] == "no-referrer"
    assert "Did you vote?" in shown.content.decode()

    for _time in range(2):
        answer = client.post(path)
        assert (answer.status_code, answer["Location"]) == (303, path)
    thanks = client.get(path).content.decode()
    assert "Thank you for voting" in thanks
    assert "Ask three friends" in thanks
    assert VotingReply.objects.get().voted_at == at(15, 10)

    client.post(path, {"take_back": "1"})
    assert "Did you vote?" in client.get(path).content.decode()


@time_machine.travel(at(30, 10), tick=False)
def test_after_the_election_it_says_so(client: Client, link: Callable[..., str]) -> None:
    path = link("voted")

    assert "This is not the time" in client.get(path).content.decode()
    assert client.post(path).status_code == 410
    assert VotingReply.objects.count() == 0


@time_machine.travel(at(15, 10), tick=False)
def test_a_mail_program_ends_the_reminders(client: Client, link: Callable[..., str]) -> None:
    path = link("stop")

    assert "End the reminders of this election?" in client.get(path).content.decode()
    answer = client.post(path, {"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200
    assert "No more reminders of this election" in answer.content.decode()
    assert VotingReply.objects.get().stopped_at == at(15, 10)


@time_machine.travel(at(15, 10), tick=False)
def test_the_link_of_a_pledge_taken_back_lands_softly(client: Client, link: Callable[..., str]) -> None:
    voted = link("voted")
    Pledge.objects.update(state="withdrawn")

    assert "There is nothing here any more" in client.get(voted).content.decode()
    assert client.post(voted).status_code == 303
    assert VotingReply.objects.count() == 0


@pytest.mark.parametrize("token", ["x", "x.y.z", "%00", "é", "a" * 600])
def test_a_broken_link_is_a_kind_404(client: Client, db: None, token: str) -> None:
    for name in ("voted", "stop"):
        assert client.get(f"/vote/{name}/{token}/").status_code == 404
        assert client.post(f"/vote/{name}/{token}/").status_code == 404


def test_one_links_token_opens_no_other(client: Client, link: Callable[..., str]) -> None:
    path = link("voted")

    assert client.post(path.replace("/voted/", "/stop/")).status_code == 404


@pytest.mark.parametrize(
    ("now", "is_shown"), [(at(15, 18, 59, VANCOUVER), False), (at(15, 19, 0, VANCOUVER), True)]
)
def test_pages_tell_how_many_voted_once_all_polls_are_closed(
    client: Client, calendar: ElectionCalendar, now: datetime, is_shown: bool
) -> None:
    for number in range(12):
        tell_voted(pledge_id=voter(f"p{number}@example.org").pk, polling_on=POLLING, now=at(15, 9))

    with time_machine.travel(now, tick=False):
        home = client.get("/").content.decode()
        riding = client.get(f"/ridings/{OAKVILLE}-oakville-east/").content.decode()

    assert ("12 people who pledged told us that they voted." in home) is is_shown
    assert ("12 people who pledged told us that they voted." in riding) is is_shown
