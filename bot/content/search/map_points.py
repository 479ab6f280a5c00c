"""Distances on the map, for searching. No SQL; places that people name are in skills/whereabouts.py."""

import math
from dataclasses import dataclass

EARTH_MILES = 3958.8
MILES_A_DEGREE = EARTH_MILES * math.pi / 180  # of latitude


@dataclass(frozen=True)
class Box:
    """Degrees between which all points of a circle lie."""

    south: float
    north: float
    west: float
    east: float


def miles_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Miles as the crow flies between two points (latitude, longitude in degrees)."""
    south, north = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(across / 2) ** 2
    return 2 * EARTH_MILES * math.asin(min(1.0, math.sqrt(half)))


def box_around(position: tuple[float, float], miles: float) -> Box:
    """The box of a circle around a point; near the poles it goes round the whole Earth."""
    high = miles / MILES_A_DEGREE
    furthest = min(89.9, abs(position[0]) + high)
    wide = min(180.0, high / math.cos(math.radians(furthest)))
    return Box(position[0] - high, position[0] + high, position[1] - wide, position[1] + wide)
