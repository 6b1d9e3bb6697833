"""Builders of events, shifts and courses."""

from datetime import datetime, timedelta

from supporters.models import User
from tests.volunteers.contacting import NOON, team, volunteer
from volunteers.enums import Channel, EventKind, SignupState, Visibility
from volunteers.models import Course, Event, Shift, ShiftSignup, Team
from volunteers.services.signups import Who, sign_up
from volunteers.services.training import install_course

LATER = NOON + timedelta(days=3)


def event(of: Team | None = None, **fields: object) -> Event:
    """Make a canvass in the evening, for members alone."""
    given = {
        "kind": EventKind.CANVASS,
        "visibility": Visibility.MEMBERS,
        "title_en": "Canvass",
        "zone": "America/Toronto",
    }
    place = {"place_name": "Library", "address": "1 Main St", "created_at": NOON}
    return Event.objects.create(team=of or team(), **{**given, **place, **fields})


def shift(of: Event | None = None, *, starts_at: datetime = LATER, capacity: int = 2) -> Shift:
    """Make a shift of two hours with two seats."""
    ends_at = starts_at + timedelta(hours=2)
    return Shift.objects.create(
        event=of or event(), starts_at=starts_at, ends_at=ends_at, capacity=capacity, changed_at=NOON
    )


def signup(of: Shift, email: str = "bruno@example.org", *, now: datetime = NOON) -> ShiftSignup:
    """Sign a member up, who joins the team for it."""
    user = User.objects.filter(email=email).first() or volunteer(email, of=of.event.team)
    return sign_up(shift=of, who=Who(user), now=now)


def state_of(row: ShiftSignup) -> str:
    """Return the state that stands in the database now."""
    return SignupState(ShiftSignup.objects.get(pk=row.pk).state).value


def course(channel: Channel = Channel.DOOR) -> Course:
    """Make a course in force: two questions, the second with two right answers."""
    one = {"en": "One?", "fr": "Un ?", "why_en": "Because.", "why_fr": "Parce que."}
    right, wrong = {"en": "Yes", "fr": "Oui", "right": True}, {"en": "No", "fr": "Non"}
    also = {"en": "Also", "fr": "Aussi", "right": True}
    quiz = [{**one, "answers": [right, wrong]}, {**one, "en": "Two?", "answers": [right, also, wrong]}]
    words = {
        "title_en": "Doors",
        "title_fr": "Portes",
        "body_en": "## How",
        "body_fr": "## Comment",
        "quiz": quiz,
    }
    install_course(channel=channel, words=words, now=NOON)
    return Course.objects.get(channel=channel, version=1)
