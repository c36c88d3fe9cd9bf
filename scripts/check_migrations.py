"""Each room's migrations form one line: numbered without gaps, each following the one before."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

ROOMS = Path(__file__).parents[1] / "src" / "pacework" / "service"


def dependencies(file: Path) -> list[tuple[str, str]]:
    """The (app, migration) pairs a migration file says it follows."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "dependencies" for t in node.targets):
            pairs = [item for item in getattr(node.value, "elts", []) if isinstance(item, ast.Tuple)]
            return [tuple(part.value for part in pair.elts) for pair in pairs]  # type: ignore[attr-defined]
    return []


def faults(folder: Path) -> list[str]:
    """What keeps one room's migrations from being one line, in sentences."""
    room = folder.parent.name
    names = sorted(file.stem for file in folder.glob("[0-9]*.py"))
    found = []
    for position, name in enumerate(names):
        match = re.match(r"(\d{4})_\w+$", name)
        if match is None or int(match[1]) != position + 1:
            found.append(f"{room}: {name} should be number {position + 1:04}")
            continue
        own = [follows for app, follows in dependencies(folder / f"{name}.py") if app == room]
        wanted = names[position - 1 : position] if position else []
        if own != wanted:
            found.append(f"{room}: {name} follows {own or 'nothing'} instead of {wanted or 'nothing'}")
    return found


def main() -> int:
    folders = sorted(ROOMS.glob("*/migrations"))
    found = [fault for folder in folders for fault in faults(folder)]
    for fault in found:
        print(fault)
    return 1 if found or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
