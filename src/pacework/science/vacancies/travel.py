"""How long the way to work may take, from two postcode districts: a rough estimate, said to be one.

The distance between the middles of two districts is made into minutes by public transport, with the
assumptions below. They are ours, not measured: whoever knows the way types the minutes, and those go before.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_KM = 6371.0
DETOUR = 1.3  # a way on streets and lines over the straight one; assumed
WAITING = 10.0  # minutes of walking and waiting; assumed
NEAR_KM = 15.0  # up to here by bus, beyond it by train or coach; assumed
NEAR_MINUTES_A_KM = 3.0
FAR_MINUTES_A_KM = 1.5
SHORTEST = 15.0  # within one district
STEP = 5.0  # an estimate is said in steps of five minutes


def travel_minutes(start: ArrayLike, ends: ArrayLike) -> NDArray[np.float64]:
    """Estimate the minutes one way from one place to many.

    Parameters
    ----------
    start
        Latitude and longitude in degrees, shape (2,).
    ends
        Latitudes and longitudes in degrees, shape (n, 2); NaN where a place is not known.

    Returns
    -------
    ndarray
        Minutes, shape (n,), rounded up to five; NaN where a place is not known.

    Raises
    ------
    ValueError
        For coordinates of another shape, or outside the globe.

    Notes
    -----
    Great-circle distance on a sphere, times a detour; assumptions in the module.
    """
    here, there = np.asarray(start, dtype=np.float64), np.asarray(ends, dtype=np.float64)
    if here.shape != (2,) or there.ndim != 2 or there.shape[1] != 2:
        raise ValueError("Give one place of latitude and longitude, and places of shape (n, 2).")
    for places in (here[None, :], there):
        if np.any(np.abs(places[:, 0]) > 90) or np.any(np.abs(places[:, 1]) > 180):
            raise ValueError("A latitude is -90 to 90, a longitude -180 to 180.")
    way = DETOUR * _straight_km(here, there)
    near = np.minimum(way, NEAR_KM) * NEAR_MINUTES_A_KM
    far = np.maximum(way - NEAR_KM, 0) * FAR_MINUTES_A_KM
    # A little less than a whole step is not a step more: distances come out a hair above round numbers.
    minutes = np.ceil((WAITING + near + far) / STEP - 1e-9) * STEP
    return np.maximum(minutes, SHORTEST)


def _straight_km(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    """Haversine: exact for near places too."""
    a, b = np.radians(here), np.radians(there)
    apart = b - a
    h = np.sin(apart[:, 0] / 2) ** 2 + np.cos(a[0]) * np.cos(b[:, 0]) * np.sin(apart[:, 1] / 2) ** 2
    km: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1)))
    return km
