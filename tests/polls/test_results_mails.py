"""Who is told that a poll is published or retracted: once, in both languages, going on where it stopped."""

import datetime as dt

import pytest

from polls.enums import ContributionState
from polls.models import Poll, PollMailing
from polls.services import publication_mails
from polls.services.publication_mails import queue_poll_mails, veto
from polls.services.publishing import retract_poll
from supporters.models import OutgoingMessage
from supporters.services import batches, write_mail
from tests.make import NOON
from tests.polls import builders, polling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

LATER = NOON + dt.timedelta(hours=1)


def to(kind: str) -> list[str]:
    rows = OutgoingMessage.objects.filter(kind=f"polls/{kind}").order_by("to")
    return list(rows.values_list("to", flat=True))


def retract(poll: Poll) -> None:
    retract_poll(poll=poll, reason_en="Wrong weights", reason_fr="Pondération erronée", by=None, now=LATER)


def test_who_gave_and_neighbours_who_want_news_are_told_once() -> None:
    project = polling.project()
    both = polling.neighbour("both@example.org")
    polling.neighbour("near@example.org")
    polling.neighbour("far@example.org", number=35002)
    polling.neighbour("quiet@example.org", news=None)
    polling.neighbour("ended@example.org", news="withdrawn")
    polling.neighbour("unconfirmed@example.org", email_confirmed_at=None)
    for email, person in (("both@example.org", both), ("alone@example.org", None)):
        builders.contribution(project=project, state=ContributionState.SETTLED, email=email, supporter=person)
    builders.contribution(project=project, state=ContributionState.LAPSED, email="lapsed@example.org")
    polling.published(project=project)
    for _time in range(2):
        queue_poll_mails(now=NOON)

    assert to("poll_published") == ["alone@example.org", "both@example.org", "near@example.org"]
    purposes = dict(OutgoingMessage.objects.filter(kind="polls/poll_published").values_list("to", "purpose"))
    assert purposes == {"alone@example.org": "", "both@example.org": "", "near@example.org": "news"}


def test_a_poll_without_a_project_writes_to_no_givers() -> None:
    builders.contribution(state=ContributionState.SETTLED)
    polling.published()
    queue_poll_mails(now=NOON)
    assert to("poll_published") == []


def test_mails_go_on_where_they_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication_mails, "BATCH", 2)
    monkeypatch.setattr(batches, "MOST_BATCHES", 1)
    for number in range(5):
        polling.neighbour(f"p{number}@example.org")
    polling.published()
    assert [queue_poll_mails(now=NOON) for _run in range(4)] == [2, 2, 1, 0]
    assert not PollMailing.objects.filter(finished_at__isnull=True).exists()
    assert len(to("poll_published")) == 5


def test_a_retraction_is_told_to_those_whom_the_publication_reached() -> None:
    for name in ("reached", "waiting"):
        polling.neighbour(f"{name}@example.org")
    poll = polling.published()
    queue_poll_mails(now=NOON)
    OutgoingMessage.objects.filter(to="reached@example.org").update(state="sent")
    waiting = OutgoingMessage.objects.get(to="waiting@example.org")
    assert veto(message=waiting, now=NOON) == ""
    polling.neighbour("newcomer@example.org")
    retract(poll)
    queue_poll_mails(now=LATER)

    assert to("poll_retracted") == ["reached@example.org"]
    assert veto(message=waiting, now=LATER) == "the poll has moved on"
    assert veto(message=OutgoingMessage.objects.get(kind="polls/poll_retracted"), now=LATER) == ""
    assert veto(message=OutgoingMessage(kind="pledges/vote_day", context={}), now=LATER) == ""


def test_nobody_is_told_of_a_publication_that_is_over() -> None:
    polling.neighbour("near@example.org")
    poll = polling.published()
    retract(poll)
    queue_poll_mails(now=LATER)
    assert not OutgoingMessage.objects.filter(kind__startswith="polls/").exists()
    assert not PollMailing.objects.filter(finished_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("language", "subject", "words", "reason"),
    [
        ("en", "The poll of", "asked 600 people", "Wrong weights"),
        ("fr", "Le sondage de", "a interrogé 600 personnes", "Pondération erronée"),
    ],
)
def test_the_mails_are_in_the_language_of_who_gets_them(
    language: str, subject: str, words: str, reason: str
) -> None:
    polling.neighbour("near@example.org", language=language)
    poll = polling.published()
    queue_poll_mails(now=NOON)
    OutgoingMessage.objects.update(state="sent")
    retract(poll)
    queue_poll_mails(now=LATER)
    first, second = (write_mail(message) for message in OutgoingMessage.objects.order_by("pk"))

    path = f"{'/fr' if language == 'fr' else ''}/polls/{poll.pk}/"
    for mail in (first, second):
        assert mail.subject.startswith(subject)
        assert path in mail.body
        assert path in str(mail.alternatives[0].content)
    assert words in first.body
    assert reason in second.body
    # A share would stand there without the facts that the law wants beside it.
    assert "42" not in first.body.replace(path, "")
