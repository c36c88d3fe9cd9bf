"""Who came into the service in a period: referrals accepted, and vocational profiles started."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pacework.science.measures.proportions import Count
from pacework.science.measures.rows import Entrant

ENTRY_VERSION = "2024-04"


def referrals_accepted(entrants: Iterable[Entrant], first: date, last: date) -> Count:
    """Return the referrals of a period: those an ESW accepted onto a caseload in it.

    Parameters
    ----------
    entrants
        Episodes. A referral received in one quarter and accepted in the next counts in the next.
    first, last
        First and last day of the period.

    Returns
    -------
    Count
        Rows are entrant ids; missing are those nobody has accepted yet.

    Notes
    -----
    Source: IPS Grow Reporting Tool, referral date.
    """
    entrants = list(entrants)
    return Count(
        tuple(e.id for e in entrants if e.accepted_on and first <= e.accepted_on <= last),
        tuple(e.id for e in entrants if e.accepted_on is None),
        "referrals-accepted",
        ENTRY_VERSION,
    )


def profiles_started(
    entrants: Iterable[Entrant], first: date, last: date, *, leave_out_closed: bool = True
) -> Count:
    """Return the clients whose vocational profile was started in a period.

    Parameters
    ----------
    entrants
        Episodes.
    first, last
        First and last day of the period.
    leave_out_closed
        The rule reads "with no discharge date": episodes closed by `last` are left out. False counts
        them too; both figures are shown side by side.

    Returns
    -------
    Count
        Rows are entrant ids; missing are those without a profile date, a gap in the data.

    Notes
    -----
    Source: IPS Grow Reporting Tool, clients who have started a vocational profile.
    """
    entrants = list(entrants)
    started = [e for e in entrants if e.profile_started_on and first <= e.profile_started_on <= last]
    if leave_out_closed:
        started = [e for e in started if e.closed_on is None or e.closed_on > last]
    return Count(
        tuple(e.id for e in started),
        tuple(e.id for e in entrants if e.profile_started_on is None),
        "profiles-started-open" if leave_out_closed else "profiles-started-all",
        ENTRY_VERSION,
    )
