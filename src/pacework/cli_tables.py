"""The commands that bring in tables: what occupations ask for, and where postcode districts lie."""

from __future__ import annotations

from pathlib import Path

from pacework.cli import CommandRefused

SHOWN = 20  # sentences about rows left out, before only their number is said


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandRefused(f"cannot read {file}: {error.strerror}.") from error


def _say(problems: list[str]) -> None:
    for sentence in problems[:SHOWN]:
        print(sentence)
    if len(problems) > SHOWN:
        print(f"{len(problems) - SHOWN:,} more rows are left out.")


def import_postcodes(file: Path) -> int:
    """Replace the postcode districts by those of a CSV file."""
    content = _content(file)
    from pacework.service.core.errors import DomainError
    from pacework.service.employers import actions
    from pacework.service.employers.incoming import outwards

    try:
        places, problems = outwards.read(content)
        count = actions.replace_outwards(places, by=None)
    except DomainError as refusal:
        raise CommandRefused(refusal.sentence) from refusal
    _say(problems)
    print(f"{count:,} postcode districts are in place.")
    return 0


def import_demands(file: Path) -> int:
    """Replace imported demands, or the classification, by those of an official table."""
    content = _content(file)
    from pacework.service.core.errors import DomainError
    from pacework.service.employers import actions
    from pacework.service.employers.incoming import official

    try:
        table = official.read(content)
        if table.occupations:
            count = actions.replace_occupations(table.occupations, by=None)
            print(f"{count:,} unit groups with their titles are in place. Demands stay as they were.")
            return 0
        count = actions.replace_demands(table.demands, by=None)
    except DomainError as refusal:
        raise CommandRefused(refusal.sentence) from refusal
    _say(list(table.problems))
    print(f"{count:,} demands of {len(table.demands):,} occupations are in place. Each names its source.")
    return 0
