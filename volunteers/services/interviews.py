"""Recording what candidates say, and publishing it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from supporters.models import User
from volunteers.enums import InterviewState
from volunteers.models import Answer, Candidacy, Interview, QuestionSet, Stance


class AlreadyPublished(Exception):
    """The interview is public, and what is public is not rewritten."""


class NothingToPublish(Exception):
    """The interview holds neither an answer nor a stance."""


@dataclass(frozen=True)
class Said:
    """Where a candidate stands on a fixed question, and their own words for it."""

    value: str
    quote: str = ""


@dataclass(frozen=True)
class Record:
    """An interview as it was written down; answers by the number of their question, stances by topic."""

    held_on: date
    interviewers: str
    place: str
    language: str
    answers: Mapping[int, str] = field(default_factory=dict)
    stances: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where a stance is to be read: a name, an address and a day."""

    name: str
    url: str
    as_of: date


@transaction.atomic
def save_interview(
    *,
    candidacy: Candidacy,
    form_key: UUID,
    question_set: QuestionSet | None,
    record: Record,
    by: User | None,
    now: datetime,
) -> Interview:
    """Write an interview down as a draft, or anew over the draft of the same form.

    Only questions of its set are taken; the set stays the one with which it was begun.
    Raises: AlreadyPublished, also where the key is another candidate's.
    """
    Candidacy.objects.select_for_update(of=("self",), no_key=True).get(pk=candidacy.pk)
    interview, _is_new = Interview.objects.get_or_create(
        form_key=form_key,
        defaults={
            "candidacy": candidacy,
            "question_set": question_set,
            "held_on": record.held_on,
            "recorded_by": by,
            "created_at": now,
        },
    )
    if interview.state == InterviewState.PUBLISHED or interview.candidacy_id != candidacy.pk:
        raise AlreadyPublished
    interview.held_on = record.held_on
    interview.interviewers, interview.place = record.interviewers, record.place
    interview.save(update_fields=["held_on", "interviewers", "place"])
    _write_answers(interview, record)
    _write_stances(interview, record, now)
    return interview


@transaction.atomic
def publish_interview(*, interview_id: int, now: datetime) -> Interview:
    """Show an interview to the public, for good; done twice it is done once.

    Raises: NothingToPublish.
    """
    interview = Interview.objects.select_for_update(of=("self",), no_key=True).get(pk=interview_id)
    if interview.state == InterviewState.PUBLISHED:
        return interview
    if not interview.answers.exists() and not interview.stances.exists():
        raise NothingToPublish
    interview.state, interview.published_at = InterviewState.PUBLISHED, now
    interview.save(update_fields=["state", "published_at"])
    return interview


@transaction.atomic
def record_stance(
    *, candidacy: Candidacy, topic: str, said: Said, language: str, source: Source, now: datetime
) -> Stance:
    """Note where a candidate stands according to a source that anybody can read; public at once.

    The newest by its day counts, earlier ones stay. The same told twice is one row.
    """
    stance, _is_new = Stance.objects.get_or_create(
        candidacy=candidacy,
        interview=None,
        topic=topic,
        value=said.value,
        as_of=source.as_of,
        source_url=source.url,
        defaults={"quote": said.quote, "language": language, "source": source.name, "created_at": now},
    )
    return stance


def _write_answers(interview: Interview, record: Record) -> None:
    known = set()
    if interview.question_set is not None:
        known = set(interview.question_set.questions.values_list("pk", flat=True))
    interview.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(interview=interview, question_id=number, text=text, language=record.language)
        for number, text in sorted(record.answers.items())
        if text and number in known
    )


def _write_stances(interview: Interview, record: Record, now: datetime) -> None:
    interview.stances.all().delete()
    Stance.objects.bulk_create(
        Stance(
            candidacy_id=interview.candidacy_id,
            interview=interview,
            topic=topic,
            value=said.value,
            quote=said.quote,
            language=record.language,
            as_of=record.held_on,
            created_at=now,
        )
        for topic, said in sorted(record.stances.items())
    )
