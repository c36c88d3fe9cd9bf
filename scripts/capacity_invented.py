"""Invented diaries: are 13-week totals calibrated, and do they look like real ones?"""

from __future__ import annotations

import numpy as np

from pacework.science import capacity

WEEKS13 = 91
PEOPLE = 300
# Other seeds than those the paths' spread was chosen with.
FIRST_SEED, FIRST_OTHER = 7_000_000, 8_000_000
HISTORIES = (14, 42, 91, 182, 365)


def population() -> capacity.Population:
    """What 100 other invented people have in common."""
    others = (capacity.simulate_diary(WEEKS13, FIRST_OTHER + number) for number in range(100))
    return capacity.learn_population([(one.dates, one.values) for one in others])


def place(paths: np.ndarray, truth: float, rng: np.random.Generator) -> float:
    """Share of the paths below the truth, ties split at random."""
    below = float((paths < truth - 1e-9).mean())
    return below + float(rng.random()) * float((np.abs(paths - truth) < 1e-9).mean())


def places(history: int, people: capacity.Population, missing: str = "falling") -> np.ndarray:
    """Places of 13-week totals of pain and of flare days among the paths, (people, 2)."""
    rng = np.random.default_rng(history)
    found = []
    for number in range(PEOPLE):
        one = capacity.simulate_diary(history + WEEKS13, FIRST_SEED + number, missing=missing)  # type: ignore[arg-type]
        rated = one.rated[:history]
        if not rated.any():
            continue
        model = capacity.fit(one.days[:history][rated], one.pain[:history][rated], population=people)
        forecast = model.forecast(WEEKS13, one.days[history])
        paths, came = forecast.sample(400, number), one.pain[history:]
        total = place(paths.sum(axis=1), came.sum(), rng)
        worse = forecast.flare_from - 1e-9
        found.append((total, place((paths >= worse).sum(axis=1), float((came >= worse).sum()), rng)))
    return np.array(found)


def spread(values: list[float | None]) -> tuple[float, float, float]:
    """5th, 50th and 95th percentile."""
    known = np.array([value for value in values if value is not None])
    low, middle, high = np.percentile(known, [5, 50, 95])
    return float(low), float(middle), float(high)


def indices(diaries: list[tuple[np.ndarray, np.ndarray]]) -> dict[str, list[float | None]]:
    """The indices of each diary of at least 40 days, by name."""
    found: dict[str, list[float | None]] = {
        name: [] for name in ("standard deviation", "autocorrelation", "mean change", "longest flare")
    }
    for dates, values in diaries:
        if len(values) < 40:
            continue
        moves = capacity.fit(dates, values).variability
        found["standard deviation"].append(moves.sd.value)
        found["autocorrelation"].append(moves.autocorrelation.value)
        found["mean change"].append(moves.change.value)
        found["longest flare"].append(float(moves.longest_flare))
    return found


def invented() -> list[tuple[np.ndarray, np.ndarray]]:
    """Invented diaries to hold against real ones."""
    diaries = (capacity.simulate_diary(WEEKS13, FIRST_SEED + number) for number in range(PEOPLE))
    return [(one.dates, one.values) for one in diaries]
