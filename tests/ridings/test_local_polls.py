"""A local poll moves its riding at once, and leaves no trace once it is taken out."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.models import Party
from ridings.models import (
    ClassificationRun,
    ClassOverride,
    Election,
    LocalPoll,
    LocalPollShare,
    PollingAverage,
    Preset,
    RecomputeRequest,
    Result,
    Riding,
)
from ridings.queries.documents import published_colours
from ridings.queries.inputs import map_inputs
from ridings.services import recompute_map, request_recompute
from ridings.services.local_polls import BadReading, LocalPollReading, remove_local_poll, store_local_poll
from tests import make

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def small(no_country: None) -> dict[str, Any]:
    return make.small_country()


def reading(number: int = 35001, **fields: Any) -> LocalPollReading:
    values = {
        "key": "poll:1",
        "riding_id": Riding.objects.get(number=number, boundary_set__status="live").pk,
        "field_starts_on": DAY - dt.timedelta(days=3),
        "field_ends_on": DAY,
        "sample_size": 450,
        "shares": {"CPC": 0.20, "LPC": 0.55, "NDP": 0.20, "GPC": 0.05},
        "firm": "Oracle Poll",
        "url": "/polls/results/1/",
    }
    return LocalPollReading(**{**values, **fields})


def run(at: dt.datetime = NOON) -> ClassificationRun | None:
    request_recompute(cause="test")
    return recompute_map(at=at, at_once=True)


def store(number: int = 35001, **fields: Any) -> None:
    store_local_poll(reading=reading(number, **fields), now=NOON)


def remove(key: str = "poll:1") -> bool:
    return remove_local_poll(key=key, now=NOON)


def state() -> tuple[str, dict[int, Any]]:
    """Return all that the map shows, and what damping will remember."""
    document = published_colours()
    newest = ClassificationRun.objects.order_by("-pk").first()
    assert document is not None
    assert newest is not None
    columns = ("riding_class", "computed_class", "reasons", "numbers")
    rows = newest.verdicts.values_list("riding__number", *columns)
    return document.version, {number: values for number, *values in rows}


def test_a_poll_is_stored_with_its_shares_and_asks_for_a_map_with_its_cause(small: dict[str, Any]) -> None:
    store()

    assert dict(LocalPollShare.objects.values_list("party__code", "share")) == reading().shares
    assert LocalPoll.objects.get().stored_at == NOON
    assert RecomputeRequest.objects.get().cause == "local poll in 35001: Oracle Poll, 2026-11-20"


def test_stored_again_it_takes_the_former_ones_place(small: dict[str, Any]) -> None:
    store()
    store(shares={"CPC": 0.5, "LPC": 0.5}, sample_size=900)

    assert LocalPoll.objects.get().sample_size == 900
    assert dict(LocalPollShare.objects.values_list("party__code", "share")) == {"CPC": 0.5, "LPC": 0.5}


def test_taken_out_twice_it_goes_once(small: dict[str, Any]) -> None:
    store()

    assert (remove(), remove()) == (True, False)
    assert not LocalPoll.objects.exists()
    causes = list(RecomputeRequest.objects.order_by("pk").values_list("cause", flat=True))
    assert causes[1:] == ["local poll taken out in 35001: Oracle Poll, 2026-11-20"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"shares": {}},
        {"shares": {"CPC": 1.2}},
        {"shares": {"CPC": float("nan")}},
        {"shares": {"CPC": 0.6, "LPC": 0.6}},
        {"shares": {"CPC": 0.5, "NOPE": 0.1}},
        {"sample_size": 0},
        {"field_starts_on": DAY + dt.timedelta(days=1)},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(small: dict[str, Any], wrong: Any) -> None:
    with pytest.raises(BadReading):
        store(**wrong)

    assert not LocalPoll.objects.exists()
    assert not RecomputeRequest.objects.exists()


def test_a_published_poll_moves_class_and_projection_at_once_and_says_why(small: dict[str, Any]) -> None:
    run()
    before = state()[1][35001][3]["projected"]["CPC"]
    store()

    second = recompute_map(at=NOON + HOUR, at_once=True)

    assert second is not None
    assert second.diff == [{"number": 35001, "from": "swing", "to": "emerging", "reason": "local_poll"}]
    kind, computed, reasons, numbers = state()[1][35001]
    assert (kind, computed) == ("emerging", "emerging")
    why = reasons[0]["values"]
    assert (why["firm"], why["ended_on"], why["sample"], why["count"]) == (
        "Oracle Poll",
        "2026-11-20",
        450,
        1,
    )
    assert (why["before"], why["after"]) == (before, numbers["projected"]["CPC"])
    assert why["share"] == pytest.approx(0.20)
    assert 0.20 < numbers["projected"]["CPC"] < before


def test_a_poll_moves_no_other_riding(small: dict[str, Any]) -> None:
    run()
    before = state()[1]
    store()
    recompute_map(at=NOON + HOUR, at_once=True)

    after = state()[1]
    assert {number: after[number] for number in (35002, 59003)} == {
        number: before[number] for number in (35002, 59003)
    }


def test_taken_out_the_map_is_what_it_was(small: dict[str, Any]) -> None:
    run()
    before = state()
    store()
    recompute_map(at=NOON + HOUR, at_once=True)
    assert state()[0] != before[0]
    remove()
    recompute_map(at=NOON + 2 * HOUR, at_once=True)

    assert state() == before


def test_polls_of_another_time_or_of_former_boundaries_do_not_count(small: dict[str, Any]) -> None:
    former = make.boundary_set("2013", status="former")
    other = make.riding(former, 35001, "Former")
    store(key="poll:2", riding_id=other.pk)
    store(key="poll:3", field_starts_on=dt.date(2025, 4, 1), field_ends_on=dt.date(2025, 4, 28))
    assert map_inputs(at=NOON).local_polls == {}

    store()
    Election.objects.create(number=46, held_on=DAY, boundary_set=small["boundary_set"])
    assert map_inputs(at=NOON).local_polls == {}


def test_the_digest_speaks_of_local_polls_and_dampings_own_does_not(small: dict[str, Any]) -> None:
    before = map_inputs(at=NOON)
    store()
    after = map_inputs(at=NOON)

    assert after.digest(2) != before.digest(2)
    assert after.damped_digest(2) == before.damped_digest(2)


def test_a_poll_makes_a_riding_emerging_by_the_rule_of_2015_too(small: dict[str, Any]) -> None:
    Preset.objects.update(method="vote-together-2015")
    run()
    assert state()[1][35002][0] == "other"
    store(35002, shares={"CPC": 0.30, "LPC": 0.60, "NDP": 0.10}, sample_size=2000)
    recompute_map(at=NOON + HOUR, at_once=True)

    assert state()[1][35002][0] == "emerging"


def test_the_riding_page_and_the_api_say_that_a_poll_counts(small: dict[str, Any], client: Client) -> None:
    store()
    run()

    english = client.get("/ridings/35001-split/").content.decode()
    french = client.get("/fr/ridings/35001-split/").content.decode()
    detail = json.loads(client.get("/api/v1/ridings/35001").content)

    assert "A local poll counts here: Oracle Poll, in the field until" in english
    assert "Oracle Poll" in french
    assert detail["reasons_en"][0].startswith("A local poll counts here: Oracle Poll, in the field until")
    assert "What polls would make of it today" in english


def change(op: tuple[str, int]) -> None:
    kind, value = op
    if kind == "votes":
        Result.objects.filter(riding__number=35001, party__code="CPC").update(votes=4000 + value)
    elif kind == "average":
        party = Party.objects.get(code="CPC")
        values = {"share": 0.30 + value / 4000, "source": "test"}
        PollingAverage.objects.update_or_create(region="ON", party=party, as_of="2026-09-01", defaults=values)
    elif kind == "limit":
        Preset.objects.update(parameters={"swing_leverage": 0.10 + value / 4000})
    else:
        ClassOverride.objects.filter(ended_at__isnull=True).update(ended_at=NOON)
        texts = {"reason_en": str(value), "reason_fr": str(value), "expires_at": NOON + 1000 * HOUR}
        riding = Riding.objects.get(number=35001)
        ended_at = NOON if value % 2 else None
        ClassOverride.objects.create(riding=riding, riding_class="other", ended_at=ended_at, **texts)


def end_of(ops: list[tuple[str, int]], poll: tuple[int, int] | None) -> tuple[str, dict[int, Any]]:
    """Return the map after changes, each with its run, with a poll published and retracted before two of them."""
    with transaction.atomic():
        run()
        for step, op in enumerate([*ops, None]):
            if poll and step == poll[0]:
                store()
                recompute_map(at=NOON + step * HOUR, at_once=True)
            if poll and step == poll[1]:
                remove()
                recompute_map(at=NOON + step * HOUR, at_once=True)
            if op:
                change(op)
                run(at=NOON + step * HOUR)
        shown = state()
        transaction.set_rollback(True)
    return shown


OPS = st.lists(
    st.tuples(st.sampled_from(["votes", "average", "limit", "override"]), st.integers(0, 400)), max_size=7
)


@given(OPS, st.integers(0, 7), st.integers(0, 7))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_poll_published_and_retracted_in_between_leaves_no_trace(
    small: dict[str, Any], ops: list[tuple[str, int]], one: int, other: int
) -> None:
    published, retracted = sorted(min(step, len(ops)) for step in (one, other))

    assert end_of(ops, (published, retracted)) == end_of(ops, None)
