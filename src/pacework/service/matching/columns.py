"""The open vacancies as columns, kept in memory by each process and renewed by what changed since.

Vacancies are no case data: what is kept here is the same for everybody. What depends on a client (the way,
whom they want to avoid) is worked out for each page in `criteria`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np
from django.db.models import Count, Max, Sum
from numpy.typing import NDArray

from pacework.service.employers.models import Vacancy
from pacework.service.employers.policies import TIMES

TIME_KEYS = (*TIMES, "weekends")
HOMES = tuple(str(value) for value in Vacancy.Home.values)
FIELDS = (
    "pk", "employer_id", "site_id", "title", "hours_a_week", "pay_an_hour", "outward", "home_working",
    "times", "demands", "closes_on", "status",
)  # fmt: skip
WORD = re.compile(r"[^\W\d_]{4,}")
FAR = 10**7
BATCH = 5_000
# A change is seen a moment after its time, and servers' clocks differ: what changed so shortly before the
# last change is looked at again.
OVERLAP = timedelta(minutes=5)

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
NONE: Integers = np.array([], np.int64)


def plain_words(text: str) -> set[str]:
    """Words of four letters and more, without the s of several: "Gardens" and "garden" are the same."""
    return {word.rstrip("s") for word in WORD.findall(text.casefold())}


@dataclass(frozen=True, eq=False)
class Texts:
    """Texts by number, in the order in which they came. One that no row has any more stays."""

    numbers: dict[str, int] = field(default_factory=dict)
    # Word → numbers of the texts that have it.
    words: dict[str, Integers] = field(default_factory=dict)

    def and_of(self, texts: Iterable[str]) -> tuple[Texts, Integers]:
        """These texts and those that are new, and the number of each one given."""
        numbers, words = dict(self.numbers), dict(self.words)
        given = np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64)
        found: dict[str, list[int]] = {}
        for text in islice(numbers, len(self.numbers), None):
            for word in plain_words(text):
                found.setdefault(word, []).append(numbers[text])
        for word, new in found.items():
            words[word] = np.append(words.get(word, NONE), new)
        return Texts(numbers, words), given

    def with_words(self, words: Iterable[str]) -> NDArray[np.bool_]:
        """For each number, whether its text has one of these words."""
        named = np.zeros(len(self.numbers), np.bool_)
        for word in words:
            named[self.words.get(word, NONE)] = True
        return named


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
    # Demands that a person may rule out. Only what somebody has confirmed counts: a guess hides nothing.
    driving: Floats
    lifting: Floats
    # Numbers of their texts.
    outward: Integers
    title: Integers
    outwards: Texts
    titles: Texts

    def has_word(self, words: Iterable[str]) -> Floats:
        """1 where the title has one of these words."""
        return self.titles.with_words(words)[self.title].astype(float)

    def renewed(self, changed: Iterable[tuple[Any, ...]]) -> Columns:
        """The same with rows of vacancies (`FIELDS`) added or put in the place of what they were."""
        fresh = _arrays(changed)
        opened = fresh.pop("open")
        stays = ~np.isin(self.pk, fresh["pk"])
        fresh = {name: values[opened] for name, values in fresh.items()}
        outwards, fresh["outward"] = self.outwards.and_of(fresh["outward"])
        titles, fresh["title"] = self.titles.and_of(fresh["title"])
        together = {
            name: np.concatenate([getattr(self, name)[stays], values]) for name, values in fresh.items()
        }
        order = np.argsort(-together["pk"], kind="stable")
        return Columns(
            **{name: values[order] for name, values in together.items()}, outwards=outwards, titles=titles
        )


def _number(value: Any) -> float:
    return np.nan if value is None else float(value)


def _bits(times: str) -> int:
    names = times.split()
    return sum(1 << place for place, key in enumerate(TIME_KEYS) if key in names) if names else -1


def _demand(said: Any, name: str) -> float:
    share = (said or {}).get(name, {}).get("share", "")
    return np.nan if not share else float(share != "hardly")


def _arrays(rows: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """The columns of some rows, titles and districts still as texts. Few rows are held at a time."""
    waiting = iter(rows)
    parts: list[dict[str, Any]] = []
    while not parts or len(parts[-1]["pk"]) == BATCH:
        parts.append(_batch(list(islice(waiting, BATCH))))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _batch(rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    turned = dict(zip(FIELDS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(FIELDS, ())
    return {
        "pk": np.array(turned["pk"], np.int64),
        "employer": np.array(turned["employer_id"], np.int64),
        "site": np.array([-1 if site is None else site for site in turned["site_id"]], np.int64),
        "hours": np.array([_number(value) for value in turned["hours_a_week"]], float),
        "pay": np.array([_number(value) for value in turned["pay_an_hour"]], float),
        "closes": np.array([FAR if on is None else on.toordinal() for on in turned["closes_on"]], np.int64),
        "home": np.array([HOMES.index(home) for home in turned["home_working"]], np.int64),
        "times": np.array([_bits(times) for times in turned["times"]], np.int64),
        "driving": np.array([_demand(said, "driving") for said in turned["demands"]], float),
        "lifting": np.array([_demand(said, "lifting") for said in turned["demands"]], float),
        "outward": np.array(turned["outward"], object),
        "title": np.array(turned["title"], object),
        "open": np.array([status == Vacancy.Status.OPEN for status in turned["status"]], np.bool_),
    }


def _none() -> Columns:
    empty = _batch([])
    empty.pop("open")
    return Columns(**empty | {"outward": NONE, "title": NONE}, outwards=Texts(), titles=Texts())


@dataclass(frozen=True)
class State:
    """What tells whether vacancies changed: how many there are, and how often the latest were saved.

    Each save counts a version up, so that a change shows whatever the clock of its server said, as long as it
    lies within `OVERLAP`.
    """

    count: int
    since: datetime | None
    latest: int = 0
    versions: int | None = None

    @classmethod
    def now(cls, since: datetime | None) -> State:
        """Two small queries."""
        rows = Vacancy.objects.filter(changed_at__gte=since) if since else Vacancy.objects.none()
        latest = rows.aggregate(latest=Count("pk"), versions=Sum("version"))
        return cls(Vacancy.objects.count(), since, **latest)


class Kept:
    """What this process remembers. One reader renews; the others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._columns = _none()
        self._state: State | None = None

    def now(self) -> Columns:
        """The columns as vacancies stand now."""
        with self._lock:
            if self._state is None or self._state != State.now(self._state.since):
                self._renew()
            return self._columns

    def forget(self) -> None:
        """Read everything anew the next time."""
        with self._lock:
            self._columns, self._state = _none(), None

    def _renew(self) -> None:
        # The state is asked for before the rows: what changes in between is found the next time.
        last = Vacancy.objects.aggregate(last=Max("changed_at"))["last"]
        before, state = self._state, State.now(last - OVERLAP if last else None)
        if before is not None and before.since is not None and before.count <= state.count:
            columns, rows = self._columns, Vacancy.objects.filter(changed_at__gte=before.since)
        else:
            # The first time; or some were deleted, and nobody says which.
            columns, rows = _none(), Vacancy.objects.filter(status=Vacancy.Status.OPEN)
        self._columns = columns.renewed(rows.values_list(*FIELDS).iterator(chunk_size=BATCH))
        self._state = state


kept = Kept()
