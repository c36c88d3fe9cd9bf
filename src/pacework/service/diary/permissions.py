"""May this person? The diary is the client's; a worker to whom it is shown helps with the flare plan."""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client, Consent, Episode
from pacework.service.cases.permissions import check_is_client, check_role, check_write
from pacework.service.cases.policies import consents_to
from pacework.service.core.errors import NotAllowed
from pacework.service.people.models import Role


def check_keep(user: Any, client: Client) -> None:
    """Only the client writes their diary and their flares, while their record is open."""
    check_is_client(user, client)
    check_write(user, client)


def check_own(user: Any, client: Client) -> None:
    """Only the client deletes, or ends a flare: on a closed record too, for it is theirs."""
    check_is_client(user, client)


def is_shown(user: Any, client: Client) -> bool:
    """Whether the client shows their diary to this reader, who came through the record's door already."""
    if user.role == Role.CLIENT:
        return bool(client.user_id == user.pk)
    if user.role == Role.ESW:
        carried = Episode.objects.carried_by(user).filter(client=client).exists()
        return carried and consents_to(client, Consent.Layer.DIARY_SHARING)
    supported = client.episode is not None and client.episode.closed_on is None
    if user.role != Role.HCP or not supported:
        return False
    return consents_to(client, Consent.Layer.DIARY_HEALTH, recipient=user)


def check_flare_plan(user: Any, client: Client) -> None:
    """The client; with the diary shown to them, their worker helps to write it."""
    check_role(user, Role.CLIENT, Role.ESW)
    check_write(user, client)
    if not is_shown(user, client):
        raise NotAllowed("This diary is not shown to you.")
