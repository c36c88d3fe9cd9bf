"""Does the state allow it? Rules about episodes, assignments and consents; who may is in permissions."""

from __future__ import annotations

from pacework.service.cases.models import Assignment, Client, Consent, Episode
from pacework.service.core.errors import DomainError
from pacework.service.people.models import Role, User


def check_no_open_episode(client: Client) -> None:
    if client.episodes.open().exists():
        raise DomainError(f"{client.name} already has an open episode of support.")


def check_open(episode: Episode) -> None:
    if episode.closed_on is not None:
        raise DomainError("This episode is closed. Reopen it first.")


def check_allocatable(episode: Episode, esw: User) -> None:
    """An ESW of the episode's team, and nobody named yet."""
    check_open(episode)
    if esw.role != Role.ESW or not esw.is_active:
        raise DomainError("Choose an employment support worker.", field="esw")
    if not esw.memberships.filter(team=episode.team_id).exists():
        raise DomainError(f"{esw} is not in the team {episode.team}.", field="esw")
    if episode.assignments.filter(ended_on__isnull=True).exists():
        raise DomainError("Someone is already named for this client. Use a handover to change that.", field="esw")


def check_acceptable(assignment: Assignment) -> None:
    check_open(assignment.episode)
    if assignment.ended_on is not None:
        raise DomainError("This allocation has ended.")
    if assignment.accepted_on is not None:
        raise DomainError("You have already accepted this client.")


def consents_to(client: Client, layer: str, *, recipient: User | None = None) -> bool:
    """A live yes to this layer; for sharing, to everybody or to this recipient."""
    live = Consent.objects.live().filter(client=client, layer=layer)
    if recipient is None:
        return live.exists()
    return live.filter(recipient=recipient).exists() or live.filter(recipient__isnull=True).exists()


def check_consents_to(client: Client, layer: str, *, recipient: User | None = None) -> None:
    """Raise unless the client's consent to this layer is live. Called by the code that shares."""
    if not consents_to(client, layer, recipient=recipient):
        label = Consent.Layer(layer).label.lower()
        raise DomainError(f"{client.name} has not agreed to this: {label}. Ask first, then record the answer.")
