"""Writes that bring a person in: an HCP's referral, a person's own, and what to do when they seem known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pacework.service.cases import actions as cases
from pacework.service.cases import policies as case_policies
from pacework.service.cases.models import Client, Consent, Programme
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.core.records import hold
from pacework.service.people.models import Role, Team, User
from pacework.service.recruitment import permissions, policies, screening
from pacework.service.recruitment.actions.steps import decide, mark, programme_for_new
from pacework.service.recruitment.codes import routes
from pacework.service.recruitment.duplicates import LIKELY, Candidate, candidates
from pacework.service.recruitment.models import PossibleDuplicate, Referral


@dataclass(frozen=True)
class Person:
    """Who somebody is, as typed or listed. Names of fields as on Client."""

    first_name: str
    last_name: str
    birth_date: date | None = None
    nhs_number: str = ""
    phone: str = ""
    email: str = ""
    postcode: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def look_alikes(self) -> list[Candidate]:
        """Who is known and may be this person."""
        return candidates(
            first=self.first_name,
            last=self.last_name,
            birth_date=self.birth_date,
            nhs_number=self.nhs_number,
            postcode=self.postcode,
        )


IDENTITY = ("first_name", "last_name", "birth_date", "nhs_number", "phone", "email", "postcode")


def new_client(person: Person, *, team: Team) -> Client:
    """An unsaved client; list import makes many of these and saves them in bulk (after set_name_key)."""
    client = Client(team=team, **{name: getattr(person, name) for name in IDENTITY}, **person.more)
    client.set_name_key()
    return client


def listed_referral(
    client: Client, *, route: str, team: Team, programme: Programme, by: User | None
) -> Referral:
    """An unsaved referral of somebody on a list whom nobody has written to yet. Ready for bulk_create."""
    return Referral(
        client=client,
        route=route,
        team=team,
        programme=programme,
        preset=programme.preset,
        raised_on=clock.today(),
        raised_by=by,
    )


@action
def refer(
    person: Person,
    *,
    by: User,
    team: Team,
    shares: bool,
    route: str = "",
    same_as: Client | None = None,
    someone_else: bool = False,
    reason: str = "",
    wants_work: str = "",
    referrer_words: str = "",
    status: str = "",
    last_job_ended_on: date | None = None,
) -> Referral:
    """A referral made with the person's agreement: they want to work, and agree to be referred.

    ``same_as``: the referrer recognised somebody they may see. ``someone_else``: they looked and said no.
    In the routine service the episode opens at once; a study waits for its screening, and a likely duplicate
    that the referrer may not see waits for a team lead.
    """
    permissions.check_refer(by, team)
    found = [] if same_as is not None else person.look_alikes()
    if same_as is not None:
        permissions.check_refer_again(by, same_as)
        policies.check_nothing_open(same_as)
        policies.check_no_open_referral(same_as)
        client, given = same_as, _differs(same_as, person)
        team = client.team
    else:
        client, given = _register(person, team, by=by)
    case_policies.check_employment_status(
        client, status=status or "unknown", as_of=clock.today(), last_job_ended_on=last_job_ended_on
    )
    programme = programme_for_new()
    referral = Referral(
        client=client,
        route=_route(route, by, team),
        team=team,
        programme=programme,
        preset=programme.preset,
        referred_by=by if by.role == Role.HCP else None,
        raised_by=by,
        referrer_words=referrer_words,
        reason=reason,
        wants_work=wants_work,
        given=given,
        last_job_ended_on=last_job_ended_on,
        work_status=status,
    )
    _came_in(referral, by)
    referral.held = _keep_look_alikes(client, found, by=by, seen=by if someone_else else None)
    referral.save()
    trace("referral.made", referral, by=by, fields=_told(referral))
    _record_agreed(client, shares, by)
    return carry_on(referral, by=by)


def carry_on(referral: Referral, *, by: User | None) -> Referral:
    """Agreed, nobody's double, and the routine service asks nothing more: support can begin today."""
    if referral.held or screening.preset_of(referral).kind != "routine":
        return referral
    today = clock.today()
    answers = {"wants_to_work": True}
    referral.answers = screening.as_stored(answers)
    fields = [*mark(referral, "screened", today, by), "answers"]
    return decide(referral, answers, today, fields, "referral.screened", by=by)


@action
def refer_self(person: Person, *, team: Team, wants_work: str = "", poster: bool = False) -> Referral:
    """A person asks for support. Nothing is said about whether they are known; a team lead rings them."""
    found = person.look_alikes()
    client, given = _register(person, team, by=None)
    programme = programme_for_new()
    referral = Referral(
        client=client,
        route="poster_text" if poster else "self",
        team=team,
        programme=programme,
        preset=programme.preset,
        wants_work=wants_work,
        given=given,
    )
    _came_in(referral, None)
    referral.held = _keep_look_alikes(client, found, by=None, seen=None)
    referral.save()
    trace("referral.made", referral, by=None, fields=_told(referral))
    return referral


def _came_in(referral: Referral, by: User | None) -> None:
    """The person is here: hearing of the service and answering are the same day."""
    today = clock.today()
    mark(referral, "approached", today, by)
    mark(referral, "replied", today, by)


def _told(referral: Referral) -> list[str]:
    return [
        "client",
        "route",
        "team",
        "programme",
        "preset",
        "reason",
        "wants_work",
        "approached_on",
        "replied_on",
    ]


def _route(wanted: str, by: User, team: Team) -> str:
    """An HCP's route follows from where they work; a team lead says it."""
    if by.role == Role.HCP:
        return "pain_service" if team.kind == Team.Kind.PAIN_CLINIC else "consultation"
    if wanted not in routes():
        raise DomainError("Choose how they heard about the service.", field="route")
    return wanted


def _register(person: Person, team: Team, *, by: User | None) -> tuple[Client, dict[str, str]]:
    """A new record. A number that somebody has already is kept on the referral for the lead to judge."""
    details = {name: getattr(person, name) for name in IDENTITY} | dict(person.more)
    given = {}
    if person.nhs_number and Client.objects.current().filter(nhs_number=person.nhs_number).exists():
        given["nhs_number"], details["nhs_number"] = person.nhs_number, ""
    return cases.register_client(by=by, team=team, **details), given


def _differs(client: Client, person: Person) -> dict[str, str]:
    """What was typed and is not what the record says. The record itself is not changed by a referral."""
    typed = {name: getattr(person, name) for name in IDENTITY}
    return {name: str(value) for name, value in typed.items() if value and value != getattr(client, name)}


def _keep_look_alikes(client: Client, found: list[Candidate], *, by: User | None, seen: User | None) -> bool:
    """Note every look-alike for the team lead. True when one is so likely that the referral waits for them.

    Those the referrer could see and said were someone else count as decided by them.
    """
    visible = set()
    if seen is not None:
        ids = [one.client.pk for one in found]
        visible = set(Client.objects.visible_to(seen).filter(pk__in=ids).values_list("pk", flat=True))
    held = False
    for one in found:
        pair = PossibleDuplicate(client=client, other=one.client, reasons=one.reasons, score=one.score)
        if one.client.pk in visible:
            pair.decided, pair.decided_on, pair.decided_by = "different", clock.today(), seen
        elif one.likely:
            held = True
        pair.save()
        trace("duplicate.noticed", pair, by=by, fields=["other", "score", "decided"])
    return held


def _record_agreed(client: Client, shares: bool, by: User) -> None:
    """What the person agreed to with the referrer: support, and sharing with them (or the team)."""
    recipient = by if by.role == Role.HCP else None
    cases.record_consent(client, by=by, layer=Consent.Layer.SERVICE, given=True)
    cases.record_consent(client, by=by, layer=Consent.Layer.HEALTH_SHARING, given=shares, recipient=recipient)


@action
def decide_different(pair: PossibleDuplicate, *, by: User) -> PossibleDuplicate:
    """Two people after all. When no other likely double is left to look at, a waiting referral goes on."""
    permissions.check_decide(by, pair)
    hold(pair)
    if pair.decided:
        raise DomainError("This was decided already.")
    pair.decided, pair.decided_on, pair.decided_by = PossibleDuplicate.Decided.DIFFERENT, clock.today(), by
    pair.save(update_fields=["decided", "decided_on", "decided_by"])
    trace("duplicate.decided", pair, by=by, fields=["decided", "decided_on"])
    release(pair.client, by=by)
    return pair


def release(client: Client, *, by: User) -> None:
    """Let a held referral go on once every likely double of this client is decided. Inside an action."""
    if PossibleDuplicate.objects.open().filter(client=client, score__gte=LIKELY).exists():
        return
    for referral in Referral.objects.open().filter(client=client, held=True):
        referral.held = False
        referral.save_version(expected=None, fields=["held"])
        trace("referral.released", referral, by=by, fields=["held"])
        if (
            client.consents.live()
            .filter(layer=Consent.Layer.SERVICE, given_on__gte=referral.raised_on)
            .exists()
        ):
            carry_on(referral, by=by)
