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
    line.words = words.strip()
    line.save_version(expected=expected, fields=["words"])
    trace("passport_line.changed", line, by=by, fields=["words"])
    return line


@action
def remove_line(line: PassportLine, *, by: User) -> None:
    """Take a line out."""
    permissions.check_passport(by, line.client)
    trace("passport_line.removed", line, by=by)
    line.delete()
