"""Headache diaries of many people, yes or no a day: a check on people whom no number was tuned on."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np

from pacework.science import capacity

FOLDS = 5
# Others' entries weigh as much as so many own ones in the plain shrunk methods.
RATE_WEIGHT, CHAIN_WEIGHT = 5, 8
METHODS = ("other people's rate", "own rate", "own rate, shrunk", "two-state chain, shrunk", "Pacework")
BANDS = (("1–6", 1, 7), ("7–13", 7, 14), ("14 and more", 14, 10_000))
Diary = tuple[np.ndarray, np.ndarray]


def read(path: Path) -> list[Diary]:
    """Diaries of a CSV with the columns id, time (day number) and headache (yes or no)."""
    rows: dict[str, list[tuple[int, float]]] = defaultdict(list)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["id"]].append((int(row["time"]), float(row["headache"].lower() == "yes")))
    return [
        (
            np.datetime64("2026-01-01") + np.array([day for day, _ in entries]),
            np.array([had for _, had in entries]),
        )
        for entries in (sorted(one) for one in rows.values())
    ]


def neighbours(diary: Diary) -> Diary:
    """Days and the days after them, where both are in the diary."""
    dates, had = diary
    next_to = np.diff(dates).astype(int) == 1
    return had[:-1][next_to], had[1:][next_to]


def squared_errors(diaries: list[Diary]) -> np.ndarray:
    """Entries so far, then the squared error of each method, a row for each next day, (forecasts, 6)."""
    found = []
    for fold in range(FOLDS):
        others = [diary for place, diary in enumerate(diaries) if place % FOLDS != fold]
        population = capacity.learn_population(others, scale=(0, 1))
        rate = float(np.mean(np.concatenate([had for _, had in others])))
        before, after = (np.concatenate(part) for part in zip(*map(neighbours, others), strict=True))
        chain = [float(after[before == state].mean()) for state in (0, 1)]
        for dates, had in diaries[fold::FOLDS]:
            for count in range(1, len(had)):
                past = dates[:count], had[:count]
                if (dates[count] - dates[count - 1]).astype(int) != 1:
                    continue
                state = int(had[count - 1])
                early, late = neighbours(past)
                same = late[early == state]
                forecast = capacity.fit(*past, scale=(0, 1), population=population).forecast(1)
                said = (
                    rate,
                    past[1].mean(),
                    (RATE_WEIGHT * rate + past[1].sum()) / (RATE_WEIGHT + count),
                    (CHAIN_WEIGHT * chain[state] + same.sum()) / (CHAIN_WEIGHT + len(same)),
                    float(forecast.chances[0] @ forecast.scale.grid),
                )
                found.append((count, *((had[count] - chance) ** 2 for chance in said)))
    return np.array(found)


def rows(path: Path) -> list[tuple[str, int, list[float]]]:
    """Entries so far, forecasts, and the Brier score of each method; all of them last."""
    found = squared_errors(read(path))
    parts = [(label, (found[:, 0] >= first) & (found[:, 0] < end)) for label, first, end in BANDS]
    parts.append(("all", found[:, 0] > 0))
    return [(label, int(chosen.sum()), found[chosen, 1:].mean(axis=0).tolist()) for label, chosen in parts]
