"""What the plan says is due: read by the front pages and the caseload. Everything starts at the door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from pacework.science.measures.rules import QuestionDue, placement_question_due
from pacework.service.cases.models import Episode
from pacework.service.core import clock
from pacework.service.plan.models import PlacementAnswer, PlannedAction, TaskPause


def actions_of_worker(episodes: Sequence[int], until: date | None = None) -> Any:
    """Open actions that the ESW of these episodes owns, due by ``until`` (today), the oldest first."""
    return _due(PlannedAction.objects.of_episodes(episodes), until).filter(owner=PlannedAction.Owner.ESW)


def actions_of_hcp(user: Any) -> Any:
    """Open actions due that name this HCP, or nobody of the health team; the oldest first."""
    found = _due(PlannedAction.objects.visible_to(user))
    return found.filter(Q(hcp=user) | Q(hcp__isnull=True), owner=PlannedAction.Owner.HCP)


def _due(actions: Any, until: date | None = None) -> Any:
    found = actions.under_way().filter(due_on__lte=until or clock.today())
    return found.select_related("episode__client", "hcp").order_by("due_on", "pk")


def next_step(user: Any) -> PlannedAction | None:
    """The one thing a client does next: their own open action with the nearest date."""
    found = PlannedAction.objects.visible_to(user).under_way().filter(owner=PlannedAction.Owner.CLIENT)
    return found.select_related("episode", "goal").order_by("due_on", "pk").first()


def is_paused(episode: Episode | None) -> bool:
    """Whether the client of this episode (through the door already) has paused their tasks."""
    if episode is None:
        return False
    return TaskPause.objects.of_episodes([episode.pk]).open().exists()


def question_due(episode: Episode) -> QuestionDue | None:
    """When "What would make a placement possible?" is asked next; None while nothing is being prepared."""
    return _questions([episode]).get(episode.pk)


def questions_due(preparing: Iterable[Episode], *, within_days: int = 0) -> list[tuple[Episode, QuestionDue]]:
    """Of these episodes (through the door already), those whose four-weekly question is due or late."""
    found = [episode for episode in preparing if episode.preparing_since is not None]
    states = _questions(found)
    edge = clock.today() + timedelta(days=within_days)
    due = [(episode, states[episode.pk]) for episode in found if states[episode.pk].due_on <= edge]
    return sorted(due, key=lambda pair: pair[1].due_on)


def _questions(episodes: Iterable[Episode]) -> dict[int, QuestionDue]:
    since = {row.pk: row.preparing_since for row in episodes if row.preparing_since is not None}
    asked: dict[int, list[date]] = defaultdict(list)
    answers = PlacementAnswer.objects.of_episodes(list(since)) if since else PlacementAnswer.objects.none()
    for episode_id, day in answers.values_list("episode_id", "asked_on"):
        asked[episode_id].append(day)
    today = clock.today()
    return {pk: placement_question_due(first, asked[pk], today) for pk, first in since.items()}
