"""What forecasting symptoms takes, beside what somebody would use instead, in the same run.

python -m benchmarks.capacity prints the rows; `rows()` returns them. Needs neither a database nor Django.
"""

from __future__ import annotations

import time
import tracemalloc
import warnings
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from benchmarks.jobs import Row, middle
from pacework.science import capacity

PEOPLE, DAYS = 10_000, 90
YEAR, AHEAD = 365, 28
# The peers are too slow for 10,000 people: so many are measured, and the time is multiplied.
PEER_PEOPLE, LOOP_PEOPLE = 20, 200
Diary = tuple[np.ndarray, np.ndarray]


def diary(days: int, seed: int) -> Diary:
    """An invented diary, every day rated."""
    one = capacity.simulate_diary(days, seed, missing="none")
    return one.dates, one.values


def many() -> list[Diary]:
    """10,000 diaries of 90 days, shuffled from 200 invented ones."""
    rng = np.random.default_rng(1)
    some = [diary(DAYS, seed) for seed in range(200)]
    return [(some[number % 200][0], rng.permutation(some[number % 200][1])) for number in range(PEOPLE)]


def local_level(values: np.ndarray, days: int) -> Any:
    """statsmodels' local level: fitted, and its mean and variance of the coming days."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = UnobservedComponents(values, "local level").fit(disp=0)
        return fitted.get_forecast(days).summary_frame()


def plain_loop(values: np.ndarray, days: int) -> np.ndarray:
    """A smoothed level, the best of five, in a loop over days, with its own past errors each day ahead."""
    best, chosen = np.inf, values
    for alpha in (0.1, 0.2, 0.3, 0.5, 0.7):
        path, level = np.empty(len(values)), values[0]
        for place, value in enumerate(values):
            level += alpha * (value - level)
            path[place] = level
        missed = float(((values[1:] - path[:-1]) ** 2).sum())
        if missed < best:
            best, chosen = missed, path
    ahead = [np.clip(chosen[-1] + values[day:] - chosen[:-day], 0, 10) for day in range(1, days + 1)]
    return np.array([np.quantile(one, (0.1, 0.5, 0.9)) for one in ahead])


def once(act: Callable[[], Any]) -> float:
    """Milliseconds of one go."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def one_person() -> list[Row]:
    dates, values = diary(YEAR, 7)
    paths = capacity.fit(dates, values).forecast(112)
    return [
        Row(
            f"one person: fit {YEAR} days, forecast {AHEAD}",
            middle(lambda: capacity.fit(dates, values).forecast(AHEAD), 100),
            2,
            "median of 100",
        ),
        Row(
            "the same, statsmodels local level",
            middle(lambda: local_level(values, AHEAD), 5),
            None,
            "a bell curve for each day, no paths",
        ),
        Row("the same, plain NumPy loop", middle(lambda: plain_loop(values, AHEAD), 15), None, "no paths"),
        Row("1,000 paths of 16 weeks", middle(lambda: paths.sample(1000, 1), 20), None, "from a forecast"),
        Row(
            "how much the diary moves",
            middle(lambda: capacity.fit(dates, values).variability),
            None,
            "five indices with intervals",
        ),
    ]


def everybody() -> list[Row]:
    diaries = many()
    about = f"{PEOPLE:,} people of {DAYS} days"
    peers = PEOPLE / PEER_PEOPLE
    loops = PEOPLE / LOOP_PEOPLE
    models = capacity.fit_many(diaries)
    start = np.datetime64("2027-01-01")
    return [
        Row(f"{about}: fit_many", middle(lambda: capacity.fit_many(diaries), 3), 5000, "median of 3"),
        Row(
            f"{about}: {AHEAD} days ahead of each",
            once(lambda: [model.forecast(AHEAD, start) for model in models]),
            None,
            "after fit_many",
        ),
        Row(
            "both, statsmodels local level",
            peers * once(lambda: [local_level(values, AHEAD) for _, values in diaries[:PEER_PEOPLE]]),
            None,
            f"{PEER_PEOPLE} people measured, times {peers:.0f}",
        ),
        Row(
            "both, plain NumPy loop",
            loops * once(lambda: [plain_loop(values, AHEAD) for _, values in diaries[:LOOP_PEOPLE]]),
            None,
            f"{LOOP_PEOPLE} people measured, times {loops:.0f}",
        ),
    ]


def memory() -> dict[str, float]:
    """Megabytes that the models of 10,000 people hold, and the most that making them took."""
    diaries = many()
    tracemalloc.start()
    models = capacity.fit_many(diaries)
    held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"people": float(len(models)), "held": held / 1e6, "most": most / 1e6}


def rows() -> list[dict[str, Any]]:
    """Every row, as plain values."""
    return [asdict(row) | {"met": row.met} for row in (*one_person(), *everybody())]


def main() -> None:
    """Print them."""
    for row in rows():
        bar = "" if row["bar"] is None else f"bar {row['bar']:g}: {'met' if row['met'] else 'NOT MET'}"
        print(f"{row['milliseconds']:9.1f} ms  {row['name']}  ({row['note']})  {bar}")
    found = memory()
    held, most = found["held"], found["most"]
    print(f"{held:.0f} MB held by {found['people']:,.0f} models, {most:.0f} MB at most meanwhile")


if __name__ == "__main__":
    main()
