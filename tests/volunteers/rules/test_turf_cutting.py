"""Cutting: every address in exactly one turf, sizes alike, buildings whole, turfs round."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.volunteers.rules import grounds
from volunteers.rules.ground import Address, flat
from volunteers.rules.turf_cutting import LEAST_SIZE, MOST_SIZE, BadSize, cut

places = st.tuples(
    st.integers(-900, 900), st.integers(-900, 900), st.sampled_from("abcd"), st.integers(1, 60)
)


def sizes(addresses: list[Address], size: int) -> list[int]:
    return [len(turf) for turf in cut(addresses, size)]


@pytest.mark.parametrize("size", [20, 50, 90])
@pytest.mark.parametrize("ground", [name for name in grounds.GROUNDS if name != "towers"])
def test_turfs_are_about_as_large_as_wanted(ground: str, size: int) -> None:
    addresses = grounds.GROUNDS[ground]()

    turfs = sizes(addresses, size)

    mean = len(addresses) / round(len(addresses) / size)
    assert (len(turfs), sum(turfs)) == (round(len(addresses) / size), len(addresses))
    assert max(abs(turf - mean) for turf in turfs) <= 0.2 * mean + 1


@given(st.lists(places, max_size=150), st.integers(LEAST_SIZE, 60))
@settings(max_examples=80, deadline=None)
def test_every_address_is_in_exactly_one_turf(spots: list[tuple[int, int, str, int]], size: int) -> None:
    addresses = [grounds.at(key, x, y, street, number) for key, (x, y, street, number) in enumerate(spots)]

    turfs = cut(addresses, size)

    assert sorted(key for turf in turfs for key in turf) == list(range(len(addresses)))
    assert all(turfs)
    assert turfs == cut(addresses[::-1], size)


def test_a_building_is_in_one_turf_unless_it_is_larger_than_one() -> None:
    addresses = grounds.towers()
    building = {address.key: address.building for address in addresses}

    turfs = cut(addresses, 50)

    in_turfs = Counter(one for turf in turfs for one in {building[key] for key in turf})
    assert {one: count for one, count in in_turfs.items() if count > 1} == {("high", 14, ""): 4}
    assert max(map(len, turfs)) <= 75


def test_flats_of_a_tower_are_parted_by_floors() -> None:
    floors = [(floor, flat) for floor in range(1, 11) for flat in range(1, 13)]
    tower = [grounds.at(100 * floor + flat, 0, 0, "high", 10, f"{floor}{flat:02}") for floor, flat in floors]

    turfs = cut(tower, 60)

    assert [(min(turf), max(turf)) for turf in turfs] == [(101, 512), (601, 1012)]


def test_turfs_are_round() -> None:
    addresses = grounds.grid(streets=12, houses=40)
    row = {address.key: place for place, address in enumerate(addresses)}
    points = flat(addresses)

    spreads = [np.ptp(points[[row[key] for key in turf]], axis=0).max() for turf in cut(addresses, 40)]

    # 40 of 480 doors on 300 m by 1,010 m: a square of them would be some 160 m wide.
    assert max(spreads) <= 320


def test_streets_are_seldom_cut() -> None:
    addresses = grounds.grid(streets=10, houses=40)
    street = {address.key: address.street for address in addresses}

    turfs = cut(addresses, 40)

    assert sum(len({street[key] for key in turf}) for turf in turfs) <= 24


@pytest.mark.parametrize("size", [LEAST_SIZE - 1, MOST_SIZE + 1, 0, -3])
def test_a_size_that_nobody_walks_is_refused(size: int) -> None:
    with pytest.raises(BadSize):
        cut(grounds.grid(1, 10), size)
