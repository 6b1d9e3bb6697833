"""Making lists of doors or of people to call, changing them, and putting them to work."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from supporters.models import User
from volunteers.enums import Channel, ListState, Need
from volunteers.models import ContactList, Script
from volunteers.rules.lists import ListFacts, Obstacle, obstacle_to
from volunteers.services.phone_lists import close_list


class ListMoveRefused(Exception):
    """The list cannot become that; `obstacle` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


@dataclass(frozen=True)
class ListDetails:
    """What its leaders say about a list; `least_need`: in which ridings one of several ridings is called."""

    name: str
    source: str
    basis: str
    purge_on: date
    script: Script | None = None
    riding_number: int | None = None
    least_need: Need = Need.SWING


@transaction.atomic
def make_list(*, channel: Channel, details: ListDetails, by: User | None, now: datetime) -> ContactList:
    """Begin a list; a form sent twice makes one."""
    if by is not None:
        # Two sendings of one form come one after the other.
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    drafts = ContactList.objects.filter(
        channel=channel, riding_number=details.riding_number, name=details.name, state=ListState.DRAFT
    )
    there = drafts.filter(created_by=by, doors__isnull=True, contacts__isnull=True).order_by("pk").first()
    made = there or ContactList(channel=channel, created_by=by, created_at=now)
    _fill(made, details)
    made.save()
    return made


@transaction.atomic
def change_list(*, contact_list: ContactList, details: ListDetails) -> ContactList:
    """Change what is said about a list. Its riding stays once there is somebody in it."""
    changed = _locked(contact_list)
    riding = changed.riding_number
    _fill(changed, details)
    if changed.channel == Channel.DOOR or size_of(changed):
        changed.riding_number = riding
    changed.save()
    return changed


@transaction.atomic
def move_list(*, contact_list: ContactList, target: ListState, now: datetime) -> ContactList:
    """Put a list to work, pause or close it; done twice it is done once.

    Walks and calls that are under way may end, if a number was dialled. Raises: ListMoveRefused.
    """
    moved = _locked(contact_list)
    if moved.state == target:
        return moved
    facts = ListFacts(ListState(moved.state), size_of(moved), moved.purge_on)
    obstacle = obstacle_to(target, facts, today=now.date())
    if obstacle is not None:
        raise ListMoveRefused(obstacle)
    if target == ListState.CLOSED and moved.channel == Channel.PHONE:
        close_list(contact_list=moved, now=now)
    moved.state = target
    moved.save(update_fields=["state"])
    return moved


def size_of(contact_list: ContactList) -> int:
    """Return how many doors or people are in the list."""
    rows = contact_list.doors if contact_list.channel == Channel.DOOR else contact_list.contacts
    return int(rows.count())


def _locked(contact_list: ContactList) -> ContactList:
    rows = ContactList.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=contact_list.pk)


def _fill(row: ContactList, details: ListDetails) -> None:
    row.name, row.source, row.basis = details.name, details.source, details.basis
    row.purge_on, row.script, row.riding_number = details.purge_on, details.script, details.riding_number
    row.least_need = details.least_need
