"""Erasing a person: what every model declared is done, and the audit's secret for them is destroyed."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import models

from pacework.service.cases import permissions, policies
from pacework.service.cases.models import Client
from pacework.service.cases.records import about_clients
from pacework.service.core import clock
from pacework.service.core.audit import action, destroy_salt, trace
from pacework.service.core.models import Draft
from pacework.service.core.records import path_of
from pacework.service.people.models import Role, User


@action
def erase_client(client: Client, *, by: User, reason: str) -> Client:
    """Remove everything that says who this was, in records that were joined into this one too.

    Counts and dates stay; nothing leads back to the person.
    """
    permissions.check_role(by, Role.TEAM_LEAD)
    permissions.check_visible(by, client)
    policies.check_erasable(client)
    policies.check_note(reason, field="reason")
    _erase_account(client)
    records = client.with_joined()
    for record in records:
        Draft.objects.filter(path__startswith=f"/people/{record}/").delete()
    for model in about_clients():
        rows = model._base_manager.filter(**{f"{path_of(model.record.scope)}__in": records})
        if model.record.erase == "delete":
            rows.delete()
        elif model.record.erase == "blank":
            rows.update(**{name: blank_of(model._meta.get_field(name)) for name in model.record.scrub})
    Client.objects.filter(pk__in=records).update(erased_on=clock.today(), user=None)
    client.refresh_from_db()
    for record in records:
        destroy_salt(record)
    trace("client.erased", client, by=by, fields=["erased_on"])
    return client


def blank_of(field: Any) -> Any:
    """What an erased field holds: nothing, in the way its column says nothing."""
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return field.get_default() if callable(field.default) else {}
    if isinstance(field, (models.CharField, models.TextField)):
        return ""
    raise TypeError(f"{field} cannot be blanked: make it nullable, or leave it out of scrub")


def _erase_account(client: Client) -> None:
    user = client.user
    if user is None:
        return
    Draft.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.is_active = False
    user.username = f"erased-{user.pk}"
    for name in user.record.scrub:
        setattr(user, name, blank_of(User._meta.get_field(name)))
    user.save()
