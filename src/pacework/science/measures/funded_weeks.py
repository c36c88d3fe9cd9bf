"""Which weeks qualify for the funded outcome: hours at the legal minimum, over all jobs, inside support."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pacework.science.measures.dates import hours_words, monday, sunday
from pacework.science.measures.rows import RowId, WeekWorked
from pacework.science.measures.wages import LegalMinimum, WageTableError


class Verdict(StrEnum):
    """What one week is for the rule."""

    QUALIFIES = "qualifies"
    TOO_FEW_HOURS = "too_few_hours"
    NOT_KNOWN = "not_known"
    OUTSIDE_SUPPORT = "outside_support"
    NOT_FINISHED = "not_finished"


@dataclass(frozen=True, slots=True)
class JudgedWeek:
    """One Monday-to-Sunday week as the rule sees it.

    Attributes
    ----------
    week
        Its Monday.
    verdict
        What it is for the rule.
    paid_minutes
        All recorded paid minutes of the week, over all jobs.
    qualifying_minutes
        The part known to be paid at the legal minimum.
    words
        Why, in one or more sentences.
    rows
        Ids of the records behind it.
    """

    week: date
    verdict: Verdict
    paid_minutes: int
    qualifying_minutes: int
    words: str
    rows: tuple[RowId, ...]


def qualifying_weeks(
    weeks: Iterable[WeekWorked],
    support_from: date,
    support_until: date | None,
    legal_minimum: LegalMinimum,
    *,
    minutes: int = 420,
    as_of: date | None = None,
) -> tuple[JudgedWeek, ...]:
    """Judge every recorded week: at least `minutes` at the legal minimum, over all jobs, inside support.

    Parameters
    ----------
    weeks
        Weeks worked by one person in all jobs, in any order; several rows may fall in one week.
    support_from, support_until
        First and last day of support; None while it lasts. A week counts when all seven days lie inside.
    legal_minimum
        The person's legal minimum, normally ``wage_table().for_person(born_on)``. The rate of the week's
        Monday applies, or of the row's `rate_on`.
    minutes
        Paid minutes that make a week qualify.
    as_of
        Weeks that end after this day are not finished and do not qualify yet; None judges every week.

    Returns
    -------
    tuple of JudgedWeek
        One per week with a record, oldest first. Hours with unknown pay make a week "not known" where they
        could decide it; pay below the legal minimum does not count; a wage table that has run out is "not
        known".
    """
    by_week: dict[date, list[WeekWorked]] = {}
    for row in weeks:
        by_week.setdefault(monday(row.week), []).append(row)
    return tuple(
        _judge(week, by_week[week], support_from, support_until, legal_minimum, minutes, as_of)
        for week in sorted(by_week)
    )


def _judge(
    week: date,
    rows: Sequence[WeekWorked],
    support_from: date,
    support_until: date | None,
    legal_minimum: LegalMinimum,
    minutes: int,
    as_of: date | None,
) -> JudgedWeek:
    good = open_minutes = 0
    hours_unknown = False
    reasons: list[str] = []
    for row in rows:
        if row.paid_minutes is None:
            hours_unknown = True
            reasons.append("The hours are not recorded.")
            continue
        state, reason = _pay_state(row, legal_minimum) if row.paid_minutes else ("lawful", "")
        if state == "lawful":
            good += row.paid_minutes
        elif state == "open":
            open_minutes += row.paid_minutes
        if reason:
            reasons.append(f"{hours_words(row.paid_minutes)}: {reason}")
    need = hours_words(minutes)
    if week < support_from or (support_until is not None and sunday(week) > support_until):
        verdict, first = Verdict.OUTSIDE_SUPPORT, "The week does not lie wholly inside the time of support."
    elif as_of is not None and sunday(week) > as_of:
        verdict, first = Verdict.NOT_FINISHED, "The week is not over yet."
    elif good >= minutes:
        verdict, first = (
            Verdict.QUALIFIES,
            f"{hours_words(good)} at or above the legal minimum; {need} are needed.",
        )
    elif hours_unknown or good + open_minutes >= minutes:
        verdict, first = (
            Verdict.NOT_KNOWN,
            f"It is not known whether {need} at the legal minimum were worked.",
        )
    else:
        verdict, first = (
            Verdict.TOO_FEW_HOURS,
            f"{hours_words(good)} at or above the legal minimum, {need} are needed.",
        )
    return JudgedWeek(
        week,
        verdict,
        sum(row.paid_minutes or 0 for row in rows),
        good,
        " ".join([first, *reasons]),
        tuple(row.row for row in rows),
    )


def _pay_state(row: WeekWorked, legal_minimum: LegalMinimum) -> tuple[str, str]:
    """Return lawful, open or below, with a reason where it is not lawful."""
    if row.hourly_pay is None:
        return "open", "the pay is not recorded."
    try:
        rate = legal_minimum(row.rate_on or monday(row.week), row.apprentice_since)
    except WageTableError as problem:
        return "open", str(problem)
    if row.hourly_pay >= rate.amount:
        return "lawful", ""
    if not rate.certain:
        return "open", "the birth date is not recorded, so the legal minimum is not known."
    return "below", f"{_pounds(row.hourly_pay)} an hour is below the legal minimum of {_pounds(rate.amount)}."


def _pounds(amount: Decimal) -> str:
    """Return pounds with two decimals, or all of them: £12.209 must not read as £12.21."""
    return f"£{amount:.2f}" if amount == round(amount, 2) else f"£{amount}"
