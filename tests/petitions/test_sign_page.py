"""The sign form: what it keeps, what it asks, what it tells nobody."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop4canada.kit.signing import short_code
from petitions.enums import REFERRAL
from petitions.models import Petition, Signature
from petitions.services import confirm_signature
from ridings.models import PostalCode
from supporters import recognition
from supporters.models import AddressRule, ConsentEvent, Supporter, UsedProof
from tests import make
from tests.bench.proofs import solved_proof

SIGN = "/petitions/cooperate/sign/"
THANKS = "/petitions/cooperate/thanks/"
FORM = {"name": "Amara Diallo", "email": "amara@example.org", "postal_code": "K1A 0B1"}


@pytest.fixture
def petition(no_country: None) -> Petition:
    return make.petition(opens_at=make.LONG_AGO)


def post(client: Client, path: str = SIGN, **changes: Any) -> Any:
    return client.post(path, {**FORM, **changes})


def field(page: str, name: str) -> str | None:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    return found[1] if found else None


def confirmed(petition: Petition, **fields: Any) -> Signature:
    signature = make.signed(petition, **fields)
    confirm_signature(
        signature_id=signature.pk, riding_number=None, circumstances=make.circumstances(), now=make.NOON
    )
    return signature


def test_a_signature_costs_ten_statements_in_one_commit(client: Client, petition: Petition) -> None:
    news = make.wording()
    post(client, email="first@example.org")

    with CaptureQueriesContext(connection) as queries:
        answer = post(client, consent_news=news.pk, proof=solved_proof())

    # The petition and the riding; then, between SAVEPOINT and RELEASE, which stand for BEGIN and COMMIT: the proof, the
    # lock, who it is, the person, the signature, the words, the consent and the mail.
    assert (answer.status_code, len(queries)) == (303, 2 + 8 + 2)
    assert Signature.objects.latest("pk").suspicion == ""


def test_everyone_is_answered_alike(client: Client, petition: Petition) -> None:
    confirmed(petition, email="has@example.org")
    confirmed(petition, email="full@example.org", name="Amara Diallo", postal_code="K1A0B1")
    confirmed(petition, email="full@example.org", name="Bruno Roy", postal_code="K1A0B1")
    AddressRule.objects.create(verdict="block", subject="email", pattern="blocked@example.org")
    who = [
        "new@example.org",
        "has@example.org",
        "full@example.org",
        "blocked@example.org",
        "t@mailinator.com",
    ]

    with time_machine.travel(make.NOON, tick=False):
        answers = [post(client, email=email, name="Chantal Gagnon") for email in who]
        cookies = [answer.cookies["c4c_typed"].OutputString() for answer in answers]

    seen = {
        (answer.status_code, answer["Location"], answer.content, tuple(sorted(answer.headers)))
        for answer in answers
    }
    assert len(seen) == 1
    assert len({re.sub(r"=[^;]*;", ";", cookie) for cookie in cookies}) == 1
    pages = {
        client.get(THANKS).content.replace(email.encode(), b"") for email in who if post(client, email=email)
    }
    assert len(pages) == 1


def test_the_riding_is_known_by_the_code_alone_only_if_it_is_one(client: Client, petition: Petition) -> None:
    live = make.boundary_set()
    first, second = make.riding(live, 35001), make.riding(live, 35002)
    for code, riding in (("K1A0B1", first), ("K1A0B2", first), ("K1A0B2", second)):
        PostalCode.objects.create(code=code, riding=riding, share=0.5)

    post(client, email="one@example.org")
    post(client, email="two@example.org", postal_code="K1A 0B2")

    found = Signature.objects.order_by("pk").values_list("riding_number", "riding_source")
    assert list(found) == [(35001, "postal"), (None, "unknown")]


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/petitions/cooperate/sign/", "en"), ("/fr/petitions/cooperate-fr/sign/", "fr")],
)
def test_the_language_is_that_of_the_page(client: Client, petition: Petition, path: str, kept: str) -> None:
    answer = post(client, path)

    assert Signature.objects.get().language == kept
    assert answer["Location"] == path.replace("sign", "thanks")


@pytest.mark.parametrize(
    ("fields", "is_open"),
    [
        ({}, False),
        ({"consent_news": "1"}, False),
        ({"consent_team": "1"}, True),
        ({"phone": "416 967-1111"}, True),
        ({"phone": "12"}, True),
    ],
)
def test_boxes_folded_away_are_unfolded_once_something_is_in_them(
    client: Client, petition: Petition, fields: dict[str, str], is_open: bool
) -> None:
    for purpose in ("news", "calls", "team"):
        make.wording(purpose)

    page = post(client, email="amara", **fields).content.decode()

    before, folded = page.split('<details class="c-further"')
    assert [name in before for name in ("consent_news", "consent_calls", "consent_team")] == [
        True,
        False,
        False,
    ]
    assert folded.startswith(" open>") is is_open


def test_what_was_typed_and_ticked_comes_back_to_be_corrected(client: Client, petition: Petition) -> None:
    news = make.wording()
    answer = post(client, email="amara", is_public="1", consent_news=news.pk, r=short_code(REFERRAL, 5))

    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (422, "private, no-store")
    assert (field(page, "name"), field(page, "email"), field(page, "postal_code")) == (
        "Amara Diallo",
        "amara",
        "K1A 0B1",
    )
    assert re.findall(r'name="(\w+)" value="\d+" checked', page) == ["is_public", "consent_news"]
    assert field(page, "r") == short_code(REFERRAL, 5)
    assert (Signature.objects.count(), ConsentEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "mailed"),
    [
        ({"email_asked": "amara@gmial.com"}, "amara@gmial.com"),
        ({"email_asked": "amara@gmial.com", "email_instead": "amara@gmail.com"}, "amara@gmail.com"),
        ({"email_instead": "amara@gmail.com"}, "amara@gmail.com"),
        ({"email_instead": "evil@example.org"}, None),
        ({"email_asked": "another@gmial.com"}, None),
    ],
)
def test_a_slip_of_the_pen_is_settled_by_the_person(
    client: Client, petition: Petition, fields: dict[str, str], mailed: str | None
) -> None:
    post(client, email="amara@gmial.com", **fields)

    assert list(Supporter.objects.values_list("email", flat=True)) == ([mailed] if mailed else [])


def test_a_form_is_too_fast_only_if_nothing_says_it_was_open_longer(
    client: Client, petition: Petition
) -> None:
    with time_machine.travel(make.NOON, tick=False) as clock:
        stamp = field(client.get(SIGN).content.decode(), "opened")
        post(client, email="fast@example.org", opened=stamp)
        clock.shift(dt.timedelta(seconds=3))
        post(client, email="slow@example.org", opened=stamp)
        post(client, email="forged@example.org", opened="9.9.9")
        shown_again = field(post(client, name="", opened=stamp).content.decode(), "opened")
        post(client, email="again@example.org", opened=shown_again)

    found = dict(Signature.objects.values_list("supporter__email", "suspicion"))
    assert found == {
        "fast@example.org": "no_proof too_fast",
        "slow@example.org": "no_proof",
        "forged@example.org": "no_proof",
        "again@example.org": "no_proof",
    }


def test_a_proof_counts_once(client: Client, petition: Petition) -> None:
    proof = solved_proof()
    post(client, proof=proof)
    post(client, proof=proof, email="again@example.org")

    suspicions = Signature.objects.order_by("pk").values_list("suspicion", flat=True)
    assert ["no_proof" in suspicion for suspicion in suspicions] == [False, True]
    assert UsedProof.objects.count() == 1


@pytest.mark.parametrize(
    ("verdict", "pattern", "suspicion"),
    [
        ("block", "127.0.0.0/8", "blocked no_proof"),
        ("allow", "127.0.0.1", ""),
        ("block", "192.0.2.0/24", "no_proof"),
    ],
)
def test_address_rules_hold_or_let_pass(
    client: Client, petition: Petition, verdict: str, pattern: str, suspicion: str
) -> None:
    AddressRule.objects.create(verdict=verdict, subject="network", pattern=pattern)
    post(client)

    assert Signature.objects.get().suspicion == suspicion


def test_whose_link_led_here_is_noted_only_of_a_genuine_code(client: Client, petition: Petition) -> None:
    friend = make.signed(petition, email="friend@example.org")
    post(client, r=short_code(REFERRAL, friend.pk), email="one@example.org")
    post(client, r=short_code(REFERRAL, friend.pk)[:-1], email="two@example.org")
    post(client, r=short_code("another purpose", friend.pk), email="three@example.org")

    brought = Signature.objects.filter(referred_by=friend).values_list("supporter__email", flat=True)
    assert list(brought) == ["one@example.org"]


def test_a_petition_that_closed_meanwhile_keeps_what_was_typed(client: Client, petition: Petition) -> None:
    Petition.objects.update(closes_at=make.LONG_AGO + dt.timedelta(1))

    answer = post(client)

    page = answer.content.decode()
    assert (answer.status_code, field(page, "name"), "c-next" in page) == (410, "Amara Diallo", True)
    assert ">Sign</button>" not in page
    assert (Signature.objects.count(), Supporter.objects.count()) == (0, 0)
    assert client.get(SIGN)["Location"] == "/petitions/cooperate/"


def test_thanks_without_a_form_before_leads_to_the_petition(client: Client, petition: Petition) -> None:
    answer = client.get(THANKS)

    assert (answer.status_code, answer["Location"]) == (302, "/petitions/cooperate/")


def test_thanks_names_the_address_and_hands_on_only_the_public_link(
    client: Client, petition: Petition
) -> None:
    post(client)

    page = client.get(THANKS)
    html = page.content.decode()
    assert (page["Cache-Control"], "<bdi>amara@example.org</bdi>" in html) == ("private, no-store", True)
    assert 'data-link="http://localhost:8000/petitions/cooperate/"' in html
    assert Signature.objects.get().name not in html


def test_who_confirmed_on_this_device_finds_the_form_filled_in(client: Client, petition: Petition) -> None:
    make.wording()
    person = confirmed(petition, postal_code="K1A0B1").supporter
    assert person
    client.cookies["c4c_known"] = _known(person.pk)

    page = client.get(SIGN).content.decode()

    values = (field(page, "name"), field(page, "email"), field(page, "postal_code"))
    assert values == ("Amara Diallo", "amara@example.org", "K1A 0B1")
    assert "checked" not in page
    assert "Amara" not in client.get("/petitions/cooperate/").content.decode()


def test_not_you_empties_form_and_memory(client: Client, petition: Petition) -> None:
    person = confirmed(petition).supporter
    assert person
    client.cookies["c4c_known"] = _known(person.pk)

    answer = client.post(SIGN, {"not_me": "1"})

    assert (answer.status_code, answer["Location"]) == (303, SIGN)
    assert "Amara" not in client.get(SIGN).content.decode()
    assert Signature.objects.count() == 1


def test_an_erased_person_is_nobody(client: Client, petition: Petition) -> None:
    person = confirmed(petition).supporter
    assert person
    client.cookies["c4c_known"] = _known(person.pk)
    person.delete()

    assert field(client.get(SIGN).content.decode(), "name") == ""


def _known(person: int) -> str:
    response = HttpResponse()
    recognition.remember(response, person)
    return str(response.cookies["c4c_known"].value)
