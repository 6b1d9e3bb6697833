"""Organizers route, read and settle messages; nobody else does."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from campaign.models import ContactMessage, ContactTopic
from supporters.models import User
from tests import make, people

# Django's own admin templates read variables that are not always set.
pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.django_db]

LIST = "/admin/campaign/contactmessage/"


def message(number: int = 1, **fields: Any) -> ContactMessage:
    names = {"name_en": "Press desk", "name_fr": "Service de presse"}
    topic, _ = ContactTopic.objects.get_or_create(slug="press-desk", defaults=names)
    values = {
        "topic": topic,
        "name": "Amara Diallo",
        "email": f"p{number}@example.org",
        "email_key": f"p{number}@example.org",
        "message": f"Message {number}",
        "language": "en",
        "fingerprint": f"{number:064}",
        "created_at": make.NOON,
    }
    return ContactMessage.objects.create(**{**values, **fields})


def change(row: ContactMessage) -> str:
    return reverse("admin:campaign_contactmessage_change", args=[row.pk])


def states() -> list[str]:
    return list(ContactMessage.objects.order_by("pk").values_list("state", flat=True))


def test_the_list_filters_and_searches(organizer_client: Client) -> None:
    message(1, message="About trains")
    message(2, message="About boats", state="held", doubts="trap")

    held = organizer_client.get(LIST, {"state__exact": "held"}).content.decode()
    found = organizer_client.get(LIST, {"q": "trains"}).content.decode()

    assert ("About boats" in held, "About trains" in held) == (True, False)
    assert ("About boats" in found, "About trains" in found) == (False, True)
    assert "filled in the field that people do not see" in held


def test_an_organizer_answers_and_notes(organizer_client: Client, organizer: User) -> None:
    row = message()

    answer = organizer_client.post(change(row), {"move": "answer", "note": "By phone."})

    row.refresh_from_db()
    assert answer.status_code == 302
    assert (row.state, row.note, row.settled_by) == ("answered", "By phone.", organizer)


def test_what_a_colleague_did_meanwhile_stays(organizer_client: Client) -> None:
    row = message(state="spam", settled_at=make.NOON)

    answer = organizer_client.post(change(row), {"move": "answer", "note": "Too late."})

    row.refresh_from_db()
    assert "Select a valid choice" in answer.content.decode()
    assert (row.state, row.note) == ("spam", "")


def test_the_list_settles_many_where_it_can(organizer_client: Client) -> None:
    rows = [message(1), message(2), message(3, state="held")]

    organizer_client.post(LIST, {"action": "answer", "_selected_action": [row.pk for row in rows]})
    assert states() == ["answered", "answered", "held"]
    organizer_client.post(LIST, {"action": "release", "_selected_action": [row.pk for row in rows]})

    assert states() == ["answered", "answered", "new"]
    assert make.mails() == ["campaign/contact"]


def test_the_list_forgets_a_sender_on_their_wish(organizer_client: Client) -> None:
    rows = [message(1), message(2, email_key="p1@example.org"), message(3)]

    organizer_client.post(LIST, {"action": "forget_senders", "_selected_action": [rows[0].pk]})

    assert list(ContactMessage.objects.values_list("pk", flat=True)) == [rows[2].pk]


def test_the_first_page_says_what_waits(organizer_client: Client) -> None:
    nothing = organizer_client.get("/admin/").content.decode()
    message(1)
    message(2)
    message(3, state="held")

    page = organizer_client.get("/admin/").content.decode()
    assert "c4c-waiting" not in nothing
    assert "2 messages wait for an answer" in page
    assert "1 message is held as possible spam" in page
    assert "waits for review" not in page


def test_only_those_with_the_right_read_and_settle() -> None:
    row = message()
    user = User.objects.create_user("staff@example.org", "a long pass phrase", is_staff=True)
    client = Client()
    client.force_login(user)
    assert client.get(LIST).status_code == 403
    assert "message waits" not in client.get("/admin/").content.decode()

    user.user_permissions.set(Permission.objects.filter(codename="view_contactmessage"))
    assert client.get(change(row)).status_code == 200
    client.post(change(row), {"move": "answer", "note": "x"})
    client.post(LIST, {"action": "answer", "_selected_action": [row.pk]})

    assert states() == ["new"]
    client.force_login(people.bruno())
    assert client.get(LIST).status_code == 302


def test_nobody_adds_or_deletes_messages_by_hand(organizer_client: Client) -> None:
    assert organizer_client.get(f"{LIST}add/").status_code == 403
    assert organizer_client.get(f"{LIST}{message().pk}/delete/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_many_rows(
    organizer_client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        message(number)

    with django_assert_num_queries(7):
        organizer_client.get(LIST)
