"""Whether a poll may be shown, and why not."""

from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from campaign.models import Party
from polls.enums import Obstacle, ProjectState
from polls.models import Poll, PollQuestion, PollReading
from polls.queries.sentences import words_of_finding, words_of_missing
from polls.rules.blackout import blackout_of, is_blacked_out
from polls.rules.publication import PollFacts, QuestionFacts, is_field_over, missing_facts
from polls.rules.readings import Finding, Frame, Reading, check_readings
from polls.rules.toplines import topline_of
from ridings.queries.polling_day import polling_day_of
from ridings.rules.clocks import clock_of


@dataclass(frozen=True)
class Refusal:
    """Why a poll is not shown: a code (`Fact` or `Obstacle`), and the words in the active language."""

    code: str
    words: str


@dataclass(frozen=True)
class Gate:
    """What keeps a poll from the public, and what should be looked at before it is shown."""

    refusals: tuple[Refusal, ...]
    warnings: tuple[str, ...]


def gate_of(poll: Poll, now: datetime) -> Gate:
    """Return what stands between a poll and the public now."""
    questions = questions_of(poll)
    facts = facts_of(poll, questions)
    findings = check_readings(
        (reading for question in questions for reading in readings_of(question)), _frame(poll)
    )
    refusals = [Refusal(one.fact.value, words_of_missing(one)) for one in missing_facts(facts)]
    refusals += [Refusal(obstacle.value, str(obstacle.label)) for obstacle in _obstacles_of(poll, facts, now)]
    refusals += [Refusal(Obstacle.READINGS, words_of_finding(one)) for one in findings if one.is_error]
    return Gate(tuple(refusals), tuple(words_of_finding(one) for one in findings if not one.is_error))


def questions_of(poll: Poll) -> list[PollQuestion]:
    """Return the questions of a poll in their order, with their readings and parties."""
    readings = PollReading.objects.select_related("party").order_by("pk")
    return list(poll.questions.order_by("place").prefetch_related(Prefetch("readings", queryset=readings)))


def readings_of(question: PollQuestion) -> list[Reading]:
    """Return the readings of a question as the rules take them."""
    return [
        Reading(
            question=question.place,
            basis=row.basis,
            group=row.group,
            answer=row.party.code if row.party else row.answer,
            share=row.share,
            base=row.base_count,
        )
        for row in question.readings.all()
    ]


def facts_of(poll: Poll, questions: list[PollQuestion]) -> PollFacts:
    """Return what is known of a poll."""
    own = {
        field.name: getattr(poll, field.name)
        for field in fields(PollFacts)
        if field.name not in {"report", "questions"}
    }
    return PollFacts(
        **own,
        report=poll.report_url or (poll.get_absolute_url() if poll.pk else ""),
        questions=tuple(
            QuestionFacts(
                place=question.place,
                wording_en=question.wording_en,
                wording_fr=question.wording_fr,
                is_vote_intention=question.is_vote_intention,
                has_party_shares=topline_of(readings_of(question), poll.sample_size or 1) is not None,
            )
            for question in questions
        ),
    )


def findings_of(poll: Poll, readings: list[Reading]) -> tuple[Finding, ...]:
    """Return what is wrong with readings that a poll is about to have."""
    return check_readings(readings, _frame(poll))


def _frame(poll: Poll) -> Frame:
    return Frame(
        sample_size=poll.sample_size,
        contacted_count=poll.contacted_count,
        field_starts_on=poll.field_starts_on,
        field_ends_on=poll.field_ends_on,
        is_probability=poll.is_probability,
        margin_of_error=poll.margin_of_error,
        known_parties=set(Party.objects.values_list("code", flat=True)),
    )


def _obstacles_of(poll: Poll, facts: PollFacts, now: datetime) -> list[Obstacle]:
    clock = clock_of(poll.riding.number, order=poll.riding.boundary_set.code)
    found = []
    if not is_field_over(facts, now.astimezone(ZoneInfo(clock.zone)).date()):
        found.append(Obstacle.FIELD_NOT_OVER)
    day = polling_day_of(poll.riding)
    blackout = blackout_of(day.on, zone=day.zone, closes_at=day.closes_at) if day else None
    if is_blacked_out(blackout, now):
        found.append(Obstacle.BLACKOUT)
    if poll.project is not None and poll.project.state != ProjectState.IN_FIELD:
        found.append(Obstacle.PROJECT)
    if poll.project is not None and poll.project.riding_id != poll.riding_id:
        found.append(Obstacle.PROJECT_RIDING)
    return found
