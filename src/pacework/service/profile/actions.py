"""Every write to the profile: sections, body maps, needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pacework.service.cases.actions import record_first
from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError, NotAllowed, StaleSave
from pacework.service.people.models import User
from pacework.service.plan.actions import plan_action
from pacework.service.plan.models import PlannedAction
from pacework.service.profile import permissions, policies
from pacework.service.profile.models import BodyMap, Need, ProfileSection, ProfileVersion
from pacework.service.profile.questions import read_own_words

CONTENT = ("answers", "entries", "own_words")
DATED = ("changed_at", "changed_by", "confirmed_on", "confirmed_by")


def _section_row(episode: Episode, key: str) -> ProfileSection:
    """The stored row of a section, made empty (version 0) if need be: two first savers then meet there."""
    row, _ = ProfileSection.objects.get_or_create(episode=episode, key=key, defaults={"version": 0})
    return row


def _content(row: ProfileSection) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in CONTENT)


def _check_version(row: ProfileSection, version: int | None) -> None:
    if version is not None and version != row.version:
        raise StaleSave(current=row)


def _save(row: ProfileSection, before: tuple[Any, ...], *, by: User, version: int | None) -> ProfileSection:
    """Write the section with its new version; the same text again only confirms it."""
    policies.check_says_something(row)
    if _content(row) == before:
        _check_version(row, version)
        return _confirm(row, by=by)
    now = clock.now()
    row.changed_at, row.changed_by = now, by
    row.confirmed_on, row.confirmed_by = clock.today(), by
    row.save_version(expected=version, fields=[*CONTENT, *DATED])
    ProfileVersion.objects.create(
        section=row,
        number=row.version,
        answers=row.answers,
        entries=row.entries,
        own_words=row.own_words,
        at=now,
        by=by,
    )
    trace("profile.saved", row, by=by, fields=CONTENT)
    record_first(row.episode, "profile_started_on", clock.today(), by=by)
    return row


def _confirm(row: ProfileSection, *, by: User) -> ProfileSection:
    row.confirmed_on, row.confirmed_by = clock.today(), by
    ProfileSection.objects.filter(pk=row.pk).update(confirmed_on=row.confirmed_on, confirmed_by=by)
    trace("profile.confirmed", row, by=by, fields=["confirmed_on"])
    return row


@action
def save_section(
    episode: Episode,
    *,
    by: User,
    key: str,
    answers: Mapping[str, Any],
    own_words: str | None = None,
    partial: bool = False,
    version: int | None = None,
) -> ProfileSection:
    """Save what the client said in a section.

    ``partial``: only the questions in ``answers`` were asked, the others stay. ``own_words=None``: those too.
    """
    permissions.check_profile(by, episode.client)
    check_open(episode)
    section = policies.section_called(key)
    policies.check_repeats(section, repeat=False)
    fresh = section.read(answers)
    row = _section_row(episode, key)
    before = _content(row)
    kept = {name: said for name, said in row.answers.items() if partial and name not in answers}
    row.answers = {name: (kept | fresh)[name] for name in section.by_key if name in kept or name in fresh}
    if own_words is not None:
        row.own_words = read_own_words(own_words)
    return _save(row, before, by=by, version=version)


@action
def save_entry(
    episode: Episode,
    *,
    by: User,
    key: str,
    answers: Mapping[str, Any],
    number: int | None = None,
    version: int | None = None,
) -> ProfileSection:
    """Add an entry (a job, a lesson) to a section that repeats, or change the one with this number."""
    permissions.check_profile(by, episode.client)
    check_open(episode)
    section = policies.section_called(key)
    policies.check_repeats(section, repeat=True)
    fresh = section.read(answers)
    policies.check_entry(fresh)
    row = _section_row(episode, key)
    before = _content(row)
    if number is None:
        number = max((entry["number"] for entry in row.entries), default=0) + 1
        row.entries = [*row.entries, {"number": number, "answers": fresh}]
    else:
        policies.check_entry_exists(row, number)
        row.entries = [
            {"number": number, "answers": fresh} if entry["number"] == number else entry
            for entry in row.entries
        ]
    return _save(row, before, by=by, version=version)


@action
def remove_entry(
    episode: Episode, *, by: User, key: str, number: int, version: int | None = None
) -> ProfileSection:
    """Take an entry out. What it said stays in the history."""
    permissions.check_profile(by, episode.client)
    check_open(episode)
    policies.check_repeats(policies.section_called(key), repeat=True)
    row = _section_row(episode, key)
    policies.check_entry_exists(row, number)
    before = _content(row)
    row.entries = [entry for entry in row.entries if entry["number"] != number]
    return _save(row, before, by=by, version=version)


@action
def save_own_words(
    episode: Episode, *, by: User, key: str, own_words: str, version: int | None = None
) -> ProfileSection:
    """Save only the client's own words beside a section's answers or entries."""
    permissions.check_profile(by, episode.client)
    check_open(episode)
    policies.section_called(key)
    row = _section_row(episode, key)
    before = _content(row)
    row.own_words = read_own_words(own_words)
    return _save(row, before, by=by, version=version)


@action
def confirm_section(section: ProfileSection, *, by: User, version: int | None = None) -> ProfileSection:
    """Somebody asked, and it is still right as it stands."""
    permissions.check_profile(by, section.episode.client)
    check_open(section.episode)
    policies.check_saved(section)
    _check_version(section, version)
    return _confirm(section, by=by)


@action
def draw_body_map(
    episode: Episode, *, by: User, regions: Iterable[str], note: str = "", version: int | None = None
) -> BodyMap:
    """Keep where it hurts today. ``version`` is the number of the map it was drawn after (0: none)."""
    permissions.check_profile(by, episode.client)
    check_open(episode)
    marked, words = policies.known_regions(regions), read_own_words(note)
    last = BodyMap.objects.filter(episode=episode).newest_first().first()
    if last is not None and version is not None and version != last.number:
        raise StaleSave(current=last)
    drawn, made = BodyMap.objects.get_or_create(
        episode=episode,
        number=last.number + 1 if last is not None else 1,
        defaults={"regions": marked, "note": words, "drawn_at": clock.now(), "by": by},
    )
    if not made:  # drawn by somebody else between the two lines above
        raise StaleSave(current=drawn)
    trace("body_map.drawn", drawn, by=by, fields=["regions", "note"])
    return drawn


@action
def name_need(episode: Episode, *, by: User, key: str = "", domain: str = "", words: str = "") -> Need:
    """Name a need: one of the list, or in the client's words."""
    permissions.check_needs(by, episode.client)
    check_open(episode)
    policies.check_need(key=key, domain=domain, words=words)
    said = {"named_on": clock.today(), "named_by": by}
    if key:
        listed = policies.listed_needs()[key]
        said |= {"domain": listed["domain"], "words": words or listed["label"]}
        need, made = Need.objects.get_or_create(episode=episode, key=key, defaults=said)
        policies.check_named_first(made)
    else:
        need = Need.objects.create(episode=episode, domain=domain, words=words, **said)
    trace("need.named", need, by=by, fields=["domain", "words"])
    return need


@action
def plan_need(
    need: Need, *, by: User, words: str, owner: str, due_on: date, hcp: User | None = None
) -> PlannedAction:
    """Turn a need into an action of the plan, in one step."""
    permissions.check_needs(by, need.episode.client)
    policies.check_undecided(need)
    planned = plan_action(
        need.episode, by=by, words=words, owner=owner, due_on=due_on, why=need.words, hcp=hcp
    )
    need.action = planned
    need.save_version(expected=None, fields=["action"])
    trace("need.planned", need, by=by, fields=["action"])
    return planned


@action
def plan_needs(episode: Episode, *, by: User, chosen: Iterable[Mapping[str, Any]]) -> list[PlannedAction]:
    """Many needs at once, all or none. Each row: a ``need`` or the ``key`` of a proposal, and its action."""
    permissions.check_needs(by, episode.client)
    rows = list(chosen)
    policies.check_any_chosen(rows)
    planned = []
    for row in rows:
        need = row["need"] or name_need(episode, by=by, key=row["key"])
        try:
            planned.append(
                plan_need(need, by=by, words=row["words"], owner=row["owner"], due_on=row["due_on"])
            )
        except (NotAllowed, StaleSave):
            raise
        except DomainError as refusal:
            # Among many, the sentence has to say which one it is about.
            raise DomainError(f"{need.words}: {refusal.sentence}") from None
    return planned


@action
def set_need_aside(need: Need, *, by: User, why: str) -> Need:
    """Not now, or not a need after all: with the reason, so that it is not put forward again."""
    permissions.check_needs(by, need.episode.client)
    check_open(need.episode)
    policies.check_undecided(need)
    policies.check_reason(why)
    need.set_aside_on, need.set_aside_why = clock.today(), why
    need.save_version(expected=None, fields=["set_aside_on", "set_aside_why"])
    trace("need.set_aside", need, by=by, fields=["set_aside_on", "set_aside_why"])
    return need


@action
def set_proposal_aside(episode: Episode, *, by: User, key: str, why: str) -> Need:
    """A need the answers point at, but that the client does not have: kept with the reason."""
    return set_need_aside(name_need(episode, by=by, key=key), by=by, why=why)


@action
def take_up_need(need: Need, *, by: User) -> Need:
    """A need that was set aside matters after all."""
    permissions.check_needs(by, need.episode.client)
    check_open(need.episode)
    policies.check_set_aside(need)
    need.set_aside_on, need.set_aside_why = None, ""
    need.save_version(expected=None, fields=["set_aside_on", "set_aside_why"])
    trace("need.taken_up", need, by=by, fields=["set_aside_on"])
    return need
