"""Coordinates in WGS 84 degrees. Pure."""

import math

MOST_LATITUDE = 90.0
MOST_LONGITUDE = 180.0


def is_on_the_globe(latitude: float, longitude: float) -> bool:
    """Return whether these are finite degrees of latitude and longitude."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return False
    return abs(latitude) <= MOST_LATITUDE and abs(longitude) <= MOST_LONGITUDE
