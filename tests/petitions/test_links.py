"""Confirming by the link in a mail, the personal thanks, personal links, and a signature in its owner's hands."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from coop4canada.kit import clock
from coop4canada.kit.signing import seal, short_code
from petitions.enums import REFERRAL
from petitions.models import Petition, Signature
from petitions.services import confirm_signature, count_signatures
from ridings.models import PostalCode
from supporters.models import ConsentEvent
from tests import make

PAGE = "/petitions/cooperate/"
SIGNED = f"{PAGE}signed/"


@pytest.fixture
def petition(no_country: None) -> Petition:
    live = make.boundary_set()
    rows = [make.riding(live, 35001, "Here"), make.riding(live, 35002, "There")]
    make.riding(live, 35003, "Elsewhere")
    for riding in rows:
        PostalCode.objects.create(code="K1A0B1", riding=riding, share=0.5)
    return make.petition(opens_at=make.LONG_AGO)


@pytest.fixture
def signature(petition: Petition) -> Signature:
    return make.signed(petition, postal_code="K1A0B1", now=clock.now())


def link(signature: Signature, kind: str = "confirm") -> str:
    return reverse(f"petitions:{kind}", args=[seal(f"petitions.{kind}", signature.pk)])


def confirm(client: Client, signature: Signature, **fields: Any) -> Any:
    return client.post(link(signature), fields)


def fresh(signature: Signature) -> Signature:
    return Signature.objects.get(pk=signature.pk)


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"riding": "35002"}, (35002, "chosen")),
        ({"riding": ""}, (None, "unknown")),
        ({}, (None, "unknown")),
        ({"riding": "35003"}, (None, "unknown")),
        ({"riding": "x"}, (None, "unknown")),
    ],
)
def test_only_a_riding_of_the_postal_code_can_be_chosen(
    client: Client, signature: Signature, chosen: dict[str, str], kept: tuple[int | None, str]
) -> None:
    page = client.get(link(signature)).content.decode()
    assert re.findall(r'name="riding" value="(\d*)"', page) == ["35001", "35002", ""]

    answer = confirm(client, signature, **chosen)

    row = fresh(signature)
    assert (answer.status_code, answer["Location"]) == (303, SIGNED)
    assert (row.state, (row.riding_number, row.riding_source)) == ("confirmed", kept)


def test_a_known_riding_is_not_asked_for(client: Client, petition: Petition) -> None:
    signature = make.signed(petition, postal_code="K1A0B1", riding_number=35001, now=clock.now())

    assert 'name="riding"' not in client.get(link(signature)).content.decode()


def test_confirming_gives_the_browser_its_cookies_and_consents_count(
    client: Client, petition: Petition
) -> None:
    signature = make.signed(petition, consents=(make.wording().pk,), now=clock.now())
    answer = confirm(client, signature)

    assert set(answer.cookies) == {"c4c_signed", "c4c_known"}
    assert list(ConsentEvent.objects.order_by("pk").values_list("decision", "method")) == [
        ("given", "web"),
        ("confirmed", "mail"),
    ]


def test_a_form_of_another_site_confirms_but_makes_nobody_known(client: Client, signature: Signature) -> None:
    answer = client.post(link(signature), headers={"sec-fetch-site": "cross-site"})

    assert (answer.status_code, dict(answer.cookies), fresh(signature).state) == (303, {}, "confirmed")


def test_a_second_click_lands_on_the_same_page_in_the_same_browser_only(
    client: Client, signature: Signature
) -> None:
    confirm(client, signature)

    again, elsewhere = confirm(client, signature), confirm(Client(), signature)

    assert (again.status_code, again["Location"], dict(again.cookies)) == (303, SIGNED, {})
    assert (elsewhere.status_code, dict(elsewhere.cookies)) == (200, {})
    assert "It was confirmed before and counts once" in elsewhere.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whoever_confirmed_is_thanked_and_gets_a_link_of_their_own(
    client: Client, signature: Signature, petition: Petition, language: str
) -> None:
    confirm(client, signature)
    for number in range(3):
        friend = make.signed(petition, f"f{number}@example.org", f"Friend {number}", referred_by=signature.pk)
        if number:
            confirm_signature(
                signature_id=friend.pk,
                riding_number=None,
                circumstances=make.circumstances(),
                now=clock.now(),
            )
    count_signatures(now=clock.now())

    answer = client.get(SIGNED if language == "en" else "/fr/petitions/cooperate-fr/signed/")

    page = answer.content.decode()
    prefix = "" if language == "en" else "/fr"
    assert f'data-link="http://localhost:8000{prefix}/p/{short_code(REFERRAL, signature.pk)}/"' in page
    assert ("<bdi>Amara</bdi>" in page, "Diallo" in page) == (True, False)
    assert answer["Cache-Control"] == "private, no-store"
    if language == "en":
        assert "Your link has brought 2 people who signed." in page
        assert "With you, 3 people have signed" in page


def test_strangers_see_the_petition_instead_of_somebodys_thanks(
    client: Client, signature: Signature, petition: Petition
) -> None:
    confirm(client, signature)
    make.petition("other", opens_at=make.LONG_AGO)

    for visitor, path in ((Client(), SIGNED), (client, "/petitions/other/signed/")):
        answer = visitor.get(path)
        assert (answer.status_code, answer["Location"]) == (302, path.replace("signed/", ""))
    client.post(link(signature, "manage"), {"action": "withdraw"})
    assert client.get(SIGNED).status_code == 302


def test_a_personal_link_leads_to_the_petition_with_its_code(client: Client, signature: Signature) -> None:
    code = short_code(REFERRAL, signature.pk)

    for prefix, page in (("", PAGE), ("/fr", "/fr/petitions/cooperate-fr/")):
        for written in (code, code.upper()):
            answer = client.get(f"{prefix}/p/{written}/?next=//evil.example")
            assert (answer.status_code, answer["Location"]) == (302, f"{page}?r={code}")
    assert f'name="r" value="{code}"' in client.get(f"{PAGE}?r={code}").content.decode()


@pytest.mark.parametrize(
    "code", ["zzz", "1", "-", "a" * 300, short_code("other", 1), short_code(REFERRAL, 10**9)]
)
def test_other_codes_lead_nowhere(client: Client, signature: Signature, code: str) -> None:
    assert client.get(f"/p/{code}/").status_code == 404


def test_an_expired_link_offers_a_fresh_one_by_its_button(client: Client, petition: Petition) -> None:
    with time_machine.travel(make.NOON, tick=False) as time:
        signature = make.signed(petition)
        old = link(signature)
        time.shift(dt.timedelta(days=30, seconds=1))

        shown, sent, again = client.get(old), client.post(old), client.post(old)

    assert (shown.status_code, sent.status_code, again.status_code) == (410, 200, 200)
    assert make.mails() == ["petitions/confirm", "petitions/confirm"]
    assert fresh(signature).state == "pending"


@pytest.mark.parametrize(
    ("hours", "status", "state"), [(-1, 303, "confirmed"), (23, 303, "confirmed"), (25, 410, "pending")]
)
def test_after_closing_there_is_a_day_of_grace(
    client: Client, petition: Petition, hours: int, status: int, state: str
) -> None:
    with time_machine.travel(make.NOON, tick=False) as time:
        signature = make.signed(petition)
        Petition.objects.update(closes_at=make.NOON + dt.timedelta(hours=2))
        time.shift(dt.timedelta(hours=2 + hours))

        answer = confirm(client, signature)

    assert (answer.status_code, fresh(signature).state) == (status, state)


@pytest.mark.parametrize("kind", ["confirm", "manage"])
@pytest.mark.parametrize(
    "token", ["x", "a.b.c", "%00", "é", "x" * 3_000, "{other}", "{cut}", "{gone}", "{words}"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_link_that_is_not_ours_gets_the_same_neutral_page(
    client: Client, signature: Signature, kind: str, token: str, method: str
) -> None:
    purpose = f"petitions.{kind}"
    made = token.format(
        other=seal("petitions.another", signature.pk),
        cut=seal(purpose, signature.pk)[:-2],
        gone=seal(purpose, 10**9),
        words=seal(purpose, "one"),
    )
    answer = getattr(client, method)(f"/petitions/{kind}/{made}/")

    assert answer.status_code == 404
    assert "This link is not complete" in answer.content.decode()
    assert fresh(signature).state == "pending"


def test_the_owner_sees_shows_hides_chooses_and_withdraws(client: Client, signature: Signature) -> None:
    confirm(client, signature)
    manage = link(signature, "manage")
    page = client.get(manage).content.decode()
    assert ("Amara Diallo" in page, "K1A 0B1" in page) == (True, True)

    client.post(manage, {"action": "show"})
    assert fresh(signature).is_public
    client.post(manage, {"action": "hide"})
    client.post(manage, {"action": "riding", "riding": "35001"})
    row = fresh(signature)
    assert (row.is_public, row.riding_number, row.riding_source) == (False, 35001, "chosen")

    assert 'value="withdraw"' not in page
    assert 'value="withdraw"' in client.get(f"{manage}?withdraw=1").content.decode()
    answer = client.post(manage, {"action": "withdraw"})
    assert (answer.status_code, answer["Location"], fresh(signature).state) == (303, manage, "withdrawn")
    assert client.post(manage, {"action": "withdraw"}).status_code == 303
    assert "You have taken this signature back" in client.get(manage).content.decode()


@pytest.mark.parametrize(
    "fields", [{}, {"action": "confirm"}, {"action": "riding"}, {"action": "riding", "riding": "35003"}]
)
def test_what_cannot_be_done_changes_nothing(
    client: Client, signature: Signature, fields: dict[str, str]
) -> None:
    answer = client.post(link(signature, "manage"), fields)

    assert (answer.status_code, fresh(signature).riding_number) == (422, None)


def test_what_is_looked_at_looks_like_any_other(client: Client, petition: Petition) -> None:
    signature = make.signed(petition, suspicion=frozenset({"honeypot"}), now=clock.now())
    confirm(client, signature)

    assert fresh(signature).state == "held"
    pages = [
        client.get(path).content.decode() for path in (SIGNED, link(signature, "manage"), link(signature))
    ]
    assert [
        word for word in ("held", "review", "honeypot", "suspicio") if any(word in page for page in pages)
    ] == []
