"""Publishing without a fact that the law wants is impossible: every fact at every door."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from coop4canada.api import api
from polls.enums import Fact, PollState
from polls.models import Poll, PollMove, PollQuestion, PollReading
from polls.rules.publication import ALWAYS
from polls.services.publishing import PublicationRefused, publish_poll
from ridings.models import LocalPoll
from supporters.models import User
from tests.make import NOON
from tests.polls import polling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

# The poll's own page is its report: that cannot be missing from a poll that has a number.
TAKEN: list[Fact] = [*(fact for fact in ALWAYS if fact != Fact.REPORT), Fact.MARGIN_OF_ERROR]
TEXTS = [fact for fact in TAKEN if isinstance(polling.FACTS[fact.value], str)]
OF_QUESTIONS: list[Fact] = [Fact.WORDING_EN, Fact.WORDING_FR, Fact.VOTE_QUESTION, Fact.VOTE_READINGS]


def without(fact: Fact) -> Poll:
    """Make a poll that lacks one thing."""
    poll = polling.draft()
    about = PollQuestion.objects.filter(poll=poll)
    if fact in (Fact.WORDING_EN, Fact.WORDING_FR):
        about.update(**{fact.value: " "})
    elif fact == Fact.VOTE_QUESTION:
        about.update(is_vote_intention=False)
    elif fact == Fact.VOTE_READINGS:
        PollReading.objects.filter(question__poll=poll).delete()
    else:
        Poll.objects.filter(pk=poll.pk).update(**{fact.value: "" if fact in TEXTS else None})
    return Poll.objects.get(pk=poll.pk)


def by_service(poll: Poll, _client: Client) -> str:
    with pytest.raises(PublicationRefused) as refused:
        publish_poll(poll=poll, by=None, now=NOON)
    return " ".join(refusal.words for refusal in refused.value.refusals)


def by_admin(poll: Poll, client: Client) -> str:
    answer = client.post(reverse("admin:polls_poll_publish", args=[poll.pk]), follow=True)
    assert answer.status_code == 200
    return " ".join(str(message) for message in answer.context["messages"])


def by_form(poll: Poll, client: Client) -> str:
    """Send the state with the form of the facts, as somebody would who knows its name."""
    address = reverse("admin:polls_poll_change", args=[poll.pk])
    form = client.get(address).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    fields = {name: "" if value is None else value for name, value in fields.items()}
    fields |= {
        "state": "published",
        "published_at": "2026-11-23",
        "questions-TOTAL_FORMS": 0,
        "questions-INITIAL_FORMS": 0,
    }
    client.post(address, fields)
    page = client.get(address)
    return " ".join(refusal.words for refusal in page.context["gate"].refusals)


def by_command(poll: Poll, _client: Client) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("publish_poll", str(poll.pk))
    return str(refused.value)


DOORS: list[Callable[[Poll, Client], str]] = [by_service, by_admin, by_form, by_command]


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def assert_hidden(poll: Poll) -> None:
    assert Poll.objects.get(pk=poll.pk).state == PollState.DRAFT
    assert not PollMove.objects.exists()
    assert not LocalPoll.objects.exists()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("fact", TAKEN + OF_QUESTIONS)
def test_no_door_lets_a_poll_out_without_a_fact(
    fact: Fact, door: Callable[[Poll, Client], str], organizer_client: Client
) -> None:
    poll = without(fact)
    said = door(poll, organizer_client)

    assert str(fact.label) in said
    assert_hidden(poll)


@pytest.mark.parametrize("fact", TAKEN + OF_QUESTIONS)
@pytest.mark.parametrize("way", ["save", "update", "sql", "insert"])
def test_the_database_lets_no_poll_out_without_a_fact(fact: Fact, way: str) -> None:
    poll = without(fact)
    poll.state, poll.published_at = PollState.PUBLISHED, NOON
    ways: dict[str, Callable[[], Any]] = {
        "save": poll.save,
        "update": lambda: Poll.objects.filter(pk=poll.pk).update(state="published", published_at=NOON),
        "sql": lambda: connection.cursor().execute(
            "UPDATE polls_poll SET state = 'published', published_at = now() WHERE id = %s", [poll.pk]
        ),
        "insert": lambda: Poll.objects.create(
            riding=poll.riding, state="published", published_at=NOON, **polling.FACTS
        ),
    }
    with pytest.raises(IntegrityError, match="poll_published_with_its_facts|lacks"), transaction.atomic():
        ways[way]()
    assert_hidden(poll)


@pytest.mark.parametrize("fact", TEXTS)
def test_blank_is_no_fact_to_the_database(fact: Fact) -> None:
    poll = polling.draft()
    setattr(poll, fact.value, "  ")
    poll.state, poll.published_at = PollState.PUBLISHED, NOON
    with pytest.raises(IntegrityError, match="poll_published_with_its_facts"), transaction.atomic():
        poll.save()
    assert_hidden(poll)


def test_the_database_lets_no_poll_out_that_is_still_in_the_field() -> None:
    poll = polling.draft(field_ends_on=dt.date(2026, 11, 24))
    poll.state, poll.published_at = PollState.PUBLISHED, NOON
    with pytest.raises(IntegrityError, match="lacks the end of the field"), transaction.atomic():
        poll.save()
    assert_hidden(poll)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/polls", "/api/v1/polls/{}"])
def test_the_api_has_no_way_to_write(
    path: str, method: str, organizer_client: Client, organizer: User
) -> None:
    poll = polling.draft()
    send = getattr(organizer_client, method)
    answer = send(path.format(poll.pk), {"state": "published"}, content_type="application/json")

    assert answer.status_code == 405
    assert_hidden(poll)


def test_no_operation_of_the_api_writes() -> None:
    paths = {path: set(verbs) for path, verbs in api.get_openapi_schema()["paths"].items()}
    ours = {path.removeprefix("/api/v1/"): verbs for path, verbs in paths.items() if "/polls" in path}
    assert ours == {
        "polls": {"get"},
        "polls/projects": {"get"},
        "polls/projects/{number}": {"get"},
        "polls/{number}": {"get"},
    }
    assert {verb for verbs in paths.values() for verb in verbs} == {"get"}


def test_with_every_fact_each_door_opens(organizer_client: Client) -> None:
    polls = [polling.draft() for _door in range(3)]
    publish_poll(poll=polls[0], by=None, now=NOON)
    organizer_client.post(reverse("admin:polls_poll_publish", args=[polls[1].pk]))
    call_command("publish_poll", str(polls[2].pk))

    assert set(Poll.objects.values_list("state", flat=True)) == {"published"}
    assert LocalPoll.objects.count() == 3
