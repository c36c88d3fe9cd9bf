"""Clock times in free text: "9-5", "0730 x 1500", "10pm to 6"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

DAY_MINUTES = 24 * 60
ORDINARY = range(60, 14 * 60 + 1)  # an unmarked pair is read so that the shift has an ordinary length
DAYTIME = range(6 * 60, 18 * 60 + 1)  # and, where both readings have, so that it starts in the day
TOO_LONG = 16 * 60

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
    """

    start: time
    end: time
    at: int = 0
    to: int = 0

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
    if WEEKLY.match(text, match.end()):
        return None
    starts, ends = _readings(match, "start"), _readings(match, "end")
    chosen = _ordinary(starts, ends)
    return chosen and TimePair(_time(chosen[0]), _time(chosen[1]), match.start(), match.end())


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
