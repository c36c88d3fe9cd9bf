"""Prints docs/data-model.md: every record of the product, from what the models themselves declare.

`make docs` calls it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.conf import settings

# The records that somebody new should know; the drawing shows how these belong together.
MAIN = (
    "people.Team",
    "cases.Client",
    "recruitment.Referral",
    "cases.Episode",
    "cases.Assignment",
    "cases.Consent",
    "plan.Goal",
    "plan.PlannedAction",
    "profile.ProfileSection",
    "profile.Need",
    "contacts.Appointment",
    "contacts.Contact",
    "employers.Employer",
    "employers.EmployerContact",
    "employers.DisclosurePlan",
    "employers.Vacancy",
    "employers.PlacementOpportunity",
    "work.Application",
    "work.Placement",
    "work.JobSpell",
    "work.WeekWorked",
)
INTRODUCTION = """\
# Data model

Made by `make docs` from the models; a test fails when it is out of date. Every model declares whom it is
about, what of it that person receives, what erasing them does to it, and how long it is kept. A model that
says nothing fails a test too.

- **About**: how a row leads to its client. “Nobody” means that it is about no client.
- **On erasure**: what [erasing a client](operations.md#erasing-a-person) does. *Blanked* empties the fields
  marked † and keeps the row, so that counts and the audit still hold.
- In the lists of fields, **bold** ones are in the file that a client can download.
- An arrow says which record a field leads to. What only the database needs (`id`) is left out.

How long something is kept is a rule for whoever runs the service. `pacework cron` deletes old drafts and the
rows of old lists; nothing deletes a client's record by itself.

## How the main records belong together
"""
ERASING = {"delete": "deleted", "blank": "blanked", "keep": "kept"}
# About no client by themselves; cases.actions.erasing reaches these by name.
ERASED_TOO = {
    "core.AuditSalt": "the client's: blanked",
    "core.Draft": "about or by the client: deleted",
    "people.User": "the client's account: blanked",
}


def rooms() -> list[Any]:
    """The product's apps, low to high."""
    return [apps.get_app_config(room) for room in settings.ROOMS]


def first_line(text: str | None) -> str:
    """The sentence or two that open a docstring."""
    return " ".join((text or "").split("\n\n")[0].split()).replace("|", "\\|").replace("``", "`")


def about(model: Any) -> str:
    """Whom a row is about, and over which records one finds them."""
    scope: str | None = model.record.scope
    if scope is None:
        return "nobody"
    if scope == "self":
        return "the client"
    steps = scope.split("__")
    return "the client" if steps == ["client"] else "the client, by " + " · ".join(steps[:-1] or steps)


def target(field: Any) -> str:
    """The record that a link leads to."""
    return f" → {field.related_model._meta.object_name}" if field.is_relation else ""


def listed_field(model: Any, field: Any) -> str:
    """A field's name, marked for the download and for erasure."""
    record = model.record
    name = f"`{field.name}`"
    if field.name in record.export:
        name = f"**{name}**"
    if field.name in record.scrub and record.erase == "blank":
        name += "†"
    return name + target(field)


def fields_of(model: Any) -> list[Any]:
    """Every stored field but the key, links to many included."""
    own = [field for field in model._meta.concrete_fields if not field.primary_key]
    return [*own, *model._meta.many_to_many]


def room_tables(room: Any) -> list[str]:
    """One room: what its records are, then what is in them."""
    found = list(room.get_models())
    if not found:
        return []
    lines = [f"## {room.label}", "", first_line(sys.modules[room.name].__doc__), ""]
    lines += ["| Record | What it is | About | On erasure | Kept |", "|---|---|---|---|---|"]
    for model in found:
        record = model.record
        nobody = ERASED_TOO.get(model._meta.label, "–")
        erased = nobody if record.scope is None else ERASING[record.erase]
        cells = (f"`{model.__name__}`", first_line(model.__doc__), about(model), erased, record.retain)
        lines.append("| " + " | ".join(cells) + " |")
    lines.append("")
    for model in found:
        names = ", ".join(listed_field(model, field) for field in fields_of(model))
        lines.append(f"- `{model.__name__}`: {names}")
    return [*lines, ""]


def drawing() -> list[str]:
    """The main records and the links between them."""
    shown = [apps.get_model(label) for label in MAIN]
    lines = ["```mermaid", "erDiagram"]
    for model in shown:
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in shown and field.related_model is not model:
                one = "|o" if field.null else "||"
                many = "o|" if field.one_to_one else "o{"
                source = field.related_model.__name__
                lines.append(f'    {source} {one}--{many} {model.__name__} : "{field.name}"')
    return [*lines, "```", ""]


def state_tables() -> dict[str, Mapping[Any, Any]]:
    """Every status that is stored, with the table of which may follow which. All others are worked out."""
    from pacework.service.employers.policies import PLACEMENT_STEPS, VACANCY_STEPS
    from pacework.service.recruitment.policies_import import TRANSITIONS

    return {
        "Placement opportunity": PLACEMENT_STEPS,
        "Vacancy": VACANCY_STEPS,
        "List of referrals": TRANSITIONS,
    }


def state_diagram(steps: Mapping[Any, Any]) -> str:
    """A transition table as a picture; the first state is where everything begins."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(steps))}"]
    lines += [f"    {start} --> {end}" for start, ends in steps.items() for end in in_order(steps, ends)]
    return "\n".join(lines)


def in_order(steps: Mapping[Any, Any], ends: Any) -> list[Any]:
    """The states that may follow: as the table says them, or in the table's own order where it says none."""
    return [end for end in steps if end in ends] if isinstance(ends, frozenset) else list(ends)


def page() -> str:
    """The whole page."""
    lines = [*INTRODUCTION.splitlines(), "", *drawing()]
    for room in rooms():
        lines += room_tables(room)
    lines += [
        "## Stored states",
        "",
        "An episode's stage and a referral's step are worked out from their dates and stored nowhere. These",
        "are stored, and may change only along their arrows.",
        "",
    ]
    for name, steps in state_tables().items():
        lines += [f"### {name}", "", "```mermaid", state_diagram(steps), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pacework.service.settings")
    django.setup()
    print(page(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
