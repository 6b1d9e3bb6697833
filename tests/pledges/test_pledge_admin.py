"""Organizers look at pledges, never at what somebody prefers."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from pledges.models import Pledge
from pledges.services import count_pledges
from supporters.models import User
from tests import make, people
from tests.pledges.build_pledges import answer, confirmed, pledged

pytestmark = pytest.mark.django_db
LIST = "/admin/pledges/pledge/"


def act(client: Client, action: str, *pledges: Pledge) -> list[str]:
    client.post(LIST, {"action": action, "_selected_action": [pledge.pk for pledge in pledges]})
    return list(Pledge.objects.order_by("pk").values_list("state", flat=True))


def test_held_pledges_are_accepted_or_refused(organizer_client: Client) -> None:
    held = pledged(suspicion=frozenset({"honeypot"}))
    answer(held)
    waiting = pledged("b@example.org")
    seen = [act(organizer_client, "accept", held, waiting)]
    seen.append(act(organizer_client, "invalidate", held, waiting))
    seen.append(act(organizer_client, "hold", held))

    assert seen == [["confirmed", "pending"], ["invalid", "invalid"], ["held", "invalid"]]
    assert LogEntry.objects.filter(object_repr=f"pledge {held.pk}").count() == 3


def test_nobody_sees_a_first_preference(organizer_client: Client) -> None:
    party = make.parties()["NDP"]
    pledge = confirmed(preference_id=party.pk, riding_number=35001)
    count_pledges(now=make.NOON)
    pages = [LIST, f"{LIST}{pledge.pk}/change/", "/admin/pledges/pledgetally/35001/change/"]

    texts = [organizer_client.get(page).content.decode() for page in pages]

    assert ["NDP" in text for text in texts] == [False, False, False]
    assert "too few have told theirs" in texts[2]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("amara@example.org", 1), ("35001", 1), ("nobody@example.org", 0), ("Somebody", 0)],
)
def test_pledges_are_found_by_address_and_riding(organizer_client: Client, typed: str, found: int) -> None:
    confirmed(riding_number=35001)
    confirmed("b@example.org", riding_number=35002)

    page = organizer_client.get(LIST, {"q": typed})

    assert len(page.context["cl"].result_list) == found


def test_staff_without_the_right_decides_nothing(client: Client) -> None:
    looker = User.objects.create_user("looker@example.org", "a long pass phrase", is_staff=True)
    client.force_login(looker)
    pledge = confirmed()

    assert act(client, "invalidate", pledge) == ["confirmed"]
    assert client.get(LIST).status_code == 403


def test_volunteers_are_kept_out(client: Client) -> None:
    client.force_login(people.bruno())

    assert client.get(LIST).status_code == 302
