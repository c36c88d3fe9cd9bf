"""What a job's hours and a shortlist take, beside what somebody would write instead, in the same run.

python -m benchmarks.jobs prints the rows; `rows()` returns them. Needs neither a database nor Django.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from pacework.science import capacity
from pacework.science.capacity.effort import plan

VACANCIES = 100_000
PATHS, WEEKS = 1000, 16


@dataclass(frozen=True)
class Row:
    """One measurement: milliseconds, the bar, and what stands beside it (no bar of its own)."""

    name: str
    milliseconds: float
    bar: float | None
    note: str

    @property
    def met(self) -> bool | None:
        return None if self.bar is None else self.milliseconds <= self.bar


def middle(act: Callable[[], Any], repeats: int = 15) -> float:
    """Median of several goes, after a first one, in milliseconds."""
    act()
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def person() -> tuple[capacity.HoursModel, capacity.Job]:
    """Somebody with 90 days of diary and answers, and a job of four mornings."""
    rng = np.random.default_rng(1)
    days = np.arange("2026-01-01", "2026-04-01", dtype="datetime64[D]")
    pain = np.clip(np.round(rng.normal(5, 1.2, len(days))), 0, 10)
    said = [
        (day, level, None, max(0.0, 5.5 - 0.5 * (level - 5))) for day, level in zip(days, pain, strict=True)
    ]
    job = capacity.Job(dict.fromkeys(("mon", "tue", "wed", "fri"), ("09:00", "13:00")), commute_minutes=35)
    return capacity.hours_model(capacity.fit(days, pain), said), job


def path_by_path(hours: capacity.HoursModel, job: capacity.Job) -> list[float]:
    """The same weeks the plain way: a loop over adjustments and paths, NumPy over days; no swaps."""
    paths = hours.paths(WEEKS * 7, PATHS, start="2026-04-06")
    shares = []
    for adjustment in (None, *capacity.ADJUSTMENTS):
        life = plan(adjustment.apply(job) if adjustment else job, WEEKS)
        worked, funded = 0.0, 0
        for path in paths:
            week = path.reshape(WEEKS, 7).T
            could = (week >= life.need)[list(life.working)]
            worked += could[:, :13].mean()
            paid = (life.paid[list(life.working)] * could).sum(axis=0)
            funded += (paid >= 7).sum() >= 13
        shares.append(worked / PATHS)
    return shares


def sustainability_rows() -> list[Row]:
    """One person, 16 weeks, 1,000 paths, 12 adjustments; pairs and triples beside."""
    hours, job = person()
    result = capacity.sustainability(hours, job, WEEKS, PATHS)
    about = f"one person, {WEEKS} weeks, {PATHS:,} paths, {len(capacity.ADJUSTMENTS)} adjustments"
    return [
        Row(
            about, middle(lambda: capacity.sustainability(hours, job, WEEKS, PATHS)), 100, "forecast included"
        ),
        Row("the same path by path", middle(lambda: path_by_path(hours, job), 3), None, "plain NumPy loop"),
        Row(
            "all pairs of them",
            middle(lambda: result.combined(2), 5),
            None,
            f"{len(result.combined(2))} pairs",
        ),
        Row("all triples", middle(lambda: result.combined(3), 3), None, f"{len(result.combined(3))} triples"),
    ]


def columns() -> dict[str, Any]:
    """Invented vacancies, a fifth of each value not known."""
    rng = np.random.default_rng(2)
    found: dict[str, Any] = {
        "travel": np.round(rng.gamma(3, 12, VACANCIES)),
        "hours": rng.choice([8.0, 12, 16, 20, 30, 37.5], VACANCIES),
        "pay": np.round(rng.normal(13.5, 2, VACANCIES), 2),
    }
    for number in range(6):
        found[f"flag{number}"] = rng.choice([0.0, 1.0], VACANCIES)
    for values in found.values():
        values[rng.random(VACANCIES) < 0.2] = np.nan
    found["kind"] = rng.choice(["", *(f"kind {number}" for number in range(60))], VACANCIES)
    return found


LIMITS = capacity.Limits(travel=45, hours=(8, 20), pay=12.21, must_not=("flag0", "flag1"))
WANTS = (
    capacity.Preference("kind", {"kind 1", "kind 2", "kind 3"}),
    capacity.Preference("hours", (12, 16)),
    *(capacity.Preference(f"flag{number}", True) for number in range(2, 6)),
)


def plainly(found: dict[str, Any], limits: bool) -> np.ndarray:
    """The same with masks and one sort of all that pass."""
    passing = np.ones(VACANCIES, bool)
    if limits:
        for out in (
            found["travel"] > 45,
            found["hours"] < 8,
            found["hours"] > 20,
            found["pay"] < 12.21,
            found["flag0"] > 0,
            found["flag1"] > 0,
        ):
            passing &= ~out
    met = np.isin(found["kind"], ["kind 1", "kind 2", "kind 3"]).astype(int)
    met += (found["hours"] >= 12) & (found["hours"] <= 16)
    for number in range(2, 6):
        met += found[f"flag{number}"] > 0
    rows = np.flatnonzero(passing)
    travel = np.where(np.isnan(found["travel"]), np.inf, found["travel"])
    return rows[np.lexsort((rows, travel[rows], -met[rows]))][:20]


def in_sql(found: dict[str, Any]) -> tuple[sqlite3.Connection, str, str]:
    """The same rows in SQLite, and the queries: with limits, and without."""
    link = sqlite3.connect(":memory:")
    link.execute(f"CREATE TABLE vacancy ({', '.join(found)})")
    values = [
        [None if value != value or value == "" else value for value in column.tolist()]
        for column in found.values()
    ]
    link.executemany(f"INSERT INTO vacancy VALUES ({', '.join('?' * len(found))})", zip(*values, strict=True))
    limits = (
        "WHERE (travel IS NULL OR travel <= 45) AND (hours IS NULL OR hours BETWEEN 8 AND 20) "
        "AND (pay IS NULL OR pay >= 12.21) AND NOT coalesce(flag0, 0) AND NOT coalesce(flag1, 0)"
    )
    flags = " + ".join(f"coalesce(flag{number}, 0)" for number in range(2, 6))
    query = (
        "SELECT rowid - 1 FROM vacancy {} ORDER BY coalesce(kind IN ('kind 1', 'kind 2', 'kind 3'), 0) "
        f"+ coalesce(hours BETWEEN 12 AND 16, 0) + {flags} DESC, travel IS NULL, travel, rowid LIMIT 20"
    )
    return link, query.format(limits), query.format("")


def shortlist_rows() -> list[Row]:
    """The first 20 of 100,000, with limits and without any."""
    found = columns()
    ready = capacity.vacancies(found)
    link, limited, unlimited = in_sql(found)
    rows = []
    for name, limits, query in (
        ("within limits", LIMITS, limited),
        ("without limits", None, unlimited),
    ):
        first = capacity.shortlist(ready, limits, WANTS).positions
        by_hand = tuple(plainly(found, limits is not None).tolist())
        in_base = tuple(row[0] for row in link.execute(query))
        if not first == by_hand == in_base:
            raise AssertionError("The shortlist and its peers differ.")
        rows += [
            Row(
                f"first 20 of {VACANCIES:,} vacancies, {name}",
                middle(lambda limits=limits: capacity.shortlist(ready, limits, WANTS)),
                10,
                f"{capacity.shortlist(ready, limits, WANTS).total:,} pass",
            ),
            Row(
                f"the same {name} by masks and a sort",
                middle(lambda limits=limits: plainly(found, limits is not None), 5),
                None,
                "plain NumPy",
            ),
            Row(
                f"the same {name} in SQL",
                middle(lambda query=query: link.execute(query).fetchall(), 5),
                None,
                "SQLite in memory, ORDER BY",
            ),
        ]
    rows.append(
        Row(
            "making the columns ready",
            middle(lambda: capacity.vacancies(found), 3),
            None,
            "once for all people",
        )
    )
    link.close()
    return rows


def rows() -> list[dict[str, Any]]:
    """Every row, as plain values."""
    return [asdict(row) | {"met": row.met} for row in (*sustainability_rows(), *shortlist_rows())]


if __name__ == "__main__":
    for row in rows():
        bar = "" if row["bar"] is None else f"bar {row['bar']:g}: {'met' if row['met'] else 'NOT MET'}"
        print(f"{row['milliseconds']:9.1f} ms  {row['name']}  ({row['note']})  {bar}")
