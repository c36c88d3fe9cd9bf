"""What the staff's pages and the client's own pages share: the episode, its sections, where links lead."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.urls import reverse

from pacework.service.cases.models import Episode
from pacework.service.cases.permissions import level_once_visible
from pacework.service.core.pages import FormPage
from pacework.service.people.models import Role
from pacework.service.profile.models import BodyMap, ProfileSection
from pacework.service.profile.questions import Section, sections


def episode_of(client: Any) -> Episode:
    """The client's episode; without one there is nothing to write on."""
    if client.episode is None:
        raise Http404("No support is open")
    return client.episode  # type: ignore[no-any-return]


def section_or_404(key: str) -> Section:
    found = sections().get(key)
    if found is None:
        raise Http404("No such section")
    return found


def saved_sections(request: HttpRequest, client: Any) -> dict[str, ProfileSection]:
    """The sections somebody has saved, by key."""
    rows = ProfileSection.objects.visible_to(request.user).filter(episode=client.episode, version__gt=0)
    return {row.key: row for row in rows.select_related("changed_by", "confirmed_by")}


def body_maps(request: HttpRequest, client: Any) -> Any:
    return BodyMap.objects.visible_to(request.user).filter(episode=client.episode).select_related("by")


def may_write(request: HttpRequest, client: Any) -> bool:
    """Whether links to forms are worth showing."""
    role: str = request.user.role
    if role not in (Role.CLIENT, Role.ESW, Role.TEAM_LEAD) or client.episode is None:
        return False
    return level_once_visible(request.user, client) == "write"


def address(client: Any, name: str, *args: Any, own: bool) -> str:
    """The same page for staff ("profile") and for the client themselves ("my-profile")."""
    return reverse(f"my-{name}", args=args) if own else reverse(name, args=[client.pk, *args])


def sent_version(request: HttpRequest) -> int | None:
    """The version of the section that a button was pressed on."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


class SituationPage(FormPage):
    """A form about a client's situation, on the staff's side or on the client's own (``own``)."""

    own: ClassVar[bool] = False
    draft = True

    def to(self, name: str, *args: Any) -> str:
        return address(self.client, name, *args, own=self.own)

    @cached_property
    def section(self) -> Section:
        return section_or_404(self.kwargs["section"])

    @cached_property
    def row(self) -> ProfileSection:
        """The section as it is stored; version 0 while nobody has saved it."""
        rows = ProfileSection.objects.visible_to(self.request.user)
        found = rows.filter(episode=episode_of(self.client), key=self.section.key).first()
        return found or ProfileSection(episode=self.client.episode, key=self.section.key, version=0)

    def get_record(self) -> Any:
        return self.row

    def get_title(self) -> str:
        return self.section.title

    def get_cancel(self) -> str:
        return self.to("profile")

    def up(self) -> dict[str, str]:
        return {"href": self.to("profile"), "label": "About me" if self.own else "Situation"}

    def context(self) -> dict[str, Any]:
        """Staff keep the tab marked; the client gets a way back."""
        return {"back": self.up()} if self.own else {"section": "profile"}
