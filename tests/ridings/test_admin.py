"""Organizers' pages: every change asks for a map, nothing typed can break it."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaign.models import Party
from ridings.models import (
    ClassificationRun,
    ClassOverride,
    PollingAverage,
    Preset,
    RecomputeRequest,
    Result,
    Riding,
)
from ridings.services import recompute_map, request_recompute
from ridings.services.local_polls import LocalPollReading, store_local_poll
from tests import make, people
from tests.ridings.test_lookup import WEST, add_shape
from tests.ridings.test_recompute import NOON, override

# Django's own admin templates read variables that are not always set.
pytestmark = pytest.mark.ignore_template_errors

MODELS = [
    "boundaryset", "riding", "postalcode", "place", "election", "candidate", "issue", "pollingaverage", "preset",
    "classoverride", "classificationrun", "localpoll",
]  # fmt: skip


@pytest.fixture
def small(no_country: None) -> dict[str, Any]:
    small = make.small_country()
    request_recompute(cause="test")
    recompute_map(at=NOON, at_once=True)
    RecomputeRequest.objects.all().delete()
    return small


def url(model: str, action: str = "changelist", *args: Any, app: str = "ridings") -> str:
    return reverse(f"admin:{app}_{model}_{action}", args=args)


def waiting() -> list[str]:
    return list(RecomputeRequest.objects.filter(done_at=None).values_list("cause", flat=True))


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens(organizer_client: Client, small: dict[str, Any], model: str) -> None:
    assert organizer_client.get(url(model)).status_code == 200


@pytest.mark.parametrize("model", ["riding", "classificationrun"])
def test_lists_cost_the_same_for_one_row_and_for_three(
    organizer_client: Client, small: dict[str, Any], model: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):
        organizer_client.get(url(model))


@pytest.mark.parametrize("model", MODELS)
def test_nobody_but_staff_gets_in(client: Client, small: dict[str, Any], model: str) -> None:
    client.force_login(people.bruno())

    answer = client.get(url(model))

    assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True)


def test_a_riding_shows_its_shape_and_its_results(organizer_client: Client, small: dict[str, Any]) -> None:
    add_shape(small["ridings"][0], WEST)

    page = organizer_client.get(url("riding", "change", small["ridings"][0].pk)).content.decode()

    assert 'class="boundary-preview"' in page
    assert 'value="4200"' in page


def test_a_corrected_result_asks_for_a_map_that_names_who_did_it(
    organizer_client: Client, small: dict[str, Any]
) -> None:
    riding = small["ridings"][0]
    rows = list(Result.objects.filter(riding=riding).order_by("-election__number", "-votes"))
    form: dict[str, Any] = {
        "name_en": riding.name_en, "name_fr": riding.name_fr, "other_names": "Old Name",
        "results-TOTAL_FORMS": len(rows), "results-INITIAL_FORMS": len(rows),
    }  # fmt: skip
    for number, row in enumerate(rows):
        votes = 4201 if row.votes == 4200 else row.votes
        fields = {
            "id": row.pk,
            "election": row.election_id,
            "party": row.party_id,
            "votes": votes,
            "basis": row.basis,
        }
        form |= {f"results-{number}-{name}": value for name, value in fields.items()}

    answer = organizer_client.post(url("riding", "change", riding.pk), form)

    assert answer.status_code == 302
    assert Result.objects.filter(riding=riding, votes=4201).exists()
    assert waiting() == ["edith@example.org: riding 35001 Split"]
    assert Riding.objects.get(pk=riding.pk).search_text == "split | old name | 35001"


def test_a_clash_in_the_cartogram_is_explained(organizer_client: Client, small: dict[str, Any]) -> None:
    Riding.objects.filter(pk=small["ridings"][1].pk).update(cell_column=1, cell_row=1)
    form = {"name_en": "A", "name_fr": "A", "cell_column": 1, "cell_row": 1}
    form |= {"results-TOTAL_FORMS": 0, "results-INITIAL_FORMS": 0}

    answer = organizer_client.post(url("riding", "change", small["ridings"][0].pk), form)

    assert "Another riding holds this cell" in answer.content.decode()
    assert waiting() == []


PROJECTING = {
    "open_seat_penalty": 0.025,
    "riding_spread": 0.055,
    "local_poll_error": 0.06,
    "local_poll_half_life": 30,
}


def preset_form(**changes: Any) -> dict[str, Any]:
    values = {
        "is_active": "on", "swing_leverage": 0.15, "emerging_leverage": 0.07, "scenario_shift": 0.03, "spread": 0.1,
        "moved_part": 0.33, "damping_move": 0.05, "damping_runs": 2, **PROJECTING,
    }  # fmt: skip
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def test_thresholds_are_edited_as_numbers(organizer_client: Client, small: dict[str, Any]) -> None:
    answer = organizer_client.post(
        url("preset", "change", small["preset"].pk), preset_form(swing_leverage=0.2)
    )

    assert answer.status_code == 302
    assert Preset.objects.get().parameters["swing_leverage"] == 0.2
    assert len(waiting()) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"swing_leverage": 15}, "less than or equal to 1"),
        ({"swing_leverage": "much"}, "Enter a number"),
        ({"swing_leverage": 0.01}, "must not be above the leverage of swing ridings"),
        ({"swing_leverage": "nan"}, "Enter a number"),
        ({"spread": 0}, "must be above 0"),
        ({"riding_spread": 0}, "must be above 0"),
        ({"local_poll_error": 0}, "must be above 0"),
        ({"local_poll_half_life": 400}, "less than or equal to 365"),
        ({"damping_runs": 0}, "greater than or equal to 1"),
        ({"swing_leverage": ""}, "This field is required"),
        ({"is_active": None}, "activate another preset instead"),
    ],
)
def test_thresholds_that_would_break_the_map_are_refused_in_words(
    organizer_client: Client, small: dict[str, Any], changes: dict[str, Any], message: str
) -> None:
    answer = organizer_client.post(url("preset", "change", small["preset"].pk), preset_form(**changes))

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert Preset.objects.get().parameters == {}
    assert waiting() == []


def test_activating_a_preset_rests_the_other(organizer_client: Client, small: dict[str, Any]) -> None:
    other = Preset.objects.create(method="vote-together-2015")
    form = {
        "is_active": "on", "target_lead_below": 0.15, "partner_lead_below": 0.05, "drop_at_least": 0.05,
        "projected_lead_below": 0.15, **PROJECTING,
    }  # fmt: skip

    answer = organizer_client.post(url("preset", "change", other.pk), form)

    assert answer.status_code == 302
    assert Preset.objects.get(is_active=True) == other


def override_form(riding: Riding, **changes: Any) -> dict[str, Any]:
    values = {
        "riding": riding.pk, "riding_class": "other", "reason_en": "Deal", "reason_fr": "Entente",
        "expires_at_0": "2030-01-01", "expires_at_1": "12:00",
    }  # fmt: skip
    return {**values, **changes}


def test_an_override_remembers_who_decided(organizer_client: Client, small: dict[str, Any]) -> None:
    answer = organizer_client.post(url("classoverride", "add"), override_form(small["ridings"][0]))

    assert answer.status_code == 302
    made = ClassOverride.objects.get()
    assert made.created_by is not None
    assert (made.created_by.email, len(waiting())) == ("edith@example.org", 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"expires_at_0": "2020-01-01"}, "This moment has passed"),
        ({"expires_at_0": ""}, "This field is required"),
        ({"reason_fr": ""}, "This field is required"),
        ({"riding_class": "purple"}, "not one of the available choices"),
    ],
)
def test_an_override_needs_an_end_and_a_reason(
    organizer_client: Client, small: dict[str, Any], changes: dict[str, Any], message: str
) -> None:
    answer = organizer_client.post(url("classoverride", "add"), override_form(small["ridings"][0], **changes))

    assert message in answer.content.decode()
    assert not ClassOverride.objects.exists()


def test_a_second_override_of_a_riding_is_refused(organizer_client: Client, small: dict[str, Any]) -> None:
    override(small, expires_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))

    answer = organizer_client.post(url("classoverride", "add"), override_form(small["ridings"][0]))

    assert "overridden already" in answer.content.decode()
    assert ClassOverride.objects.count() == 1


def test_overrides_can_be_ended_at_once(organizer_client: Client, small: dict[str, Any]) -> None:
    made = override(small)

    organizer_client.post(url("classoverride"), {"action": "end_now", "_selected_action": [made.pk]})

    made.refresh_from_db()
    assert made.ended_at is not None
    assert waiting() == ["edith@example.org: overrides ended"]


def test_runs_show_what_changed_and_cannot_be_edited(organizer_client: Client, small: dict[str, Any]) -> None:
    override(small)
    request_recompute(cause="override")
    run = recompute_map(at=NOON, at_once=True)
    assert run is not None

    page = organizer_client.get(url("classificationrun", "change", run.pk)).content.decode()

    assert "35001 Split" in page
    assert "override" in page
    assert (
        organizer_client.post(url("classificationrun", "change", run.pk), {"cause": "x"}).status_code == 403
    )


def test_recompute_now_asks_for_a_run(organizer_client: Client, small: dict[str, Any]) -> None:
    assert organizer_client.get(url("classificationrun", "recompute")).status_code == 405

    answer = organizer_client.post(url("classificationrun", "recompute"))

    assert answer.status_code == 302
    assert waiting() == ["edith@example.org: recompute now"]


TABLE = "region,party,as_of,share,source\nON,CPC,2026-09-01,0.41,Abacus\nON,LPC,2026-09-01,0.44,Abacus\n"


def test_averages_are_imported_from_a_table_and_replace_those_of_the_day(
    organizer_client: Client, small: dict[str, Any]
) -> None:
    organizer_client.post(url("pollingaverage", "import"), {"text": TABLE})
    answer = organizer_client.post(url("pollingaverage", "import"), {"text": TABLE.replace("0.41", "0.39")})

    assert answer.status_code == 302
    assert dict(PollingAverage.objects.values_list("party__code", "share")) == {"CPC": 0.39, "LPC": 0.44}
    assert len(waiting()) == 2


def test_one_wrong_row_refuses_the_whole_table_and_keeps_what_was_typed(
    organizer_client: Client, small: dict[str, Any]
) -> None:
    answer = organizer_client.post(
        url("pollingaverage", "import"), {"text": TABLE + "ON,NDP,yesterday,0.1,x\n"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 4: &#x27;yesterday&#x27; is not a date" in page
    assert "ON,CPC,2026-09-01,0.41,Abacus" in page
    assert not PollingAverage.objects.exists()


def save_ndp_with_role(client: Client, role: str) -> Any:
    party = Party.objects.get(code="NDP")
    fields = (
        "code",
        "name_en",
        "name_fr",
        "short_en",
        "short_fr",
        "phrase_en",
        "phrase_fr",
        "colour",
        "display_order",
    )
    form = {**{name: getattr(party, name) for name in fields}, "role": role, "ballot_labels": "[]"}
    return client.post(url("party", "change", party.pk, app="campaign"), form)


def test_the_role_of_a_party_recolours_the_map(organizer_client: Client, small: dict[str, Any]) -> None:
    answer = save_ndp_with_role(organizer_client, "other")

    assert answer.status_code == 302
    assert len(waiting()) == 1


def test_two_target_parties_are_refused(organizer_client: Client, small: dict[str, Any]) -> None:
    answer = save_ndp_with_role(organizer_client, "target")

    assert "Another party is the target" in answer.content.decode()


def test_a_deleted_average_asks_for_a_map(organizer_client: Client, small: dict[str, Any]) -> None:
    organizer_client.post(url("pollingaverage", "import"), {"text": TABLE})
    RecomputeRequest.objects.all().delete()
    first, second = PollingAverage.objects.order_by("pk")

    organizer_client.post(url("pollingaverage", "delete", first.pk), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    organizer_client.post(url("pollingaverage"), chosen)

    assert not PollingAverage.objects.exists()
    assert len(waiting()) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("region,party\n".encode("utf-16"), "not UTF-8 text"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"", "empty"),
    ],
)
def test_an_upload_that_is_no_table_is_refused_in_words(
    organizer_client: Client, small: dict[str, Any], content: bytes, message: str
) -> None:
    upload = SimpleUploadedFile("averages.csv", content, "text/csv")

    answer = organizer_client.post(url("pollingaverage", "import"), {"file": upload})

    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_a_file_saved_by_a_spreadsheet_is_read(organizer_client: Client, small: dict[str, Any]) -> None:
    upload = SimpleUploadedFile("averages.csv", TABLE.encode("utf-8-sig"), "text/csv")

    assert organizer_client.post(url("pollingaverage", "import"), {"file": upload}).status_code == 302
    assert PollingAverage.objects.count() == 2


def test_a_draft_boundary_set_is_looked_at_and_then_put_in_force(
    organizer_client: Client, small: dict[str, Any]
) -> None:
    draft = make.boundary_set("2033", status="draft", shapes_version="v1")
    add_shape(make.riding(draft, 35001, "New"), WEST)

    page = organizer_client.get(url("boundaryset", "change", draft.pk)).content.decode()
    organizer_client.post(url("boundaryset"), {"action": "put_in_force", "_selected_action": [draft.pk]})

    assert 'class="boundary-preview"' in page
    draft.refresh_from_db()
    small["boundary_set"].refresh_from_db()
    assert (draft.status, small["boundary_set"].status) == ("live", "former")
    assert ClassificationRun.objects.count() == 1


def test_local_polls_are_shown_and_not_changed_by_hand(
    organizer_client: Client, small: dict[str, Any]
) -> None:
    day = dt.date(2026, 11, 20)
    shares = {"CPC": 0.4, "LPC": 0.6}
    reading = LocalPollReading("poll:1", small["ridings"][0].pk, day, day, 400, shares, "Oracle Poll")
    poll = store_local_poll(reading=reading, now=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))

    listed = organizer_client.get(url("localpoll", "changelist")).content.decode()
    page = organizer_client.get(url("localpoll", "change", poll.pk)).content.decode()

    assert "Oracle Poll" in listed
    assert "0.6" in page
    assert organizer_client.get(url("localpoll", "add")).status_code == 403
    assert organizer_client.post(url("localpoll", "delete", poll.pk), {"post": "yes"}).status_code == 403
