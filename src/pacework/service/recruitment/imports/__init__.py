"""List import: reading a file, its columns, checking its rows, and looking for people already known."""

from __future__ import annotations

import sys


def from_terminal(content: bytes, *, name: str, by: str, team: str | None, route: str) -> int:
    """Stage a list for a team lead, as the page does. Says where its rows are to be confirmed."""
    from django.db.models import Q
    from django.urls import reverse

    from pacework.service.core.errors import DomainError
    from pacework.service.people.models import Role, User
    from pacework.service.recruitment import actions, policies_import

    lead = User.objects.filter(
        Q(email__iexact=by) | Q(username=by), role=Role.TEAM_LEAD, is_active=True
    ).first()
    if lead is None:
        raise DomainError(f"{by} is not a team lead's email address.")
    teams = list(lead.teams.all() if team is None else lead.teams.filter(name__iexact=team))
    if len(teams) != 1:
        names = ", ".join(str(one) for one in lead.teams.all()) or "none"
        raise DomainError(f"Say with --team which team the list is for. {lead} leads: {names}.")
    batch = actions.start_import(content, name=name, by=lead, team=teams[0], route=route)
    say = sys.stdout.write
    say(f"{name}: {batch.rows_total:,} rows, {batch.facts['encoding']}.\n")
    try:
        policies_import.check_columns(batch.columns, len(batch.facts["headings"]))
    except DomainError as unclear:
        say(f"{unclear.sentence}\nChoose the columns at {reverse('import-map', args=[batch.pk])}\n")
        return 0
    actions.choose_columns(batch, by=lead, columns=batch.columns, orders=batch.dates)
    say(f"The background worker reads the rows. Confirm them at {reverse('import', args=[batch.pk])}\n")
    return 0
