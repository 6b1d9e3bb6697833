"""Organizers see who calls, change the rules, and close or open numbers; nobody gets at numbers here."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from coop4canada.kit.signing import keyed_hash
from tests import people
from tests.volunteers import calling as c
from tests.volunteers.contacting import contact
from volunteers.models import Contact, Lease, RetryRule, Suppression

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ADDRESS = {"number": "12", "suffix": "", "unit": "", "street": "Main St W", "place": "K1A 0B1"}


def url(model: str, action: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:volunteers_{model}_{action}", args=args)


def act(client: Client, model: str, action: str, *pks: Any, **fields: str) -> Any:
    return client.post(url(model), {"action": action, "_selected_action": [str(pk) for pk in pks], **fields})


def test_lists_and_forms_open_and_show_no_number(organizer_client: Client) -> None:
    voter = contact(c.phone_list(), "+16135550123")
    offer = c.call(c.caller())
    pages = [
        url("contact"),
        url("contact", "change", voter.pk),
        url("lease"),
        url("lease", "change", offer.lease_id),
    ]
    pages += [
        url("retryrule"),
        url("retryrule", "change", RetryRule.objects.all()[0].pk),
        url("suppression", "add"),
    ]
    answers = [organizer_client.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [200] * len(pages)
    assert not any("5550123" in answer.content.decode() for answer in answers)


def test_rules_are_changed_but_never_so_that_a_refusal_is_called_again(organizer_client: Client) -> None:
    rule, refusal = RetryRule.objects.get(outcome="busy"), RetryRule.objects.get(outcome="dnc")
    typed = {"end_state": "", "retry_after_minutes": "45", "rest_elsewhere_minutes": "0", "again_as": ""}
    saved = organizer_client.post(url("retryrule", "change", rule.pk), typed)
    refused = organizer_client.post(url("retryrule", "change", refusal.pk), typed)
    rule.refresh_from_db()
    refusal.refresh_from_db()
    assert (saved.status_code, refused.status_code) == (302, 200)
    assert (rule.retry_after_minutes, refusal.end_state) == (45, "suppressed")


def test_an_organizer_takes_a_call_away(organizer_client: Client) -> None:
    contact(c.phone_list())
    offer = c.call(c.caller())
    act(organizer_client, "lease", "take_away", offer.lease_id)
    assert Lease.objects.get().end_reason == "revoked"


def test_what_waits_for_an_organizer_is_released_and_nothing_else(organizer_client: Client) -> None:
    held, done = c.voters(2, c.phone_list())
    Contact.objects.filter(pk=held.pk).update(state="held", attempt_count=4)
    Contact.objects.filter(pk=done.pk).update(state="done")
    act(organizer_client, "contact", "release", held.pk, done.pk)
    states = Contact.objects.order_by("pk").values_list("state", "attempt_count")
    assert list(states) == [("ready", 0), ("done", 0)]


def test_a_number_typed_in_is_closed_at_once_and_only_its_hash_kept(organizer_client: Client) -> None:
    voter = contact(c.phone_list(), "+16135550123")
    typed = {"source": "written", "phone": "(613) 555-0123"}
    answers = [organizer_client.post(url("suppression", "add"), typed).status_code for _twice in range(2)]
    voter.refresh_from_db()
    rows = list(Suppression.objects.values_list("thing", "digest", "recorded_by__email"))
    assert (answers, voter.state) == ([302, 302], "suppressed")
    assert rows == [("phone", keyed_hash("+16135550123"), "edith@example.org")]
    found = organizer_client.get(url("suppression"), {"q": "613 555 0123"})
    assert keyed_hash("+16135550123")[:12] in found.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"phone": "12"},
        {**ADDRESS, "place": ""},
        {"phone": "", "street": "Main"},
        {"phone": "613 555 0123", "source": "?"},
    ],
)
def test_half_an_address_or_no_number_is_refused(organizer_client: Client, typed: dict[str, str]) -> None:
    answer = organizer_client.post(url("suppression", "add"), {"source": "written", **typed})
    assert (answer.status_code, Suppression.objects.count()) == (200, 0)


def test_an_address_is_closed_and_lifted_with_a_note_alone(organizer_client: Client) -> None:
    organizer_client.post(url("suppression", "add"), {"source": "written", **ADDRESS})
    entry = Suppression.objects.get(thing="address")
    asked = act(organizer_client, "suppression", "lift", entry.pk)
    without = act(organizer_client, "suppression", "lift", entry.pk, decided="1", note=" ")
    entry.refresh_from_db()
    assert (asked.status_code, without.status_code, entry.lifted_at) == (200, 200, None)
    act(organizer_client, "suppression", "lift", entry.pk, decided="1", note="Wrote to us again")
    entry.refresh_from_db()
    assert (entry.lift_note, str(entry.lifted_by)) == ("Wrote to us again", "edith@example.org")
    assert organizer_client.get(url("suppression", "change", entry.pk)).status_code == 200
    assert organizer_client.post(url("suppression", "delete", entry.pk), {"post": "yes"}).status_code == 403


def test_whoever_may_only_look_takes_nothing_away(client: Client) -> None:
    viewer = people.bruno()
    viewer.is_staff = True
    viewer.save()
    viewer.user_permissions.set(
        Permission.objects.filter(codename__in=["view_lease", "view_contact", "view_suppression"])
    )
    client.force_login(viewer)
    contact(c.phone_list())
    offer = c.call(c.caller("ana@example.org"))
    act(client, "lease", "take_away", offer.lease_id)
    assert Lease.objects.get().ended_at is None
    assert client.get(url("retryrule")).status_code == 403
