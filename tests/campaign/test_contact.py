"""Messages from the contact form: taken down, routed, acknowledged with care, settled, forgotten."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test import Client

from campaign.models import Campaign, ContactMessage, ContactTopic
from campaign.services import NotPossible, forget_what_is_old, settle_message
from supporters.models import AddressRule, OutgoingMessage
from supporters.services import write_mail
from tests import make
from tests.bench.proofs import solved_proof
from tests.supporters.outbox import deliver

pytestmark = pytest.mark.django_db

CONTACT = "/contact/"
FORM = {
    "topic": "press-desk",
    "name": "Zoë <O’Brien> & Söhne",
    "email": "Zoe@news.example.org",
    "place": "V6B 1A1",
    "message": "First line.\r\n\r\nWhat about <b>ridings</b>?",
}


@pytest.fixture(autouse=True)
def topic(db: None) -> ContactTopic:
    names = {"name_en": "Press desk", "name_fr": "Service de presse"}
    return ContactTopic.objects.create(slug="press-desk", address="press@coop.example.org", **names)


def sent(client: Client, path: str = CONTACT, headers: Any = None, **changes: Any) -> Any:
    return client.post(path, {**FORM, "proof": solved_proof(), **changes}, headers=headers or {})


def taken(client: Client, **changes: Any) -> ContactMessage:
    answer = sent(client, **changes)
    assert answer.status_code == 303, answer.content.decode()
    return ContactMessage.objects.latest("pk")


def move(message: ContactMessage, name: str, now: dt.datetime = make.NOON) -> ContactMessage:
    return settle_message(message_id=message.pk, move=name, user_id=None, now=now)


def test_a_message_is_kept_and_mailed_to_its_topic(client: Client) -> None:
    answer = sent(client)

    message = ContactMessage.objects.get()
    routed = OutgoingMessage.objects.get(kind="campaign/contact")
    assert (answer.status_code, answer["Location"]) == (303, "/contact/thanks/")
    assert (message.state, message.doubts, message.language, message.email_key) == (
        "new", "", "en", "zoe@news.example.org",
    )  # fmt: skip
    assert message.message == "First line.\n\nWhat about <b>ridings</b>?"
    assert (routed.to, routed.supporter_id, routed.origin) == ("press@coop.example.org", None, "")


def test_an_answer_goes_to_whoever_wrote(client: Client) -> None:
    taken(client)
    letter = write_mail(OutgoingMessage.objects.get(kind="campaign/contact"))

    text, html = str(letter.body), str(letter.alternatives[0][0])
    assert letter.reply_to == ["Zoe@news.example.org"]
    assert letter.message()["Reply-To"] == "Zoe@news.example.org"
    assert letter.subject == "Contact form: Press desk"
    assert "Zoë <O’Brien> & Söhne <Zoe@news.example.org> wrote:" in text
    assert "What about <b>ridings</b>?" in text
    assert "What about &lt;b&gt;ridings&lt;/b&gt;?" in html
    assert "mail/not-me/" not in text + html
    assert "mail/unsubscribe/" not in text + html


def test_a_mail_that_names_nobody_is_answered_to_the_campaign(client: Client) -> None:
    taken(client)
    letter = write_mail(OutgoingMessage.objects.get(kind="campaign/contact_received"))

    assert letter.reply_to == [Campaign.objects.get(is_active=True).contact_email]


def test_the_routed_mail_really_leaves_with_its_reply_address(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    taken(client)

    deliver(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1))

    sent_mails = {letter.to[0]: letter.reply_to for letter in django_mail.outbox}
    assert sent_mails["press@coop.example.org"] == ["Zoe@news.example.org"]


def test_a_topic_without_address_goes_to_the_campaign(client: Client) -> None:
    ContactTopic.objects.update(address="")

    taken(client)

    routed = OutgoingMessage.objects.get(kind="campaign/contact")
    assert routed.to == Campaign.objects.get(is_active=True).contact_email


def test_without_any_address_the_message_waits_in_admin(client: Client) -> None:
    ContactTopic.objects.update(address="")
    Campaign.objects.update(contact_email="")

    assert taken(client).state == "new"
    assert make.mails() == ["campaign/contact_received"]


def test_the_receipt_repeats_nothing_that_was_typed(client: Client) -> None:
    taken(client)

    receipt = OutgoingMessage.objects.get(kind="campaign/contact_received")
    letter = write_mail(receipt)
    written = f"{letter.subject} {letter.body} {letter.alternatives[0][0]}"
    assert (receipt.to, receipt.context, bool(receipt.origin)) == ("Zoe@news.example.org", {}, True)
    assert not any(word in written for word in ("Zoë", "ridings", "V6B", "Press"))


@pytest.mark.parametrize("proof", ["", "rubbish"])
def test_without_a_proof_the_sender_is_not_mailed(client: Client, proof: str) -> None:
    assert taken(client, proof=proof).state == "new"
    assert make.mails() == ["campaign/contact"]


def test_a_spent_proof_earns_no_second_receipt(client: Client) -> None:
    proof = solved_proof()
    taken(client, proof=proof)
    taken(client, proof=proof, email="other@news.example.org")

    assert OutgoingMessage.objects.filter(to="other@news.example.org").count() == 0


def test_an_address_gets_one_receipt_a_day(client: Client) -> None:
    taken(client)
    taken(client, message="And another thing.", email="zoe@NEWS.example.org")

    assert make.mails() == ["campaign/contact", "campaign/contact_received", "campaign/contact"]


@pytest.mark.parametrize("changes", [{"url": "https://spam.example"}, {"opened": "fresh"}])
def test_what_looks_like_a_robots_is_held_and_answered_alike(client: Client, changes: dict[str, str]) -> None:
    if "opened" in changes:
        page = client.get(CONTACT).content.decode()
        changes = {"opened": page.split('name="opened" value="')[1].split('"')[0], "proof": ""}

    answer = sent(client, **changes)

    assert (answer.status_code, answer["Location"]) == (303, "/contact/thanks/")
    assert (ContactMessage.objects.get().state, make.mails()) == ("held", [])


def test_a_blocked_sender_is_held_and_an_allowed_one_is_not(client: Client) -> None:
    rule = AddressRule.objects.create(verdict="block", subject="domain", pattern="news.example.org")
    assert rule.pk
    assert taken(client).state == "held"


def test_many_messages_from_one_address_are_held(client: Client) -> None:
    states = []
    for number in range(6):
        ContactMessage.objects.update(origin="")  # as if from ever new connections
        states.append(taken(client, message=f"Message {number}").state)

    assert states == ["new"] * 5 + ["held"]
    assert ContactMessage.objects.latest("pk").doubts == "often"


def test_a_flood_from_one_connection_ends_and_keeps_what_was_typed(client: Client) -> None:
    answers = [sent(client, email=f"p{number}@example.org") for number in range(6)]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert "p5@example.org" in answers[5].content.decode()
    assert ContactMessage.objects.count() == 5


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"topic": ""}, "Choose what it is about."),
        ({"topic": "no-such"}, "Choose what it is about."),
        ({"name": ""}, "Write your name"),
        ({"name": "x" * 101}, "100 characters"),
        ({"email": "zoe"}, "one @ sign"),
        ({"email": "zoe@example.org\r\nBcc: x@example.org"}, "cannot be shown"),
        ({"message": " "}, "Write your message."),
        ({"message": "x" * 4001}, "4000"),
        ({"message": "a\x07b"}, "arrived garbled"),
        ({"message": "a\x00b"}, "Null characters"),
        ({"place": "K1A\n0A6"}, "arrived garbled"),
        ({"place": "x" * 101}, "100"),
        ({"place": "\N{REPLACEMENT CHARACTER}"}, "arrived garbled"),
    ],
)
def test_bad_input_keeps_what_was_typed(client: Client, changes: dict[str, str], sentence: str) -> None:
    typed = {"message": "Please keep me.", **changes}
    answer = sent(client, **typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Zoe@news" in page or "email" in changes
    assert "Please keep me." in page or "message" in changes
    assert "no-store" in answer["Cache-Control"]
    assert (ContactMessage.objects.count(), make.mails()) == (0, [])


def test_a_form_from_another_site_is_refused(client: Client) -> None:
    answer = sent(client, headers={"Sec-Fetch-Site": "cross-site"})

    assert (answer.status_code, ContactMessage.objects.count()) == (403, 0)


def test_the_same_form_twice_is_one_message(client: Client) -> None:
    assert taken(client) == taken(client)
    assert make.mails() == ["campaign/contact", "campaign/contact_received"]


def test_a_link_chooses_the_topic_and_one_out_of_use_is_not_offered(client: Client) -> None:
    ContactTopic.objects.create(slug="gone", name_en="Gone", name_fr="Parti", is_active=False)

    page = client.get(CONTACT, {"topic": "press-desk"}).content.decode()

    assert '<option value="press-desk" selected>Press desk</option>' in page
    assert 'value="gone"' not in page
    assert sent(client, topic="gone").status_code == 422


def test_french_writers_are_answered_in_french(client: Client) -> None:
    sent(client, path="/fr/contact/")

    assert set(OutgoingMessage.objects.values_list("language", flat=True)) == {"fr"}
    routed = OutgoingMessage.objects.get(kind="campaign/contact")
    assert write_mail(routed).subject.endswith("Service de presse")


def test_what_was_held_is_mailed_once_released(client: Client) -> None:
    message = taken(client, url="x")

    released = move(message, "release")

    assert (released.state, released.settled_at, make.mails()) == ("new", None, ["campaign/contact"])


def test_two_organizers_settle_once(client: Client) -> None:
    message = move(taken(client), "answer")

    with pytest.raises(NotPossible):
        move(message, "close")
    assert (message.state, message.settled_at) == ("answered", make.NOON)
    assert move(message, "reopen").settled_at is None
    assert make.mails() == ["campaign/contact", "campaign/contact_received"]


def test_messages_go_by_the_clock(client: Client) -> None:
    kept = {
        name: taken(client, message=name, email=f"{name}@example.org") for name in ("new", "answer", "close")
    }
    ContactMessage.objects.update(origin="")
    spam = taken(client, message="spam", email="spam@example.org", url="x")
    start = dt.datetime.now(dt.UTC)
    for name in ("answer", "close"):
        move(kept[name], name, now=start)

    def left(days: int) -> set[str]:
        forget_what_is_old(now=start + dt.timedelta(days=days))
        return set(ContactMessage.objects.values_list("message", flat=True))

    assert left(29) == {"new", "answer", "close", "spam"}
    assert spam.state == "held"
    assert left(31) == {"new", "answer", "close"}
    assert set(ContactMessage.objects.values_list("origin", flat=True)) == {""}
    assert left(181) == {"new"}
    assert left(366) == set()


@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_the_same_moment_is_one_message() -> None:
    statuses: list[int] = []
    proof = solved_proof()

    def send() -> None:
        try:
            statuses.append(Client().post(CONTACT, {**FORM, "proof": proof}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (statuses, ContactMessage.objects.count()) == ([303] * 4, 1)
    assert make.mails() == ["campaign/contact", "campaign/contact_received"]
