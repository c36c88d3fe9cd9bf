"""Jobs looked at: described, changed, forgotten; and the changes kept from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.core.records import hold
from pacework.service.employers.models import Vacancy
from pacework.service.matching import permissions, policies
from pacework.service.matching.models import JobCheck, PassportLine
from pacework.service.people.models import Role, User
from pacework.service.work.models import JobSpell, Placement


@action
def look_at_job(
    client: Client,
    *,
    by: User,
    title: str,
    shifts: Sequence[Mapping[str, str]],
    vacancy: Vacancy | None = None,
    placement: Placement | None = None,
    spell: JobSpell | None = None,
    **hours: Any,
) -> JobCheck:
    """Describe a job's hours, to see whether they would hold. ``hours``: names of `JobCheck.HOURS`."""
    permissions.check_look(by, client)
    hold(client)
    policies.check_room_for_a_job(client)
    policies.check_title(title)
    policies.check_own(client, placement, spell)
    check = JobCheck.objects.create(
        client=client,
        title=title.strip(),
        vacancy=vacancy,
        placement=placement,
        spell=spell,
        shifts=policies.checked_hours(shifts, hours),
        looked_by=by,
        **hours,
    )
    trace("job_check.made", check, by=by, fields=["title", "shifts", *hours])
    return check


@action
def change_job(
    check: JobCheck,
    *,
    by: User,
    title: str,
    shifts: Sequence[Mapping[str, str]],
    expected: int | None = None,
    **hours: Any,
) -> JobCheck:
    """Describe the hours anew."""
    permissions.check_look(by, check.client)
    policies.check_title(title)
    check.title, check.shifts = title.strip(), policies.checked_hours(shifts, hours)
    for name, value in hours.items():
        setattr(check, name, value)
    check.looked_at, check.looked_by = clock.now(), by
    fields = ["title", "shifts", *hours]
    check.save_version(expected=expected, fields=[*fields, "looked_at", "looked_by"])
    trace("job_check.changed", check, by=by, fields=fields)
    return check


@action
def forget_job(check: JobCheck, *, by: User) -> None:
    """Delete a job that was looked at, and what was kept from it: the client's own lines go by the client."""
    permissions.check_look(by, check.client)
    if by.role != Role.CLIENT:
        policies.check_nothing_kept(check)
    trace("job_check.forgotten", check, by=by)
    check.delete()


@action
def keep_changes(check: JobCheck, *, by: User, keys: Collection[str]) -> list[PassportLine]:
    """Keep some changes for the talk with the employer. What is kept already stays as it is."""
    permissions.check_look(by, check.client)
    hold(check.client)
    changes = policies.changes_named(keys)
    job = policies.job_of(check.shifts, {name: getattr(check, name) for name in JobCheck.HOURS})
    kept = {line.key for line in PassportLine.objects.filter(job=check)}
    lines = []
    for change in changes:
        if change.key in kept:
            continue
        policies.check_room_for_a_line(check.client)
        # What the change does to these hours: a fact about the job, without anything predicted.
        words = change.words(job) if change.changes(job) else change.title
        line = PassportLine.objects.create(
            client=check.client, job=check, key=change.key, words=words[:300], kept_by=by
        )
        trace("passport_line.kept", line, by=by, fields=["words", "key"])
        lines.append(line)
    if not lines:
        raise DomainError("You have kept these already.", field="changes")
    return lines


@action
def propose_kept(
    check: JobCheck, *, by: User, placement: Placement | None = None, spell: JobSpell | None = None
) -> int:
    """Put what was kept into the register of the placement or job, as proposed. Returns how many were new.

    ``placement`` or ``spell``: what a vacancy or placement has become since, with the same employer.
    """
    from pacework.service.work.actions import propose_adjustment

    permissions.check_propose(by, check.client)
    hold(check.client)
    if placement is None and spell is None:
        placement, spell = check.placement, check.spell
    policies.check_own(check.client, placement, spell)
    thing = placement or spell
    if thing is None:
        raise DomainError("Only for a placement or a job that they have.")
    policies.check_looked_at_for(check, thing)
    lines = PassportLine.objects.filter(job=check, adjustment=None)
    for line in lines:
        line.adjustment = propose_adjustment(
            thing.episode, by=by, kind=REGISTER[line.key.rsplit("-", 1)[0]], words=line.words,
            job=spell, placement=placement,
        )  # fmt: skip
        line.save_version(expected=None, fields=["adjustment"])
        trace("passport_line.proposed", line, by=by, fields=["adjustment"])
    if not lines:
        raise DomainError("There is nothing new to put forward. Keep a change first.")
    return len(lines)


# The change's key without its number → kind in the register of adjustments.
REGISTER = {
    "later-start": "later_start",
    "shorter-shifts": "shorter_shifts",
    "fewer-days": "fewer_days",
    "split-shift": "split_shift",
    "home-days": "home_days",
    "swap-in": "swap_days",
    "rest-breaks": "rest_breaks",
    "build-up": "graded_build_up",
}
