"""May this person? Rules about people and records; the state of a record is in policies."""

from __future__ import annotations

from typing import Any, Literal

from pacework.service.cases.models import Assignment, Client, Consent
from pacework.service.cases.wording import current_wordings
from pacework.service.core.audit import once
from pacework.service.core.errors import NotAllowed
from pacework.service.people.models import Membership, Role

Level = Literal["none", "read", "write"]

# What each role may do with a record in each state, once the door and the page's own roles are passed.
# The states are the columns of the access matrix. "own": the named ESW's, the client's own, the lead's or
# the HCP's team.
VISIBILITY: dict[str, dict[str, Level]] = {
    "own": {"client": "write", "esw": "write", "hcp": "write", "team_lead": "write"},
    "team": {"hcp": "write", "team_lead": "write"},
    "covering": {"esw": "write"},
    "other_team": {},
    "closed": {"client": "read", "esw": "read", "hcp": "read", "team_lead": "read"},
    "restricted": {"client": "write", "esw": "write", "team_lead": "write"},
    "consent_withdrawn": {"client": "write", "esw": "write", "team_lead": "write"},
    "stated_reason": {"manager": "read"},
}


def level(user: Any, client: Client) -> Level:
    """What this person may do with this record now: nothing, read, or write."""
    if not is_visible(user, client):
        return "none"
    return level_once_visible(user, client)


def is_visible(user: Any, client: Client) -> bool:
    """Whether the door lets this person through to this client now.

    The everyday cases, a named ESW, the team's lead and an HCP named in the client's yes, are asked by their
    own small query; whoever that does not let through is asked about at the door itself. A test holds the two
    together.
    """
    return _is_theirs(user, client) or Client.objects.visible_to(user).filter(pk=client.pk).exists()


def _is_theirs(user: Any, client: Client) -> bool:
    """A quick yes; no answer otherwise."""
    if not user.is_active or client.pk is None:
        return False

    def is_one(**wanted: Any) -> bool:
        return Client.objects.current().filter(pk=client.pk, **wanted).exists()

    if user.role == Role.ESW:
        named = {"episodes__assignments__esw": user, "episodes__assignments__ended_on": None}
        return once(
            ("named", user.pk, client.pk), lambda: is_one(**named), read_from=Assignment, client_id=client.pk
        )
    if user.role == Role.TEAM_LEAD:
        led = {"team__memberships__user": user}
        return once(("led", user.pk, client.pk), lambda: is_one(**led), read_from=Membership)
    if user.role == Role.HCP:
        return is_one(
            restricted=False,
            team__memberships__user=user,
            consents__layer=Consent.Layer.HEALTH_SHARING,
            consents__given=True,
            consents__withdrawn_on=None,
            consents__recipient=user,
        )
    return False


def level_once_visible(user: Any, client: Client) -> Level:
    """As ``level``, for a client that came through the door."""
    if user.role == Role.MANAGER:
        return "read"
    episode = client.episode
    if episode is not None and episode.closed_on is not None:
        return "read"
    return "write"


def check_visible(user: Any, client: Client) -> None:
    """Raise NotAllowed unless the record is visible to this person."""
    if not is_visible(user, client):
        raise NotAllowed("This record is not open to you.")


def can_write(user: Any, client: Client) -> bool:
    return level(user, client) == "write"


def check_write(user: Any, client: Client) -> None:
    """Raise NotAllowed unless this person may write to the record now."""
    found = level(user, client)
    if found == "none":
        raise NotAllowed("This record is not open to you.")
    if found == "read":
        raise NotAllowed("This record is open to you for reading only.")


def check_role(user: Any, *wanted: str) -> None:
    """Raise NotAllowed unless the person has one of the roles."""
    if user.role not in wanted:
        raise NotAllowed("This step is not part of your role.")


def check_is_client(user: Any, client: Client) -> None:
    """Only the person themselves."""
    if client.user_id is None or client.user_id != user.pk:
        raise NotAllowed("Only the client can do this.")


def check_offered_to(user: Any, assignment: Assignment) -> None:
    """Only the ESW who was asked answers an allocation."""
    if assignment.esw_id != user.pk:
        raise NotAllowed("Only the employment support worker who was asked can answer this.")


def check_may_close(user: Any, client: Client) -> None:
    """The client's ESW, who covers for them, or the team lead."""
    check_role(user, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)


def check_may_reopen(user: Any, client: Client) -> None:
    """An ESW or lead of the team that can read the closed record."""
    check_role(user, Role.ESW, Role.TEAM_LEAD)
    check_visible(user, client)


def check_may_record_consent(user: Any, client: Client) -> None:
    """The client online; their ESW, the lead, or an HCP of the team who asked them."""
    if user.role == Role.CLIENT:
        check_is_client(user, client)
    elif user.role == Role.HCP:
        # Before the first yes nobody of the health team sees the record, so this asks for the team instead.
        check_shares_team(user, client)
    else:
        check_role(user, Role.ESW, Role.TEAM_LEAD)
        check_visible(user, client)


def check_may_answer(user: Any, layer: str) -> None:
    """Whoever would look at a diary does not record the client's yes to it."""
    wording = current_wordings().get(layer)
    if wording is not None and wording.only_client and user.role != Role.CLIENT:
        raise NotAllowed("Only the client can answer this, on their page “Who can see what”.")


def check_may_export(user: Any, client: Client) -> None:
    """The client, or the team lead for them."""
    if user.role == Role.CLIENT:
        check_is_client(user, client)
    else:
        check_role(user, Role.TEAM_LEAD)
        check_visible(user, client)


def check_may_set_contact(user: Any, client: Client) -> None:
    """Saying "do not contact me" is open to everybody who may hear it, on a closed record too."""
    check_role(user, Role.CLIENT, Role.ESW, Role.TEAM_LEAD)
    check_visible(user, client)


def check_shares_team(user: Any, client: Client) -> None:
    if not user.is_in(client.team_id):
        raise NotAllowed("This record is not open to you.")


def check_leads(user: Any, esw: Any) -> None:
    """A team lead of a team that the ESW is in."""
    check_role(user, Role.TEAM_LEAD)
    if not esw.memberships.filter(team__in=user.memberships.values("team")).exists():
        raise NotAllowed(f"{esw} is not in your team.")
