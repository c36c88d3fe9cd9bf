"""The open vacancies as columns, kept in memory by each process and renewed when vacancies change.

Vacancies are no case data: what is kept here is the same for everybody. What depends on a client (the way,
whom they want to avoid) is worked out for each page in `criteria`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from django.db.models import Max
from numpy.typing import NDArray

from pacework.service.employers.models import Vacancy
from pacework.service.employers.policies import TIMES

TIME_KEYS = (*TIMES, "weekends")
HOMES = tuple(str(value) for value in Vacancy.Home.values)
# Demands that a person may rule out. Only what somebody has confirmed counts: a guess hides nothing.
RULED = ("driving", "lifting")
FIELDS = (
    "pk", "employer_id", "site_id", "title", "hours_a_week", "pay_an_hour", "outward", "home_working",
    "times", "demands", "closes_on", "status",
)  # fmt: skip
WORD = re.compile(r"[^\W\d_]{4,}")
FAR = 10**7
MOST_PATCHED = 1000

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def plain_words(text: str) -> set[str]:
    """Words of four letters and more, without the s of several: "Gardens" and "garden" are the same."""
    return {word.rstrip("s") for word in WORD.findall(text.casefold())}


@dataclass(frozen=True, eq=False)
class Columns:
    """Open vacancies, the newest first. Numbers not known are NaN; codes not known are -1."""

    pk: Integers
    employer: Integers
    site: Integers
    hours: Floats
    pay: Floats
    closes: Integers
    home: Integers
    # Bits in the order of `TIME_KEYS`; -1 while the shifts are not known.
    times: Integers
    ruled: dict[str, Floats]
    outward: Integers
    outwards: tuple[str, ...]
    title: Integers
    titles: tuple[str, ...]
    # For renewing: how many vacancies there were, open or not, and when the last of them changed.
    count: int = 0
    changed_at: datetime | None = None
    _ready: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def titles_with(self) -> dict[str, Integers]:
        """Word → codes of the titles that have it."""
        found: dict[str, list[int]] = {}
        for code, title in enumerate(self.titles):
            for word in plain_words(title):
                found.setdefault(word, []).append(code)
        return {word: np.array(codes) for word, codes in found.items()}

    def has_word(self, words: Iterable[str]) -> Floats:
        """1 where the title has one of these words."""
        named = np.zeros(len(self.titles), bool)
        for word in words:
            named[self.titles_with.get(word, [])] = True
        return named[self.title].astype(float) if len(self.titles) else np.zeros(len(self.pk))


def _number(value: Any) -> float:
    return np.nan if value is None else float(value)


def _bits(times: str) -> int:
    names = times.split()
    return sum(1 << place for place, key in enumerate(TIME_KEYS) if key in names) if names else -1


def _demand(said: Any, name: str) -> float:
    share = (said or {}).get(name, {}).get("share", "")
    return np.nan if not share else float(share != "hardly")


def _arrays(rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """The columns of some rows, titles and districts still as texts."""
    turned = dict(zip(FIELDS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(FIELDS, ())
    far = FAR
    return {
        "pk": np.array(turned["pk"], np.int64),
        "employer": np.array(turned["employer_id"], np.int64),
        "site": np.array([-1 if site is None else site for site in turned["site_id"]], np.int64),
        "hours": np.array([_number(value) for value in turned["hours_a_week"]], float),
        "pay": np.array([_number(value) for value in turned["pay_an_hour"]], float),
        "closes": np.array([far if on is None else on.toordinal() for on in turned["closes_on"]], np.int64),
        "home": np.array([HOMES.index(home) for home in turned["home_working"]], np.int64),
        "times": np.array([_bits(times) for times in turned["times"]], np.int64),
        **{name: np.array([_demand(said, name) for said in turned["demands"]], float) for name in RULED},
        "outward": np.array(turned["outward"], object),
        "title": np.array(turned["title"], object),
    }


def _columns(arrays: dict[str, Any], count: int, changed_at: datetime | None) -> Columns:
    order = np.argsort(-arrays["pk"], kind="stable")
    arrays = {name: values[order] for name, values in arrays.items()}
    kinds: dict[str, Any] = {}
    for name in ("outward", "title"):
        labels, codes = np.unique(arrays[name].astype(str), return_inverse=True)
        kinds[name], kinds[f"{name}s"] = codes.astype(np.int64), tuple(labels.tolist())
    plain = {name: values for name, values in arrays.items() if name not in (*kinds, *RULED)}
    ruled = {name: arrays[name] for name in RULED}
    return Columns(**plain, **kinds, ruled=ruled, count=count, changed_at=changed_at, _ready=arrays)


class Kept:
    """What this process remembers. One reader renews; the others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._columns: Columns | None = None

    def now(self) -> Columns:
        """The columns as vacancies stand now: two small queries while nothing changed."""
        with self._lock:
            last = Vacancy.objects.aggregate(last=Max("changed_at"))["last"]
            count = Vacancy.objects.count()
            kept = self._columns
            if kept is None or (kept.changed_at, kept.count) != (last, count):
                self._columns = kept = self._renewed(kept, count, last)
            return kept

    def forget(self) -> None:
        """Read everything anew the next time."""
        with self._lock:
            self._columns = None

    def _renewed(self, kept: Columns | None, count: int, last: datetime | None) -> Columns:
        if kept is not None and kept.changed_at is not None:
            changed = list(Vacancy.objects.filter(changed_at__gte=kept.changed_at).values_list(*FIELDS))
            # Fewer than before: some were deleted, and nobody says which.
            if 0 <= count - kept.count <= len(changed) < max(MOST_PATCHED, count // 10):
                return self._patched(kept, changed, count, last)
        rows = list(Vacancy.objects.filter(status=Vacancy.Status.OPEN).values_list(*FIELDS))
        return _columns(_arrays(rows), count, last)

    @staticmethod
    def _patched(kept: Columns, changed: list[tuple[Any, ...]], count: int, last: datetime | None) -> Columns:
        touched = np.array([row[0] for row in changed], np.int64)
        stays = ~np.isin(kept.pk, touched)
        fresh = _arrays([row for row in changed if row[-1] == Vacancy.Status.OPEN])
        together = {
            name: np.concatenate([values[stays], fresh[name]])
            for name, values in kept._ready.items()  # noqa: SLF001 (its own renewal)
        }
        return _columns(together, count, last)


kept = Kept()
