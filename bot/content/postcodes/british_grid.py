"""From the British National Grid to degrees. Ordnance Survey gives postcodes in metres on that grid; all else of ours is
in degrees. Good to about 5 metres: the method is Ordnance Survey's own for where its large correction grid is not at hand.
"""

import numpy as np

# The two ellipsoids (half axes, metres): Airy 1830, on which the grid lies, and that of WGS 84.
_AIRY = (6377563.396, 6356256.909)
_WGS84 = (6378137.0, 6356752.314245)
# The grid's true origin (radians; metres) and the scale on its central meridian.
_ORIGIN_LATITUDE, _ORIGIN_LONGITUDE = np.radians(49.0), np.radians(-2.0)
_ORIGIN_EAST, _ORIGIN_NORTH = 400_000.0, -100_000.0
_SCALE = 0.9996012717
# From the Airy ellipsoid's axes to those of WGS 84: metres, parts of one, radians.
_SHIFT = (446.448, -125.157, 542.060)
_STRETCH = -20.4894e-6
_TURN = tuple(np.radians(np.array([0.1502, 0.2470, 0.8421]) / 3600))
_ENOUGH = 1e-4  # metres; the latitude is looked for until it is this exact


def to_degrees(eastings: np.ndarray, northings: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes (degrees, WGS 84) of points on the British National Grid (metres)."""
    east = np.asarray(eastings, dtype=float)
    north = np.asarray(northings, dtype=float)
    latitude, longitude = _off_the_grid(east, north)
    return _from_space(*_moved(*_into_space(latitude, longitude)))


def _meridian_arc(latitude: np.ndarray) -> np.ndarray:
    """Metres along the central meridian from the true origin to a latitude (radians)."""
    long_axis, short_axis = _AIRY
    n = (long_axis - short_axis) / (long_axis + short_axis)
    less, more = latitude - _ORIGIN_LATITUDE, latitude + _ORIGIN_LATITUDE
    return (
        short_axis
        * _SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
            + 15 / 8 * (n**2 + n**3) * np.sin(2 * less) * np.cos(2 * more)
            - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
        )
    )


def _off_the_grid(east: np.ndarray, north: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes (radians) on the Airy ellipsoid: the inverse of the transverse Mercator projection."""
    long_axis, short_axis = _AIRY
    foot = (north - _ORIGIN_NORTH) / (long_axis * _SCALE) + _ORIGIN_LATITUDE
    left = north - _ORIGIN_NORTH - _meridian_arc(foot)
    while left.size and np.abs(left).max() >= _ENOUGH:
        foot = foot + left / (long_axis * _SCALE)
        left = north - _ORIGIN_NORTH - _meridian_arc(foot)
    squared = 1 - (short_axis / long_axis) ** 2
    across = long_axis * _SCALE / np.sqrt(1 - squared * np.sin(foot) ** 2)
    along = long_axis * _SCALE * (1 - squared) / (1 - squared * np.sin(foot) ** 2) ** 1.5
    bend = across / along - 1
    tangent, t2 = np.tan(foot), np.tan(foot) ** 2
    x = (east - _ORIGIN_EAST) / across
    latitude = foot - tangent * across / along * (
        x**2 / 2 - x**4 / 24 * (5 + 3 * t2 + bend - 9 * t2 * bend) + x**6 / 720 * (61 + 90 * t2 + 45 * t2**2)
    )
    longitude = _ORIGIN_LONGITUDE + (
        x
        - x**3 / 6 * (across / along + 2 * t2)
        + x**5 / 120 * (5 + 28 * t2 + 24 * t2**2)
        - x**7 / 5040 * (61 + 662 * t2 + 1320 * t2**2 + 720 * t2**3)
    ) / np.cos(foot)
    return latitude, longitude


def _into_space(latitude: np.ndarray, longitude: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points at height 0 of the Airy ellipsoid as x, y, z (metres)."""
    long_axis, short_axis = _AIRY
    squared = 1 - (short_axis / long_axis) ** 2
    radius = long_axis / np.sqrt(1 - squared * np.sin(latitude) ** 2)
    return (
        radius * np.cos(latitude) * np.cos(longitude),
        radius * np.cos(latitude) * np.sin(longitude),
        (1 - squared) * radius * np.sin(latitude),
    )


def _moved(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same points from the axes of WGS 84: shifted, stretched and turned."""
    turn_x, turn_y, turn_z = _TURN
    stretch = 1 + _STRETCH
    return (
        _SHIFT[0] + stretch * x - turn_z * y + turn_y * z,
        _SHIFT[1] + turn_z * x + stretch * y - turn_x * z,
        _SHIFT[2] - turn_y * x + turn_x * y + stretch * z,
    )


def _from_space(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes (degrees) on the ellipsoid of WGS 84."""
    long_axis, short_axis = _WGS84
    squared = 1 - (short_axis / long_axis) ** 2
    from_axis = np.hypot(x, y)
    latitude = np.arctan2(z, from_axis * (1 - squared))
    for _ in range(5):  # each round is some hundred times more exact than the one before
        radius = long_axis / np.sqrt(1 - squared * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + squared * radius * np.sin(latitude), from_axis)
    return np.degrees(latitude), np.degrees(np.arctan2(y, x))
