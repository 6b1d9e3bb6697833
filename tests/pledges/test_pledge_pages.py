"""The pages about the pledge: forms, links, what strangers and owners see."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from coop4canada.kit.signing import seal, short_code
from pledges.enums import REFERRAL
from pledges.models import Pledge
from pledges.queries.people import pledge_records_of
from pledges.services import count_pledges
from pledges.services.pledge_mails import CONFIRM_PLEDGE, MANAGE_PLEDGE
from supporters.models import Supporter
from supporters.recognition import KNOWN
from tests import make
from tests.pledges.build_pledges import answer, confirmed, pledged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
FORM = {"email": "amara@example.org", "postal_code": "k1a 0b1"}


@pytest.fixture
def at_noon() -> Any:
    with time_machine.travel(make.NOON, tick=False):
        yield


def confirm_path(pledge: Pledge) -> str:
    return f"/pledge/confirm/{seal(CONFIRM_PLEDGE, pledge.pk)}/"


def manage_path(pledge: Pledge) -> str:
    return f"/pledge/manage/{seal(MANAGE_PLEDGE, pledge.pk)}/"


def test_the_page_is_public_and_gives_no_cookie(client: Client) -> None:
    confirmed()
    count_pledges(now=make.NOON)

    answers = [client.get(path) for path in ("/pledge/", "/fr/pledge/")]

    assert [(found.status_code, dict(found.cookies)) for found in answers] == [(200, {}), (200, {})]
    assert ["public" in found["Cache-Control"] for found in answers] == [True, True]
    assert ["amara" in found.content.decode() for found in answers] == [False, False]


def test_two_fields_are_enough(client: Client) -> None:
    sent = client.post("/pledge/make/", FORM)
    page = client.get(sent["Location"])

    assert (sent.status_code, sent["Location"]) == (303, "/pledge/thanks/")
    pledge = Pledge.objects.get()
    assert (pledge.postal_code, pledge.state, pledge.voter_status) == ("K1A0B1", "pending", "voter")
    assert "amara@example.org" in page.content.decode()


def test_everybody_gets_the_same_answer(client: Client) -> None:
    confirmed()
    answers = [
        client.post("/pledge/make/", {**FORM, "email": email})
        for email in ("amara@example.org", "new@example.org")
    ]

    assert len({(sent.status_code, sent["Location"]) for sent in answers}) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": ""}, "email"),
        ({"email": "amara@gmial.com"}, "email"),
        ({"postal_code": "90210"}, "postal_code"),
        ({"postal_code": ""}, "postal_code"),
        ({"voter_status": "dead"}, "voter_status"),
        ({"preference": "1 OR 1=1"}, "preference"),
        ({"preference": "999999999"}, "preference"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_records_nothing(
    client: Client, changes: dict[str, str], field: str
) -> None:
    sent = client.post("/pledge/make/", {**FORM, **changes})

    assert (sent.status_code, list(sent.context["form"].errors)) == (422, [field])
    typed = {**FORM, **changes}
    assert [f'value="{typed[name]}"' in sent.content.decode() for name in FORM] == [True, True]
    assert (Pledge.objects.count(), Supporter.objects.count()) == (0, 0)


def test_without_a_postal_code_a_pledge_counts_in_the_country(client: Client) -> None:
    client.post("/pledge/make/", {"email": "amara@example.org", "no_postal_code": "1"})

    assert Pledge.objects.get().riding_number is None


def test_what_is_told_beside_is_kept(client: Client) -> None:
    party = make.parties()["NDP"]
    told = {"voter_status": "young", "preference": str(party.pk)}

    client.post("/pledge/make/", {**FORM, **told})

    pledge = Pledge.objects.get()
    assert (pledge.voter_status, pledge.preference_id) == ("young", party.pk)


def test_a_party_that_does_not_cooperate_is_no_preference(client: Client) -> None:
    party = make.parties()["CPC"]

    assert client.post("/pledge/make/", {**FORM, "preference": str(party.pk)}).status_code == 422


def test_a_form_from_another_site_is_refused(client: Client) -> None:
    sent = client.post("/pledge/make/", FORM, headers={"Sec-Fetch-Site": "cross-site"})

    assert (sent.status_code, Pledge.objects.count()) == (403, 0)


def test_a_friends_link_leads_to_the_form_and_counts(client: Client) -> None:
    friend = confirmed()
    code = short_code(REFERRAL, friend.pk)
    led = client.get(f"/pledge/with/{code.upper()}/")
    form = client.get(led["Location"]).content.decode()

    client.post("/pledge/make/", {**FORM, "email": "bruno@example.org", "r": code})

    assert led["Location"] == f"/pledge/make/?r={code}"
    assert (f'name="r" value="{code}"' in form, "amara" in form) == (True, False)
    assert Pledge.objects.get(supporter__email="bruno@example.org").referred_by_id == friend.pk


@pytest.mark.parametrize("code", ["zzz", "1aaaaaa", "../x", "%00"])
def test_other_codes_lead_nowhere(client: Client, code: str) -> None:
    assert client.get(f"/pledge/with/{code}/").status_code == 404


def test_the_link_shows_and_only_its_button_confirms(client: Client) -> None:
    pledge = pledged()
    shown = client.get(confirm_path(pledge))
    before = Pledge.objects.get().state
    pressed = client.post(confirm_path(pledge), headers={"Sec-Fetch-Site": "same-origin"})
    thanks = client.get(pressed["Location"])

    assert (shown.status_code, before, pressed.status_code) == (200, "pending", 303)
    assert (pressed["Location"], thanks.status_code) == ("/pledge/pledged/", 200)
    assert thanks.context["share"].link.endswith(f"/pledge/with/{short_code(REFERRAL, pledge.pk)}/")
    assert "c4c_known" in pressed.cookies


def test_a_link_followed_again_lands_softly(client: Client) -> None:
    pledge = confirmed()

    assert client.get(confirm_path(pledge)).context["state"] == "done"
    assert client.post(confirm_path(pledge)).context["state"] == "done"


def test_an_old_link_offers_a_fresh_one(client: Client) -> None:
    pledge = pledged()
    path = confirm_path(pledge)
    with time_machine.travel(make.NOON + timedelta(days=31), tick=False):
        shown, sent = client.get(path), client.post(path)

    assert (shown.status_code, shown.context["state"], sent.context["state"]) == (410, "expired", "sent")
    assert make.mails() == ["pledges/pledge_confirm"] * 2


@pytest.mark.parametrize(
    "token",
    ["x", "MQ.x.y", seal("petitions.confirm", 1), seal(CONFIRM_PLEDGE, "a")],
    ids=["garbled", "forged", "for something else", "of no number"],
)
def test_other_links_are_not_there(client: Client, token: str) -> None:
    assert client.get(f"/pledge/confirm/{token}/").status_code == 404


def test_the_owner_sees_changes_and_takes_back(client: Client) -> None:
    pledge = confirmed(postal_code="K1A0B1")
    path = manage_path(pledge)
    party = make.parties()["GPC"]
    told = {"action": "change", "voter_status": "newcomer", "preference": str(party.pk)}
    changed = client.post(path, told)
    asked = client.get(f"{path}?withdraw=1").content.decode()
    client.post(path, {"action": "withdraw"})

    pledge.refresh_from_db()
    assert (changed.status_code, 'value="withdraw"' in asked) == (303, True)
    assert (pledge.voter_status, pledge.preference_id, pledge.state) == ("newcomer", party.pk, "withdrawn")
    assert client.get(path).status_code == 200


def test_an_odd_wish_is_refused(client: Client) -> None:
    pledge = confirmed()

    assert client.post(manage_path(pledge), {"action": "erase"}).status_code == 422
    assert Pledge.objects.get().state == "confirmed"


def test_a_browser_we_know_pledges_with_one_click_and_can_be_forgotten(client: Client) -> None:
    signature = make.signed(make.petition())
    Supporter.objects.update(email_confirmed_at=make.NOON)
    client.cookies[KNOWN.name] = seal(f"cookie.{KNOWN.name}", signature.supporter_id or 0)
    offered = client.get("/pledge/make/").content.decode()
    pressed = client.post("/pledge/make/", {"known": "1"})
    again = client.get("/pledge/make/").context["known"].has_pledged
    client.post("/pledge/make/", {"not_me": "1"})

    assert ("Amara" in offered, pressed["Location"], again) == (True, "/pledge/pledged/", True)
    assert Pledge.objects.get().state == "confirmed"
    assert client.get("/pledge/make/").context["known"] is None


def test_one_click_without_a_known_person_leads_to_the_form(client: Client) -> None:
    assert client.post("/pledge/make/", {"known": "1"})["Location"] == "/pledge/make/"


def test_strangers_see_no_thanks(client: Client) -> None:
    confirmed()

    assert [client.get(path).status_code for path in ("/pledge/thanks/", "/pledge/pledged/")] == [302, 302]


def test_what_is_kept_is_shown_to_its_owner() -> None:
    pledge = confirmed(postal_code="K1A0B1", preference_id=make.parties()["NDP"].pk)
    assert pledge.supporter

    (row,) = pledge_records_of(supporter=pledge.supporter).rows

    assert row == (
        make.NOON.isoformat(timespec="seconds"),
        make.NOON.isoformat(timespec="seconds"),
        "",
        "K1A0B1",
        "can vote",
        "NDP",
    )


def test_home_and_riding_pages_ask_to_pledge(client: Client, country: Any) -> None:
    for number in range(3):
        answer(pledged(f"p{number}@example.org", riding_number=35075))
    count_pledges(now=make.NOON)

    home = client.get("/").content.decode()
    riding = client.get("/ridings/35075-x/", follow=True).content.decode()

    assert ("people have pledged" in home, "voters have pledged here" in riding) == (True, True)
    assert "votes decided this riding in 2025" in riding
