"""Hours in free text, read into a proposal that a person confirms: "35hrs / 9-5 / M-F (flexible)".

What is read is what the text says: hours are never worked out from times, and days never assumed. How well it
reads real lines, and by which rules those were labelled, is in docs/science/hours-text.md.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from itertools import pairwise

from pacework.science.vacancies.days_text import DayGroup, day_groups, in_order
from pacework.science.vacancies.times_text import TimePair, time_pairs

LONGEST_TEXT = 2_000
WEEK_HOURS = Decimal(168)
DAY_AT_MOST = Decimal(12)  # a bare number of hours above this cannot be one day's
BREAK_AT_MOST = 60  # unpaid minutes a day; where more are missing, the hours or the times are wrong

# A tilde is a dash only between two things: "~35 hours" means about 35.
_DASHES = re.compile(r"\s*(?:â€“|â€”|[-‐‑‒–—―−“”])\s*|(?<=\S)[~∼〜](?=\S)|\s[~∼〜]\s")
# Full-width, small and mathematical letters and figures are made plain; "½" and raised figures stay as they
# are, because the plain form of "37½" would be "371/2".
_FORMS = re.compile(r"[\ufe50-\ufe6f\uff01-\uff5e\uffe0-\uffe6\U0001d400-\U0001d7ff]+")
_NUMBER = r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)(?P<half>\s?½|\s1/2)?"
_LEAST = r"(?P<least>\d{1,3}(?:[.,]\d{1,2})?½?)\s?(?:-|to)\s?"
HOURS = re.compile(
    # In "9-5-35 hours" the 5 belongs to the times.
    rf"(?<![\d/.£$€:])(?<!\de)(?:(?<!\d-){_LEAST})?"
    rf"{_NUMBER}\s?\+?\s?-?(?:hours?|hrs?|h)\b\.?"
    r"(?:\s?(?:(?:/|-|per|a|each|every)\s?)?(?P<unit>weekly|week|wk|p/?w|w|daily|day|p/?d|shift"
    r"|fortnight(?:ly)?|month(?:ly)?|annum|annual(?:ly)?|year|yr|p/?a)\b)?"
)
PER_WEEK = re.compile(
    rf"(?<![\d/.£$€:])(?<!\d-)(?:{_LEAST})?{_NUMBER}\s?\+?\s?(?:per|a|/|p/?)\s?(?:week|wk|w)\b"
)
# "Hours per week: 16-20", "Contracted hours 37.5", "Hours: 20": the label first, the number behind it.
_AMOUNT = r"(?:0|[1-9]\d{0,2})(?:[.,]\d{1,2})?(?:½|\s1/2(?!\d))?"
LABELLED = re.compile(
    r"(?:(?P<week>\b(?:(?:hours?|hrs?)\s?(?:(?:per|a|each|/|p/?)\s?(?:week|wk|w)|weekly)"
    r"|weekly\s(?:\w+\s)?(?:hours?|hrs?)|hpw)\b)"
    r"|(?P<contract>\bcontract(?:ed|ual)?\s(?:hours?|hrs?)\b)"
    r"|(?P<plain>(?:(?<=[;,.(|/])|(?<=[;,.(|/]\s)|^)(?:hours?|hrs?)\b|\b(?:hours?|hrs?)(?=\s?:)))"
    rf"\s?(?:[:=-]|of\b|are\b|is\b)?\s?(?P<amount>(?:(?P<from>{_AMOUNT})\s?(?:-|to)\s?)?(?P<upto>{_AMOUNT}))\+?"
    r"(?!\d|[.,]\d|\s?[-:/x]\s?\d|\s?%|\s?[ap]m?\b|\s?(?:to|until|till|and)\s\d"
    r"|\s?(?:hours?|hrs?|h|hpw|days?|weeks?|months?|shifts?|nights?|per|p/?w)\b)"
)
PLAIN_END = re.compile(r"\s?(?:$|[;,.(|])")
# "35 paid hours per week 9-17", "opening hours: 20": no labels of what follows.
NO_LABEL = re.compile(
    r"(?:\d|½|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty"
    r"|fifty)\b)[^,.;:]{0,20}$|\b(?:opening|office|business|trading|core|operating|unsocial)\s$"
)
HPW = re.compile(r"(?<=[\d½+])\s?h\.?p\.?w\b\.?")
BETWEEN = re.compile(
    r"\bbetween\s(\d{1,3}(?:\.\d{1,2})?)\sand\s(?=\d{1,3}(?:\.\d{1,2})?\s?(?:hours?|hrs?|h|hpw|per\sweek)\b)"
)
ALONE = re.compile(rf"{_NUMBER}\+?")
# "½ hour lunch", "1 hour flex", "24 hour cover": hours of something else than the week.
OF_OTHERS = re.compile(
    r"[\s.(]*(?:unpaid|paid|flex(?!ib)|lunch|break|rest|cover|operation|service|notice|facility|clock|care|rota"
    r"|support|basis|days\b|shifts\b)"
)

# "75 hours over two weeks", "70 hours a fortnight"; not "37.5 hours a week over 4 weeks".
SEVERAL_WEEKS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})?(?:½|\s1/2)?\s?(?:hours?|hrs?|h)\b\.?\s?"
    r"(?:(?:over|in|across|per|every|each|for|a|/)\s?(?:(?:a|an|any|each|every)\s)?)?"
    r"(?:(?:[2-9]|\d\d|two|three|four|five|six|eight|ten|twelve|several)[\s-](?:weeks?|wks?)\b"
    r"|fortnight(?:ly)?\b|bi-?weekly\b)"
)
# What an employer may ask for now and then says nothing about the usual week.
PERHAPS = re.compile(
    r"\b(?:may (?:also |need |have |be |include |require|work )|might |on occasion|occasional|sometimes"
    r"|includ|candidates? will be required|must be available|willing|alternate|every other|if needed"
    r"|as needed|as required|when required|overtime|rota(?:ting)? weekends?)[^.;]{0,2000}"
    # "Some Saturdays", "1 in 3 weekends", "one Saturday in four" are not every week's.
    r"|\bsome (?:sat|sun|week-?end)\w*"
    r"|\b(?:one|1) (?:sat\w* |sun\w* |week-?end )?in (?:every )?\w+(?: sat\w*| sun\w*| week-?ends?)?"
)
NO_FLEX = re.compile(r"\b(?:no|not|non)\b[\s-]?(?:a )?flex")
FLEX = re.compile(r"\bflex(?:i|ible|ibly|itime|i-time|time|ibility)?\b|\bchoose your (?:own )?hours\b")
# Flexibility that is asked of the person is not flexibility for them.
ASKED_FLEX = re.compile(
    r"\b(?:must|need to|should|to|able to) be flexib"
    r"|\bflexib\w* (?:is )?(?:required|needed|essential|to work|expected)"
)
VARIES = re.compile(
    r"\bvar(?:y|ies|ied|ious|iable)\b|\brotat|\brota\b|\btbd\b|\bto be determined?\b|\bon[ -]call\b|24/7"
    r"|\bmay \w+|\bas (?:needed|required)\b|\bon occasion|\boccasional|\bincludi?n?g?s?\b"
    r"|\bdetermined by\b|\bevery other\b|\balternate\b|\bsome (?:sat|sun|week-?end)"
    r"|\d\s?on,?\s?\d\s?off\b|\b(?:one|1) (?:sat\w* |sun\w* |week-?end )?in (?:every )?\w"
)
ZERO = re.compile(r"\b(?:zero|0)[\s-]?hours?\b")
NOT_PROMISED = "No hours are promised (a zero-hours contract). Ask what is usual."
PART_LEFT_OUT = re.compile(
    r"\b(?:except(?:ing)?|excluding|apart from|other than|not|no)\s(?:for\s|on\s)?"
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s(?:mornings?|afternoons?|evenings?|nights?)\b"
)
ALTERNATIVE = re.compile(r"\b(?:or|then|alternat\w+)\b")


@dataclass(frozen=True, slots=True)
class ProposedShift:
    """One shift of a usual week, to be confirmed.

    Attributes
    ----------
    day
        "mon" to "sun".
    start, end
        An `end` not after `start` is on the next day.
    """

    day: str
    start: time
    end: time

    @property
    def texts(self) -> dict[str, str]:
        """The shift in texts: ``{"day": "mon", "start": "09:00", "end": "13:00"}``."""
        return {"day": self.day, "start": f"{self.start:%H:%M}", "end": f"{self.end:%H:%M}"}

    @property
    def overnight(self) -> bool:
        """Whether the shift ends on the next day."""
        return self.end <= self.start

    @property
    def minutes(self) -> int:
        """Minutes from start to end, across midnight where needed."""
        start, end = (moment.hour * 60 + moment.minute for moment in (self.start, self.end))
        return (end - start) % (24 * 60)


@dataclass(frozen=True, slots=True)
class HoursProposal:
    """What a line of hours seems to say. Nothing here is stored before a person has confirmed it.

    Attributes
    ----------
    weekly_hours
        Hours a week; None where the text does not say.
    days
        "mon" to "sun" in the order of the week; empty where the text names none.
    start, end
        The first stated times; None where there are none.
    flexible
        True or False where the text says so of the times, None where it says nothing.
    varies
        The text says that times change or that others may be asked for.
    shifts
        The usual week as shifts; empty unless both days and times are known.
    break_minutes
        The unpaid break of each day with which the shifts come to the weekly hours; None where no whole
        number of minutes up to an hour does it. The text does not say it: a person confirms it.
    notes
        Sentences for the person who confirms: what was assumed or left out.
    """

    weekly_hours: Decimal | None = None
    days: tuple[str, ...] = ()
    start: time | None = None
    end: time | None = None
    flexible: bool | None = None
    varies: bool = False
    shifts: tuple[ProposedShift, ...] = ()
    break_minutes: int | None = None
    notes: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """Return a text in small letters with plain dashes, figures and spaces and one spelling of am and pm.

    Parameters
    ----------
    text
        As written; dashes broken by a wrong encoding are mended.
    """
    small = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text).casefold()
    small = _DASHES.sub("-", small)
    small = re.sub(r"(?<=\d);(?=\d{2})", ":", small)
    small = re.sub(r"(?<=\d)(\s?[ap])\.\s?m\b\.?", r"\1m", small)
    small = re.sub(r"(?<=\d)h(?=[0-5]\d\b)", ":", small)
    return re.sub(r"\s+", " ", small).strip()


def read_hours(text: str) -> HoursProposal:
    """Read a line of hours into a proposal.

    Parameters
    ----------
    text
        Free text, such as "35hrs / 9-5 / M-F (flexible)". Beyond 2,000 characters it is not read.

    Returns
    -------
    HoursProposal
        Unknown parts are None or empty; an empty text gives an empty proposal.
    """
    whole = _unit_behind(tidy(text[:LONGEST_TEXT]))
    usual = PERHAPS.sub(" ", whole)
    groups, found = day_groups(usual), time_pairs(usual)
    pairs = [pair for pair in found if not pair.doubtful]
    unread = [usual[pair.at : pair.to].strip() for pair in found if pair.doubtful]
    weekly, notes = (None, [NOT_PROMISED]) if ZERO.search(usual) else _weekly_hours(usual, pairs)
    by_group = _side_by_side(groups, pairs)
    if not by_group:
        kept = _without_alternatives(usual, groups)
        if len(kept) < len(groups):
            notes.append("The text gives other days too.")
        groups = kept
    days = frozenset().union(*(group.days for group in groups)) if groups else frozenset()
    first = pairs[0] if pairs else None
    flexible, varies = _flexible(whole), bool(VARIES.search(whole))
    shifts = _shifts(by_group or [(DayGroup(days), pair) for pair in pairs[:1]])
    break_minutes = _break_minutes(shifts, weekly)
    return HoursProposal(
        weekly_hours=weekly,
        days=in_order(days),
        start=first.start if first else None,
        end=first.end if first else None,
        flexible=flexible,
        varies=varies,
        shifts=shifts,
        break_minutes=break_minutes,
        notes=(
            *notes,
            *(f'"{words}" was not read as times. Please check.' for words in unread[:3]),
            *_notes(text, pairs, bool(by_group), varies),
            *_sum_note(shifts, weekly, break_minutes),
        ),
    )


def _unit_behind(text: str) -> str:
    """Write "Hours per week: 16-20", "between 16 and 20 hours" and "16-20 hpw" as "16-20 hours per week"."""
    return LABELLED.sub(_number_first, BETWEEN.sub(r"\1-", HPW.sub(" hours per week", text)))


def _number_first(match: re.Match[str]) -> str:
    """Put a labelled number before its unit, unless it may be a time of the day."""
    if NO_LABEL.search(match.string, max(0, match.start() - 40), match.start()):
        return match[0]
    if match["plain"]:
        alone = not match["from"] and PLAIN_END.match(match.string, match.end())
        return f"{match['amount']} hours" if alone else match[0]
    if match["from"]:
        least = _amount(match["from"])
        # Under any label, "9-5" goes backwards; "9.00-17.00" and contracted "8-12" may be times.
        if least >= _amount(match["upto"]) or (
            least <= DAY_AT_MOST and (match["contract"] or re.search(r"[.,]\d\d", match["from"]))
        ):
            return match[0]
    return f"{match['amount']} hours per week"


def _weekly_hours(text: str, pairs: list[TimePair]) -> tuple[Decimal | None, list[str]]:
    alone = ALONE.fullmatch(text)
    if alone:
        return _checked(_number(alone), [])
    # In "8.00-16.00hrs" the hours are times of the day.
    mentions = [
        match
        for match in HOURS.finditer(text)
        if _of_a_week(text, match) and not any(pair.at <= match.start() < pair.to for pair in pairs)
    ]
    bare = None if mentions else PER_WEEK.search(text)
    mentions = [bare] if bare else mentions
    if not mentions:
        several = SEVERAL_WEEKS.search(text)
        return None, [
            f'"{several[0]}" is for more than one week. Ask for the hours a week.'
        ] if several else []
    first = mentions[0]
    stated = [_amount(first["least"])] if first["least"] else []
    stated += [_number(match) for match in mentions]
    others = [f"{amount}" for amount in dict.fromkeys(stated) if amount != stated[0]]
    notes = [f"The text gives other weekly hours too: {', '.join(others[:3])}."] if others else []
    if not bare and not first["unit"] and _number(first) <= DAY_AT_MOST:
        return None, [f"{stated[0]} hours could be for a day or a week. Please ask."]
    return _checked(stated[0], notes)


def _of_a_week(text: str, match: re.Match[str]) -> bool:
    """Whether a mention of hours may be of a week: not of lunch, a month, or a day with so many."""
    if OF_OTHERS.match(text, match.end()) or SEVERAL_WEEKS.match(text, match.start("number")):
        return False
    unit = (match["unit"] or "w").lstrip("p/")[0]
    return unit == "w" or (unit in "ds" and _number(match) > DAY_AT_MOST)


def _checked(amount: Decimal, notes: list[str]) -> tuple[Decimal | None, list[str]]:
    if not 0 < amount <= WEEK_HOURS:
        return None, [f"{amount} hours do not fit in a week."]
    return amount, notes


def _number(match: re.Match[str]) -> Decimal:
    return _amount(match["number"] + (match["half"] or ""))


def _amount(written: str) -> Decimal:
    whole = re.sub(r"½|\s1/2", "", written).strip()
    return Decimal(whole.replace(",", ".")) + (Decimal("0.5") if whole != written else 0)


def _flexible(text: str) -> bool | None:
    if NO_FLEX.search(text):
        return False
    return True if FLEX.search(ASKED_FLEX.sub(" ", text)) else None


def _side_by_side(groups: list[DayGroup], pairs: list[TimePair]) -> list[tuple[DayGroup, TimePair]]:
    """Pair days with their own times where both take turns: "Mon-Fri 9-5, Sat 9-1"."""
    in_turn = sorted([*((group.at, "d") for group in groups), *((pair.at, "t") for pair in pairs)])
    turns = "".join(kind for _at, kind in in_turn)
    # The same day twice is a choice of times, not two shifts.
    apart = sum(len(group.days) for group in groups) == len(frozenset().union(*(g.days for g in groups)))
    if len(groups) > 1 and apart and turns in ("dt" * len(groups), "td" * len(groups)):
        return list(zip(groups, pairs, strict=True))
    return []


def _without_alternatives(text: str, groups: list[DayGroup]) -> list[DayGroup]:
    """Keep the days up to an "or" or "then": what follows is another possible week."""
    kept = groups[:1]
    for before, group in pairwise(groups):
        if ALTERNATIVE.search(text, before.to, group.at):
            break
        kept.append(group)
    return kept


def _shifts(weeks: list[tuple[DayGroup, TimePair]]) -> tuple[ProposedShift, ...]:
    return tuple(
        ProposedShift(day, pair.start, pair.end) for group, pair in weeks for day in in_order(group.days)
    )


def _break_minutes(shifts: tuple[ProposedShift, ...], weekly: Decimal | None) -> int | None:
    """Return the unpaid break of each day that makes shifts and weekly hours agree, if there is one."""
    if not shifts or weekly is None:
        return None
    minutes = (_minutes(shifts) - weekly * 60) / len(shifts)
    return int(minutes) if minutes == int(minutes) and 0 < minutes <= BREAK_AT_MOST else None


def _sum_note(
    shifts: tuple[ProposedShift, ...], weekly: Decimal | None, break_minutes: int | None
) -> list[str]:
    """Say where the shifts do not come to the hours that the text gives, and which break would explain it."""
    if not shifts or weekly is None or _minutes(shifts) == weekly * 60:
        return []
    hours = (Decimal(_minutes(shifts)) / 60).quantize(Decimal("0.1")).normalize()
    apart = f"These shifts come to {hours:f} hours, the text says {weekly}."
    if break_minutes is None:
        return [f"{apart} Please check."]
    rest = f"{break_minutes} minute{'s' if break_minutes > 1 else ''}"
    return [f"{apart} An unpaid break of {rest} a day would make them agree. Please check."]


def _minutes(shifts: tuple[ProposedShift, ...]) -> int:
    return sum(shift.minutes for shift in shifts)


def _notes(text: str, pairs: list[TimePair], by_group: bool, varies: bool) -> list[str]:
    notes = []
    if len(text) > LONGEST_TEXT:
        notes.append(f"Only the first {LONGEST_TEXT:,} characters were read.")
    if len(pairs) > 1 and not by_group:
        others = ", ".join(f"{pair.start:%H:%M} to {pair.end:%H:%M}" for pair in pairs[1:4])
        notes.append(f"The text gives other times too: {others}.")
    if pairs and pairs[0].too_long:
        notes.append(f"This shift would last {pairs[0].minutes // 60} hours. Please check the times.")
    if PART_LEFT_OUT.search(tidy(text[:LONGEST_TEXT])):
        notes.append("The text leaves out a part of a day, here the whole day is left out. Please check.")
    if varies:
        notes.append("The text says that the times may change. Ask how often.")
    return notes
