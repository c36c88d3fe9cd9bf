"""What helps me at work: the client's own lines."""

from __future__ import annotations

from pacework.service.cases.models import Client
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.matching import permissions, policies
from pacework.service.matching.models import PassportLine
from pacework.service.people.models import User


@action
def add_line(client: Client, *, by: User, words: str) -> PassportLine:
    """Write a line of one's own."""
    permissions.check_passport(by, client)
    hold(client)
    policies.check_words(words)
    policies.check_room_for_a_line(client)
    line = PassportLine.objects.create(client=client, words=words.strip(), kept_by=by)
    trace("passport_line.added", line, by=by, fields=["words"])
    return line


@action
def change_line(line: PassportLine, *, by: User, words: str, expected: int | None = None) -> PassportLine:
    """Say it in one's own words."""
    permissions.check_passport(by, line.client)
    policies.check_words(words)
    same = _shown_as_one(line)
    line.words = words.strip()
    line.save_version(expected=expected, fields=["words"])
    for other in same:
        other.words = line.words
        other.save_version(expected=None, fields=["words"])
    for one in (line, *same):
        trace("passport_line.changed", one, by=by, fields=["words"])
    return line


@action
def remove_line(line: PassportLine, *, by: User) -> None:
    """Take a line out."""
    permissions.check_passport(by, line.client)
    for one in (*_shown_as_one(line), line):
        trace("passport_line.removed", one, by=by)
        one.delete()


def _shown_as_one(line: PassportLine) -> list[PassportLine]:
    """The other wishes in the same words, kept from other jobs: the passport shows them as one line."""
    same = list(PassportLine.objects.filter(client=line.client, words=line.words).wishes())
    return [one for one in same if one != line] if line in same else []
