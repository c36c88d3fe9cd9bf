"""The dated milestones of an episode, written inside the action that makes one true, in any room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pacework.service.cases.models import MILESTONES, Client, Episode
from pacework.service.core.audit import trace
from pacework.service.people.models import User


def record_milestone(episode: Episode, name: str, value: date | None, *, by: User | None) -> None:
    """Write a milestone date, inside the action that makes it true. Unchanged: does nothing."""
    if name not in MILESTONES:
        raise ValueError(f"{name} is not a milestone")
    if getattr(episode, name) == value:
        return
    setattr(episode, name, value)
    Episode._base_manager.filter(pk=episode.pk).update(**{name: value})
    trace("episode.milestone", episode, by=by, fields=[name])


def record_first(episode: Episode, name: str, on: date, *, by: User | None) -> None:
    """Write a "first" milestone: only if there is none yet, or this is earlier."""
    known = getattr(episode, name)
    if known is None or on < known:
        record_milestone(episode, name, on, by=by)


# Milestones that also depend on the person (the legal minimum wage goes by age) lie in rooms above this one.
Recompute = Callable[[Episode, User | None], None]
_recomputed: list[Recompute] = []


def recomputed_by(recompute: Recompute) -> None:
    """Let a room say how its milestones are computed anew when the person's birth date changes."""
    _recomputed.append(recompute)


def recompute_after_birth_date(client: Client, *, by: User | None) -> None:
    """The birth date was put right: whatever was derived from it follows, in every episode."""
    for episode in Episode._base_manager.filter(client=client):
        for recompute in _recomputed:
            recompute(episode, by)
