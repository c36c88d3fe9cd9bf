"""Short readings of a profile for the rooms above: the goal, the limits, what is comfortable, what is wished.

They read whatever episode they are given: who may see it was asked at the door before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min
from django.utils import timezone

from pacework.service.cases.models import Episode
from pacework.service.profile.models.sections import ProfileSection, ProfileVersion
from pacework.service.profile.questions import sections

READ = ("goal", "pain_at_work", "adjustments", "leads")


@dataclass(frozen=True, slots=True)
class Headline:
    """The profile in a few lines. Everything may be empty: no question has to be answered."""

    goal: str = ""
    limits: tuple[str, ...] = ()
    tolerances: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.goal or self.limits or self.tolerances)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the client wishes of work. None or empty: not said."""

    wanted: str = ""
    avoid: str = ""
    employers_liked: str = ""
    employers_to_avoid: str = ""
    hours_start: float | None = None
    hours_most: float | None = None
    best_times: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    pay_needed: float | None = None
    travel_minutes: int | None = None
    home_working: str = ""
    adjustments: tuple[str, ...] = ()


def headline(episode: Episode) -> Headline:
    """Goal in own words, limits, tolerances of one episode."""
    return headlines([episode])[episode.pk]


def headlines(episodes: Iterable[Episode]) -> dict[int, Headline]:
    """The same for many episodes in one query."""
    found: dict[int, dict[str, Any]] = {episode.pk: {} for episode in episodes}
    rows = ProfileSection._base_manager.filter(episode__in=found, key__in=READ)
    for episode_id, key, answers, own_words in rows.values_list("episode", "key", "answers", "own_words"):
        found[episode_id][key] = answers
        if key == "goal":
            found[episode_id]["words"] = own_words
    return {pk: _headline(said) for pk, said in found.items()}


def preferences(episode: Episode) -> Preferences:
    """What the client wishes of work, as values to compare jobs with."""
    rows = ProfileSection._base_manager.filter(episode=episode, key__in=READ)
    said = dict(rows.values_list("key", "answers"))
    goal, leads = said.get("goal", {}), said.get("leads", {})
    return Preferences(
        wanted=goal.get("ideal_work", ""),
        avoid=goal.get("jobs_to_avoid", ""),
        employers_liked=leads.get("employers_liked", ""),
        employers_to_avoid=leads.get("avoid_employers", ""),
        hours_start=goal.get("hours_start"),
        hours_most=goal.get("hours_most"),
        best_times=tuple(goal.get("best_times", ())),
        must_not=tuple(goal.get("must_not", ())),
        pay_needed=goal.get("pay_needed"),
        travel_minutes=goal.get("travel_limit"),
        home_working=goal.get("home_working", ""),
        adjustments=tuple(said.get("adjustments", {}).get("wanted", ())),
    )


def profile_started_on(episode: Episode) -> date | None:
    """The day the first section was saved: what the episode's milestone must be."""
    rows = ProfileVersion._base_manager.filter(section__episode=episode)
    first = rows.aggregate(first=Min("at"))["first"]
    return timezone.localtime(first).date() if first else None


def _headline(said: dict[str, Any]) -> Headline:
    goal, pain = said.get("goal", {}), said.get("pain_at_work", {})
    return Headline(
        goal=goal.get("ideal_work") or said.get("words", ""),
        limits=tuple(_limits(goal)),
        tolerances=tuple(_tolerances(pain)),
    )


def _limits(goal: dict[str, Any]) -> Iterable[str]:
    start, most = goal.get("hours_start"), goal.get("hours_most")
    if start is not None and most is not None and most > start:
        yield f"{start:g} hours a week to start with, {most:g} at most"
    elif start is not None:
        yield f"{start:g} hours a week to start with"
    elif most is not None:
        yield f"{most:g} hours a week at most"
    if goal.get("best_times"):
        question = sections()["goal"].by_key["best_times"]
        yield ", ".join(question.label_of(key) for key in goal["best_times"]).capitalize()
    if goal.get("travel_limit") is not None:
        yield f"{goal['travel_limit']} minutes of travel one way"
    if goal.get("pay_needed") is not None:
        yield f"£{goal['pay_needed']:.2f} an hour or more"


def _tolerances(pain: dict[str, Any]) -> Iterable[str]:
    for key, verb in (("sit", "Sits"), ("stand", "Stands"), ("walk", "Walks"), ("drive", "Drives")):
        minutes = pain.get(f"{key}_minutes")
        if minutes is not None:
            yield f"{verb} {minutes} minutes"
    if pain.get("lift_kg") is not None:
        yield f"Lifts {pain['lift_kg']:g} kg"


def goal_part(key: str) -> int:
    """The part of the client's pages "What you want" that asks this question."""
    parts = enumerate(sections()["goal"].parts(), start=1)
    return next(part for part, asked in parts if any(one.key == key for one in asked))
