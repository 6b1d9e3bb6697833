"""Unsubscribing and “this was not me”: people press a button, machines only look, and one click of a mail program works."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from coop4canada.kit.signing import keyed_hash, seal
from supporters.models import ConsentEvent, MailSuppression, Supporter
from supporters.services import NOT_ME, UNSUBSCRIBE, Reader, token_for
from tests.supporters.outbox import NOON, person
from tests.supporters.test_reports import agree, listen

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara() -> Supporter:
    amara = person()
    agree(amara, "news", "other", "calls")
    return amara


def link(amara: Supporter, page: str = "unsubscribe", purpose: str = UNSUBSCRIBE) -> str:
    return reverse(
        f"supporters:{page}", args=[token_for(Reader(keyed_hash(amara.email_key), amara.pk), purpose)]
    )


def ended() -> list[str]:
    rows = ConsentEvent.objects.filter(decision="withdrawn").order_by("pk")
    return list(rows.values_list("purpose", flat=True))


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_ends_nothing(client: Client, amara: Supporter, method: str) -> None:
    answer = getattr(client, method)(link(amara))

    assert (answer.status_code, ended()) == (200, [])
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert answer.cookies == {}


def test_one_click_of_a_mail_program_ends_mails_without_cookie_or_origin(amara: Supporter) -> None:
    strict = Client(enforce_csrf_checks=True)

    answers = [strict.post(link(amara), {"List-Unsubscribe": "One-Click"}) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert ended() == ["news", "other"]


def test_one_click_works_from_another_site_too(amara: Supporter) -> None:
    client = Client(headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"})

    assert client.post(link(amara), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ended() == ["news", "other"]


@pytest.mark.parametrize(
    ("ticked", "status", "gone"),
    [
        (["news"], 200, ["news"]),
        (["calls", "other"], 200, ["calls", "other"]),
        ([], 422, []),
        (["nonsense"], 422, []),
        (["team"], 200, []),
    ],
)
def test_people_choose(
    client: Client, amara: Supporter, ticked: list[str], status: int, gone: list[str]
) -> None:
    answer = client.post(link(amara), {"purpose": ticked})

    assert (answer.status_code, ended()) == (status, gone)


def test_the_page_says_what_still_stands(client: Client, amara: Supporter) -> None:
    page = client.post("/fr" + link(amara), {"purpose": ["news", "other"]}).content.decode()

    assert 'value="calls"' in page
    assert 'value="news"' not in page
    assert '<html lang="fr"' in page


FORGED: dict[str, Callable[[], str]] = {
    "cut": lambda: "x",
    "guessed": lambda: "a.b.c",
    "for something else": lambda: seal("another purpose", "hash", 1),
    "half": lambda: seal(UNSUBSCRIBE, "hash"),
    "half of the other": lambda: seal(NOT_ME, "hash"),
    "no number": lambda: seal(UNSUBSCRIBE, "hash", "x"),
    "accents": lambda: "é" * 40,
    "endless": lambda: "x" * 5000,
}


@pytest.mark.parametrize("page", ["unsubscribe", "not-me"])
@pytest.mark.parametrize("kind", list(FORGED))
def test_a_forged_link_leads_nowhere(client: Client, page: str, kind: str) -> None:
    path = f"/mail/{page}/{FORGED[kind]()}/"

    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


def test_a_link_for_one_thing_does_no_other(client: Client, amara: Supporter) -> None:
    assert client.post(link(amara, "not-me", UNSUBSCRIBE)).status_code == 404
    assert (
        client.post(link(amara, "unsubscribe", NOT_ME), {"List-Unsubscribe": "One-Click"}).status_code == 404
    )
    assert (ended(), MailSuppression.objects.count()) == ([], 0)


def test_a_link_never_expires_and_outlives_the_person(client: Client, amara: Supporter) -> None:
    here = link(amara)
    with time_machine.travel(NOON + dt.timedelta(days=4000)):
        kept = client.post(here, {"List-Unsubscribe": "One-Click"})
    amara.delete()

    assert (kept.status_code, ended()) == (200, ["news", "other"])
    assert client.post(here, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_the_number_of_an_erased_person_given_to_another_opens_nothing(
    client: Client, amara: Supporter
) -> None:
    here = reverse("supporters:unsubscribe", args=[token_for(Reader("another hash", amara.pk), UNSUBSCRIBE)])

    client.post(here, {"List-Unsubscribe": "One-Click"})

    assert ended() == []


def test_not_me_ends_all_for_everybody_at_the_address(
    client: Client, amara: Supporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(person(place=2), "news")
    told: list[str] = []
    listen(monkeypatch, lambda **words: told.append(words["address_key"]))
    here = link(amara, "not-me", NOT_ME)

    looked = client.get(here)
    before = (ended(), MailSuppression.objects.count())
    answers = [client.post(here) for _time in range(2)]

    assert (looked.status_code, before) == (200, ([], 0))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert sorted(ended()) == ["calls", "news", "news", "other"]
    assert MailSuppression.objects.get().reason == "refused"
    assert told == ["amara@example.org"] * 2


def test_not_me_works_after_the_person_is_gone(client: Client, amara: Supporter) -> None:
    here = link(amara, "not-me", NOT_ME)
    amara.delete()

    client.post(here)

    assert MailSuppression.objects.get().address_hash == keyed_hash("amara@example.org")
