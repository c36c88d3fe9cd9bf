"""Journeys that are set rather than drawn, so that today has something of everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from pacework.service.demo.journey import Journey

if TYPE_CHECKING:
    from pacework.service.demo.plot import Plot


def _in_work(plot: Plot, journey: Journey, days: int, lasts: int | None = None) -> None:
    journey.persona["status"] = "out"
    journey.placement = None
    journey.disclosure, journey.may_talk, journey.shares = "named/adjustments", True, True
    job = plot.job(journey, plot.ago(days), lasts=lasts)
    if lasts is None:
        job.end, job.end_reason = None, ""
    job.found, job.hours = "vacancy", max(job.hours, 12.0)
    journey.jobs = [job]
    journey.searching = min(journey.searching or job.start, job.start - timedelta(days=35))


def _star(plot: Plot, journey: Journey) -> None:
    """The client a visitor becomes: in the ninth week of a job."""
    _in_work(plot, journey, plot.today.weekday() + 8 * 7)
    journey.jobs[0].flares = frozenset({4})
    journey.account = True
    journey.route = "consultation"


def _starts_soon(plot: Plot, journey: Journey) -> None:
    journey.jobs, journey.placement = [], None
    journey.disclosure, journey.may_talk = "unnamed/nothing", True
    journey.starts_soon = plot.today + timedelta(days=3)


def _just_started(plot: Plot, journey: Journey) -> None:
    _in_work(plot, journey, 2)


def _just_ended(plot: Plot, journey: Journey) -> None:
    _in_work(plot, journey, 75, lasts=73)
    journey.jobs[0].end_reason = "contract_ended"


def _outcome(plot: Plot, journey: Journey) -> None:
    _in_work(plot, journey, 140)
    journey.jobs[0].flares = frozenset({3, 9})


def _question_due(plot: Plot, journey: Journey) -> None:
    journey.jobs, journey.placement, journey.searching = [], None, plot.today + timedelta(days=20)
    journey.preparing = (plot.ago(58), plot.today + timedelta(days=40))


def _searching(plot: Plot, journey: Journey) -> None:
    journey.jobs, journey.placement = [], None
    journey.disclosure, journey.may_talk = "unnamed/adjustments", True


def _placed(plot: Plot, journey: Journey) -> None:
    journey.jobs, journey.may_talk, journey.disclosure = [], True, "named/adjustments"
    journey.placement = plot.ago(18)


def _early(plot: Plot, journey: Journey) -> None:
    journey.jobs, journey.placement = [], None


def _as_drawn(plot: Plot, journey: Journey) -> None:
    """Only the length of support is set."""


STAGINGS: dict[str, Callable[[Plot, Journey], None]] = {
    "star": _star,
    "starts_soon": _starts_soon,
    "just_started": _just_started,
    "just_ended": _just_ended,
    "outcome": _outcome,
    "question_due": _question_due,
    "flare": _searching,
    "asks_to_move": _searching,
    "placed": _placed,
    "early": _early,
    "entry_job": _as_drawn,
    "restricted": _searching,
    "sharing_withdrawn": _searching,
    "reopened": _as_drawn,
}
TENURE = {
    "star": 210,
    "starts_soon": 130,
    "just_started": 150,
    "just_ended": 190,
    "outcome": 290,
    "question_due": 85,
    "flare": 120,
    "asks_to_move": 100,
    "placed": 110,
    "early": 6,
    "entry_job": 90,
    "restricted": 140,
    "sharing_withdrawn": 160,
    "reopened": 330,
}
SPECIALS = {
    ("esw_bethan", 0): "star",
    ("esw_bethan", 1): "starts_soon",
    ("esw_bethan", 2): "question_due",
    ("esw_bethan", 3): "just_started",
    ("esw_bethan", 4): "just_ended",
    ("esw_bethan", 5): "outcome",
    ("esw_bethan", 6): "asks_to_move",
    ("esw_bethan", 7): "early",
    ("esw_bethan", 8): "entry_job",
    ("esw_bethan", 9): "placed",
    ("esw_bethan", 10): "flare",
    ("esw_gwen", 0): "restricted",
    ("esw_farid", 0): "sharing_withdrawn",
    ("esw_tunde", 0): "reopened",
    ("esw_hilary", 0): "placed",
    ("esw_hilary", 1): "outcome",
    ("esw_corinne", 0): "just_started",
    ("esw_moira", 0): "outcome",
    ("esw_leonie", 0): "star",
}
