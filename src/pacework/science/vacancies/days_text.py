"""Days of the week in free text: "M-F", "Sun-Thurs", "Mon, Wed and Fri", "Sat/Sun off"."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAYS = frozenset(DAYS[:5])
WEEKEND = frozenset(DAYS[5:])

_NAME = (
    r"(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:s|nesdays?)?|thu(?:r(?:s(?:days?)?)?)?|fri(?:days?)?"
    r"|sat(?:urdays?)?|sun(?:days?)?)\b\.?"
)
_SPAN = r"\s?(?:-|to|thru|through|until|till)\s?"
# Single letters only as a range, where nothing else can be meant.
_LETTERS = {"m": "mon", "mo": "mon", "tu": "tue", "w": "wed", "we": "wed", "th": "thu", "f": "fri"}
_LETTERS |= {"fr": "fri", "sa": "sat", "su": "sun"}
_LETTER_RANGE = r"(?:mo?|tu|we?|th|fr)\s?-\s?(?:th|fr?|sa|su)"
SPAN = re.compile(
    rf"\b(?:(?P<first>{_NAME}){_SPAN}(?P<last>{_NAME})|(?P<letters>{_LETTER_RANGE})\b"
    rf"|(?P<one>{_NAME})|(?P<week>week-?\s?days?|week-?\s?ends?|every day"
    # Not in "5 out of 7 days".
    r"|(?<!out of )(?<!from )(?<!over )(?<!in )(?:7|seven) days)\b)"
)
# "Mon-Wed-Fri" is a list, not a range with a day behind it.
CHAIN = re.compile(rf"\b{_NAME}(?:\s?-\s?{_NAME}){{2,6}}")
# What may stand between the days of one list.
LIST_JOINT = re.compile(r"[\s,/&+]*(?:and\s|&\s?)?[\s,/]*")
OFF = re.compile(r"\s?\(?(?:rdos?\b|off\b|regular days off|rest days?)")
NEGATED = re.compile(
    r"\b(?:no|not|never|excluding|except|without|closed)\s(?:on\s|work(?:ing)?\s(?:on\s)?|at\s)?$"
)


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Days that stand together in a text, such as "Mon, Wed and Fri".

    Attributes
    ----------
    days
        Keys of `DAYS`.
    at, to
        Where the group stands in the text that was read.
    """

    days: frozenset[str]
    at: int = 0
    to: int = 0


def day_groups(text: str) -> list[DayGroup]:
    """Find the groups of working days in a text.

    Parameters
    ----------
    text
        In small letters, with plain dashes and single spaces (`hours_text.tidy`).

    Returns
    -------
    list of DayGroup
        In the order of the text. Days named as not worked are left out; where only days off are named, the
        other days of the week are returned.
    """
    found: list[DayGroup] = []
    off: list[DayGroup] = []
    for group in _lists(text):
        if OFF.match(text, group.to):
            off.append(group)
        elif not NEGATED.search(text, 0, group.at):
            found.append(group)
    if off and not found:
        away = frozenset().union(*(group.days for group in off))
        return [DayGroup(frozenset(DAYS) - away, off[0].at, off[-1].to)]
    return found


def in_order(days: frozenset[str]) -> tuple[str, ...]:
    """Return days from Monday to Sunday."""
    return tuple(day for day in DAYS if day in days)


def _lists(text: str) -> list[DayGroup]:
    """Join days that follow each other with nothing but commas, strokes and "and" between them."""
    groups: list[DayGroup] = []
    text = CHAIN.sub(lambda match: match[0].replace("-", ","), text)
    for match in SPAN.finditer(text):
        days = _days(match)
        joined = groups and LIST_JOINT.fullmatch(text, groups[-1].to, match.start())
        # "Mon-Fri, Sat off": a day off after a range does not take the range with it.
        if joined and not (len(groups[-1].days) > 2 and OFF.match(text, match.end())):
            groups[-1] = DayGroup(groups[-1].days | days, groups[-1].at, match.end())
        else:
            groups.append(DayGroup(days, match.start(), match.end()))
    return groups


def _days(match: re.Match[str]) -> frozenset[str]:
    if match["week"]:
        return _week(match["week"])
    if match["one"]:
        return frozenset({match["one"][:3]})
    if match["letters"]:
        first, last = (_LETTERS[letter.strip()] for letter in match["letters"].split("-"))
    else:
        first, last = match["first"][:3], match["last"][:3]
    begin, end = DAYS.index(first), DAYS.index(last)
    return frozenset(DAYS[(begin + step) % 7] for step in range((end - begin) % 7 + 1))


def _week(word: str) -> frozenset[str]:
    if "end" in word:
        return WEEKEND
    return WEEKDAYS if word.startswith("week") else frozenset(DAYS)
