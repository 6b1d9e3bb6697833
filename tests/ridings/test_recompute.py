"""From a change to a new map: one run for many askings, nothing for no change."""

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from campaign.models import Party
from ridings.models import (
    BoundarySet,
    ClassificationRun,
    ClassOverride,
    PollingAverage,
    Preset,
    RecomputeRequest,
    Result,
    RidingVerdict,
)
from ridings.queries.documents import published_colours
from ridings.queries.inputs import MapInputs, map_inputs
from ridings.services import recompute_map, request_recompute, sweep_recompute_requests
from tests import make

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def small(no_country: None) -> dict[str, Any]:
    return make.small_country()


def run(at: dt.datetime = NOON, cause: str = "test") -> ClassificationRun | None:
    request_recompute(cause=cause)
    return recompute_map(at=at, at_once=True)


def classes() -> dict[str, str]:
    document = published_colours()
    assert document is not None
    result: dict[str, str] = json.loads(document.body)["classes"]
    return result


def override(small: dict[str, Any], kind: str = "other", **fields: Any) -> ClassOverride:
    values = {
        "riding_class": kind,
        "reason_en": "Local deal",
        "reason_fr": "Entente",
        "expires_at": NOON + HOUR,
    }
    return ClassOverride.objects.create(riding=small["ridings"][0], **{**values, **fields})


def test_the_first_run_publishes_a_class_and_a_reason_for_every_riding(small: dict[str, Any]) -> None:
    first = run()

    assert first is not None
    assert first.published_at == NOON
    assert classes() == {"35001": "swing", "35002": "other", "59003": "swing"}
    assert first.counts == {"swing": 2, "emerging": 0, "other": 1}
    assert all(verdict.reasons for verdict in RidingVerdict.objects.filter(run=first))


def test_no_request_means_no_run(small: dict[str, Any]) -> None:
    assert recompute_map(at=NOON, at_once=True) is None
    assert not ClassificationRun.objects.exists()


def test_many_requests_are_one_run_and_all_done(small: dict[str, Any]) -> None:
    for number in range(100):
        request_recompute(cause=f"edit {number % 3}")

    first = recompute_map(at=NOON, at_once=True)

    assert first is not None
    assert first.cause == "edit 0; edit 1; edit 2"
    assert ClassificationRun.objects.count() == 1
    assert not RecomputeRequest.objects.filter(done_at__isnull=True).exists()


def test_the_same_inputs_make_no_second_run_and_leave_the_document_as_it_is(small: dict[str, Any]) -> None:
    run()
    before = published_colours()

    assert run(at=NOON + HOUR) is None
    assert published_colours() == before


def test_a_run_that_changes_only_numbers_publishes_nothing(small: dict[str, Any]) -> None:
    run()
    before = published_colours()
    Result.objects.filter(riding=small["ridings"][1], party__code="CPC").update(votes=7100)

    second = run(at=NOON + HOUR)

    assert second is not None
    assert (second.published_at, second.document, second.diff) == (None, "", [])
    assert published_colours() == before
    assert second.verdicts.get(riding__number=35002).numbers["projected"]["CPC"] == pytest.approx(
        7100 / 10100
    )


def test_an_override_decides_and_says_why_and_the_diff_names_it(small: dict[str, Any]) -> None:
    run()
    override(small)

    second = run(at=NOON + HOUR / 2)

    assert second is not None
    assert second.diff == [{"number": 35001, "from": "swing", "to": "other", "reason": "override"}]
    assert classes()["35001"] == "other"
    verdict = second.verdicts.get(riding__number=35001)
    assert verdict.reasons[0] == {"code": "override", "values": {"en": "Local deal", "fr": "Entente"}}
    assert verdict.computed_class == "swing"


def test_an_override_that_expires_gives_way_to_the_numbers_by_itself(small: dict[str, Any]) -> None:
    override(small)
    run()
    assert classes()["35001"] == "other"

    sweep_recompute_requests(at=NOON + 2 * HOUR)
    recompute_map(at=NOON + 2 * HOUR, at_once=True)

    assert classes()["35001"] == "swing"
    assert ClassOverride.objects.get().ended_at == NOON + 2 * HOUR


def test_a_small_move_waits_for_the_next_reading(small: dict[str, Any]) -> None:
    run()
    leverage = RidingVerdict.objects.get(riding__number=35001).numbers["leverage"]
    preset = Preset.objects.get()
    preset.parameters = {"swing_leverage": leverage + 0.01}
    preset.save()

    second = run(at=NOON + HOUR)

    assert second is not None
    verdict = second.verdicts.get(riding__number=35001)
    assert (verdict.riding_class, verdict.computed_class) == ("swing", "emerging")
    assert verdict.reasons[-1]["code"] == "waiting"

    preset.parameters = {"swing_leverage": leverage + 0.011}
    preset.save()
    third = run(at=NOON + 2 * HOUR)

    assert third is not None
    assert third.verdicts.get(riding__number=35001).riding_class == "emerging"


def test_polls_after_the_election_move_the_projection(small: dict[str, Any]) -> None:
    for code, share in {"CPC": 0.30, "LPC": 0.50, "NDP": 0.20}.items():
        party = Party.objects.get(code=code)
        PollingAverage.objects.create(
            region="ON", party=party, as_of="2026-09-01", share=share, source="test"
        )
        PollingAverage.objects.create(
            region="ON", party=party, as_of="2025-04-01", share=0.9, source="before the vote"
        )

    first = run()

    assert first is not None
    assert first.polls_as_of == dt.date(2026, 9, 1)
    assert first.verdicts.get(riding__number=35002).numbers["projected"]["CPC"] < 0.7


def test_a_request_that_comes_while_reading_makes_it_read_again(
    small: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = map_inputs
    readings: list[MapInputs] = []

    def read_while_someone_edits(*, at: dt.datetime) -> MapInputs:
        inputs = real(at=at)
        if not readings:
            override(small)
            request_recompute(cause="late edit")
        readings.append(inputs)
        return inputs

    monkeypatch.setattr("ridings.services.recompute.map_inputs", read_while_someone_edits)

    first = run()

    assert first is not None
    assert len(readings) == 2
    assert first.cause == "test; late edit"
    assert classes()["35001"] == "other"


@pytest.mark.parametrize("lacking", ["preset", "target", "votes", "set"])
def test_without_what_it_needs_the_last_map_stays_and_nothing_breaks(
    small: dict[str, Any], lacking: str, caplog: pytest.LogCaptureFixture
) -> None:
    run()
    before = published_colours()
    breaks: dict[str, Callable[[], object]] = {
        "preset": lambda: Preset.objects.update(is_active=False),
        "target": lambda: Party.objects.filter(code="CPC").update(role="other"),
        "votes": lambda: Result.objects.all().delete(),
        "set": lambda: BoundarySet.objects.update(status="draft"),
    }
    breaks[lacking]()

    assert run(at=NOON + HOUR) is None

    assert published_colours() == before
    assert "the map cannot be computed" in caplog.text
    assert not RecomputeRequest.objects.filter(done_at__isnull=True).exists()


def test_the_sweep_wakes_the_job_only_for_requests_that_wait(
    small: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    monkeypatch.setattr("ridings.services.recompute.enqueue", lambda task, **_kwargs: woken.append(task))
    sweep_recompute_requests(at=NOON)
    assert woken == []

    waiting = RecomputeRequest.objects.create(cause="lost wake-up")
    sweep_recompute_requests(at=waiting.created_at + dt.timedelta(seconds=3))

    assert woken == ["ridings.tasks.recompute_map"]


def test_while_requests_keep_coming_the_job_leaves_the_run_to_the_last_wake_up(small: dict[str, Any]) -> None:
    request_recompute(cause="first")
    asked_at = RecomputeRequest.objects.get().created_at

    assert recompute_map(at=asked_at + dt.timedelta(seconds=1)) is None
    assert recompute_map(at=asked_at + dt.timedelta(seconds=2)) is not None


def test_nobody_waits_for_ever_because_others_keep_asking(small: dict[str, Any]) -> None:
    request_recompute(cause="first")
    first = RecomputeRequest.objects.get()
    later = first.created_at + dt.timedelta(seconds=11)
    request_recompute(cause="again")
    RecomputeRequest.objects.exclude(pk=first.pk).update(created_at=later)

    assert recompute_map(at=later) is not None
