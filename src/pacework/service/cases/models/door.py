"""The one door: which clients a person may see now, and every record through its client.

Nothing about a client is read anywhere without ``visible_to`` (a guard test looks). What is out of scope does
not exist for the reader: a page about it is a 404.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from pacework.service.core import clock
from pacework.service.core.records import Record, path_of
from pacework.service.people.models import Cover, Role, User


def rows(name: str) -> Any:
    """All rows of a table of this room by name: the door stands below the models that it asks."""
    return apps.get_model("cases", name)._default_manager.all()


class ClientQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """Not merged into another record and not erased."""
        return self.filter(merged_into__isnull=True, erased_on__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """The clients this person may see now. Everything else does not exist for them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        rule = getattr(self, f"_for_{user.role}", None)
        return self.none() if rule is None else rule(user).current()

    def written_about_by(self, user: Any) -> Self:
        """Clients of this HCP's teams, sharing or not: what the HCP wrote about them stays open to them."""
        if not user.is_authenticated or not user.is_active or user.role != Role.HCP:
            return self.none()
        return self._of_the_teams_hcps(user).current()

    def _for_client(self, user: User) -> Self:
        return self.filter(user=user)

    def _for_esw(self, user: User) -> Self:
        absent = Cover.objects.on(clock.today()).filter(covering=user).values("absent")
        mine = rows("Assignment").open().filter(esw=user).values("episode__client")
        covered = rows("Assignment").open().filter(esw__in=absent).values("episode__client")
        unrestricted = Q(restricted=False) | _listed(user)
        # A closed record stays readable for its team, so that someone who comes back is known again.
        episodes = rows("Episode").filter(client=OuterRef("pk"))
        closed = Q(Exists(episodes.filter(closed_on__isnull=False))) & ~Q(
            Exists(episodes.filter(closed_on__isnull=True))
        )
        return self.filter(
            Q(pk__in=mine)
            | (Q(pk__in=covered) & unrestricted)
            | (Q(team__in=_teams_of(user)) & closed & unrestricted)
            | (Q(restricted=True) & _listed(user))
        )

    def _for_team_lead(self, user: User) -> Self:
        return self.filter(team__in=_teams_of(user))

    def _for_hcp(self, user: User) -> Self:
        return self._of_the_teams_hcps(user).filter(agreed_to("health_sharing", recipient=user))

    def _of_the_teams_hcps(self, user: User) -> Self:
        return self.filter(Q(restricted=False) | _listed(user), team__in=_teams_of(user))

    def _for_manager(self, user: User) -> Self:
        stated = rows("StatedReason").live().filter(user=user, client=OuterRef("pk"))
        return self.filter(Q(restricted=False) | _listed(user), Exists(stated))


def agreed_to(layer: str, *, recipient: Any = None, client: str = "pk") -> Q:
    """For a query: those whose live answer to a layer is yes, to everybody or to this one person.

    ``client`` is the path from the rows asked for to the client.
    """
    answers = rows("Consent").filter(client=OuterRef(client), layer=layer, withdrawn_on__isnull=True)
    yes, no = answers.filter(given=True), answers.filter(given=False)
    to_all = Q(Exists(yes.filter(recipient__isnull=True)))
    if recipient is None:
        return to_all
    # A "no" about one person counts for more than a "yes" to the whole health team.
    refused = Q(Exists(no.filter(recipient=recipient)))
    return Q(Exists(yes.filter(recipient=recipient))) | (to_all & ~refused)


def _listed(user: User) -> Q:
    return Q(Exists(rows("RestrictedAccess").filter(client=OuterRef("pk"), user=user)))


def _teams_of(user: User) -> Any:
    return user.memberships.values("team")


class CaseQuerySet(models.QuerySet[Any]):
    """Rows about a client: every read starts at ``visible_to``."""

    def visible_to(self, user: Any) -> Self:
        """Rows of clients this person may see; an HCP also keeps what they wrote themselves."""
        clients = apps.get_model("cases", "Client")._default_manager.all()
        record: Record = self.model.record
        path = path_of(record.scope or "")
        seen = Q(**{f"{path}__in": clients.visible_to(user).values("pk")})
        if record.author and getattr(user, "role", "") == Role.HCP:
            written = clients.written_about_by(user).values("pk")
            seen |= Q(**{f"{path}__in": written, record.author: user})
        return self.filter(seen)

    def of_episodes(self, episodes: Any) -> Self:
        """Rows of episodes that came through the door already, by their ids: many lists, one asking."""
        path = path_of(self.model.record.scope or "")
        return self.filter(**{f"{path.removesuffix('__client')}__in": episodes})

    def of(self, client: Any) -> Self:
        """Rows about a client who has come through the door already: one record's page, read whole."""
        return self.filter(**{path_of(self.model.record.scope or ""): client})


class CaseModel(models.Model):
    """A record about a client. Its ``record.scope`` says by which path."""

    record: ClassVar[Record]
    objects = CaseQuerySet.as_manager()

    class Meta:
        abstract = True
