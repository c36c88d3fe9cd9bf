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
_LETTER_RANGE = (
    rf"(?:mo?|tu|we?|th|fr)\s?-\s?(?:{_NAME}|tu|we?|th|fr?|sa|su)|{_NAME}\s?-\s?(?:tu|we?|th|fr?|sa|su)"
)
# A letter alone only right before its times and beside other days: "M-Th 9-5, F 9-1".
_LETTER = r"(?:mo?|tu|we?|th|fr?|sa|su)"
LETTER = (
    rf"(?:(?<![^,;/&+(|])|(?<=[,;/&+(|\d]\s)|(?<=\d[ap]m\s)|(?<=\band\s)){_LETTER}"
    rf"(?=(?:\s?[/,&+]\s?{_LETTER}){{0,6}}:?\s?\d[\d:.]{{0,4}}\s?(?:[ap]m?\s?)?(?:-|to\b|until\b|till\b))"
)
SPAN = re.compile(
    rf"\b(?:(?P<first>{_NAME}){_SPAN}(?P<last>{_NAME})|(?P<letters>{_LETTER_RANGE})\b"
    rf"|(?P<one>{_NAME})|(?P<week>week-?\s?days?|week-?\s?ends?|every day"
    # Not in "5 out of 7 days".
    r"|(?<!out of )(?<!from )(?<!over )(?<!in )(?:7|seven) days)\b"
    rf"|(?P<letter>{LETTER}))"
)
# "Mon-Wed-Fri" is a list, not a range with a day behind it.
CHAIN = re.compile(rf"\b{_NAME}(?:\s?-\s?{_NAME}){{2,6}}")
# What may stand between the days of one list.
LIST_JOINT = re.compile(r"[\s,/&+]*(?:and\s|&\s?)?[\s,/]*")
OFF = re.compile(r"\s?\(?(?:rdos?\b|off\b|regular days off|rest days?)")
# "Mon-Fri, Sat/Sun off": all of the list behind the range is off.
OFF_LIST = re.compile(rf"(?:{LIST_JOINT.pattern}{_NAME}){{0,6}}{OFF.pattern}")
NEGATED = re.compile(
    r"\b(?:no|not|never|excluding|excl?\b\.?|except(?:ing)?|apart from|other than"
    r"|with the exception of|bar|without|closed):?\s"
    r"(?:for\s|on\s|work(?:ing)?\s(?:on\s)?|at\s)?(?:any\s|the\s)?$"
)
HOLIDAY = re.compile(r"\s(?:bank|public)\b")  # "closed Monday bank holidays" is no usual week
# "No Saturdays or Sundays": neither is worked.
NEITHER = re.compile(r"[\s,]*n?or\s(?:on\s)?")


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
    negated: list[DayGroup] = []
    for group in _lists(text):
        if OFF.match(text, group.to):
            off.append(group)
        elif NEGATED.search(text, 0, group.at) or (
            negated and NEITHER.fullmatch(text, negated[-1].to, group.at)
        ):
            if not HOLIDAY.match(text, group.to):
                negated.append(group)
        else:
            found.append(group)
    if off and not found:
        away = frozenset().union(*(group.days for group in off))
        return [DayGroup(frozenset(DAYS) - away, off[0].at, off[-1].to)]
    for exception in (*off, *negated):
        found = _less(found, exception)
    return found


def _less(groups: list[DayGroup], exception: DayGroup) -> list[DayGroup]:
    """Take days out of the groups before them, or of all where none stands before; no group becomes empty."""
    none_before = all(group.at > exception.at for group in groups)
    return [
        DayGroup(group.days - exception.days or group.days, group.at, group.to)
        if none_before or group.at < exception.at
        else group
        for group in groups
    ]


def in_order(days: frozenset[str]) -> tuple[str, ...]:
    """Return days from Monday to Sunday."""
    return tuple(day for day in DAYS if day in days)


def _lists(text: str) -> list[DayGroup]:
    """Join days that follow each other with nothing but commas, strokes and "and" between them."""
    groups: list[DayGroup] = []
    text = CHAIN.sub(lambda match: match[0].replace("-", ","), text)
    found = list(SPAN.finditer(text))
    if all(match["letter"] for match in found):
        return []
    for match in found:
        days = _days(match)
        joined = groups and LIST_JOINT.fullmatch(text, groups[-1].to, match.start())
        # "Mon-Fri, Sat off": a day off after a range does not take the range with it.
        if joined and not (len(groups[-1].days) > 2 and OFF_LIST.match(text, match.end())):
            groups[-1] = DayGroup(groups[-1].days | days, groups[-1].at, match.end())
        else:
            groups.append(DayGroup(days, match.start(), match.end()))
    return groups


def _days(match: re.Match[str]) -> frozenset[str]:
    if match["week"]:
        return _week(match["week"])
    if match["one"]:
        return frozenset({match["one"][:3]})
    if match["letter"]:
        return frozenset({_LETTERS[match["letter"]]})
    if match["letters"]:
        first, last = (_LETTERS.get(one.strip(), one.strip()[:3]) for one in match["letters"].split("-"))
    else:
        first, last = match["first"][:3], match["last"][:3]
    begin, end = DAYS.index(first), DAYS.index(last)
    return frozenset(DAYS[(begin + step) % 7] for step in range((end - begin) % 7 + 1))


def _week(word: str) -> frozenset[str]:
    if "end" in word:
        return WEEKEND
    return WEEKDAYS if word.startswith("week") else frozenset(DAYS)
