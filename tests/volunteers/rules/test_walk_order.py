"""Walks: every door once, streets as people walk them, and never much longer than a good walk."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.volunteers.rules import grounds
from tests.volunteers.rules.good_tour import good_walk
from volunteers.rules.ground import Address, flat, length_m
from volunteers.rules.turf_cutting import cut
from volunteers.rules.walk_order import walk_order

LONGEST = 1.25

places = st.tuples(
    st.integers(-2000, 2000), st.integers(-2000, 2000), st.sampled_from("abc"), st.integers(1, 40)
)


def walked(addresses: list[Address]) -> float:
    by_key = {address.key: row for row, address in enumerate(addresses)}
    return length_m(flat(addresses)[[by_key[key] for key in walk_order(addresses)]])


def ratio(addresses: list[Address]) -> float:
    points = flat(addresses)
    spots = np.unique(points, axis=0)
    return walked(addresses) / max(length_m(spots[good_walk(spots)]), 1.0)


@pytest.mark.parametrize("ground", grounds.GROUNDS)
def test_a_walk_is_at_most_a_quarter_longer_than_a_good_one(ground: str) -> None:
    addresses = grounds.GROUNDS[ground]()
    by_key = {address.key: address for address in addresses}

    turfs = [[by_key[key] for key in keys] for keys in cut(addresses, 50)]

    assert max(map(ratio, turfs)) <= LONGEST
    assert ratio(addresses) <= LONGEST


@given(st.lists(places, max_size=40))
@settings(max_examples=60, deadline=None)
def test_anywhere_every_door_is_walked_once_and_not_far(spots: list[tuple[int, int, str, int]]) -> None:
    addresses = [grounds.at(key, x, y, street, number) for key, (x, y, street, number) in enumerate(spots)]

    walk = walk_order(addresses)

    assert sorted(walk) == list(range(len(addresses)))
    assert walk == walk_order(addresses[::-1])
    assert len(addresses) < 2 or ratio(addresses) <= LONGEST


def test_a_wide_street_is_walked_up_one_side_and_down_the_other() -> None:
    addresses = grounds.grid(streets=1, houses=20, width=40.0, lot=9.0)

    sides = [key % 2 for key in walk_order(addresses)]

    assert [len(list(run)) for _side, run in groupby(sides)] == [10, 10]


def test_a_narrow_street_is_walked_from_side_to_side() -> None:
    addresses = grounds.grid(streets=1, houses=20, width=4.0, lot=30.0)

    walk = walk_order(addresses)

    assert walk in (list(range(20)), list(range(20))[::-1])


def test_the_flats_of_a_tower_come_after_each_other_by_number() -> None:
    tower = [grounds.at(unit, 0, 0, "high", 10, str(unit)) for unit in range(1, 31)]
    houses = [grounds.at(100 + house, 15.0 * house, 30, "low", house) for house in range(10)]

    walk = walk_order([*houses, *tower])

    begin = walk.index(1)
    assert walk[begin : begin + 30] == list(range(1, 31))


def test_no_door_and_one_door() -> None:
    assert walk_order([]) == []
    assert walk_order([grounds.at(7, 0, 0, "main", 1)]) == [7]


def test_two_thousand_addresses_are_all_cut_and_walked() -> None:
    addresses = grounds.town(2000)
    by_key = {address.key: address for address in addresses}

    turfs = cut(addresses, 50)
    walks = [walk_order([by_key[key] for key in turf]) for turf in turfs]
    whole = walk_order(addresses)

    assert sorted(key for walk in walks for key in walk) == sorted(whole) == list(range(2000))
