"""How likely each rating is on each coming day: one person's own shapes, moved to where the level pulls."""

from __future__ import annotations

import numpy as np

from pacework.science.capacity.assumptions import number
from pacework.science.capacity.diary import STEPS, Diary, Floats, Integers
from pacework.science.capacity.levels import SETTLED, WINDOW, Standing, level, pulls_between, steps_back
from pacework.science.capacity.population import GRID, Population

# A part that would get less than this share of a day's forecast is left out.
LEAST = 0.01
# Most rounds of `move`, and the steepest tilt, per share of the scale: a factor of 3,000 a point on 0–10.
ROUNDS, STEEPEST = 30, 80.0


def move(shapes: Floats, targets: Floats) -> Floats:
    """Return shapes tilted exponentially until their means are the targets; a person's ratings stay theirs.

    A tilted shape keeps every place that it had, and only those: p(x) exp(theta x), normalised. A target at
    or beyond the outermost used place is approached, not reached.

    Parameters
    ----------
    shapes
        Probabilities of the places of the grid, (days, 101).
    targets
        Means to reach, in shares of the scale, (days,).
    """
    middle = shapes @ GRID
    off = GRID - middle[:, None]
    aim = targets - middle
    theta = np.zeros(len(shapes))
    least, most = np.full(len(shapes), -STEEPEST), np.full(len(shapes), STEEPEST)
    tilted = shapes
    for _ in range(ROUNDS):
        mean = (tilted * off).sum(axis=1)
        missing = aim - mean
        if np.abs(missing).max() < 1e-6:
            break
        # The mean rises with theta, so what has been tried bounds it; Newton's step is taken where it stays
        # within. A shape with two far humps would throw it to and fro otherwise.
        least, most = np.where(missing > 0, theta, least), np.where(missing > 0, most, theta)
        variance = (tilted * off * off).sum(axis=1) - mean**2 + 1e-9
        step = theta + missing / variance
        theta = np.where((step > least) & (step < most), step, (least + most) / 2)
        power = theta[:, None] * off
        tilted = shapes * np.exp(power - power.max(axis=1, keepdims=True))
        tilted /= tilted.sum(axis=1, keepdims=True)
    return tilted


def chances(diary: Diary, standing: Standing, population: Population, ahead: Floats) -> Floats:
    """Return how likely each place of the grid is, (days, 101).

    Parameters
    ----------
    diary
        The cleaned diary.
    standing
        Where it stands, one row.
    population
        What people have in common.
    ahead
        Days since the last entry, at least 1, (days,); ignored for an empty diary.
    """
    if not len(diary):
        return np.tile(population.shape, (len(ahead), 1))
    ages = steps_back(diary.days[-WINDOW:])
    values = (diary.values[-WINDOW:] - diary.scale.low) / (diary.scale.high - diary.scale.low)
    places = diary.scale.place(diary.values[-WINDOW:])
    count = len(diary)
    month, long = (_shape(places, ages, number("forecast", f"{name}_life")) for name in ("month", "long"))
    young, far = number("forecast", "prior_entries"), number("forecast", "far_entries")
    month = _full(month, count, population, young / (young + count**1.5), count)
    # Weeks ahead lie days of kinds that a young diary has not seen.
    long = _full(long, count, population, far / (far + count), standing.independent(count))
    given = 1 - np.exp(-ahead / number("forecast", "long_days"))[:, None]
    base = (1 - given) * month + given * long
    width = diary.scale.high - diary.scale.low
    quick, week, months = standing.levels[0, :3]
    away = pulls_between(standing.pulls[0], ahead) @ (quick - week, week - months) / width
    found = move(base, np.clip(base @ GRID + away, 0.002, 0.998))
    error_share = _fading("error_share", "error_days", ahead)
    week_share = _fading("week_share", "week_share_days", ahead)
    errors = _with_errors(diary.days[-WINDOW:], values, ages, ahead[error_share > 0])
    if not len(errors):
        error_share[:] = 0
    # Young diaries have no errors of their own to speak of, and a week's ratings are not a shape yet.
    trust = count / (count + young)
    error_share, week_share = error_share * trust, week_share * trust
    found *= (1 - error_share - week_share)[:, None]
    found += week_share[:, None] * _shape(places, ages, number("forecast", "week_life"))
    if len(errors):
        found[error_share > 0] += error_share[error_share > 0, None] * errors
    return found


def _fading(share: str, days: str, ahead: Floats) -> Floats:
    """Return the share that a part has of each day's forecast, (days,); nothing where that is hardly any."""
    found = number("forecast", share) * np.exp(-(ahead - 1) / number("forecast", days))
    return np.where(found < LEAST, 0.0, found)


def _shape(places: Integers, ages: Floats, half_life: float) -> Floats:
    shape = np.bincount(places, np.exp2(np.maximum(ages, -WINDOW) / half_life), STEPS + 1)
    found: Floats = shape / shape.sum()
    return found


def _full(own: Floats, count: int, population: Population, share: float, independent: float) -> Floats:
    """A person's own shape, rounded out by neighbouring places and by a share of what people have in common.

    For `independent` see `Population.expect`.
    """
    lent = number("forecast", "spread_entries")
    # Ratings closer together than they lend would be blurred: they lend less.
    apart = float(np.sqrt(own @ (GRID - own @ GRID) ** 2)) * 10 / number("forecast", "spread_width")
    lent *= min(1.0, apart) / (lent + count)
    own = (1 - lent) * own + lent * (own @ population.neighbours)
    mean = float(own @ GRID)
    squares = count * float(own @ (GRID - mean) ** 2)
    full: Floats = (1 - share) * own + share * population.expect(count, independent, mean, squares)
    return full


def _with_errors(days: Integers, values: Floats, ages: Floats, ahead: Floats) -> Floats:
    """The nearly last value plus what its own forecasts missed so many days ahead, (days asked, 101).

    Empty where there are no such pairs yet. Where a distance has too few pairs, those of the next entry,
    whatever its distance, stand in.
    """
    count = len(values)
    if count <= SETTLED + 1:
        return np.empty((0, STEPS + 1))
    last = level(ages, values, np.ones(count, dtype=bool), number("forecast", "last_life"))
    weights = np.exp2((np.arange(count) - (count - 1)) / number("forecast", "pair_life"))
    found = np.empty((len(ahead), STEPS + 1))
    for row, distance in enumerate(ahead):
        later = np.searchsorted(days, days + int(distance))
        there = later < count
        there[there] = days[later[there]] == days[there] + int(distance)
        early, late = np.nonzero(there)[0], later[there]
        if len(early) <= SETTLED + 1:
            early, late = np.arange(count - 1), np.arange(1, count)
        landed = np.clip(last[-1] + values[late] - last[early], 0, 1)
        shape = np.bincount(np.rint(landed * STEPS).astype(np.int64), weights[late], STEPS + 1)
        found[row] = shape / shape.sum()
    return found
