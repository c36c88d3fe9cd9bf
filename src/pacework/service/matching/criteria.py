"""A client's own limits and wishes, from their vocational profile, as `capacity.shortlist` takes them.

Nothing is asked twice: what the profile does not say limits nothing. Nothing here comes from a forecast.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pacework.science.capacity.shortlist import Limits, Preference
from pacework.science.capacity.vacancies import Texts, Vacancies
from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.presenters import listed, number
from pacework.service.employers.models import Employer, Travel
from pacework.service.employers.models.ways import estimate
from pacework.service.matching.columns import HOMES, TIME_KEYS, Columns, plain_words
from pacework.service.profile.models import Preferences, preferences

TIME_WORDS = {
    "early": "early mornings",
    "mornings": "mornings",
    "afternoons": "afternoons",
    "evenings": "evenings",
    "nights": "nights",
    "weekends": "weekends",
}
NEVER_WORDS = {
    "early": "early starts",
    "evenings": "evenings",
    "nights": "nights",
    "weekends": "weekends",
    "driving": "driving",
    "lifting": "lifting",
}
HOME_WANTS = {
    "yes": (("all",), "work at home"),
    "some": (("some", "all"), "some work at home"),
    "no": (("none", "some"), "work with people, not at home"),
}
# Words that stand in nearly every wish and say nothing about the work.
EMPTY = """
about also anything back because being best better both could doing dont down easy enough feel from
full good hard have help home hour into job just kind know like little long look lot made make many
maybe mind more most much need nothing only other over part people place really same shift small
some something stand start still that them then there thing think this time used want well were what
when where which while with without work worker working would year
"""
EMPTY_WORDS = frozenset(EMPTY.split())
# Words of work to avoid are looked for in titles. A title may have them and mean something else ("Supported
# living"), so they put a vacancy further down and hide none.
AVOIDED = "avoided_work"
NEAR_HOURS = 0.25


@dataclass(frozen=True)
class Criteria:
    """What one client's vacancies are filtered and put in order by, and the same in words."""

    limits: Limits
    preferences: tuple[Preference, ...]
    said: tuple[str, ...]
    # Name of a column ruled out → words, for the counts beside the list.
    ruled: dict[str, str] = field(default_factory=dict)
    # The employers to avoid who were found by name: number → name.
    avoided: dict[int, str] = field(default_factory=dict)


def wishes_of(client: Client) -> Preferences:
    """What the client, who came through the door, wishes of work; empty without an episode."""
    return preferences(client.episode) if client.episode is not None else Preferences()


def table_of(client: Client, found: Columns, wishes: Preferences, criteria: Criteria) -> Vacancies:
    """The columns with what depends on this client."""
    columns: dict[str, Any] = {
        "travel": _travel(client, found),
        "hours": found.hours,
        "pay": found.pay,
        "closed": (found.closes < clock.today().toordinal()).astype(float),
        "home": Texts(np.where(found.home == HOMES.index("unknown"), -1, found.home), HOMES),
        "driving": found.driving,
        "lifting": found.lifting,
        **{key: _at(found, key) for key in TIME_KEYS},
        "own_times": _within_times(found, wishes.best_times),
        "wanted": found.has_word(wanted_words(wishes.wanted)),
        AVOIDED: found.has_word(wanted_words(wishes.avoid)),
        "avoided_employer": np.isin(found.employer, list(criteria.avoided)).astype(float),
        "liked_employer": np.isin(
            found.employer, list(Employer.objects.named_in(wishes.employers_liked))
        ).astype(float),
    }
    # A column that says nothing about any vacancy is left out, as `vacancies` does.
    said = {name: one for name, one in columns.items() if isinstance(one, Texts) or not np.isnan(one).all()}
    return Vacancies(len(found.pk), said)


def criteria_of(wishes: Preferences) -> Criteria:
    """The limits and wishes of the profile; a limit is exact, a wish only puts in order."""
    never = tuple(key for key in wishes.must_not if key in NEVER_WORDS)
    ruled = {"closed": "", **{key: NEVER_WORDS[key] for key in never}}
    avoided = Employer.objects.named_in(wishes.employers_to_avoid)
    if avoided:
        ruled["avoided_employer"] = "employers to avoid"
    limits = Limits(
        travel=wishes.travel_minutes,
        hours=(None, wishes.hours_most),
        pay=wishes.pay_needed,
        must_not=tuple(ruled),
    )
    return Criteria(limits, tuple(_preferences(wishes)), tuple(_said(wishes, never, avoided)), ruled, avoided)


def wanted_words(text: str) -> set[str]:
    """The words of a wish that say something about the work."""
    return plain_words(text) - EMPTY_WORDS


def _preferences(wishes: Preferences) -> Any:
    if wanted_words(wishes.wanted):
        yield Preference("wanted", True, "The kind of work (by its title)")
    if wanted_words(wishes.avoid):
        yield Preference(AVOIDED, False, "Away from work to avoid (by its title)")
    if wishes.employers_liked:
        yield Preference("liked_employer", True, "An employer wished for")
    if wishes.hours_start:
        near = (wishes.hours_start * (1 - NEAR_HOURS), wishes.hours_start * (1 + NEAR_HOURS))
        yield Preference("hours", near, f"About {number(float(wishes.hours_start))} hours a week")
    times = [key for key in wishes.best_times if key in TIME_WORDS]
    if times:
        yield Preference("own_times", True, f"Only {listed(TIME_WORDS[key] for key in times)}")
    if wishes.home_working in HOME_WANTS:
        wants, words = HOME_WANTS[wishes.home_working]
        yield Preference("home", wants, words[:1].upper() + words[1:])


def _said(wishes: Preferences, never: tuple[str, ...], avoided: dict[int, str]) -> Any:
    if wishes.travel_minutes is not None:
        yield f"at most {wishes.travel_minutes} minutes one way"
    if wishes.hours_most is not None:
        yield f"at most {number(float(wishes.hours_most))} hours a week"
    if wishes.pay_needed is not None:
        yield f"£{wishes.pay_needed:.2f} an hour or more"
    if never:
        yield f"no {listed((NEVER_WORDS[key] for key in never), last='or')}"
    if avoided:
        yield f"not {listed(sorted(avoided.values()), last='or')}"
    elif wishes.employers_to_avoid.strip():
        yield "no employer here is one of those to avoid"


def _travel(client: Client, found: Columns) -> Any:
    """Minutes one way: at home none, as somebody typed them, else estimated; NaN where not known."""
    estimated = estimate(client.postcode, tuple(found.outwards.numbers))
    by_outward = np.array([np.nan if minutes is None else minutes for minutes in estimated], float)
    minutes = by_outward[found.outward] if len(by_outward) else np.full(len(found.pk), np.nan)
    # The client came through the door; the way is theirs.
    typed = Travel.objects.of(client).filter(minutes__isnull=False).values_list("site", "minutes")
    for site, typed_minutes in typed:
        minutes[found.site == site] = typed_minutes
    minutes[found.home == HOMES.index("all")] = 0
    return minutes


def _at(found: Columns, key: str) -> Any:
    bit = (found.times >> TIME_KEYS.index(key)) & 1
    return np.where(found.times < 0, np.nan, bit)


def _within_times(found: Columns, wanted: tuple[str, ...]) -> Any:
    """Whether all shifts lie in the times that suit best."""
    allowed = sum(1 << TIME_KEYS.index(key) for key in wanted if key in TIME_KEYS)
    return np.where(found.times < 0, np.nan, (found.times & ~allowed) == 0)
