"""What an account's end waits for: clients who would have no worker."""

from __future__ import annotations

from pacework.service.cases.models import Assignment
from pacework.service.core.presenters import count, listed
from pacework.service.people.models import Role, User


def clients_left(user: User) -> str:
    """How many clients somebody still has, and who hands them over; "" for none.

    Only a team lead opens the page for that, so an administrator is told whom to ask.
    """
    if user.role != Role.ESW:
        return ""
    number = Assignment.objects.open().filter(esw=user, episode__closed_on__isnull=True).count()
    if not number:
        return ""
    leads = User.objects.filter(
        role=Role.TEAM_LEAD, is_active=True, memberships__team__in=user.memberships.values("team")
    )
    names = listed([str(lead) for lead in leads.distinct()], "or") or "a team lead"
    return (
        f"{user} still has {count(number, 'client')}. Ask {names} to hand them over first: "
        "on the page Team, “Hand over everyone”."
    )
