"""Organizers find, decide and watch; nobody else does."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign.models import OrganizerAlert
from coop4canada.kit.memory import forget_everything
from petitions.models import Invalidation, Petition, Resend, Signature
from petitions.services import count_signatures
from petitions.tasks import work_through_bulk
from supporters.models import User
from tests import make, people

# Django's own admin templates read variables that are not always set.
pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.django_db]

MODELS = ["petition", "signature", "invalidation", "resend", "trendingthreshold"]


def url(model: str, action: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:petitions_{model}_{action}", args=args)


@pytest.fixture
def petition() -> Petition:
    return make.petition()


@pytest.fixture
def held(petition: Petition) -> Signature:
    row = make.signed(petition, riding_number=35075)
    row.state, row.confirmed_at, row.suspicion = "held", make.NOON, "honeypot too_fast"
    row.save()
    return row


def staff(*permissions: str) -> Client:
    """Return a client of somebody who may use admin and has these permissions only."""
    user = User.objects.create_user("staff@example.org", "a long pass phrase", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def pages(petition: Petition, signature: Signature) -> dict[str, str]:
    """Every page of this app's admin by what it needs."""
    return {
        **{url(model): f"view_{model}" for model in MODELS},
        url("petition", "preview", petition.pk): "view_petition",
        url("petition", "tallies", petition.pk): "view_petition",
        url("signature", "change", signature.pk): "view_signature",
        url("signature", "export"): "export_signature",
        url("invalidation", "add"): "change_signature",
        url("resend", "add"): "change_signature",
        url("resend", "propose", petition.pk): "change_signature",
    }


POSTED = ["signature:decide", "invalidation:confirm", "resend:confirm"]


def test_organizers_open_every_page(organizer_client: Client, petition: Petition, held: Signature) -> None:
    answers = {page: organizer_client.get(page).status_code for page in pages(petition, held)}

    assert set(answers.values()) == {200}, answers


def test_every_page_speaks_french(organizer_client: Client, petition: Petition, held: Signature) -> None:
    answers = {page: organizer_client.get(f"/fr{page}") for page in pages(petition, held)}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert all('lang="fr' in answer.content.decode() for answer in answers.values())


def test_nobody_but_staff_gets_in(client: Client, petition: Petition, held: Signature) -> None:
    addresses = [*pages(petition, held), *(url(*name.split(":")) for name in POSTED)]
    anonymous = [client.get(page) for page in addresses] + [client.post(page) for page in addresses]
    client.force_login(people.bruno())
    bruno = [client.get(page) for page in addresses] + [client.post(page) for page in addresses]

    assert {
        (answer.status_code, "/admin/login/" in answer["Location"]) for answer in [*anonymous, *bruno]
    } == {(302, True)}


def test_staff_without_the_permission_are_refused(petition: Petition, held: Signature) -> None:
    client = staff()
    answers = {page: client.get(page).status_code for page in pages(petition, held)}
    posted = {name: client.post(url(*name.split(":")), {"token": "x"}).status_code for name in POSTED}

    assert set(answers.values()) == {403}, answers
    assert set(posted.values()) == {403}, posted
    assert client.post(url("invalidation", "undo", 1)).status_code == 403
    assert client.post(url("petition", "delivery", petition.pk)).status_code == 403


def test_a_permission_opens_its_page_and_no_other(petition: Petition, held: Signature) -> None:
    client = staff("view_signature")
    opened = {page for page in pages(petition, held) if client.get(page).status_code == 200}

    assert opened == {url("signature"), url("signature", "change", held.pk)}
    page = client.get(url("signature")).content.decode()
    assert ['value="accept"' in page, "Decide over many" in page, "Export" in page] == [False] * 3


@pytest.mark.parametrize("model", ["petition", "signature", "invalidation", "resend"])
def test_lists_cost_the_same_for_one_row_and_for_three(
    organizer_client: Client, organizer: User, petition: Petition, model: str
) -> None:
    def add(index: int) -> None:
        other = make.petition(f"other-{index}")
        make.signed(other, f"p{index}@example.org", f"Person {index}", riding_number=35075 + index)
        for kind, fields in ((Invalidation, {"criteria": {}, "reason": "x"}), (Resend, {})):
            kind.objects.create(
                petition=other,
                key=f"{index}",
                requested_by=organizer,
                created_at=make.NOON,
                last_signature_id=1,
                expected_count=1,
                **fields,
            )
        count_signatures(now=make.NOON)

    with connection.cursor() as cursor:
        # Tests with crowds leave their sizes in the planner's estimates, which are not undone with a transaction.
        cursor.execute("ANALYZE petitions_signature")
    seen = []
    for indices in ([0], [1, 2]):
        for index in indices:
            add(index)
        forget_everything()
        with CaptureQueriesContext(connection) as captured:
            organizer_client.get(url(model))
        seen.append(len(captured))

    assert seen == [{"petition": 5, "signature": 16, "invalidation": 5, "resend": 5}[model]] * 2


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("amara@example.org", True),
        (" AMARA@example.org", True),
        ("bruno@example.org", False),
        ("@example.org", True),
        ("@example.com", False),
        ("192.0.2.1", True),
        ("192.0.2.0/24", True),
        ("198.51.100.0/24", False),
        ("35075", True),
        ("35076", False),
        ("amar dia", True),
        ("Diallo", True),
        ("dial wong", False),
        ("' | !", False),
    ],
)
def test_signatures_are_found_by_what_organizers_type(
    organizer_client: Client, held: Signature, typed: str, is_found: bool
) -> None:
    page = organizer_client.get(url("signature"), {"q": typed}).content.decode()

    assert (f"/signature/{held.pk}/change/" in page) is is_found


def test_a_ridings_name_means_the_riding_and_quotes_mean_a_person(
    organizer_client: Client, no_country: None, petition: Petition
) -> None:
    make.riding(make.boundary_set(), 24054, "Papineau", province="QC")
    there = make.signed(petition, "a@example.org", "Amara Diallo", riding_number=24054)
    called = make.signed(petition, "b@example.org", "Marie Papineau")

    found = {}
    for typed in ("papineau", '"Papineau"'):
        page = organizer_client.get(url("signature"), {"q": typed}).content.decode()
        found[typed] = [f"/signature/{row.pk}/change/" in page for row in (there, called)]

    assert found == {"papineau": [True, False], '"Papineau"': [False, True]}


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"state": "held"}, True),
        ({"state": "confirmed"}, False),
        ({"state": "nonsense"}, True),
        ({"suspicion": "honeypot"}, True),
        ({"suspicion": "no_proof"}, False),
        ({"riding": "35075"}, True),
        ({"riding": "35076"}, False),
        ({"riding": "No Such Riding"}, False),
        ({"petition": "nonsense"}, True),
        ({"state": "held", "q": "@example.org", "riding": "35075"}, True),
    ],
)
def test_filters_narrow_the_list(
    organizer_client: Client, held: Signature, query: dict[str, str], is_found: bool
) -> None:
    answer = organizer_client.get(url("signature"), query)

    assert (answer.status_code, f"/signature/{held.pk}/change/" in answer.content.decode()) == (200, is_found)


def test_a_signature_cannot_be_changed_by_hand(organizer_client: Client, held: Signature) -> None:
    answer = organizer_client.post(url("signature", "change", held.pk), {"state": "confirmed"})

    held.refresh_from_db()
    assert (answer.status_code, held.state) == (403, "held")


def choose(client: Client, action: str, *rows: Signature, **extra: str) -> Any:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], **extra}
    return client.post(url("signature"), chosen)


@pytest.mark.parametrize(("action", "state"), [("accept", "confirmed"), ("invalidate", "invalid")])
def test_a_decision_is_confirmed_before_it_is_taken(
    organizer_client: Client, held: Signature, action: str, state: str
) -> None:
    asked = choose(organizer_client, action, held)
    held.refresh_from_db()
    before = held.state
    answer = organizer_client.post(
        url("signature", "decide"), {"token": asked.context["token"], "reason": "a robot"}
    )

    held.refresh_from_db()
    assert (asked.status_code, before, answer.status_code, held.state) == (200, "held", 303, state)


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: f"x{token}", lambda _token: ""])
def test_a_choice_that_was_tampered_with_does_nothing(
    organizer_client: Client, held: Signature, spoil: Any
) -> None:
    token = choose(organizer_client, "accept", held).context["token"]

    answer = organizer_client.post(url("signature", "decide"), {"token": spoil(token)})

    held.refresh_from_db()
    assert (answer.status_code, held.state) == (400, "held")


def test_a_choice_of_somebody_else_does_nothing(organizer_client: Client, held: Signature) -> None:
    token = choose(organizer_client, "accept", held).context["token"]

    answer = staff("change_signature").post(url("signature", "decide"), {"token": token})

    held.refresh_from_db()
    assert (answer.status_code, held.state) == (400, "held")


def test_ids_outside_of_the_filtered_list_are_not_chosen(organizer_client: Client, held: Signature) -> None:
    other = make.signed(make.petition("other"), "b@example.org", "Bruno")

    asked = organizer_client.post(
        f"{url('signature')}?state=held",
        {"action": "invalidate", "_selected_action": [held.pk, other.pk, 10**12]},
    )

    assert [row.pk for row in asked.context["rows"]] == [held.pk]


def test_the_whole_list_is_never_decided_about_at_once(organizer_client: Client, held: Signature) -> None:
    answer = choose(organizer_client, "invalidate", held, select_across="1")

    assert (answer.status_code, answer["Location"]) == (302, url("invalidation", "add"))


def bulk_form(petition: Petition, **fields: Any) -> dict[str, Any]:
    return {"petition": petition.pk, "target": "invalid", "reason": "a robot", **fields}


def test_many_are_previewed_confirmed_and_undone(organizer_client: Client, petition: Petition) -> None:
    for index in range(3):
        make.signed(petition, f"p{index}@firm.example", f"Person {index}")
    preview = organizer_client.post(url("invalidation", "add"), bulk_form(petition, domain="@Firm.example"))
    late = make.signed(petition, "late@firm.example", "Late Comer")
    confirmed = organizer_client.post(url("invalidation", "confirm"), {"token": preview.context["token"]})
    work_through_bulk()
    done = set(Signature.objects.values_list("name", "state"))
    decision = Invalidation.objects.get()
    organizer_client.post(url("invalidation", "undo", decision.pk))
    work_through_bulk()

    assert (preview.status_code, preview.context["preview"].count, confirmed.status_code) == (200, 3, 303)
    assert done == {(f"Person {index}", "invalid") for index in range(3)} | {(late.name, "pending")}
    assert set(Signature.objects.values_list("state", flat=True)) == {"pending"}
    assert organizer_client.get(url("invalidation", "change", decision.pk)).status_code == 200


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "without any criterion it would be everybody"),
        ({"state": "confirmed"}, "without any criterion it would be everybody"),
        ({"network": "not one"}, "This is no internet address and no network."),
        ({"email": "not one"}, "This is no e-mail address."),
        ({"riding": "No Such Riding"}, "There is no one riding of this name"),
        ({"postal_prefix": "K1A 0B1 0"}, "A postal code looks like K1A 0B1"),
        ({"target": "withdrawn"}, "Select a valid choice"),
        ({"domain": "x.ca", "reason": ""}, "This field is required."),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_description_that_cannot_be_is_refused_in_words(
    organizer_client: Client, petition: Petition, fields: dict[str, str], sentence: str
) -> None:
    answer = organizer_client.post(url("invalidation", "add"), bulk_form(petition, **fields))

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("model", ["invalidation", "resend"])
def test_a_confirmation_that_was_tampered_with_does_nothing(organizer_client: Client, model: str) -> None:
    answer = organizer_client.post(url(model, "confirm"), {"token": "nonsense"})

    assert (answer.status_code, Invalidation.objects.count(), Resend.objects.count()) == (400, 0, 0)


def test_the_list_hands_its_search_on_to_a_bulk_decision(
    organizer_client: Client, petition: Petition
) -> None:
    page = organizer_client.get(
        url("invalidation", "add"), {"petition": str(petition.pk), "q": "192.0.2.0/24"}
    )

    form = page.context["form"]
    assert (form["petition"].value(), form["network"].value()) == (str(petition.pk), "192.0.2.0/24")


def test_people_are_reminded_after_a_preview(organizer_client: Client, petition: Petition) -> None:
    make.signed(petition)
    Signature.objects.update(mailed_at=make.LONG_AGO)
    preview = organizer_client.get(url("resend", "propose", petition.pk))
    answer = organizer_client.post(url("resend", "confirm"), {"token": preview.context["token"]})
    work_through_bulk()

    assert (preview.context["proposal"].expected_count, answer.status_code) == (1, 303)
    assert make.mails(priority=50) == ["petitions/confirm"]


def test_alerts_stand_on_the_first_page_until_somebody_saw_to_them(organizer_client: Client) -> None:
    alert = OrganizerAlert.objects.create(key="k", message="A flood", link="/admin/", created_at=make.NOON)
    before = organizer_client.get("/admin/").content.decode()
    changelist = reverse("admin:campaign_organizeralert_changelist")
    organizer_client.post(changelist, {"action": "resolve", "_selected_action": [alert.pk]})

    after = organizer_client.get("/admin/").content.decode()
    assert ["A flood" in page for page in (before, after)] == [True, False]
