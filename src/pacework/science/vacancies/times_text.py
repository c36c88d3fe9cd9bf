"""Clock times in free text: "9-5", "0730 x 1500", "10pm to 6"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

DAY_MINUTES = 24 * 60
ORDINARY = range(60, 14 * 60 + 1)  # an unmarked pair is read so that the shift has an ordinary length
DAYTIME = range(6 * 60, 18 * 60 + 1)  # and, where both readings have, so that it starts in the day
TOO_LONG = 16 * 60
NOON = 12
SHORTEST = 30  # nobody travels to work for less

_CLOCK = (
    r"(?:(?P<{0}_word>noon|midday|midnight)"
    r"|(?P<{0}>\d{{3,4}}|\d{{1,2}}(?:[:.]\d{{2}})?)\s?(?P<{0}_mark>[ap](?:m\b|\b))?(?:\s?(?:hrs|hours)\b(?=\s?-))?)"
)
PAIR = re.compile(
    r"(?<![\d:.$£€+])(?<!\d/)"
    + _CLOCK.format("start")
    + r"\s?(?P<joint>-|\bto\b|\buntil\b|\btill\b|\band\b|x)\s?"
    + _CLOCK.format("end")
    + r"(?![\d:/%+]|\.\d)"
)
# "16-20 hours", "5-6 days": a range of something else, unless it is written as clock times.
COUNTED = re.compile(r"\s?(?:hours?|hrs?|days?|weeks?|months?|years?|miles?|minutes?|mins?|per|p/|p/?w|k)\b")
# "Band 5-6", "ages 16-18", "Year 3-4": numbers of something else, unless they are written as clock times.
NUMBERED = re.compile(
    r"(?:\b(?:bands?|grades?|levels?|tiers?|scales?|points?|scp|spine|nvq|rqf|qcf|key stages?|ks|stages?"
    r"|phases?|age[sd]?|weeks|months|years|terms|groups?|zones?|rooms?|floors?|pages?|sizes?|class(?:es)?)"
    r"|(?:^|[;,.(|])\s?(?:week|month|year|term))(?:\sof|\sbetween)?[\s.]?$"
)
# "2026-2027" and "2025-26" are years.
YEARS = re.compile(r"(?:19|20)\d\d\s?(?:-|to)\s?(?:(?:19|20)\d\d|\d\d)")
ACADEMIC = re.compile(
    r"\s?\(?(?:(?:academic|school|financial|tax|calendar)\s)?(?:years?|season|contract|session)\b"
)
# "1-3 evenings" are so many evenings, "2-6 afternoons" are times.
SO_MANY = re.compile(
    r"\s?(?:evening|night|morning|afternoon|week-?end|saturday|sunday|shift|session|visit)s?\b"
)
DAYS_AT_MOST = 7
BEHIND_HOURS = re.compile(r"\b(?P<contract>contract(?:ed|ual)?\s)?(?:hours?|hrs?)\W{0,3}$")
BEFORE_WEEKLY = re.compile(r"\s?weekly\b")
# "15.00-20.00 hours a week" are no times, however they are written.
WEEKLY = re.compile(r"\s?(?:hours?|hrs?)\s?(?:per|a|each|/|p/?)\s?(?:week|wk|w)\b")
# A spreadsheet that took "9-5" for a date shows it as "5-Sep" or "Sep-05".
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DATED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})-(?P<month>{'|'.join(_MONTHS)})|(?P<month2>{'|'.join(_MONTHS)})-(?P<day2>\d{{1,2}}))"
)
_WORDS = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}


@dataclass(frozen=True, slots=True)
class TimePair:
    """A start and an end found in a text.

    Attributes
    ----------
    start, end
        Times of the day; an `end` not after `start` is on the next day.
    at, to
        Where the pair stands in the text that was read.
    doubtful
        It may well be something else than a shift: to be said, not to be proposed.
    """

    start: time
    end: time
    at: int = 0
    to: int = 0
    doubtful: bool = False

    @property
    def minutes(self) -> int:
        """Minutes from start to end, across midnight where needed."""
        return _length(_minute(self.start), _minute(self.end))

    @property
    def too_long(self) -> bool:
        """Whether nobody would mean a shift of this length."""
        return self.minutes > TOO_LONG


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a written time: minutes after midnight, and whether it departs from what is written."""

    minute: int
    bent: bool


def time_pairs(text: str) -> list[TimePair]:
    """Find the pairs of start and end in a text.

    Parameters
    ----------
    text
        In small letters, with plain dashes and single spaces (`hours_text.tidy`).

    Returns
    -------
    list of TimePair
        In the order of the text; lunch times and ranges of other things are left out.
    """
    dated = DATED.fullmatch(text.strip())
    if dated:
        return _from_date(dated)
    found = (_pair(text, match) for match in PAIR.finditer(text))
    return [pair for pair in found if pair is not None]


def _pair(text: str, match: re.Match[str]) -> TimePair | None:
    before = text[max(0, match.start() - 16) : match.start()]
    if re.search(r"(?:lunch|break)\D*$", before):
        return None
    if match["joint"] == "and" and not before.rstrip().endswith("between"):
        return None
    if COUNTED.match(text, match.end()) and not _is_clock(match):
        return None
    if WEEKLY.match(text, match.end()) or _is_numbered(text, match):
        return None
    starts, ends = _readings(match, "start"), _readings(match, "end")
    chosen = _ordinary(starts, ends)
    if chosen is None:
        return None
    return TimePair(
        _time(chosen[0]),
        _time(chosen[1]),
        match.start(),
        match.end(),
        doubtful=_may_be_short(match, starts, ends) or _may_count(text, match),
    )


def _is_numbered(text: str, match: re.Match[str]) -> bool:
    """Whether the pair numbers years, pay bands, ages and the like."""
    if YEARS.fullmatch(match[0].strip()):
        first, last = int(match["start"]), int(match["end"][-2:])
        return last - first % 100 == 1 or (len(match["end"]) == 2) or bool(ACADEMIC.match(text, match.end()))
    return not _is_clock(match) and bool(NUMBERED.search(text, max(0, match.start() - 20), match.start()))


def _may_be_short(match: re.Match[str], starts: list[_Reading], ends: list[_Reading]) -> bool:
    """Whether the pair can be read as too short for a shift: "9:00-9:15", but not "19.30-7.45"."""
    return any(
        0 < _length(start.minute, end.minute) < SHORTEST
        for start in starts
        for end in ends
        if not start.bent and not end.bent and (len(starts) > 1 or len(ends) == 1 or match["start_mark"])
    )


def _may_count(text: str, match: re.Match[str]) -> bool:
    """Whether two plain numbers may be so many evenings or hours a week: "1-2 evenings", "Hours: 16-20"."""
    if not (_is_plain(match["start"], match["start_mark"]) and _is_plain(match["end"], match["end_mark"])):
        return False
    first, last = int(match["start"]), int(match["end"])
    if last - first == 1 or (SO_MANY.match(text, match.end()) and first + 2 == last <= DAYS_AT_MOST):
        return True
    label = BEHIND_HOURS.search(text, max(0, match.start() - 20), match.start())
    of_hours = label or BEFORE_WEEKLY.match(text, match.end()) or match[0] == text
    return first < last and bool((label and label["contract"]) or (of_hours and first > NOON))


def _is_plain(written: str | None, mark: str | None) -> bool:
    """Whether a side of a pair is one or two figures that do not say that they are a time."""
    return written is not None and mark is None and len(written) <= 2 and not written.startswith("0")


def _is_clock(match: re.Match[str]) -> bool:
    """Whether the pair is written as times: a mark, a colon, four figures or a word on both sides."""
    return all(
        match[f"{side}_word"] or match[f"{side}_mark"] or ":" in match[side] or len(match[side]) >= 3
        for side in ("start", "end")
    )


def _readings(match: re.Match[str], side: str) -> list[_Reading]:
    word = match[f"{side}_word"]
    if word:
        return [_Reading(_WORDS[word], bent=False)]
    written = match[side]
    figures = re.sub(r"\D", "", written)
    hour, minute = (int(figures[:-2]), int(figures[-2:])) if len(figures) > 2 else (int(figures), 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return []
    mark = match[f"{side}_mark"]
    if hour > 12 or hour == 0:
        return [_Reading(hour % 24 * 60 + minute, bent=False)]
    if mark:
        return [_Reading((hour % 12 + (12 if mark.startswith("p") else 0)) * 60 + minute, bent=False)]
    # "05:00" and "0500" most likely mean the morning; "5" alone may be either.
    exact = written.startswith("0") or (len(figures) == 4 and figures == written)
    morning, evening = hour % 12 * 60 + minute, (hour % 12 + 12) * 60 + minute
    return [_Reading(morning, bent=exact and hour == 12), _Reading(evening, bent=exact and hour != 12)]


def _ordinary(starts: list[_Reading], ends: list[_Reading]) -> tuple[int, int] | None:
    """Choose the readings that make an ordinary shift: by length, then as written, then by day."""
    pairs = [(start, end) for start in starts for end in ends if start.minute != end.minute]
    if not pairs:
        return None
    start, end = min(
        pairs,
        key=lambda pair: (
            _length(pair[0].minute, pair[1].minute) not in ORDINARY,
            pair[0].bent + pair[1].bent,
            pair[0].minute not in DAYTIME,
            pair[0].minute,
        ),
    )
    return start.minute, end.minute


def _from_date(match: re.Match[str]) -> list[TimePair]:
    month = _MONTHS.index(match["month"] or match["month2"]) + 1
    again = PAIR.fullmatch(f"{month}-{int(match['day'] or match['day2'])}")
    assert again is not None  # noqa: S101  two small numbers with a dash always match
    pair = _pair("", again)
    return [pair] if pair else []


def _length(start: int, end: int) -> int:
    return (end - start) % DAY_MINUTES


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)
