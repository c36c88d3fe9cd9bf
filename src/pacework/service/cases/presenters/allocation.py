"""Waiting, caseloads and cover, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from pacework.science.measures.scales import scale
from pacework.service.cases.models import Episode, Load
from pacework.service.cases.presenters.person import address, days_waited, stage_words
from pacework.service.core.presenters import count, day, listed, number, short_day
from pacework.service.people.models import Cover, User

SCORE_COLOURS = {5: "green", 4: "aqua-green", 3: "yellow", 2: "orange", 1: "red"}


def waiting_row(episode: Any) -> list[Any]:
    """One person waiting; the query brings ``waiting_since``, ``offered_to`` and ``offered_on``."""
    client: Any = episode.client
    href = address("person", client.pk) or reverse("client-details", args=[client.pk])
    if episode.offered_to:
        state: Any = {
            "text": f"{episode.offered_to} was asked",
            "sub": f"on {short_day(episode.offered_on)}, no answer yet",
        }
        step: Any = {"text": "Ask someone else", "href": reverse("handover", args=[client.pk])}
    else:
        state, step = (
            "Nobody asked yet",
            {"text": "Ask a worker", "href": reverse("allocate", args=[client.pk])},
        )
    waited = days_waited(episode.waiting_since)
    flag = "Do not contact" if client.do_not_contact else ""
    return [
        {"text": client.name, "href": href, "sub": flag},
        {"text": count(waited, "day"), "sub": f"since {day(episode.waiting_since)}"},
        str(episode.team),
        str(episode.programme),
        state,
        step,
    ]


def anchor_words() -> str:
    """The caseload item of the fidelity scale, in one sentence."""
    applied = scale()
    best, *others = applied.caseload_edges
    rest = "; ".join(f"{edge.score}: up to {edge.up_to}" for edge in others)
    return (
        f"Score {best.score}: up to {best.up_to} clients per full-time worker; {rest}; 1: more "
        f"({applied.title})."
    )


def ratio_words(load: Load) -> str:
    """20.3 per full time."""
    ratio = load.score.ratio
    return "–" if ratio is None else f"{float(ratio):.1f}"


def score_cell(load: Load) -> Any:
    score = load.score.score
    return (
        "–"
        if score is None
        else {"text": f"{ratio_words(load)} · score {score}", "tag": SCORE_COLOURS[score]}
    )


def hours_words(esw: User) -> str:
    if esw.weekly_hours is None:
        return "Hours not known, counted as full time"
    return f"{number(esw.weekly_hours)} hours ({number(esw.wte)} full time)"


def load_rows(loads: Iterable[Load]) -> list[list[Any]]:
    """Loads as a table: who, hours, clients, ratio."""
    return [
        [str(load.esw), hours_words(load.esw), load.active, load.offered or "–", score_cell(load)]
        for load in loads
    ]


def load_cards(loads: Iterable[Load], covers: Iterable[Cover]) -> list[dict[str, Any]]:
    """Each ESW of the team with their strip and the steps a lead has."""
    covering = {cover.absent_id: str(cover.covering) for cover in covers}
    return [
        {
            "name": str(load.esw),
            "teams": listed([team.name for team in load.esw.teams.all()]),
            "hours": hours_words(load.esw),
            "active": load.active,
            "full_at": load.full_at,
            "offered": count(load.offered, "client") + " asked for, not answered yet" if load.offered else "",
            "score": score_cell(load),
            "away": f"Away: {covering[load.esw.pk]} covers" if load.esw.pk in covering else "",
            "hand_over": reverse("leaver", args=[load.esw.pk]) if load.active or load.offered else "",
            "cover": f"{reverse('cover')}?absent={load.esw.pk}",
        }
        for load in loads
    ]


def member_row(person: User) -> list[Any]:
    return [str(person), person.get_role_display(), listed([team.name for team in person.teams.all()])]


def with_stage_words(episode: Any) -> Episode:
    episode.stage_words = stage_words(episode.stage)
    return episode


def spread(episodes: Iterable[Episode], loads: Iterable[Load]) -> dict[int, int]:
    """A first suggestion for a leaver's clients: each to whoever then carries least for their hours."""
    now = {load.esw.pk: load for load in loads}
    teams = {pk: {team.pk for team in load.esw.teams.all()} for pk, load in now.items()}
    found = {}
    for episode in episodes:
        able = [pk for pk in now if episode.team_id in teams[pk]]
        if able:
            least = min(able, key=lambda pk: (now[pk].with_more(1).active / now[pk].wte, pk))
            now[least] = now[least].with_more(1)
            found[episode.pk] = least
    return found


def preview_rows(loads: Iterable[Load], chosen: Iterable[Any]) -> list[list[Any]]:
    """Each ESW's load before and after what is chosen now."""
    counted: dict[str, int] = {}
    for one in chosen:
        counted[str(one)] = counted.get(str(one), 0) + 1
    rows = []
    for load in loads:
        more = counted.get(str(load.esw.pk), 0)
        after = load.with_more(more)
        rows.append(
            [
                {"text": str(load.esw), "sub": hours_words(load.esw)},
                load.active,
                more,
                after.active,
                score_cell(load),
                score_cell(after),
            ]
        )
    return rows


def cover_row(cover: Cover) -> dict[str, Any]:
    return {
        "words": f"{cover.covering} covers for {cover.absent}",
        "dates": f"{day(cover.starts_on)} to {day(cover.ends_on)}",
        "end": reverse("cover-end", args=[cover.pk]),
    }
