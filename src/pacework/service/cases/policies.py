"""Does the state allow it? Rules about episodes, assignments and consents; who may is in permissions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import nhs_number

from pacework.service.cases.models import (
    Assignment,
    Client,
    Consent,
    CorrectionRequest,
    EmploymentStatus,
    Episode,
    Programme,
)
from pacework.service.cases.wording import (
    Wording,
    assignment_ends,
    closing_reasons,
    current_wordings,
    never_reasons,
)
from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.people.models import Role, User

OLDEST = date(1900, 1, 1)


# Episodes


def check_no_open_episode(client: Client) -> None:
    if client.episodes.open().exists():
        raise DomainError(f"{client.name} already has an open episode of support.")


def check_open(episode: Episode) -> None:
    if episode.closed_on is not None:
        raise DomainError("This episode is closed. Reopen it first.")


def check_closable(episode: Episode, *, reason: str, note: str) -> None:
    """A coded reason, with the note it asks for. Missed contacts and slow progress close nothing."""
    check_open(episode)
    found = closing_reasons().get(reason)
    if found is None:
        raise DomainError("Choose a reason from the list.", field="reason")
    if found.in_work and episode.in_work_since is None:
        raise DomainError(
            "No job is open in this record, so this reason does not fit. Record the job first.",
            field="reason",
        )
    if (found.needs_note or found.needs_review) and not note.strip():
        wanted = (
            "when the review was held and what was agreed" if found.needs_review else "what the reason is"
        )
        raise DomainError(f"Say in the note {wanted}.", field="note")
    check_not_for_missed_contacts(note)


def check_not_for_missed_contacts(note: str) -> None:
    said = " ".join(note.casefold().replace("’", "'").split())
    if any(phrase in said for phrase in never_reasons()):
        raise DomainError(
            "Missed contacts and slow progress are not reasons to close. Keep the episode open and offer "
            "another way to meet.",
            field="note",
        )


def check_reopenable(episode: Episode) -> None:
    if episode.closed_on is None:
        raise DomainError("This episode is open.")
    check_no_open_episode(episode.client)
    if episode.client.merged_into_id is not None:
        raise DomainError("This record was joined with another one. Open that one.")


def check_programme(programme: Programme) -> None:
    if Programme.objects.filter(name__iexact=programme.name).exclude(pk=programme.pk).exists():
        raise DomainError("There is a programme with this name already.", field="name")
    others = Programme.objects.exclude(pk=programme.pk)
    if not programme.is_default and not others.filter(is_default=True).exists():
        raise DomainError(
            "One programme has to be the usual one. Choose another as the usual one first.",
            field="is_default",
        )


# Assignments


def can_carry(esw: User, episode: Episode) -> bool:
    """An ESW at work in the episode's team."""
    return esw.role == Role.ESW and esw.is_active and esw.is_in(episode.team_id)


def check_can_carry(esw: User, episode: Episode, *, field: str = "esw") -> None:
    if esw.role != Role.ESW or not esw.is_active:
        raise DomainError("Choose an employment support worker.", field=field)
    if not can_carry(esw, episode):
        raise DomainError(f"{esw} is not in the team {episode.team}.", field=field)


def check_allocatable(episode: Episode, esw: User) -> None:
    """An ESW of the episode's team, and nobody named yet."""
    check_open(episode)
    check_can_carry(esw, episode)
    if episode.assignments.filter(ended_on__isnull=True).exists():
        raise DomainError(
            "Someone is already named for this client. Use a handover to change that.", field="esw"
        )


def check_answerable(assignment: Assignment) -> None:
    """An offer that nobody has answered or taken back."""
    check_open(assignment.episode)
    if assignment.ended_on is not None:
        raise DomainError("This allocation has ended.")
    if assignment.accepted_on is not None:
        raise DomainError("You have already accepted this client.")


def check_handover(episode: Episode, *, to: User, reason: str, note: str) -> None:
    check_open(episode)
    check_can_carry(to, episode, field="to")
    named = episode.assignments.filter(ended_on__isnull=True).first()
    if named is None:
        raise DomainError("Nobody is named for this client yet. Allocate them from the waiting list.")
    if named.esw_id == to.pk:
        raise DomainError(f"{to} is the named worker already.", field="to")
    found = assignment_ends().get(reason)
    if found is None or not found.needs_handover:
        raise DomainError("Choose a reason from the list.", field="reason")
    check_note(note, field="note")


def check_whole_caseload(carried: Iterable[Episode], to: Mapping[int, User]) -> None:
    carried = list(carried)
    if not carried:
        raise DomainError("This worker has no clients to hand over.")
    without = [episode.client.name for episode in carried if episode.pk not in to]
    if without:
        raise DomainError(f"Choose a worker for every client. Missing: {', '.join(without)}.")
    if set(to) - {episode.pk for episode in carried}:
        raise DomainError("The caseload changed while you were choosing. Look at the list again.")


# Consents


def wording_of(layer: str) -> Wording:
    """What a person reads before they answer about a layer; for every room that asks."""
    return current_wordings()[layer]


def consents_to(client: Client, layer: str, *, recipient: User | None = None) -> bool:
    """A live yes to this layer; for sharing, to this recipient or to everybody without a no to this one."""
    standing = Consent.objects.standing().filter(client=client, layer=layer)
    answers = dict(standing.order_by("pk").values_list("recipient", "given"))
    if recipient is not None and recipient.pk in answers:
        return bool(answers[recipient.pk])
    return bool(answers.get(None, False))


def check_consents_to(client: Client, layer: str) -> None:
    """Raise unless the client's consent to this layer is live. Called by the code that shares."""
    if not consents_to(client, layer):
        label = str(Consent.Layer(layer).label).lower()
        raise DomainError(
            f"{client.name} has not agreed to this: {label}. Ask first, then record the answer."
        )


def check_consent_answer(client: Client, *, layer: str, recipient: User | None, on: date) -> None:
    wording = current_wordings().get(layer)
    if wording is None:
        raise DomainError("Choose what the answer is about.", field="layer")
    if recipient is not None:
        if not wording.per_recipient:
            raise DomainError("This answer is not about one person.", field="recipient")
        if recipient.role != Role.HCP or not recipient.is_in(client.team_id):
            raise DomainError(
                f"{recipient} is not a healthcare professional of the client's team.", field="recipient"
            )
    if on > clock.today():
        raise DomainError("The answer cannot lie in the future.", field="on")


def check_withdrawable(consent: Consent) -> None:
    if not consent.given:
        raise DomainError("This answer was a no, so there is nothing to take back.")
    if consent.withdrawn_on is not None:
        raise DomainError("This has been taken back already.")


# The person


def check_client_details(client: Client) -> None:
    if client.nhs_number and not nhs_number.is_valid(client.nhs_number):
        raise DomainError("This is not a valid NHS number. Check all 10 numbers.", field="nhs_number")
    if client.birth_date is not None:
        if client.birth_date > clock.today():
            raise DomainError("The birth date lies in the future.", field="birth_date")
        if client.birth_date < OLDEST:
            raise DomainError("Check the year of birth.", field="birth_date")
    taken = Client.objects.current().exclude(pk=client.pk)
    if client.nhs_number and taken.filter(nhs_number=client.nhs_number).exists():
        raise number_taken()


def number_taken() -> DomainError:
    return DomainError("Someone else is recorded with this NHS number.", field="nhs_number")


def check_employment_status(
    client: Client, *, status: str, as_of: date, last_job_ended_on: date | None
) -> None:
    if status not in EmploymentStatus.Status.values:
        raise DomainError("Choose a status from the list.", field="status")
    if as_of > clock.today():
        raise DomainError("This date is in the future.", field="as_of")
    if client.birth_date is not None and as_of < client.birth_date:
        raise DomainError("This date is before the client was born.", field="as_of")
    if last_job_ended_on is None:
        return
    if status in ("employed", "off_sick"):
        raise DomainError(
            "Someone in work has no end of the last job. Leave this date empty.", field="last_job_ended_on"
        )
    if last_job_ended_on > as_of:
        raise DomainError(
            "The last job ended after the day this is about. Check both dates.", field="last_job_ended_on"
        )
    if client.birth_date is not None and last_job_ended_on < client.birth_date:
        raise DomainError("This date is before the client was born.", field="last_job_ended_on")


def check_may_be_listed(client: Client, people: Iterable[User]) -> None:
    for person in people:
        in_team = person.is_in(client.team_id)
        if not in_team or person.role not in (Role.ESW, Role.HCP):
            raise DomainError(f"{person} does not work with this team's clients.", field="people")


def check_can_be_opened_by_reason(client: Client) -> None:
    """A restricted, merged or erased record does not open by a stated reason; the sentence says no more."""
    if client.restricted or client.erased_on is not None or client.merged_into_id is not None:
        raise DomainError("No record can be opened with these details.")


def check_enough_to_find(*, nhs_number: str, last_name: str, birth_date: date | None) -> None:
    if not nhs_number and not (last_name and birth_date):
        raise DomainError("Enter the NHS number, or the last name and the date of birth.", field="nhs_number")


def the_one(found: Iterable[Client]) -> Client:
    """The only one there is; none and several look the same."""
    clients = list(found)
    if len(clients) != 1:
        raise DomainError("No record can be opened with these details.")
    return clients[0]


def check_correction_open(request: CorrectionRequest) -> None:
    if request.answered_at is not None:
        raise DomainError("This has been answered already.")


def check_erasable(client: Client) -> None:
    if client.erased_on is not None:
        raise DomainError("This record is erased already.")
    if client.episodes.open().exists():
        raise DomainError("Close the open episode first: support under way cannot be erased.")


def check_account(client: Client, user: User) -> None:
    if user.role != Role.CLIENT:
        raise DomainError("Only a client's account can be linked to a client.")
    if client.user_id is not None and client.user_id != user.pk:
        raise DomainError(f"{client.name} has an account already.")
    if Client.objects.filter(user=user).exclude(pk=client.pk).exists():
        raise DomainError("This account belongs to another client.")


def check_note(text: str, *, field: str) -> None:
    """A sentence that somebody else has to be able to read later."""
    if not text.strip():
        raise DomainError("Write a sentence here.", field=field)


def check_may_be_emailed(client: Client) -> None:
    """An invitation goes by email: not to somebody who asked not to be contacted, or not that way."""
    if client.do_not_contact:
        raise DomainError(f"{client.name} asked not to be contacted.")
    if not client.safe_to_email:
        raise DomainError(f"Email is not a safe way to reach {client.name}. Change that on Details first.")
    if client.user_id is not None:
        raise DomainError(f"{client.name} can sign in already.")
