"""Where doors stand, in metres on flat ground. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Source: IUGG mean radius of the Earth, 6,371.0088 km (Moritz, Geodetic Reference System 1980, 2000).
EARTH_RADIUS_M = 6_371_008.8

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Address:
    """A door as cutting and walking see it; `key` is whatever the caller knows it by, `street` its one spelling."""

    key: int
    longitude: float
    latitude: float
    street: str
    number: int
    suffix: str = ""
    unit: str = ""

    @property
    def building(self) -> tuple[str, int, str]:
        """Return what all units of a building share."""
        return (self.street, self.number, self.suffix)


def flat(addresses: Sequence[Address]) -> Points:
    """Return metres east and north of the middle, one row an address: good to a percent within a riding's towns."""
    degrees = np.array([(address.longitude, address.latitude) for address in addresses], dtype=float)
    if not len(degrees):
        return np.zeros((0, 2))
    middle = degrees.mean(axis=0)
    east = np.cos(np.radians(middle[1]))
    metres: Points = np.radians(degrees - middle) * EARTH_RADIUS_M * np.array([east, 1.0])
    return metres


def length_m(points: Points) -> float:
    """Return how far it is along the points, in their order."""
    return float(np.hypot(*np.diff(points, axis=0).T).sum()) if len(points) > 1 else 0.0


def in_building(address: Address) -> tuple[int, int, str, str, int]:
    """Sort key along a street, units of a building by number where they have one."""
    digits = "".join(letter for letter in address.unit if letter.isdigit())
    return (address.number, int(digits or 0), address.suffix, address.unit, address.key)
