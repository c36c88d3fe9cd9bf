"""Employment rate in its three named variants, job retention, and the share of retention cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pacework.science.measures import data
from pacework.science.measures.dates import WEEK, Quarter, add_months
from pacework.science.measures.jobs import counted_starts
from pacework.science.measures.proportions import Proportion
from pacework.science.measures.rows import Entrant, JobSpell, RowId

RATE_VERSION = "2024-04"


class RateVariant(StrEnum):
    """The three ways to read the employment rate of April 2024; the published rule does not settle which."""

    PERIOD_FLOW = "A"
    ROLLING_COHORT = "B"
    POINT_IN_QUARTER = "C"

    @property
    def label(self) -> str:
        """Name in words."""
        return {"A": "Period flow", "B": "Rolling 12-month cohort", "C": "Point in quarter"}[self.value]


def _rows(entrants: Iterable[Entrant]) -> tuple[RowId, ...]:
    return tuple(e.id for e in entrants)


def _split(entrants: Iterable[Entrant]) -> tuple[list[Entrant], list[Entrant]]:
    """Return those out of work at entry, and those whose status at entry is not known."""
    listed = list(entrants)
    return (
        [e for e in listed if e.in_work_at_entry is False],
        [e for e in listed if e.in_work_at_entry is None],
    )


def employment_rate_flow(
    entrants: Iterable[Entrant], spells: Iterable[JobSpell], first: date, last: date, as_of: date
) -> Proportion:
    """Return variant A, period flow: first starts in the period over profiles started in the period.

    Only people out of work at entry are in either number. Somebody may start a job in the period who
    entered before it, so this is a ratio of two flows and may have no interval (see `Proportion.nested`).

    Parameters
    ----------
    entrants
        Episodes with their entry. Without a profile date an episode is left out; with unknown employment
        status at entry it is missing.
    spells
        Job spells; `episode` names the entrant's id.
    first, last
        First and last day of the period.
    as_of
        The day of counting, as in `total_job_starts`.

    Returns
    -------
    Proportion
        Rows are entrant ids.
    """
    entrants = list(entrants)
    out_of_work, _ = _split(entrants)
    entered = [e for e in entrants if e.profile_started_on and first <= e.profile_started_on <= last]
    below, unknown = _split(entered)
    started = _first_start_days(spells, as_of)
    above = [e for e in out_of_work if e.id in started and first <= started[e.id] <= last]
    return Proportion(
        _rows(above),
        _rows(below),
        _rows(unknown),
        "employment-rate-A-period-flow",
        RATE_VERSION,
        "People above and below the line may differ: a job may start in a later period than the profile.",
    )


def employment_rate_cohort(
    entrants: Iterable[Entrant], spells: Iterable[JobSpell], as_of: date
) -> Proportion:
    """Return variant B, rolling 12-month cohort: entered 12 to 24 months ago and ever started work.

    Parameters
    ----------
    entrants, spells
        As in `employment_rate_flow`.
    as_of
        The day of counting. The cohort entered after the day 24 months before it and up to the day 12 months
        before it.

    Returns
    -------
    Proportion
        Rows are entrant ids; everybody above the line is below it.
    """
    first, last = add_months(as_of, -24), add_months(as_of, -12)
    entered = [e for e in entrants if e.profile_started_on and first < e.profile_started_on <= last]
    below, unknown = _split(entered)
    started = _first_start_days(spells, as_of)
    above = [e for e in below if e.id in started]
    return Proportion(
        _rows(above), _rows(below), _rows(unknown), "employment-rate-B-rolling-cohort", RATE_VERSION
    )


def employment_rate_quarter(
    entrants: Iterable[Entrant], spells: Iterable[JobSpell], quarter: Quarter, as_of: date
) -> Proportion:
    """Return variant C, point in quarter: people in a job on any day of the quarter over people served.

    Served means: profile started by the end of the quarter and the episode not closed before its first day.

    Parameters
    ----------
    entrants, spells
        As in `employment_rate_flow`.
    quarter
        The calendar quarter.
    as_of
        The day of counting.

    Returns
    -------
    Proportion
        Rows are entrant ids; everybody above the line is below it.
    """
    first, last = quarter.first, quarter.last
    served = [
        e
        for e in entrants
        if e.profile_started_on
        and e.profile_started_on <= last
        and (e.closed_on is None or e.closed_on >= first)
    ]
    below, unknown = _split(served)
    working = {s.episode for s in counted_starts(spells, as_of) if s.open_between(first, last)}
    above = [e for e in below if e.id in working]
    return Proportion(
        _rows(above), _rows(below), _rows(unknown), "employment-rate-C-point-in-quarter", RATE_VERSION
    )


def _first_start_days(spells: Iterable[JobSpell], as_of: date) -> dict[RowId, date]:
    days: dict[RowId, date] = {}
    for spell in counted_starts(spells, as_of):
        days.setdefault(spell.episode, spell.started_on)
    return days


def job_retention(
    entrants: Iterable[Entrant],
    spells: Iterable[JobSpell],
    weeks: int,
    as_of: date,
    *,
    same_employer: bool = False,
) -> Proportion:
    """Return how many people in work at entry are still employed so many weeks later.

    Parameters
    ----------
    entrants
        Episodes; only those in work at entry are in this figure, which is never mixed with the employment
        rate.
    spells
        Their job spells, the one held at entry marked `held_at_entry`.
    weeks
        Usually 13, 26 or 52. The day judged is entry plus 7 times this.
    as_of
        The day of counting: people whose day has not come are in neither number.
    same_employer
        Count only a job with an employer of the job held at entry.

    Returns
    -------
    Proportion
        Rows are entrant ids. Missing are people whose episode closed before their day, unless a recorded
        spell settles it.
    """
    spells = list(spells)
    above: list[Entrant] = []
    below: list[Entrant] = []
    missing: list[Entrant] = []
    for entrant in entrants:
        entry = entrant.profile_started_on
        if not entrant.in_work_at_entry or entry is None or entry + weeks * WEEK > as_of:
            continue
        day = entry + weeks * WEEK
        own = [s for s in spells if s.episode == entrant.id]
        employers = {s.employer for s in own if s.held_at_entry}
        held = [s for s in own if s.open_on(day) and (not same_employer or s.employer in employers)]
        closed_early = entrant.closed_on is not None and entrant.closed_on < day
        if closed_early and not any(s.ended_on for s in held):
            # After closing nobody records the end of a job: an open spell proves nothing.
            missing.append(entrant)
            continue
        below.append(entrant)
        if held:
            above.append(entrant)
    kind = "same-employer" if same_employer else "any-employer"
    return Proportion(_rows(above), _rows(below), _rows(missing), f"job-retention-{weeks}-{kind}", "1")


@dataclass(frozen=True, slots=True)
class RetentionShare:
    """Share of people in work at entry among a caseload.

    Attributes
    ----------
    proportion
        The share with its working.
    limit_percent
        Recommended ceiling in percent.
    warn
        Whether the share lies above the ceiling.
    words
        The state in words.
    """

    proportion: Proportion
    limit_percent: int
    warn: bool
    words: str


def retention_share(caseload: Sequence[Entrant]) -> RetentionShare:
    """Return the share of people in work at entry among a caseload, with a warning above 15 %.

    Parameters
    ----------
    caseload
        The active episodes. Unknown employment status at entry is missing.

    Notes
    -----
    Source: IPS Grow Reporting Tool, at most 15 % of a caseload. Exactly 15 % gives no warning.
    """
    limit: int = data.load("outcome_rules.toml")["retention_share"]["ceiling"]["percent"]
    known = [e for e in caseload if e.in_work_at_entry is not None]
    above = [e for e in known if e.in_work_at_entry]
    unknown = [e for e in caseload if e.in_work_at_entry is None]
    share = Proportion(_rows(above), _rows(known), _rows(unknown), "retention-share", "1")
    warn = share.numerator * 100 > limit * share.denominator
    state = "above" if warn else "within"
    return RetentionShare(
        share, limit, warn, f"{share.words} were in work at entry, {state} the recommended {limit} %."
    )
