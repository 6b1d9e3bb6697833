"""Builders of a turf that somebody walks, and of visits."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from supporters.models import User
from tests.volunteers.contacting import NOON, contact_list, door, script_version, team, turf, volunteer
from volunteers.enums import Channel, Outcome
from volunteers.models import Door, Team, TurfCheckout
from volunteers.services.visits import Visit

LATER = NOON + timedelta(hours=3)


def walk(
    holder: User | None = None, *, doors: int = 3, of: Team | None = None, since: datetime = NOON
) -> TurfCheckout:
    """Check out a turf of some doors at Main St, with a script, to a member of the team."""
    by = of or Team.objects.filter(riding_number=35075).first() or team()
    listed = contact_list(Channel.DOOR, script=script_version(Channel.DOOR).script)
    cut = turf(listed, by, *(door(listed, number) for number in range(1, doors + 1)))
    return TurfCheckout.objects.create(
        turf=cut, holder=holder or volunteer(of=by), checked_out_at=since, due_at=since + timedelta(days=7)
    )


def doors_of(checkout: TurfCheckout) -> list[Door]:
    """Return the turf's doors as they are walked."""
    return list(Door.objects.filter(turf=checkout.turf).order_by("walk_position"))


def visit(at: Door, outcome: Outcome = Outcome.ANSWERED, *, minutes: int = 5, **fields: Any) -> Visit:
    """Make a visit some minutes after the turf was checked out."""
    given: dict[str, Any] = {"client_id": uuid4(), "happened_at": NOON + timedelta(minutes=minutes)}
    return Visit(**{**given, "door_id": at.pk, "outcome": outcome, **fields})


def numbered(number: int) -> UUID:
    """Return an id that tests can name."""
    return UUID(int=number)
