"""The access matrix: what each page answers to each role in each state of a record.

It is computed from the rule beside each URL (``core.access``) and from ``permissions.VISIBILITY``. The test
asks every page and compares; the page in the documentation is written from the same two.
"""

from __future__ import annotations

from typing import Literal

from pacework.service.cases.permissions import VISIBILITY
from pacework.service.core.access import ANONYMOUS, ROLES, Access, table

Answer = Literal["page", "sign in", "refused", "not found", "no such method"]

STATES = tuple(VISIBILITY)
STATE_WORDS = {
    "own": "a record of their own: the client's, the named ESW's, of the HCP's or lead's team",
    "team": "a record of the same team, carried by somebody else",
    "covering": "a record of an ESW they cover today",
    "other_team": "a record of another team",
    "closed": "a closed record of their own or their team",
    "restricted": "a restricted record of their own or their team, without being listed",
    "consent_withdrawn": "a record of their own or their team, health sharing withdrawn",
    "stated_reason": "a record for which a manager stated a reason within the hour",
}


def expected(rule: Access, role: str, state: str, method: str) -> Answer:
    """What the page answers. ``state`` matters only for pages about one client."""
    if rule.kind == "case":
        return _case(rule, role, state, method)
    if method not in rule.methods:
        return "no such method"
    if role in (rule.post if method == "POST" else rule.get):
        return "page"
    return "sign in" if role == ANONYMOUS else "refused"


def _case(rule: Access, role: str, state: str, method: str) -> Answer:
    if role == ANONYMOUS:
        return "sign in"
    if method not in rule.methods:
        return "no such method"
    level = VISIBILITY[state].get(role, "none")
    knows_page = role in (rule.get | rule.post if method == "POST" else rule.get)
    if level == "none" or not knows_page:
        return "not found"
    if method != "POST":
        return "page"
    if role not in rule.post or (level == "read" and not rule.when_closed):
        return "refused"
    return "page"


def markdown() -> str:
    """The documentation page of the matrix."""
    everybody = (ANONYMOUS, *ROLES)
    names = ["signed out" if role == ANONYMOUS else role.replace("_", " ") for role in everybody]
    lines = [
        "# Access matrix",
        "",
        "Written by `pacework matrix` from the rule beside each address and from the table of what a role",
        "may do with a record. Both are what the pages enforce; a test asks every page in every state.",
        "",
        "## Records",
        "",
        "What a role may do with a record, whatever the page. A dash: for this role the record does not",
        "exist, and every page about it is “not found”.",
        "",
        "| State of the record | " + " | ".join(names[1:]) + " |",
        "|---" * (len(names)) + "|",
    ]
    for state, levels in VISIBILITY.items():
        cells = [levels.get(role, "–") for role in ROLES]
        lines.append(f"| {STATE_WORDS[state]} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "## Pages",
        "",
        "“see” opens the page, “change” sends its form. “record”: the page is about one client, and the",
        "table above applies too; “also closed” means that its form can be sent when the episode is closed.",
        "",
        "| Address | About | " + " | ".join(names) + " |",
        "|---" * (len(names) + 2) + "|",
    ]
    for row in table():
        rule = row.access
        if rule is None:
            continue
        about = {"public": "everybody", "role": "the service", "case": "record"}[rule.kind]
        about += ", also closed" if rule.when_closed else ""
        cells = [_cell(rule, role) for role in everybody]
        lines.append(f"| `/{row.pattern}` | {about} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(rule: Access, role: str) -> str:
    words = [word for word, who in (("see", rule.get), ("change", rule.post)) if role in who]
    return " ".join(words) or "–"
