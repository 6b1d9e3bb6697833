"""A saved card is a promise: its giver is told when it is charged, and may take it back until then."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from coop4canada.kit.signing import seal
from polls.enums import GIFT, PROMISE, ContributionState
from polls.models import Contribution, PollProject
from supporters.models import OutgoingMessage
from supporters.services import write_mail
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card
from tests.polls.funding import given, run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(no_country: None) -> Iterator[BadProvider]:
    with time_machine.travel(NOON, tick=False), builders.standing(BadProvider()) as standing:
        yield standing


@pytest.fixture
def project(provider: BadProvider) -> PollProject:
    return builders.project()


def mails(kind: str) -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(kind=f"polls/{kind}").order_by("pk"))


def test_a_promise_is_mailed_once_with_the_link_that_takes_it_back(
    client: Client, provider: BadProvider, project: PollProject
) -> None:
    row = given(provider, project, 2500)
    provider.complete(row.session_ref)
    [mail] = mails("promised")
    text = unescape(write_mail(mail).body)
    path = next(link for link in re.findall(r"https?://\S+?(/\S+)", text) if link.endswith("/take-back/"))

    assert client.get(path).status_code == 200
    assert Contribution.objects.get().state == ContributionState.SAVED
    assert client.post(path)["Location"].startswith("/polls/gifts/")
    assert Contribution.objects.get().state == ContributionState.RELEASED


def test_a_promise_taken_back_is_never_charged_and_said_so_in_a_mail(
    client: Client, provider: BadProvider, project: PollProject
) -> None:
    row = given(provider, project, project.goal_cents)
    path = reverse("polls:take-back", args=[seal(PROMISE, row.pk)])
    client.post(path)
    client.post(path)
    run_jobs(NOON)

    assert (provider.balance(), Contribution.objects.get().state) == (0, ContributionState.RELEASED)
    [mail] = mails("released")
    assert "You took it back, so your card was never charged" in write_mail(mail).body


def test_a_card_that_is_being_charged_cannot_be_taken_back(
    client: Client, provider: BadProvider, project: PollProject
) -> None:
    row = given(provider, project, 2500)
    Contribution.objects.update(state=ContributionState.CHARGING)
    answer = client.post(reverse("polls:take-back", args=[seal(PROMISE, row.pk)]))

    assert (answer.status_code, Contribution.objects.get().state) == (303, ContributionState.CHARGING)


def test_a_prepaid_card_is_let_go_with_the_reason(provider: BadProvider, project: PollProject) -> None:
    given(provider, project, 2500, card=Card(is_prepaid=True))

    [mail] = mails("released")
    assert ("The law lets nobody give with a prepaid card" in write_mail(mail).body, mails("promised")) == (
        True,
        [],
    )


@pytest.mark.parametrize("purpose", [GIFT, "polls.other"])
def test_only_the_link_of_a_promise_takes_it_back(
    client: Client, provider: BadProvider, project: PollProject, purpose: str
) -> None:
    row = given(provider, project, 2500)
    answer = client.post(reverse("polls:take-back", args=[seal(purpose, row.pk)]))

    assert (answer.status_code, Contribution.objects.get().state) == (404, ContributionState.SAVED)


def test_the_page_of_a_gift_offers_to_take_it_back_while_it_is_a_promise(
    client: Client, provider: BadProvider, project: PollProject
) -> None:
    row = given(provider, project, 2500)
    page = reverse("polls:gift", args=[seal(GIFT, row.pk)])
    back = reverse("polls:take-back", args=[seal(PROMISE, row.pk)])
    shown = client.get(page).content.decode()
    assert (
        back.rsplit(".", 2)[0] in shown,
        f"/polls/projects/{project.pk}/" in shown.split("c-share")[1],
    ) == (
        True,
        True,
    )

    Contribution.objects.update(state=ContributionState.RELEASED)
    shown = client.get(page).content.decode()
    assert ("take-back" in shown, "c-share" in shown) == (False, False)
