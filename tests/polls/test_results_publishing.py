"""Publishing and retracting: once, at the right time, with everything that follows."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from campaign.models import Campaign
from pledges.models import ElectionCalendar, VotingHours
from polls.enums import Obstacle, PollState, ProjectState
from polls.models import Poll, PollMailing, PollMove, PollQuestion, PollReading, ProjectMove
from polls.services.publishing import PublicationRefused, RetractionRefused, publish_poll, retract_poll
from ridings.models import LocalPoll, RecomputeRequest
from tests.make import NOON
from tests.polls import builders, polling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_country")]

LATER = NOON + dt.timedelta(hours=1)


def refusals(poll: Poll, now: dt.datetime = NOON) -> list[str]:
    with pytest.raises(PublicationRefused) as refused:
        publish_poll(poll=poll, by=None, now=now)
    assert Poll.objects.get(pk=poll.pk).state == PollState.DRAFT
    return [refusal.code for refusal in refused.value.refusals]


def retract(poll: Poll, now: dt.datetime = LATER) -> Poll:
    return retract_poll(
        poll=poll, reason_en="Wrong weights", reason_fr="Pondération erronée", by=None, now=now
    )


def test_publishing_moves_poll_and_project_and_feeds_the_map() -> None:
    project = polling.project()
    poll = polling.published(project=project)

    assert (poll.state, poll.published_at) == (PollState.PUBLISHED, NOON)
    project.refresh_from_db()
    assert project.state == ProjectState.PUBLISHED
    assert [move.to_state for move in PollMove.objects.all()] == ["published"]
    local = LocalPoll.objects.get()
    assert (local.key, local.riding_id, local.sample_size) == (f"poll:{poll.pk}", poll.riding_id, 492)
    assert {share.party.code: share.share for share in local.shares.select_related("party")} == pytest.approx(
        polling.LEANING
    )
    assert (local.firm, local.url) == ("Oraclepoll", f"/polls/{poll.pk}/")
    assert RecomputeRequest.objects.filter(cause__contains="local poll").count() == 1


def test_what_chance_did_not_choose_is_shown_and_moves_no_map() -> None:
    poll = polling.published(is_probability=False, margin_of_error=None)
    assert poll.state == PollState.PUBLISHED
    assert not LocalPoll.objects.exists()
    assert retract(poll).state == PollState.RETRACTED


def test_publishing_twice_is_publishing_once() -> None:
    poll = polling.published()
    again = publish_poll(poll=poll, by=None, now=LATER)

    assert again.published_at == NOON
    assert PollMove.objects.count() == 1
    assert PollMailing.objects.count() == 2


def test_retracting_undoes_it_and_keeps_the_reason() -> None:
    project = polling.project()
    poll = retract(polling.published(project=project))
    retract(poll, LATER + dt.timedelta(hours=1))

    poll.refresh_from_db()
    assert (poll.state, poll.retracted_at) == (PollState.RETRACTED, LATER)
    assert (poll.retraction_en, poll.retraction_fr) == ("Wrong weights", "Pondération erronée")
    assert not LocalPoll.objects.exists()
    assert list(PollMove.objects.order_by("pk").values_list("to_state", "reason")) == [
        ("published", ""),
        ("retracted", "Wrong weights"),
    ]
    project.refresh_from_db()
    assert project.state == ProjectState.IN_FIELD
    assert list(ProjectMove.objects.order_by("pk").values_list("to_state", flat=True)) == [
        "published",
        "in_field",
    ]


def test_a_corrected_poll_is_published_anew() -> None:
    poll = retract(polling.published())
    PollReading.objects.filter(question__poll=poll, basis="leaning", group="").delete()
    polling.readings(poll.questions.get(), "leaning", {"CPC": 0.30, "LPC": 0.70}, base_count=492)
    publish_poll(poll=poll, by=None, now=LATER)

    poll.refresh_from_db()
    assert (poll.state, poll.published_at, poll.retracted_at, poll.retraction_en) == (
        "published",
        LATER,
        None,
        "",
    )
    assert {one.party.code: one.share for one in LocalPoll.objects.get().shares.select_related("party")} == (
        pytest.approx({"CPC": 0.3, "LPC": 0.7})
    )


def test_a_draft_is_not_retracted_and_a_reason_is_wanted_in_both_languages() -> None:
    with pytest.raises(RetractionRefused, match="state"):
        retract(polling.draft())
    poll = polling.published()
    with pytest.raises(RetractionRefused, match="reason"):
        retract_poll(poll=poll, reason_en="Wrong", reason_fr=" ", by=None, now=LATER)
    assert LocalPoll.objects.count() == 1


def test_readings_that_do_not_add_up_keep_a_poll_back() -> None:
    poll = polling.draft()
    PollReading.objects.filter(question__poll=poll, party__code="CPC").update(share=0.9)
    assert set(refusals(poll)) == {Obstacle.READINGS}


@pytest.mark.parametrize("state", [ProjectState.FUNDED, ProjectState.FAILED])
def test_a_project_that_is_not_in_the_field_keeps_its_poll_back(state: str) -> None:
    assert refusals(polling.draft(project=polling.project(state=state))) == [Obstacle.PROJECT]


def test_a_project_of_another_riding_keeps_a_poll_back() -> None:
    other = polling.project(place=builders.riding(35002, "Elsewhere"))
    assert refusals(polling.draft(project=other)) == [Obstacle.PROJECT_RIDING]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # Midnight in Ontario is five in the morning in UTC.
        (dt.datetime(2026, 11, 12, 4, 59, tzinfo=dt.UTC), [Obstacle.FIELD_NOT_OVER]),
        (dt.datetime(2026, 11, 12, 5, 0, tzinfo=dt.UTC), None),
    ],
)
def test_the_last_day_in_the_field_comes_by_the_ridings_clock(
    now: dt.datetime, expected: list[str] | None
) -> None:
    poll = polling.draft()
    if expected is None:
        assert publish_poll(poll=poll, by=None, now=now).state == PollState.PUBLISHED
    else:
        assert refusals(poll, now) == expected


def campaign(**fields: Any) -> Campaign:
    texts = {
        f"{name}_{language}": name
        for name in ("name", "tagline", "call", "swing_legend", "emerging_legend", "other_legend")
        for language in ("en", "fr")
    }
    return Campaign.objects.create(**{**texts, "election_on": "2029-10-15", "is_active": True, **fields})


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2029, 10, day, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("number", "now", "is_dark"),
    [
        # Ontario: from four in the morning UTC to half past nine in the evening, 01:30 UTC.
        (35001, at(15, 3, 59), False),
        (35001, at(15, 4), True),
        (35001, at(16, 1, 29), True),
        (35001, at(16, 1, 30), False),
        # British Columbia: to seven in the evening, 02:00 UTC.
        (59003, at(16, 1, 59), True),
        (59003, at(16, 2), False),
    ],
)
def test_on_polling_day_nothing_new_is_shown_before_the_polls_close(
    number: int, now: dt.datetime, is_dark: bool
) -> None:
    campaign()
    poll = polling.draft(riding=polling.riding(number))
    if is_dark:
        assert refusals(poll, now) == [Obstacle.BLACKOUT]
    else:
        assert publish_poll(poll=poll, by=None, now=now).state == PollState.PUBLISHED


def test_the_polling_day_that_organizers_entered_counts() -> None:
    ElectionCalendar.objects.create(campaign=campaign(), moved_to="2029-10-22")
    VotingHours.objects.create(
        riding_number=35001, in_force_from="2029-01-01", opens_at="08:00", closes_at="20:00", source="x"
    )
    assert refusals(polling.draft(), at(22, 23, 59)) == [Obstacle.BLACKOUT]
    assert publish_poll(poll=polling.draft(), by=None, now=at(23, 0)).state == PollState.PUBLISHED
    assert publish_poll(poll=polling.draft(), by=None, now=at(15, 12)).state == PollState.PUBLISHED


def test_a_retraction_is_told_on_polling_day_too_but_a_correction_waits() -> None:
    campaign()
    poll = polling.published()
    retract(poll, at(15, 12))
    with pytest.raises(PublicationRefused):
        publish_poll(poll=poll, by=None, now=at(15, 13))
    assert Poll.objects.get().state == PollState.RETRACTED


CHANGES: dict[str, Any] = {
    "fact": lambda poll: Poll.objects.filter(pk=poll.pk).update(sample_size=700),
    "published_at": lambda poll: Poll.objects.filter(pk=poll.pk).update(published_at=LATER),
    "reason": lambda poll: Poll.objects.filter(pk=poll.pk).update(retraction_en="Why"),
    "draft again": lambda poll: Poll.objects.filter(pk=poll.pk).update(state="draft"),
    "wording": lambda poll: PollQuestion.objects.filter(poll=poll).update(wording_en="Else"),
    "share": lambda poll: PollReading.objects.filter(question__poll=poll).update(share=0.1),
    "share gone": lambda poll: PollReading.objects.filter(question__poll=poll).delete(),
    "question gone": lambda poll: PollQuestion.objects.filter(poll=poll).delete(),
    "question more": lambda poll: polling.question(poll, place=2, is_vote_intention=False),
    "share more": lambda poll: polling.readings(poll.questions.get(), "decided", {"CPC": 1.0}),
    "share moved in": lambda poll: PollReading.objects.filter(question__poll=polling.draft()).update(
        question=poll.questions.get(), group="Else"
    ),
    "gone": lambda poll: connection.cursor().execute("DELETE FROM polls_poll WHERE id = %s", [poll.pk]),
}


def kept(poll: Poll) -> list[list[dict[str, Any]]]:
    rows: tuple[Any, ...] = (
        Poll.objects.filter(pk=poll.pk),
        PollQuestion.objects.filter(poll=poll),
        PollReading.objects.filter(question__poll=poll),
    )
    return [[dict(row) for row in some.order_by("pk").values()] for some in rows]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_keeps_a_published_poll_as_it_is(change: str) -> None:
    poll = polling.published()
    before = kept(poll)
    with pytest.raises(IntegrityError, match="is published|was published|no way"), transaction.atomic():
        CHANGES[change](poll)
    assert kept(poll) == before


def test_the_database_wants_a_reason_for_a_retraction() -> None:
    poll = polling.published()
    with pytest.raises(IntegrityError, match="poll_retracted_with_its_reason"), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(state="retracted")


def test_a_retracted_poll_stays_and_keeps_its_facts() -> None:
    poll = retract(polling.published())
    with pytest.raises(IntegrityError, match="was published"), transaction.atomic():
        connection.cursor().execute("DELETE FROM polls_poll WHERE id = %s", [poll.pk])
    with pytest.raises(IntegrityError, match="poll_published_with_its_facts"), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(sponsor="")
