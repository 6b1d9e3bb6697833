"""Cutting and drawing turfs: each door in one, nothing moves under somebody's feet."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
import shapely
from django.db import connection

from supporters.models import User
from tests import people
from tests.volunteers.contacting import NOON, RIDING, contact_list, door, team, turf, volunteer
from volunteers.enums import Channel, Outcome, OutlineFault
from volunteers.models import BoundaryChange, ContactList, Door, Team, Turf, TurfCheckout
from volunteers.queries.ground import Ground
from volunteers.queries.outlined import outlined
from volunteers.queries.turf_plans import planned_turfs
from volunteers.rules.outlines import BadOutline
from volunteers.services import turfs
from volunteers.services.boundary_changes import find_moved_doors
from volunteers.services.checkouts import Giving, check_out_turf
from volunteers.services.turfs import NameTaken, PlanChanged, TurfHeld, Wanted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ottawa")]


@pytest.fixture
def doors() -> ContactList:
    """A list of twenty doors on one street, 1 to 20, from west to east."""
    made = contact_list(Channel.DOOR)
    for number in range(1, 21):
        door(made, number)
    return made


@pytest.fixture
def captain() -> User:
    return people.chantal(RIDING)


def wanted(doors: ContactList, captain: User, **fields: Any) -> Wanted:
    made = Team.objects.filter(riding_number=RIDING).first() or team()
    return Wanted(doors, made, captain, **fields)


def box(first: int, last: int) -> shapely.Polygon:
    """An outline around the doors with these numbers."""
    return shapely.box(-75.7 + (first - 0.5) / 10_000, 45.39, -75.7 + (last + 0.5) / 10_000, 45.41)


def numbers(of: Turf | None) -> list[int]:
    return list(Door.objects.filter(turf=of).order_by("number").values_list("number", flat=True))


def cut(doors: ContactList, captain: User, size: int = 10) -> list[Turf]:
    plan = planned_turfs(doors, size)
    return turfs.cut_turfs(wanted=wanted(doors, captain), size=size, fingerprint=plan.fingerprint, now=NOON)


def test_what_was_shown_is_cut(doors: ContactList, captain: User) -> None:
    plan = planned_turfs(doors, 10)

    made = cut(doors, captain)

    assert (
        [row.name for row in made]
        == [planned.name for planned in plan.turfs]
        == ["1 · Main St", "2 · Main St"]
    )
    assert sorted(numbers(made[0]) + numbers(made[1])) == list(range(1, 21))
    walk = Door.objects.filter(turf=made[0]).order_by("walk_position").values_list("pk", "walk_position")
    assert list(walk) == [(pk, place) for place, pk in enumerate(plan.turfs[0].door_ids, start=1)]


def test_cut_again_nothing_is_cut(doors: ContactList, captain: User) -> None:
    plan = planned_turfs(doors, 10)
    cut(doors, captain)

    with pytest.raises(PlanChanged) as changed:
        turfs.cut_turfs(wanted=wanted(doors, captain), size=10, fingerprint=plan.fingerprint, now=NOON)

    assert (changed.value.plan.turfs, Turf.objects.count()) == ((), 2)


def test_a_door_that_refused_since_the_preview_is_not_cut_into_a_turf(
    doors: ContactList, captain: User
) -> None:
    plan = planned_turfs(doors, 10)
    Door.objects.filter(number=5).update(suppressed_at=NOON)

    with pytest.raises(PlanChanged) as changed:
        turfs.cut_turfs(wanted=wanted(doors, captain), size=10, fingerprint=plan.fingerprint, now=NOON)

    assert (changed.value.plan.door_count, Turf.objects.count()) == (19, 0)


def test_doors_of_another_turf_stay_there_and_are_counted(doors: ContactList, captain: User) -> None:
    first = turfs.draw_turf(wanted=wanted(doors, captain), name="A", outline=box(1, 8), now=NOON)
    second = turfs.draw_turf(wanted=wanted(doors, captain), name="B", outline=box(6, 12), now=NOON)

    assert (numbers(first.turf), numbers(second.turf)) == (list(range(1, 9)), [9, 10, 11, 12])
    assert (second.taken, second.also_in) == (4, {"A": 3})
    assert outlined(second.turf).also_in == {"A": 3}


def test_an_outline_without_a_free_door_and_a_name_twice_are_refused(
    doors: ContactList, captain: User
) -> None:
    turfs.draw_turf(wanted=wanted(doors, captain), name="A", outline=box(1, 8), now=NOON)

    with pytest.raises(BadOutline) as empty:
        turfs.draw_turf(wanted=wanted(doors, captain), name="B", outline=box(2, 7), now=NOON)
    with pytest.raises(NameTaken):
        turfs.draw_turf(wanted=wanted(doors, captain), name="A", outline=box(9, 12), now=NOON)

    assert (empty.value.fault, Turf.objects.count()) == (OutlineFault.EMPTY, 1)


def test_a_new_outline_frees_what_lies_outside_and_takes_what_is_free(
    doors: ContactList, captain: User
) -> None:
    made = turfs.draw_turf(wanted=wanted(doors, captain), name="A", outline=box(1, 8), now=NOON).turf

    drawn = turfs.redraw_turf(turf_id=made.pk, outline=box(5, 12))

    assert (numbers(made), drawn.taken, drawn.turf.outline_version) == (list(range(5, 13)), 4, 2)
    assert numbers(None) == [1, 2, 3, 4, *range(13, 21)]


def test_a_new_outline_moves_no_door_while_somebody_walks_the_turf(doors: ContactList, captain: User) -> None:
    made = turfs.draw_turf(wanted=wanted(doors, captain), name="A", outline=box(1, 8), now=NOON).turf
    hold(made)

    drawn = turfs.redraw_turf(turf_id=made.pk, outline=box(5, 12))

    assert (numbers(made), drawn.taken, drawn.left_free) == (list(range(1, 9)), 0, 4)
    assert (outlined(drawn.turf).free_count, drawn.turf.outline_version) == (4, 2)


def hold(made: Turf) -> TurfCheckout:
    bruno = volunteer(of=made.team)
    return check_out_turf(turf_id=made.pk, giving=Giving(bruno, people.chantal(RIDING), 14), now=NOON)


@pytest.mark.parametrize(
    "change",
    [
        lambda made, other, by: turfs.delete_turf(turf_id=made.pk, now=NOON),
        lambda made, other, by: turfs.merge_turfs(turf_ids=[made.pk, other.pk], by=by, now=NOON),
        lambda made, other, by: turfs.merge_turfs(turf_ids=[other.pk, made.pk], by=by, now=NOON),
    ],
)
def test_a_turf_that_somebody_walks_is_neither_deleted_nor_merged(
    doors: ContactList, captain: User, change: Callable[..., Any]
) -> None:
    made, other = cut(doors, captain)
    hold(made)
    before = list(Door.objects.order_by("pk").values())

    with pytest.raises(TurfHeld):
        change(made, other, captain)

    assert (list(Door.objects.order_by("pk").values()), Turf.objects.count()) == (before, 2)


def test_merged_turfs_keep_doors_outcomes_and_who_held_them(doors: ContactList, captain: User) -> None:
    made, other = cut(doors, captain)
    Door.objects.filter(number=3).update(last_outcome=Outcome.ANSWERED)
    TurfCheckout.objects.filter(pk=hold(other).pk).update(ended_at=NOON, end_reason="returned")

    merged = turfs.merge_turfs(turf_ids=[made.pk, other.pk], by=captain, now=NOON)

    assert (merged.pk, numbers(merged), Turf.objects.count()) == (made.pk, list(range(1, 21)), 1)
    assert merged.checkouts.count() == 1
    assert Door.objects.get(number=3).last_outcome == Outcome.ANSWERED


def test_a_deleted_turf_frees_its_doors_and_twice_is_once(doors: ContactList, captain: User) -> None:
    made, other = cut(doors, captain)

    answers = [turfs.delete_turf(turf_id=made.pk, now=NOON) for _time in range(2)]

    assert (answers, len(numbers(None)), len(numbers(other))) == ([True, False], 10, 10)


def test_a_turf_that_was_held_is_taken_apart_and_keeps_who_held_it(doors: ContactList, captain: User) -> None:
    made, other = cut(doors, captain)
    held = hold(made)
    TurfCheckout.objects.filter(pk=held.pk).update(ended_at=NOON, end_reason="returned")

    answers = [turfs.delete_turf(turf_id=made.pk, now=NOON) for _time in range(2)]

    assert (answers, list(Turf.objects.all()), len(numbers(None))) == ([True, False], [other], 10)
    assert TurfCheckout.objects.get(pk=held.pk).turf.dissolved_at == NOON
    turfs.describe_turf(turf_id=other.pk, name=made.name, is_open=False)


def test_turfs_of_two_lists_are_not_merged(doors: ContactList, captain: User) -> None:
    made, _other = cut(doors, captain)
    strange = turf(contact_list(Channel.DOOR), made.team)

    with pytest.raises(Turf.DoesNotExist):
        turfs.merge_turfs(turf_ids=[made.pk, strange.pk], by=captain, now=NOON)


def test_new_numbers_follow_the_highest(doors: ContactList, captain: User) -> None:
    first, _second = cut(doors, captain)
    turfs.delete_turf(turf_id=first.pk, now=NOON)

    assert [row.name for row in cut(doors, captain)] == ["3 · Main St"]


def test_an_outline_outside_the_riding_is_refused(doors: ContactList, captain: User) -> None:
    with pytest.raises(BadOutline) as outside:
        turfs.draw_turf(
            wanted=wanted(doors, captain), name="A", outline=shapely.box(-80, 50, -79, 51), now=NOON
        )

    assert outside.value.fault == OutlineFault.OUTSIDE


def test_new_boundaries_are_said_once_and_move_no_door(
    doors: ContactList, captain: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, other = cut(doors, captain)
    assert find_moved_doors(now=NOON) == 0
    # Of the twenty doors the first twelve stay in the riding.
    newer = Ground("2033", box(1, 12))
    monkeypatch.setattr("volunteers.services.boundary_changes.ground_of", lambda _number: newer)

    found = [find_moved_doors(now=NOON) for _time in range(2)]

    assert found == [2, 0]
    assert sum(BoundaryChange.objects.values_list("moved_count", flat=True)) == 8
    assert (made.doors.count(), other.doors.count(), made.boundary_code) == (10, 10, "2023")


@pytest.mark.django_db(transaction=True)
def test_two_who_cut_at_once_cut_once(doors: ContactList, captain: User) -> None:
    plan, results = planned_turfs(doors, 10), []
    here = wanted(doors, captain)

    def run() -> None:
        try:
            turfs.cut_turfs(wanted=here, size=10, fingerprint=plan.fingerprint, now=NOON)
            results.append("cut")
        except PlanChanged:
            results.append("changed")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _one in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(results), Turf.objects.count()) == (["changed", "changed", "cut"], 2)
