"""Organizers prepare, announce, cancel; nobody else does, and nothing changes behind the public's back."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from pledges.models import RecommendationRound, RoundOption
from ridings.models import BoundarySet, Candidate
from supporters.models import User
from tests import make
from tests.pledges import build_rounds as build

pytestmark = pytest.mark.django_db


def page_of(row: RecommendationRound, what: str = "change", *more: Any) -> str:
    return reverse(f"admin:pledges_recommendationround_{what}", args=[row.pk, *more])


def filled(**fields: Any) -> dict[str, Any]:
    values = {
        "riding_number": build.RIDING,
        "election_en": "the election",
        "election_fr": "l’élection",
        "election_on": "2029-10-15",
        "opens_at_0": "2029-09-01",
        "opens_at_1": "12:00:00",
        "closes_at_0": "2029-09-08",
        "closes_at_1": "12:00:00",
        "pledged_before_0": "2029-09-01",
        "pledged_before_1": "12:00:00",
        "method": "ranked",
        "quorum_ballots": 20,
        "quorum_percent": 20,
        "threshold_percent": 50,
        "minimum_ballots": 10,
    }
    for prefix in ("options", "evidence"):
        values |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return values | fields


def test_a_round_is_prepared_by_hand(organizer_client: Client) -> None:
    party = make.parties()["NDP"]
    options = {
        "options-TOTAL_FORMS": 1,
        "options-0-name": "Ada Ng",
        "options-0-party": party.pk,
        "options-0-key": "ada-ng",
    }
    answer = organizer_client.post(reverse("admin:pledges_recommendationround_add"), filled(**options))

    assert answer.status_code == 302
    row = RecommendationRound.objects.get()
    assert (row.state, list(row.options.values_list("key", flat=True))) == ("draft", ["ada-ng"])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"minimum_ballots": 4}, "Fewer than five ballots are never shown"),
        ({"closes_at_0": "2029-08-01"}, "A round opens before it closes"),
        ({"pledged_before_0": "2029-09-02"}, "is not after the opening"),
        ({"riding_number": 7}, "has five digits"),
        (
            {"options-TOTAL_FORMS": 1, "options-0-name": "N", "options-0-key": "none", "options-0-party": ""},
            "always there",
        ),
    ],
)
def test_what_makes_no_sense_is_said(organizer_client: Client, fields: dict[str, Any], sentence: str) -> None:
    if "options-0-party" in fields:
        fields["options-0-party"] = make.parties()["NDP"].pk
    answer = organizer_client.post(reverse("admin:pledges_recommendationround_add"), filled(**fields))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not RecommendationRound.objects.exists()


def test_announced_it_is_fixed(organizer_client: Client) -> None:
    row = build.draft()
    assert organizer_client.post(page_of(row, "announce")).status_code == 303
    answer = organizer_client.post(page_of(row), filled(election_en="another election"))
    row.refresh_from_db()

    assert answer.status_code == 403
    assert (row.state, row.election_en) == ("announced", "the general election of 2029")
    assert (
        organizer_client.post(reverse("admin:pledges_recommendationround_delete", args=[row.pk])).status_code
        == 403
    )
    assert organizer_client.get(page_of(row)).status_code == 200


def test_what_cannot_be_announced_says_why(organizer_client: Client) -> None:
    row = build.draft(options={})
    answer = organizer_client.post(page_of(row, "announce"), follow=True)

    assert "Nobody stands on the ballot" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_round_is_cancelled_with_a_reason_in_both_languages(organizer_client: Client) -> None:
    row, _entries = build.opened()
    asked = organizer_client.get(page_of(row, "cancel"))
    without = organizer_client.post(page_of(row, "cancel"), {"because_en": "No."})
    row.refresh_from_db()
    assert (asked.status_code, without.status_code, row.state) == (200, 200, "open")

    organizer_client.post(page_of(row, "cancel"), {"because_en": "No.", "because_fr": "Non."})
    row.refresh_from_db()
    assert (row.state, row.cancelled_because_fr) == ("cancelled", "Non.")
    assert LogEntry.objects.latest("pk").change_message == "cancelled"


def test_a_withdrawal_is_asked_for_and_noted(organizer_client: Client) -> None:
    row, _entries = build.opened()
    option = row.options.get(key="ada")
    assert organizer_client.get(page_of(row, "withdraw", option.pk)).status_code == 200
    assert RoundOption.objects.get(pk=option.pk).withdrawn_at is None

    assert organizer_client.post(page_of(row, "withdraw", option.pk)).status_code == 303
    assert RoundOption.objects.get(pk=option.pk).withdrawn_at is not None
    assert organizer_client.post(page_of(row, "withdraw", 0)).status_code == 404


@pytest.mark.parametrize("may_view", [False, True])
def test_nobody_moves_a_round_without_the_right(may_view: bool) -> None:
    row, _entries = build.opened()
    user = User.objects.create_user("dev@example.org", "a long pass phrase", is_staff=True)
    if may_view:
        user.user_permissions.add(Permission.objects.get(codename="view_recommendationround"))
    client = Client()
    client.force_login(user)
    option = row.options.get(key="ada")
    tries = [page_of(row, "announce"), page_of(row, "cancel"), page_of(row, "withdraw", option.pk)]

    assert [client.post(path).status_code for path in tries] == [403, 403, 403]
    assert "Announce" not in client.get(page_of(row)).content.decode()
    row.refresh_from_db()
    assert row.state == "open"


def test_the_candidates_of_the_coming_election_are_filled_in(
    organizer_client: Client, no_country: None
) -> None:
    country = make.small_country()
    coming = make.election(country["boundary_set"], 46, "2029-10-15")
    Candidate.objects.create(
        election=coming, riding=country["ridings"][0], party=make.parties()["GPC"], name="Zoë Ng"
    )
    number = country["ridings"][0].number
    organizer_client.post(reverse("admin:pledges_recommendationround_add"), filled(riding_number=number))

    assert BoundarySet.objects.count() == 1
    assert list(RoundOption.objects.values_list("key", "name")) == [("zoe-ng", "Zoë Ng")]
