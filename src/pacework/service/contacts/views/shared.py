"""What every page of contacts and appointments needs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Client, Episode
from pacework.service.cases.permissions import level_once_visible
from pacework.service.contacts import presenters
from pacework.service.contacts.models import Appointment, Contact
from pacework.service.core.pages import FormPage, back
from pacework.service.people.models import Role, User


def episode_of(client: Client) -> Episode:
    """The stretch of support that a new line belongs to."""
    if client.episode is None:
        raise Http404("No support open")
    return client.episode


def hcps_of(client: Client) -> Any:
    """The healthcare professionals of the client's team."""
    return User.objects.filter(role=Role.HCP, is_active=True, memberships__team=client.team_id)


def may_write(request: HttpRequest, client: Client) -> bool:
    user: Any = request.user
    return user.role in (Role.ESW, Role.TEAM_LEAD) and level_once_visible(user, client) == "write"


def contacts_about(client: Client) -> Any:
    return Contact.objects.of(client).select_related("by", "joint_with", "episode")


def the_contact(client: Client, contact_id: int) -> Contact:
    return get_object_or_404(contacts_about(client), pk=contact_id)


def the_appointment(client: Client, appointment_id: int) -> Appointment:
    found = Appointment.objects.of(client)
    return get_object_or_404(found.select_related("episode__client", "with_hcp"), pk=appointment_id)


class ContactPage(FormPage):
    """A form of the contact log; it returns to the log unless told otherwise."""

    template_name = "contacts/form.jinja"

    def get_cancel(self) -> str:
        return back(self.request, reverse("contacts", args=[self.client.pk]))

    def form_kwargs(self) -> dict[str, Any]:
        return {"hcps": hcps_of(self.client)}

    def context(self) -> dict[str, Any]:
        return {"section": "contacts", "safe": presenters.safe_ways(self.client)}

    def last(self) -> Contact | None:
        """The reader's own last contact with this client, else anybody's: what the next one is like."""
        rows = contacts_about(self.client).filter(attendance="attended")
        return rows.filter(by=self.request.user).first() or rows.first()
