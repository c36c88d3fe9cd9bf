"""Minutes from one postcode district to others."""

import numpy as np
import pytest

from pacework.science.vacancies.travel import SHORTEST, travel_minutes

DEGREE_KM = 111.19  # along a meridian, on the sphere used


def north(km: float) -> tuple[float, float]:
    return (54 + km / DEGREE_KM, 1.0)


def test_the_same_district_takes_the_shortest_time() -> None:
    assert travel_minutes((54, 1), [(54, 1)]) == [SHORTEST]


@pytest.mark.parametrize(
    ("km", "minutes"),
    [
        (5, 30),  # 6.5 km of way: 10 + 19.5, rounded up
        (10, 50),  # 13 km: 10 + 39
        (20, 75),  # 26 km: 10 + 45 + 16.5 = 71.5
        (100, 230),  # 130 km: 10 + 45 + 172.5 = 227.5
    ],
)
def test_minutes_follow_the_stated_assumptions(km: float, minutes: float) -> None:
    assert travel_minutes((54, 1), [north(km)]) == [minutes]


def test_longer_ways_never_take_less_time() -> None:
    found = travel_minutes((54, 1), [north(km) for km in np.linspace(0, 300, 400)])
    assert (np.diff(found) >= 0).all()
    assert (found % 5 == 0).all()


def test_an_unknown_place_has_no_estimate_and_hides_no_other() -> None:
    found = travel_minutes((54, 1), [(np.nan, np.nan), (54, 1)])
    assert np.isnan(found[0])
    assert found[1] == SHORTEST
    assert travel_minutes((54, 1), np.empty((0, 2))).shape == (0,)


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        ((54,), [(54, 1)]),
        ((54, 1), [(54, 1, 2)]),
        ((54, 1), (54, 1)),
        ((95, 1), [(54, 1)]),
        ((54, 1), [(54, 181)]),
    ],
)
def test_places_that_cannot_be_are_refused(start: object, ends: object) -> None:
    with pytest.raises(ValueError, match=r"latitude"):
        travel_minutes(start, ends)  # type: ignore[arg-type]
