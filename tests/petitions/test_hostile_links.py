"""Links in mails and addresses of pages: read by machines first, forged, cut, old, shared, opened twice."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from coop4canada.kit.signing import seal
from petitions.models import Petition, Signature
from petitions.rules.signing import GRACE
from petitions.services import withdraw_signature
from supporters.models import OutgoingMessage
from supporters.rules.pace import LINK_LIFE
from tests import make

SIGN = "/petitions/cooperate/sign/"
FORM = {"name": "Amara Diallo", "email": "amara@example.org", "postal_code": "K1A 0B1"}


@pytest.fixture
def petition(no_country: None) -> Petition:
    return make.petition(opens_at=make.LONG_AGO)


@pytest.fixture
def signature(client: Client, petition: Petition) -> Signature:
    client.post(SIGN, FORM)
    return Signature.objects.get()


def link(signature: Signature, kind: str = "confirm") -> str:
    """Return the link that the mail to the owner carries."""
    mail = OutgoingMessage.objects.filter(supporter=signature.supporter).latest("pk")
    return reverse(f"petitions:{kind}", args=[mail.context[f"{kind}_token"]])


def state(signature: Signature) -> str:
    return Signature.objects.values_list("state", flat=True).get(pk=signature.pk)


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("kind", ["confirm", "manage"])
def test_looking_at_a_link_does_nothing(client: Client, signature: Signature, method: str, kind: str) -> None:
    answers = [getattr(client, method)(link(signature, kind)) for _again in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}
    assert state(signature) == "pending"


def test_the_button_confirms_and_the_second_click_lands_softly(client: Client, signature: Signature) -> None:
    first = client.post(link(signature), follow=True)
    second = Client().post(link(signature), follow=True)

    assert (first.status_code, second.status_code) == (200, 200)
    assert state(signature) == "confirmed"
    assert make.mails() == ["petitions/confirm", "petitions/thanks"]


def test_a_scanner_on_another_machine_gets_no_session_of_the_signer(
    client: Client, signature: Signature
) -> None:
    client.post(link(signature))
    stranger = Client().get("/petitions/cooperate/signed/")

    assert stranger.status_code in {302, 303}
    assert stranger["Location"].startswith("/petitions/cooperate/")


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "forged.token.here",
        "%00",
        "a" * 600,
        "TRUNCATED",
        "OTHER PURPOSE",
        "NO NUMBER",
        "NOBODY",
        "éé",
    ],
)
@pytest.mark.parametrize("kind", ["confirm", "manage"])
def test_what_is_no_link_of_ours_gets_the_same_neutral_page(
    client: Client, signature: Signature, token: str, kind: str
) -> None:
    made = {
        "TRUNCATED": seal(f"petitions.{kind}", signature.pk)[:-3],
        "OTHER PURPOSE": seal("petitions.other", signature.pk),
        "NO NUMBER": seal(f"petitions.{kind}", "abc"),
        "NOBODY": seal(f"petitions.{kind}", 987_654),
    }
    path = f"/petitions/{kind}/{made.get(token, token)}/"

    answers = [client.get(path), client.post(path)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert state(signature) == "pending"


def test_an_expired_link_explains_and_offers_a_fresh_mail(client: Client, petition: Petition) -> None:
    with time_machine.travel(make.NOON, tick=False):
        client.post(SIGN, FORM)
        signature = Signature.objects.get()
        address = link(signature)
    with time_machine.travel(make.NOON + LINK_LIFE + timedelta(hours=1), tick=False):
        page = client.get(address)
        assert (state(signature), make.mails()) == ("pending", ["petitions/confirm"])
        fresh = [client.post(address) for _again in range(2)]

        assert page.status_code == 410
        assert {answer.status_code for answer in fresh} <= {200, 303}
        assert (state(signature), make.mails()) == ("pending", ["petitions/confirm"] * 2)
        client.post(link(signature))
        assert state(signature) == "confirmed"


@pytest.mark.parametrize(("late", "result"), [(timedelta(0), "confirmed"), (GRACE, "pending")])
def test_a_petition_that_closed_meanwhile(
    client: Client, no_country: None, late: timedelta, result: str
) -> None:
    closes = make.NOON + timedelta(hours=1)
    make.petition(closes_at=closes)
    with time_machine.travel(make.NOON, tick=False):
        client.post(SIGN, FORM)
    signature = Signature.objects.get()
    with time_machine.travel(closes + late, tick=False):
        answer = client.post(link(signature), follow=True)

    assert (answer.status_code < 500, state(signature)) == (True, result)


def test_a_form_that_comes_after_closing_keeps_what_was_typed(client: Client, no_country: None) -> None:
    make.petition(closes_at=make.NOON)
    with time_machine.travel(make.NOON, tick=False):
        answer = client.post(SIGN, FORM)

    assert (answer.status_code, Signature.objects.count()) == (410, 0)
    assert "Amara Diallo" in answer.content.decode()


def test_a_withdrawn_signature_is_not_confirmed_by_its_old_link(client: Client, signature: Signature) -> None:
    withdraw_signature(signature_id=signature.pk, now=make.NOON)

    answer = client.post(link(signature), follow=True)

    assert (answer.status_code, state(signature)) == (200, "withdrawn")


def test_withdrawing_asks_for_a_button_and_can_be_repeated(client: Client, signature: Signature) -> None:
    address = link(signature, "manage")
    answers = [client.post(address, {"action": "withdraw"}, follow=True) for _again in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert state(signature) == "withdrawn"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/petitions/nothing/", 404),
        ("/petitions/-1/", 404),
        ("/petitions/1e9/", 404),
        ("/petitions/1/", 404),
        ("/petitions/draft/", 404),
        ("/petitions/draft/sign/", 404),
        ("/petitions/taken-back/", 410),
        ("/petitions/cooperate-fr/", 301),
        ("/fr/petitions/cooperate/", 301),
        ("/petitions/cooperate/?r=garbage", 200),
        ("/petitions/cooperate/?title=<script>alert(1)</script>&next=//evil.example", 200),
        ("/petitions/cooperate/?page=%00", 200),
    ],
)
def test_addresses_of_petitions(client: Client, petition: Petition, path: str, status: int) -> None:
    make.petition("draft", is_published=False)
    make.petition("taken-back", withdrawn_at=make.LONG_AGO)

    answer = client.get(path)

    assert answer.status_code == status
    assert b"evil.example" not in answer.content
    assert b"<script>alert" not in answer.content
    if status == 301:
        assert answer["Location"] in {"/petitions/cooperate/", "/fr/petitions/cooperate-fr/"}


def test_the_public_page_is_the_same_for_everybody(client: Client, signature: Signature) -> None:
    client.post(link(signature))
    mine, theirs = client.get("/petitions/cooperate/"), Client().get("/petitions/cooperate/")

    assert mine.content == theirs.content
    assert "public" in mine["Cache-Control"]
    assert "stale-while-revalidate" in mine["Cache-Control"]
    assert "stale-if-error" in mine["Cache-Control"]
    assert "Cookie" not in mine.get("Vary", "")
    assert not mine.cookies
    assert b"csrfmiddlewaretoken" not in mine.content
    assert b"Amara Diallo" not in mine.content


@pytest.mark.parametrize("page", ["thanks", "signed"])
def test_personal_pages_stay_out_of_every_cache(client: Client, signature: Signature, page: str) -> None:
    client.post(link(signature))
    answer = client.get(f"/petitions/cooperate/{page}/")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_everybody_gets_the_same_answer(client: Client, petition: Petition) -> None:
    """New, signed already, unconfirmed, throw-away and full addresses: same page, same cookie but for what was typed."""

    def answer_to(email: str, name: str = "Amara Diallo") -> tuple[Any, ...]:
        browser = Client()
        answer = browser.post(SIGN, {**FORM, "email": email, "name": name})
        page = browser.get(answer["Location"])
        return (
            answer.status_code,
            answer["Location"],
            sorted(answer.cookies),
            page.content.replace(email.encode(), b""),
        )

    for name in ("Marie Tremblay", "Jean Gagnon"):
        Client().post(SIGN, {**FORM, "email": "full@example.org", "name": name})
        Client().post(link(Signature.objects.get(name=name)))
    first = answer_to("new@example.org")

    assert answer_to("new@example.org") == first
    assert answer_to("full@example.org", "Luc Roy") == first
    assert answer_to("full@example.org", "Marie Tremblay") == first
    assert answer_to("junk@mailinator.com") == first


def test_the_form_cannot_be_framed_by_another_site(client: Client, petition: Petition) -> None:
    answer = client.get(SIGN)

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
