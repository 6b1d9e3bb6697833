"""Courses, the quiz, and certificates."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop4canada.kit.panels import functions_of
from supporters.models import User
from volunteers.enums import Channel
from volunteers.models import Certificate, Course, QuizAnswer, QuizQuestion
from volunteers.queries.training import course_in_force, right_answers
from volunteers.rules.quiz import wrong_questions


class QuizIncomplete(ValueError):
    """A question has no right answer, or there is no question at all."""


@dataclass(frozen=True)
class QuizResult:
    """What came of a quiz: which questions were answered wrongly; the certificate if none was."""

    wrong: tuple[int, ...]
    certificate: Certificate | None


@transaction.atomic
def take_quiz(
    *, user: User, course: Course, chosen: Mapping[int, Collection[int]], now: datetime
) -> QuizResult:
    """Judge the answers and give the certificate if all are right; wrong ones cost nothing, and nobody keeps them."""
    wrong = wrong_questions(right_answers(course), chosen)
    if wrong:
        return QuizResult(wrong, None)
    return QuizResult((), grant_certificate(user=user, course=course, now=now))


@transaction.atomic
def grant_certificate(*, user: User, course: Course, now: datetime) -> Certificate:
    """Return somebody's live certificate of a course; write it if there is none."""
    certificate, _is_new = Certificate.objects.get_or_create(
        user=user, course=course, revoked_at=None, defaults={"passed_at": now}
    )
    return certificate


def grant_course_certificate(*, user: User, channel: Channel, now: datetime) -> Certificate | None:
    """Give somebody the certificate of the course in force; None where there is no course."""
    course = course_in_force(channel)
    return grant_certificate(user=user, course=course, now=now) if course else None


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, by: User | None, now: datetime) -> bool:
    """Take a certificate back; what its holder has out on that channel ends in the same transaction.

    The AppConfig lists functions `(user, channel, now)` under `certificate_end_listeners`. Say whether it was live.
    """
    rows = Certificate.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("course", "user").get(pk=certificate.pk)
    if row.revoked_at is not None:
        return False
    row.revoked_at, row.revoked_by, row.revoke_reason = now, by, reason
    row.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    for listen in functions_of("certificate_end_listeners"):
        listen(user=row.user, channel=Channel(row.course.channel), now=now)
    return True


@transaction.atomic
def begin_version(*, course: Course, now: datetime) -> Course:
    """Copy a course with its quiz as the draft of the next version; a draft that exists is returned."""
    versions = Course.objects.select_for_update(of=("self",), no_key=True).filter(channel=course.channel)
    draft = versions.filter(published_at__isnull=True).order_by("-version").first()
    if draft is not None:
        return draft
    newest = Course.objects.filter(channel=course.channel).aggregate(newest=Max("version"))["newest"]
    copy = Course.objects.create(
        channel=course.channel,
        version=newest + 1,
        holds_since=course.holds_since,
        created_at=now,
        **{name: getattr(course, name) for name in ("title_en", "title_fr", "body_en", "body_fr")},
    )
    for question in course.quiz.order_by("display_order", "pk"):
        _copy_question(question, copy)
    return copy


@transaction.atomic
def publish_course(*, course: Course, now: datetime) -> bool:
    """Put a version in force; certificates older than its `holds_since` hold no longer. Say whether it was a draft.

    Raises: QuizIncomplete.
    """
    row = Course.objects.select_for_update(of=("self",), no_key=True).get(pk=course.pk)
    if row.published_at is not None:
        return False
    right = right_answers(row)
    if not right or not all(right.values()):
        raise QuizIncomplete
    row.published_at = now
    row.save(update_fields=["published_at"])
    return True


@transaction.atomic
def install_course(*, channel: Channel, words: Mapping[str, Any], now: datetime) -> bool:
    """Enter the first course of a way of contacting, in force at once, unless there is one; say whether it is new."""
    course, is_new = Course.objects.get_or_create(
        channel=channel,
        version=1,
        defaults={
            "holds_since": 1,
            "created_at": now,
            "published_at": now,
            **{name: words[name] for name in ("title_en", "title_fr", "body_en", "body_fr")},
        },
    )
    for order, asked in enumerate(words["quiz"] if is_new else ()):
        question = QuizQuestion.objects.create(
            course=course,
            display_order=order,
            text_en=asked["en"],
            text_fr=asked["fr"],
            explanation_en=asked["why_en"],
            explanation_fr=asked["why_fr"],
        )
        QuizAnswer.objects.bulk_create(
            QuizAnswer(
                question=question,
                display_order=place,
                text_en=answer["en"],
                text_fr=answer["fr"],
                is_right=answer.get("right", False),
            )
            for place, answer in enumerate(asked["answers"])
        )
    return is_new


def _copy_question(question: QuizQuestion, course: Course) -> None:
    answers = list(question.answers.order_by("display_order", "pk"))
    question.pk, question.course = None, course
    question._state.adding = True  # noqa: SLF001 — Django's documented way to copy a row
    question.save()
    for answer in answers:
        answer.pk, answer.question = None, question
    QuizAnswer.objects.bulk_create(answers)
