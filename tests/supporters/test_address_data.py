"""What is kept under an address of somebody who is no supporter: shown, carried away and erased by a mailed link."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from campaign.models import ContactMessage, ContactTopic, Organization
from campaign.services import review_organization
from supporters.models import MailSuppression, OutgoingMessage
from supporters.services import erase_supporter, forget_unconfirmed, mail_own_link, write_mail
from tests import make
from tests.supporters.outbox import person

pytestmark = pytest.mark.django_db

OWNER = "amara@tests.example.org"


@pytest.fixture
def kept(db: None) -> tuple[Organization, ContactMessage]:
    """An approved organization and a message, both of the same address, with the mails that came of them."""
    organization = Organization.objects.create(
        name_en="Society for Tests",
        website="https://tests.example.org/",
        kind="national",
        contact_name="Amara Diallo",
        contact_email=OWNER,
        contact_key=OWNER,
        language="en",
        fingerprint="1" * 64,
        created_at=make.NOON,
    )
    review_organization(
        organization_id=organization.pk, decision="approve", reason="", user_id=None, now=make.NOON
    )
    topic = ContactTopic.objects.create(
        slug="press-desk", name_en="Press desk", name_fr="Presse", address="press@example.org"
    )
    message = ContactMessage.objects.create(
        topic=topic,
        name="Amara Diallo",
        email=OWNER,
        email_key=OWNER,
        message="A secret of mine",
        language="en",
        fingerprint="2" * 64,
        created_at=make.NOON,
    )
    columns = {"to": "press@example.org", "to_key": "press@example.org", "domain": "example.org"}
    times = {"created_at": make.NOON, "due_at": make.NOON, "language": "en"}
    OutgoingMessage.objects.create(
        key=f"campaign/contact:{message.pk}", kind="campaign/contact", context={}, **columns, **times
    )
    return organization, message


def asked(client: Client, address: str = OWNER, prefix: str = "") -> str:
    """Ask for the link and return its path, empty if none was mailed."""
    client.post(f"{prefix}/my-data/", {"email": address})
    mail = OutgoingMessage.objects.filter(kind="supporters/address_data").order_by("-pk").first()
    if mail is None:
        return ""
    found = re.search(
        r"http://localhost:8000(\S+/my-data/address/\S+|/my-data/address/\S+)", str(write_mail(mail).body)
    )
    assert found
    return found[1]


def test_the_link_shows_all_and_names_nobody(client: Client, kept: Any) -> None:
    path = asked(client)

    page = client.get(path)
    text = page.content.decode()
    for word in ("Society for Tests", "A secret of mine", "Amara Diallo", OWNER):
        assert word in text
    assert "amara" not in path
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert client.get(f"{path}my-data.json").json()["records"][1]["rows"][0]["Message"] == "A secret of mine"


def test_the_mail_is_in_the_language_of_the_page(client: Client, kept: Any) -> None:
    path = asked(client, prefix="/fr")

    assert path.startswith("/fr/my-data/address/")
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("address", ["nobody@example.org", "amara@example.org"])
def test_an_address_under_which_nothing_is_kept_gets_no_mail(client: Client, kept: Any, address: str) -> None:
    known = client.post("/my-data/", {"email": OWNER}).content.decode()
    OutgoingMessage.objects.all().delete()

    answer = client.post("/my-data/", {"email": address}).content.decode()

    assert answer == known.replace(OWNER, address)
    assert make.mails() == []


def test_a_supporter_gets_the_supporters_link_and_sees_messages_there(client: Client, kept: Any) -> None:
    amara = person(OWNER)
    OutgoingMessage.objects.all().delete()

    client.post("/my-data/", {"email": OWNER})
    assert make.mails() == ["supporters/my_data"]
    mail_own_link(people=[amara], circumstances=make.circumstances(), now=make.NOON)
    letter = write_mail(OutgoingMessage.objects.latest("pk"))
    found = re.search(r"http://localhost:8000(/my-data/\S+)", str(letter.body))
    assert found
    assert "A secret of mine" in client.get(found[1]).content.decode()


def test_erasing_takes_the_person_and_leaves_the_organization(client: Client, kept: Any) -> None:
    path = asked(client)

    assert client.get(path).status_code == 200
    assert ContactMessage.objects.exists()  # looking changes nothing
    answer = client.post(path)

    organization = Organization.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "/my-data/erased/")
    assert not ContactMessage.objects.exists()
    assert (organization.contact_name, organization.contact_email, organization.state) == ("", "", "approved")
    assert (make.mails(), MailSuppression.objects.count()) == ([], 0)
    assert client.get(path).status_code == 404


def test_a_supporter_who_erases_everything_erases_this_too(client: Client, kept: Any) -> None:
    erase_supporter(supporter=person(OWNER), now=make.NOON)

    assert not ContactMessage.objects.exists()
    assert Organization.objects.get().contact_email == ""


def test_who_types_somebodys_address_and_never_confirms_erases_nothing_of_theirs(kept: Any) -> None:
    person(OWNER)

    assert forget_unconfirmed(now=make.NOON + dt.timedelta(days=61)) == 1

    assert ContactMessage.objects.exists()
    assert Organization.objects.get().contact_email == OWNER


def test_the_link_is_good_for_an_hour(client: Client, kept: Any) -> None:
    path = asked(client)

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61)):
        late, post, download = client.get(path), client.post(path), client.get(f"{path}my-data.json")

    assert (late.status_code, post.status_code, download.status_code) == (410, 410, 404)
    assert ContactMessage.objects.exists()


def test_asking_again_at_once_mails_once(client: Client, kept: Any) -> None:
    with time_machine.travel(make.NOON, tick=False):
        asked(client)
        asked(client)

    assert OutgoingMessage.objects.filter(kind="supporters/address_data").count() == 1


@pytest.mark.parametrize("token", ["x", "1", "a.b.c"])
def test_a_forged_link_opens_nothing(client: Client, token: str) -> None:
    assert client.get(f"/my-data/address/{token}/").status_code == 404
    assert client.post(f"/my-data/address/{token}/").status_code == 404
