"""What the pages of this room share: the row in the address, through the door; where they lead."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Client, Episode
from pacework.service.cases.permissions import level_once_visible
from pacework.service.core.errors import DomainError
from pacework.service.core.pages import FormPage
from pacework.service.people.models import Role
from pacework.service.work.models import Adjustment, Application, JobSpell, Placement

WRITERS = (Role.ESW, Role.TEAM_LEAD)


def may_write(user: Any, client: Client) -> bool:
    """Whether links to forms make sense for this reader."""
    return user.role in WRITERS and level_once_visible(user, client) == "write"


def episode_of(client: Client) -> Episode:
    """The client's current or last episode; a record without one has nothing to write work into."""
    episode = client.episode
    if episode is None:
        raise DomainError(f"{client.name} has no episode of support yet.")
    return episode


def through_the_door(model: Any, user: Any, client: Client, pk: int) -> Any:
    """One row of this client, or 404."""
    rows: QuerySet[Any] = model.objects.visible_to(user).filter(episode__client=client)
    return get_object_or_404(rows.select_related("episode__client"), pk=pk)


class WorkForm(FormPage):
    """A form in the Work section. Subclasses say which row of the address it is about."""

    @cached_property
    def application(self) -> Application:
        return through_the_door(Application, self.request.user, self.client, self.kwargs["application_id"])  # type: ignore[no-any-return]

    @cached_property
    def placement(self) -> Placement:
        return through_the_door(Placement, self.request.user, self.client, self.kwargs["placement_id"])  # type: ignore[no-any-return]

    @cached_property
    def job(self) -> JobSpell:
        return through_the_door(JobSpell, self.request.user, self.client, self.kwargs["job_id"])  # type: ignore[no-any-return]

    @cached_property
    def adjustment(self) -> Adjustment:
        return through_the_door(Adjustment, self.request.user, self.client, self.kwargs["adjustment_id"])  # type: ignore[no-any-return]

    @property
    def episode(self) -> Episode:
        return episode_of(self.client)

    def back_to_work(self) -> str:
        return reverse("work", args=[self.client.pk])

    def back_to_job(self) -> str:
        return reverse("job", args=[self.client.pk, self.job.pk])

    def back_to_placement(self) -> str:
        return reverse("placement", args=[self.client.pk, self.placement.pk])

    def get_cancel(self) -> str:
        return self.back_to_work()

    def context(self) -> dict[str, Any]:
        return {"section": "work"}
