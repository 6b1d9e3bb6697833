"""Cutting turfs, drawing them, and changing them as long as nobody walks them.

Whatever moves doors of a list between turfs holds the list's lock (`lock_doors`), then rows of turfs.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import shapely
from django.db import transaction

from coop4canada.kit.db import lock_for_transaction
from supporters.models import User
from volunteers.enums import OutlineFault
from volunteers.models import ContactList, Door, Team, Turf, TurfCheckout
from volunteers.queries.ground import ground_of
from volunteers.queries.outlined import also_in, doors_in, free_of
from volunteers.queries.turf_plans import Plan, next_number, planned_turfs, walk_of
from volunteers.rules.outlines import BadOutline, around, as_geojson
from volunteers.services.turf_rows import live_checkout, lock_turf


class PlanChanged(Exception):
    """Doors were imported, cut or suppressed since the preview; `plan` is what would be cut now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("plan changed")
        self.plan = plan


class TurfHeld(Exception):
    """Somebody walks the turf: it stays as it is until it is back."""


class NameTaken(Exception):
    """Another turf of the list has this name."""


@dataclass(frozen=True)
class Wanted:
    """How somebody wants turfs: of which list and team, and whether members may take them by themselves."""

    contact_list: ContactList
    team: Team
    by: User
    is_open: bool = False


@dataclass(frozen=True)
class Drawn:
    """A turf with how many doors it took, and how many in its outline lie in others: {name of turf: count}.

    `left_free`: doors in the outline that stay in no turf, because it is walked just now.
    """

    turf: Turf
    taken: int
    also_in: dict[str, int]
    left_free: int = 0


def lock_doors(contact_list_id: int) -> None:
    """Let nobody else move doors of this list between turfs until the transaction ends."""
    lock_for_transaction(f"volunteers.doors:{contact_list_id}")


@transaction.atomic
def cut_turfs(*, wanted: Wanted, size: int, fingerprint: str, now: datetime) -> list[Turf]:
    """Cut the list's free doors as the preview with this fingerprint showed.

    Raises: PlanChanged, BadSize; nothing is cut then. Asked twice, the second finds nothing free and raises.
    """
    lock_doors(wanted.contact_list.pk)
    plan = planned_turfs(wanted.contact_list, size)
    if plan.fingerprint != fingerprint or not plan.turfs:
        raise PlanChanged(plan)
    code = ground_of(wanted.team.riding_number or 0).boundary_code
    turfs = Turf.objects.bulk_create(
        [_turf(wanted, planned.name, dict(planned.outline), code, now) for planned in plan.turfs]
    )
    _put(
        {
            door_id: (turf, place)
            for turf, planned in zip(turfs, plan.turfs, strict=True)
            for place, door_id in enumerate(planned.door_ids, start=1)
        }
    )
    return turfs


@transaction.atomic
def draw_turf(*, wanted: Wanted, name: str, outline: shapely.Polygon, now: datetime) -> Drawn:
    """Make a turf of the free doors in a drawn outline; doors of other turfs stay there and are counted.

    Raises: BadOutline, if the outline lies outside the riding or holds no free door; NameTaken.
    """
    lock_doors(wanted.contact_list.pk)
    code = check_in_riding(outline, wanted.team)
    here = doors_in(wanted.contact_list, outline)
    free = free_of(here)
    if not free:
        raise BadOutline(OutlineFault.EMPTY)
    name = name.strip() or f"{next_number(wanted.contact_list)} · {free[0].street[:60]}"
    if Turf.objects.filter(contact_list=wanted.contact_list, name=name).exists():
        raise NameTaken
    turf = _turf(wanted, name, as_geojson(outline), code, now)
    turf.is_drawn = True
    turf.save()
    _arrange(turf, free)
    return Drawn(turf, len(free), also_in(here, turf))


@transaction.atomic
def redraw_turf(*, turf_id: int, outline: shapely.Polygon) -> Drawn:
    """Give a turf another outline. Doors outside become free, free ones inside come in, unless somebody walks it.

    Then its doors stay as they are, lest one vanishes from a phone in the street; new ones stay free.
    Raises: BadOutline; Turf.DoesNotExist.
    """
    turf = locked_turf(turf_id)
    check_in_riding(outline, turf.team)
    here = doors_in(turf.contact_list, outline)
    free = free_of(here)
    turf.outline, turf.is_drawn = as_geojson(outline), True
    turf.outline_version += 1
    turf.save(update_fields=["outline", "is_drawn", "outline_version"])
    if is_held(turf):
        return Drawn(turf, 0, also_in(here, turf), left_free=len(free))
    kept = [door for door in here if door.turf_id == turf.pk]
    if not kept and not free:
        raise BadOutline(OutlineFault.EMPTY)
    turf.doors.exclude(pk__in=[door.pk for door in kept]).update(turf=None, walk_position=None)
    _arrange(turf, kept + free)
    return Drawn(turf, len(free), also_in(here, turf))


@transaction.atomic
def merge_turfs(*, turf_ids: Collection[int], by: User, now: datetime) -> Turf:
    """Put the doors of turfs into the first of them, which is walked anew; the others go with their history of holders.

    Raises: TurfHeld if somebody walks one of them; Turf.DoesNotExist if there are fewer than two of one list.
    """
    ids = sorted(set(turf_ids))
    lists = Turf.objects.filter(pk__in=ids).values_list("contact_list_id", flat=True)
    if len(ids) < 2 or len(lists) != len(ids) or len(set(lists)) != 1:  # noqa: PLR2004 — a pair
        raise Turf.DoesNotExist
    first, *others = [locked_turf(turf_id) for turf_id in ids]
    if any(is_held(turf) for turf in (first, *others)):
        raise TurfHeld
    # What was done stays: who held the others held doors that are now the first one's.
    TurfCheckout.objects.filter(turf__in=others).update(turf=first)
    doors = list(Door.objects.filter(turf__in=[first, *others]))
    first.outline, first.is_drawn = (
        around([(door.longitude, door.latitude) for door in doors] or [(0, 0)]),
        False,
    )
    first.created_by, first.created_at = by, now
    first.outline_version += 1
    first.save()
    _arrange(first, doors)
    Turf.objects.filter(pk__in=[turf.pk for turf in others]).delete()
    return first


@transaction.atomic
def delete_turf(*, turf_id: int, now: datetime) -> bool:
    """Take a turf apart: its doors become free and keep what was done at them. False if there is none; twice is once.

    One that somebody held is only put out of sight: what their phone sends later is still taken.

    Raises: TurfHeld.
    """
    try:
        turf = locked_turf(turf_id)
    except Turf.DoesNotExist:
        return False
    if is_held(turf):
        raise TurfHeld
    turf.doors.update(turf=None, walk_position=None)
    if turf.checkouts.exists():
        turf.dissolved_at = now
        turf.save(update_fields=["dissolved_at"])
    else:
        turf.delete()
    return True


@transaction.atomic
def describe_turf(*, turf_id: int, name: str, is_open: bool) -> Turf:
    """Name a turf, and say whether members may take it by themselves.

    Raises: NameTaken.
    """
    turf = locked_turf(turf_id)
    others = Turf.objects.filter(contact_list=turf.contact_list_id, name=name).exclude(pk=turf.pk)
    if others.exists():
        raise NameTaken
    turf.name, turf.is_open = name, is_open
    turf.save(update_fields=["name", "is_open"])
    return turf


def locked_turf(turf_id: int) -> Turf:
    """Return a turf with its list and itself locked. Raises: Turf.DoesNotExist."""
    lock_doors(Turf.objects.values_list("contact_list_id", flat=True).get(pk=turf_id))
    return lock_turf(turf_id)


def is_held(turf: Turf) -> bool:
    """Say whether somebody walks the turf."""
    return live_checkout(turf) is not None


def check_in_riding(outline: shapely.Polygon, team: Team) -> str:
    """Return the code of the boundaries in force. Raises: BadOutline if no part of the outline lies in the riding."""
    ground = ground_of(team.riding_number or 0)
    if ground.shape is not None and not shapely.intersects(ground.shape, outline):
        raise BadOutline(OutlineFault.OUTSIDE)
    return ground.boundary_code


def _turf(wanted: Wanted, name: str, outline: dict[str, object], code: str, now: datetime) -> Turf:
    return Turf(
        team=wanted.team,
        contact_list=wanted.contact_list,
        name=name,
        outline=outline,
        boundary_code=code,
        is_open=wanted.is_open,
        created_by=wanted.by,
        created_at=now,
    )


def _arrange(turf: Turf, doors: Sequence[Door]) -> None:
    by_id = {door.pk: door for door in doors}
    _put({pk: (turf, place) for place, pk in enumerate(walk_of(by_id.values()), start=1)})


def _put(places: dict[int, tuple[Turf, int]]) -> None:
    doors = [Door(pk=pk, turf=turf, walk_position=place) for pk, (turf, place) in sorted(places.items())]
    Door.objects.bulk_update(doors, ["turf", "walk_position"], batch_size=1000)
