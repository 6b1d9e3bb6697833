"""The forms and the links in mails: one answer for everybody, GET explains, POST acts, twice lands softly."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from coop4canada.kit.signing import seal
from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive
from supporters.models import AddressRule, OutgoingMessage, Supporter
from supporters.recognition import KNOWN
from tests import make
from tests.pledges import build

JOINED = "/join-a-party/leader/joined/"
REMIND = "/join-a-party/leader/remind-me/"
SENT = "/join-a-party/leader/sent/"
AMARA = {"name": "Amara Diallo", "email": "amara@example.org"}
BOTH = pytest.mark.parametrize(
    ("path", "model", "kind"),
    [
        (JOINED, MembershipReport, "pledges/confirm_report"),
        (REMIND, DriveReminder, "pledges/confirm_reminder"),
    ],
    ids=["report", "reminder"],
)
pytestmark = pytest.mark.usefixtures("drive", "at_noon")


@pytest.fixture
def at_noon() -> Any:
    with time_machine.travel(make.NOON, tick=False):
        yield


def link(number: int = -1) -> str:
    """Return the link of a mail in the outbox."""
    mail = list(OutgoingMessage.objects.order_by("pk"))[number]
    part = mail.kind.removeprefix("pledges/confirm_")
    return f"/join-a-party/confirm/{part}/{mail.context['token']}/"


@BOTH
def test_a_form_leads_to_the_mailbox(client: Client, path: str, model: Any, kind: str) -> None:
    answer = client.post(path, {**AMARA, "postal_code": "k1a 0b1"})

    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (
        303,
        SENT,
        "private, no-store",
    )
    assert "Set-Cookie" not in answer
    assert (model.objects.get().supporter.postal_code, make.mails()) == ("K1A0B1", [kind])
    assertContains(client.get(SENT), "confirm by e-mail")


@BOTH
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "amara@"}, "What stands after the @ sign"),
        ({"email": "amara@gmial.com"}, "Did you mean amara@gmail.com?"),
        ({"name": "www.example.com"}, "A name holds no web address"),
        ({"name": ""}, "Write your name"),
        ({"name": "A\0B"}, "characters that cannot be shown"),
    ],
)
def test_what_cannot_be_read_comes_back_with_a_sentence(
    client: Client, path: str, model: Any, kind: str, fields: dict[str, str], sentence: str
) -> None:
    answer = client.post(path, {**AMARA, **fields})

    assertContains(answer, sentence, status_code=422)
    kept = "amara@example.org" if "email" not in fields else "Amara Diallo"
    assertContains(answer, f'value="{kept}"', status_code=422)
    assert (model.objects.count(), make.mails()) == (0, [])


def test_a_postal_code_is_mended_or_asked_about(client: Client) -> None:
    assertContains(
        client.post(JOINED, {**AMARA, "postal_code": "12345"}),
        "We cannot read this as a Canadian postal code",
        status_code=422,
    )
    client.post(JOINED, {**AMARA, "postal_code": "kia-ob1"})

    assert Supporter.objects.get().postal_code == "K1A0B1"


@pytest.mark.parametrize(
    ("answer", "email"),
    [
        ({"email_instead": "amara@gmail.com"}, "amara@gmail.com"),
        ({"email_asked": "amara@gmial.com"}, "amara@gmial.com"),
    ],
)
def test_a_slip_of_the_pen_is_asked_about_once(client: Client, answer: dict[str, str], email: str) -> None:
    client.post(REMIND, {**AMARA, "email": "amara@gmial.com", **answer})

    assert OutgoingMessage.objects.get().to == email


@BOTH
def test_a_form_of_another_site_is_refused(client: Client, path: str, model: Any, kind: str) -> None:
    answer = client.post(path, AMARA, headers={"sec-fetch-site": "cross-site"})

    assert (answer.status_code, model.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("fields", "rule", "suspicion"),
    [
        ({"website": "https://spam.example/"}, "", "honeypot"),
        ({}, "block", "blocked"),
        ({"website": "https://spam.example/"}, "allow", ""),
        ({}, "", ""),
    ],
)
def test_robots_get_the_answer_of_everybody(
    client: Client, fields: dict[str, str], rule: str, suspicion: str
) -> None:
    if rule:
        AddressRule.objects.create(verdict=rule, subject="domain", pattern="example.org")

    answer = client.post(JOINED, {**AMARA, **fields})

    assert (answer.status_code, answer["Location"]) == (303, SENT)
    assert MembershipReport.objects.get().suspicion == suspicion
    assert make.mails() == ["pledges/confirm_report"]


@BOTH
def test_after_the_vote_nothing_is_taken(client: Client, path: str, model: Any, kind: str) -> None:
    days = {"joins_by": build.day(-9), "vote_opens_on": build.day(-5), "vote_closes_on": build.day(-1)}
    PartyMembershipDrive.objects.update(**days)

    answer = client.post(path, AMARA)

    assertContains(answer, "nothing was recorded", status_code=410)
    assert (model.objects.count(), Supporter.objects.count()) == (0, 0)


@BOTH
def test_only_pressing_the_button_confirms(client: Client, path: str, model: Any, kind: str) -> None:
    client.post(path, AMARA)

    for method in (client.get, client.head, client.get):
        assert method(link()).status_code == 200
    assert model.objects.get().confirmed_at is None

    answer = client.post(link())
    assert (answer.status_code, answer["Location"]) == (303, link())
    assert answer.cookies[KNOWN.name]["httponly"] is True
    assert model.objects.get().confirmed_at == make.NOON
    assert client.post(link()).status_code == 303
    assertContains(client.get(link()), "Put the dates into my calendar")


def test_a_link_sent_from_elsewhere_confirms_and_makes_no_browser_known(client: Client) -> None:
    client.post(REMIND, AMARA)

    answer = client.post(link(), headers={"sec-fetch-site": "cross-site"})

    assert (answer.status_code, KNOWN.name in answer.cookies) == (303, False)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert DriveReminder.objects.get().confirmed_at == make.NOON


@BOTH
def test_links_that_are_not_ours_lead_nowhere(client: Client, path: str, model: Any, kind: str) -> None:
    client.post(path, AMARA)
    part = kind.removeprefix("pledges/confirm_")

    for token in (
        "x",
        "x" * 600,
        seal("pledges.other", model.objects.get().pk),
        link().split("/")[-2][:-1],
        seal(f"pledges.{part}"),
        seal(f"pledges.{part}", "no number"),
    ):
        assert client.post(f"/join-a-party/confirm/{part}/{token}/").status_code == 404
    gone = client.post(f"/join-a-party/confirm/{part}/{seal(f'pledges.{part}', 987_654)}/")
    assertContains(gone, "There is nothing here any more")
    assert model.objects.get().confirmed_at is None


@BOTH
def test_an_old_link_offers_a_new_one(client: Client, path: str, model: Any, kind: str) -> None:
    PartyMembershipDrive.objects.update(joins_by=build.day(50))
    client.post(path, AMARA)
    with time_machine.travel(make.NOON + timedelta(days=31), tick=False):
        old = link()
        assertContains(client.get(old), "This link is too old")

        answer = client.post(old)

        assert (answer["Location"], model.objects.get().confirmed_at) == (SENT, None)
        assert make.mails() == [kind, kind]
        client.post(link())
        assert model.objects.get().confirmed_at is not None
        assertNotContains(client.get(old), "This link is too old")


@BOTH
def test_a_known_browser_needs_one_click_and_no_mail(
    client: Client, path: str, model: Any, kind: str
) -> None:
    client.post(REMIND, AMARA)
    client.post(link())
    OutgoingMessage.objects.all().delete()
    DriveReminder.objects.all().delete()

    assertContains(client.get(path), "<bdi>Amara</bdi>")
    assertContains(client.get(f"{path}?other=1"), 'name="email"')
    answer = client.post(path, {"known": "1"})

    assert (answer.status_code, make.mails()) == (303, [])
    assert client.get(answer["Location"]).status_code == 200
    assert model.objects.get().confirmed_at == make.NOON


@BOTH
@pytest.mark.parametrize("cookie", ["", "forged", "c4c"])
def test_an_unknown_browser_gets_the_form(
    client: Client, path: str, model: Any, kind: str, cookie: str
) -> None:
    client.cookies[KNOWN.name] = cookie

    answer = client.post(path, {"known": "1"})

    assert (answer.status_code, answer["Location"], model.objects.count()) == (303, path, 0)
    assertContains(client.get(path), 'name="email"')


def test_a_report_can_be_taken_back(client: Client) -> None:
    client.post(JOINED, AMARA)
    client.post(link())

    answer = client.post(link(), {"take_back": "1"})

    assert (answer.status_code, MembershipReport.objects.count()) == (303, 0)
    assertContains(client.get(link()), "There is nothing here any more")


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "One-Click"}])
def test_one_click_ends_the_reminders(client: Client, body: dict[str, str]) -> None:
    client.post(REMIND, AMARA)
    client.post(link())
    row = DriveReminder.objects.get()
    stop = f"/join-a-party/stop/{seal('pledges.stop', row.pk)}/"

    assertContains(client.get(stop), "End the reminders of this vote?")
    assert DriveReminder.objects.get().withdrawn_at is None
    with time_machine.travel(make.NOON + timedelta(days=400)):  # these links never grow old
        assertContains(client.post(stop, body), "No more reminders of this vote")
        assertContains(client.post(stop, body), "No more reminders of this vote")

    assert DriveReminder.objects.get().withdrawn_at is not None
    assertContains(client.get(link()), "You ended these reminders")
    client.post(link())
    assert DriveReminder.objects.get().withdrawn_at is None


def test_a_form_in_french_is_answered_in_french(client: Client) -> None:
    answer = client.post("/fr/join-a-party/leader-fr/remind-me/", AMARA)

    assert answer["Location"] == "/fr/join-a-party/leader-fr/sent/"
    assert OutgoingMessage.objects.get().language == "fr"
