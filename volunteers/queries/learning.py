"""Courses as somebody sees them who learns: what is there, what they passed, what is missing."""

from dataclasses import dataclass

from campaign.models import active_language
from campaign.rules.markdown import as_html
from supporters.models import User
from volunteers.enums import Channel
from volunteers.models import Course
from volunteers.queries.training import course_in_force, holds_certificate


@dataclass(frozen=True)
class CourseRow:
    """A course in force, and whether the reader may start."""

    channel: str
    label: str
    title: str
    is_passed: bool


@dataclass(frozen=True)
class Choice:
    """An answer that a quiz offers."""

    pk: int
    text: str


@dataclass(frozen=True)
class Asked:
    """A question of a quiz; `is_one` tells that one answer alone is right."""

    pk: int
    text: str
    explanation: str
    choices: tuple[Choice, ...]
    is_one: bool


@dataclass(frozen=True)
class CoursePage:
    """The material and the quiz, in the active language."""

    course: Course
    title: str
    html: str
    quiz: tuple[Asked, ...]
    is_passed: bool


def course_rows(user: User) -> tuple[CourseRow, ...]:
    """Return the courses in force, and where somebody stands with each."""
    found = [(channel, course_in_force(channel)) for channel in Channel]
    return tuple(
        CourseRow(channel.value, str(channel.label), course.title, holds_certificate(user, channel))
        for channel, course in found
        if course
    )


def missing_training(user: User) -> tuple[CourseRow, ...]:
    """Return the courses that somebody still has to pass before the first door or call."""
    return tuple(row for row in course_rows(user) if not row.is_passed)


def course_page(user: User, channel: Channel) -> CoursePage | None:
    """Return the course in force of a way of contacting; None where there is none."""
    course = course_in_force(channel)
    if course is None:
        return None
    return CoursePage(
        course, course.title, as_html(course.body), _quiz(course), holds_certificate(user, channel)
    )


def _quiz(course: Course) -> tuple[Asked, ...]:
    suffix = active_language()
    rows = course.quiz.order_by("display_order", "pk").prefetch_related("answers")
    return tuple(
        Asked(
            row.pk,
            getattr(row, f"text_{suffix}"),
            getattr(row, f"explanation_{suffix}"),
            tuple(
                Choice(answer.pk, getattr(answer, f"text_{suffix}"))
                for answer in sorted(row.answers.all(), key=lambda one: (one.display_order, one.pk))
            ),
            sum(answer.is_right for answer in row.answers.all()) == 1,
        )
        for row in rows
    )
