"""Scores of forecasts of daily ratings against plain methods: rolling origin, past only, rated days only."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pacework.science import capacity

HORIZONS = (1, 3, 7)
# Entries before the first forecast, in a series at all, and forecasts before a person counts in an average.
WARM_UP, SHORTEST, FEWEST = 21, 26, 30
SAMPLES = 400
OURS = "Pacework"
BASELINES = ("person mean", "last value", "EWMA", "EWMA + own errors", "weighted empirical")
# Set aside before anything was tuned: the last third of every series of these people.
FROZEN = ("P1", "P2", "P8")
# Not a symptom.
LEFT_OUT = {"happiness"}

Series = dict[tuple[str, str], tuple[np.ndarray, np.ndarray]]
Weighted = tuple[np.ndarray, np.ndarray]


def read(path: Path) -> Series:
    """Series of a CSV with the columns person, date, item, value; each by date."""
    rows: dict[tuple[str, str], list[tuple[np.datetime64, float]]] = defaultdict(list)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["item"] not in LEFT_OUT:
                entry = (np.datetime64(row["date"], "D"), float(row["value"]))
                rows[row["person"], row["item"]].append(entry)
    found = {}
    for key, entries in sorted(rows.items()):
        if len(entries) >= SHORTEST:
            entries.sort()
            found[key] = (np.array([day for day, _ in entries]), np.array([value for _, value in entries]))
    return found


def crps(values: np.ndarray, weights: np.ndarray, truth: float) -> float:
    """Continuous ranked probability score of weighted values: E|X - y| - E|X - X'| / 2."""
    order = np.argsort(values)
    values, weights = values[order], weights[order] / weights.sum()
    middle = np.cumsum(weights) - weights / 2
    return float((weights * np.abs(values - truth)).sum() - 2 * (weights * values * (middle - 0.5)).sum())


def median(values: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(values)
    heights = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(np.searchsorted(heights, 0.5), len(values) - 1)])


def smoothed(values: np.ndarray, alpha: float) -> np.ndarray:
    """Exponentially weighted mean after each value."""
    path = np.empty(len(values))
    level = values[0]
    for place, value in enumerate(values):
        level += alpha * (value - level)
        path[place] = level
    return path


def baselines(values: np.ndarray) -> Iterator[tuple[str, Weighted]]:
    """The plain methods, each as weighted values."""
    count, even = len(values), np.ones(SAMPLES)
    normal = np.random.default_rng(count).standard_normal(SAMPLES)
    yield BASELINES[0], (values.mean() + max(values.std(), 0.05) * normal, even)
    yield BASELINES[1], (values[-1] + max(np.diff(values).std(), 0.05) * normal, even)
    paths = [smoothed(values, alpha) for alpha in (0.1, 0.2, 0.3, 0.5, 0.7)]
    path = min(paths, key=lambda one: float(((values[1:] - one[:-1]) ** 2).sum()))
    errors = values[1:] - path[:-1]
    yield BASELINES[2], (path[-1] + max(errors.std(), 0.05) * normal, even)
    yield BASELINES[3], (np.clip(path[-1] + errors[-120:], 0, 10), np.ones(len(errors[-120:])))
    yield BASELINES[4], (values, 0.5 ** (np.arange(count)[::-1] / 14))


@dataclass
class Scores:
    """Scores by method, horizon and person: each a list with one number a forecast."""

    cells: dict[tuple[str, int, str], dict[str, list[float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def add(
        self,
        method: str,
        days: int,
        person: str,
        forecast: Weighted,
        truth: float,
        usual: float,
        chance: float,
    ) -> None:
        """Score one forecast. `chance` splits ties when the place of the truth is looked up."""
        values, weights = forecast
        total = weights.sum()
        below = weights[values < truth - 1e-9].sum() / total
        tied = weights[np.abs(values - truth) <= 1e-9].sum() / total
        place = below + chance * tied
        cell = self.cells[method, days, person]
        cell["mae"].append(abs(median(values, weights) - truth))
        cell["crps"].append(crps(values, weights, truth))
        cell["pit"].append(place)
        cell["cover"].append(float(0.1 <= place <= 0.9))
        cell["brier"].append((weights[values >= usual].sum() / total - (truth >= usual)) ** 2)

    def base_rate(self, days: int, person: str, rate: float, event: bool) -> None:
        """Score the person's own rate so far, which a skill is measured against."""
        self.cells["base", days, person]["brier"].append((rate - event) ** 2)

    def people(self, days: int) -> list[str]:
        """People with enough forecasts to enter an average."""
        seen = {person for method, horizon, person in self.cells if horizon == days and method != "base"}
        return sorted(one for one in seen if len(self.cells[BASELINES[0], days, one]["crps"]) >= FEWEST)

    def forecasts(self, days: int, person: str) -> int:
        return len(self.cells[BASELINES[0], days, person]["crps"])

    def person(self, method: str, days: int, person: str, name: str) -> float:
        return float(np.mean(self.cells[method, days, person][name]))

    def macro(self, method: str, days: int, name: str) -> float:
        """Mean over people, each counting once."""
        return float(np.mean([self.person(method, days, one, name) for one in self.people(days)]))

    def skill(self, method: str, days: int) -> float:
        """Brier skill for a day worse than usual over the person's running rate."""
        return 1 - self.macro(method, days, "brier") / self.macro("base", days, "brier")

    def best(self, days: int) -> str:
        return min(BASELINES, key=lambda method: self.macro(method, days, "crps"))

    def gain(self, days: int) -> float:
        """Per cent below the best plain method."""
        return 100 * (1 - self.macro(OURS, days, "crps") / self.macro(self.best(days), days, "crps"))

    def against(self, method: str, days: int, person: str) -> float:
        """Per cent below one plain method, one person."""
        return 100 * (1 - self.person(OURS, days, person, "crps") / self.person(method, days, person, "crps"))


Wanted = Callable[[str, int, int], bool]


def score(series: Series, wanted: Wanted | None = None) -> Scores:
    """Scores of every forecast, or of those wanted (person, entries so far, entries in all).

    The population is learned from the other people alone.
    """
    scores, chance = Scores(), np.random.default_rng(0)
    names = {person for person, _ in series}
    populations = {
        name: capacity.learn_population([diary for (person, _), diary in series.items() if person != name])
        for name in names
    }
    for (person, _), (dates, values) in sorted(series.items()):
        places = {day: place for place, day in enumerate(dates)}
        for origin in range(WARM_UP, len(values) - 1, 5 if len(values) >= 500 else 2):
            past, today = values[:origin], dates[origin - 1]
            targets = {days: places.get(today + np.timedelta64(days, "D")) for days in HORIZONS}
            if wanted and not wanted(person, origin, len(values)):
                continue
            if all(one is None for one in targets.values()):
                continue
            usual = float(np.median(past[-28:]) + max(0.75 * past.std(), 0.2))
            rate = (float((past >= usual).sum()) + 0.5) / (origin + 1)
            model = capacity.fit(dates[:origin], past, population=populations[person])
            paths = model.forecast(max(HORIZONS)).sample(SAMPLES, seed=1)
            plain = dict(baselines(past))
            for days, place in targets.items():
                if place is None:
                    continue
                truth, split = float(values[place]), float(chance.random())
                ours = {OURS: (paths[:, days - 1], np.ones(SAMPLES))}
                for method, forecast in {**plain, **ours}.items():
                    scores.add(method, days, person, forecast, truth, usual, split)
                scores.base_rate(days, person, rate, truth >= usual)
    return scores


def frozen(person: str, origin: int, count: int) -> bool:
    """Whether a forecast starts in the part that was set aside."""
    return person in FROZEN and origin >= 2 * count // 3


def young(series: Series) -> list[tuple[str, int, float, float, float]]:
    """First days of diaries: (entries so far, forecasts, ours, weighted empirical, population alone).

    CRPS of the next rated day, people counting once; the weighted empirical is not defined without an entry.
    """
    bands = (("0", 0, 1), ("1–6", 1, 7), ("7–13", 7, 14), ("14–27", 14, 28))
    names = {person for person, _ in series}
    found: list[tuple[str, int, float, float, float]] = []
    for label, first, end in bands:
        by_person: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
        for name in names:
            population = capacity.learn_population([v for (who, _), v in series.items() if who != name])
            for dates, values in (diary for (who, _), diary in series.items() if who == name):
                for origin in range(first, min(end, len(values))):
                    by_person[name].append(_young(dates, values, origin, population))
        ours, plain, alone = np.mean([np.mean(one, axis=0) for one in by_person.values()], axis=0)
        found.append((label, sum(map(len, by_person.values())), ours, plain, alone))
    return found


def _young(dates: np.ndarray, values: np.ndarray, origin: int, population: Any) -> tuple[float, float, float]:
    truth = float(values[origin])
    model = capacity.fit(dates[:origin], values[:origin], population=population)
    forecast = model.forecast(1, dates[origin])
    grid = forecast.scale.grid
    ours, alone = crps(grid, forecast.chances[0], truth), crps(grid, population.shape, truth)
    if not origin:
        return ours, float("nan"), alone
    plain = crps(values[:origin], 0.5 ** (np.arange(origin)[::-1] / 14), truth)
    return ours, plain, alone
