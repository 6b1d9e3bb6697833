"""Who has learned what they need before the first door or call."""

from django.db.models import Exists, OuterRef, QuerySet

from supporters.models import User
from volunteers.enums import Channel
from volunteers.models import Certificate, Course


def course_in_force(channel: Channel) -> Course | None:
    """Return the newest published course of a way of contacting; None where none is asked for yet."""
    published = Course.objects.filter(channel=channel, published_at__isnull=False)
    return published.order_by("-version").first()


def holds_certificate(user: User, channel: Channel) -> bool:
    """Say whether somebody may start: a live certificate, of a version that still holds; True where there is no course."""
    course = course_in_force(channel)
    return course is None or valid_certificates(course).filter(user=user).exists()


def valid_certificates(course: Course) -> QuerySet[Certificate]:
    """Return the live certificates that hold as long as this course is in force."""
    return Certificate.objects.filter(
        course__channel=course.channel, course__version__gte=course.holds_since, revoked_at__isnull=True
    )


def with_certificate(users: QuerySet[User], channel: Channel) -> QuerySet[User]:
    """Narrow accounts to those who may start now."""
    course = course_in_force(channel)
    if course is None:
        return users
    return users.filter(Exists(valid_certificates(course).filter(user=OuterRef("pk"))))


def right_answers(course: Course) -> dict[int, frozenset[int]]:
    """Return the right answers of a course's quiz: {question: answers}, in the order in which they are asked."""
    rows = course.quiz.order_by("display_order", "pk").prefetch_related("answers")
    return {
        question.pk: frozenset(answer.pk for answer in question.answers.all() if answer.is_right)
        for question in rows
    }
