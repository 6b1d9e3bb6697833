"""Neighbourhoods to cut and to walk: grids, curves, cul-de-sacs, towers, scattered farms."""

from collections.abc import Callable
from math import cos, pi, sin

import numpy as np

from volunteers.rules.ground import Address

# Metres to degrees at Ottawa.
EAST, NORTH = 1 / 78_300, 1 / 111_195


def at(key: int, x: float, y: float, street: str, number: int, unit: str = "") -> Address:
    return Address(key, -75.7 + x * EAST, 45.4 + y * NORTH, street, number, unit=unit)


def grid(streets: int = 10, houses: int = 40, *, width: float = 20.0, lot: float = 15.0) -> list[Address]:
    """Make parallel streets, odd numbers on one side, even ones on the other."""
    made: list[Address] = []
    for street in range(streets):
        for house in range(houses):
            side = width / 2 if house % 2 else -width / 2
            x, y = (house // 2) * lot, street * 90.0 + side
            made.append(at(len(made), x, y, f"street {street:03}", 100 + house))
    return made


def curves(houses: int = 200) -> list[Address]:
    """Make two crescents, one inside the other."""
    made: list[Address] = []
    for ring, radius in enumerate((150.0, 260.0)):
        for house in range(houses // 2):
            angle = pi * house / (houses / 2)
            away = radius + (10 if house % 2 else -10)
            made.append(at(len(made), away * cos(angle), away * sin(angle), f"crescent {ring}", 1 + house))
    return made


def cul_de_sacs(count: int = 8) -> list[Address]:
    """Make a street with dead ends off it, each ending in a round."""
    made = [at(house, house * 18.0, 12.0 if house % 2 else -12.0, "main", 1 + house) for house in range(60)]
    for sac in range(count):
        for house in range(14):
            angle = 2 * pi * house / 14
            x, y = 60 + sac * 130 + 30 * cos(angle), 110 + 30 * sin(angle)
            made.append(at(len(made), x, y, f"court {sac}", 1 + house))
    return made


def towers() -> list[Address]:
    """Make three towers of 30, 45 and 180 flats among forty houses."""
    made = [at(house, house * 14.0, 0.0, "low", 1 + house) for house in range(40)]
    for place, flats in enumerate((30, 45, 180)):
        for flat in range(flats):
            floor, side = divmod(flat, 10)
            unit = f"{floor + 1}{side:02}"
            made.append(at(len(made), 100.0 + 150 * place, 80.0, "high", 10 + 2 * place, unit))
    return made


def farms(count: int = 120, seed: int = 5) -> list[Address]:
    """Scatter farms along concessions, as the country does."""
    random = np.random.default_rng(seed)
    return [
        at(key, float(random.uniform(0, 9000)), 1400.0 * line + float(random.uniform(-60, 60)), f"line {line}", key)
        for key, line in enumerate(random.integers(0, 6, count).tolist())
    ]  # fmt: skip


def town(count: int = 2000, seed: int = 3) -> list[Address]:
    """Make a town of crossing streets with gaps, wobbling lots, and flats above shops."""
    random = np.random.default_rng(seed)
    made: list[Address] = []
    street = 0
    while len(made) < count:
        turned = street % 2
        for house in range(int(random.integers(20, 60))):
            along, off = (house // 2) * 16.0 + random.normal(0, 2), (12.0 if house % 2 else -12.0)
            across = (street // 2) * 85.0 + off + random.normal(0, 1.5)
            x, y = (across, along) if turned else (along, across)
            units = [""] if random.random() < 0.9 else ["1", "2", "3"]
            made += [at(len(made) + i, x, y, f"st {street:03}", 1 + house, u) for i, u in enumerate(units)]
        street += 1
    return made[:count]


GROUNDS: dict[str, Callable[[], list[Address]]] = {
    "grid": grid,
    "narrow": lambda: grid(width=6.0, lot=20.0),
    "wide": lambda: grid(width=40.0, lot=9.0),
    "curves": curves,
    "cul-de-sacs": cul_de_sacs,
    "towers": towers,
    "farms": farms,
    "town": lambda: town(600),
}
