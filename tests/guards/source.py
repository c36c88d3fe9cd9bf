"""Reading the product's own source, for the tests that hold its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "pacework"
SERVICE = PACKAGE / "service"


def python_files(folder: Path = PACKAGE) -> list[Path]:
    """Our Python files; generated migrations are not written by hand and are left out."""
    return sorted(file for file in folder.rglob("*.py") if "migrations" not in file.parts)


@cache
def tree(file: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def _is_type_checking(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def run_time_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that exists at run time: not what stands under ``if TYPE_CHECKING``."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and _is_type_checking(child.test):
            for other in child.orelse:
                yield from run_time_nodes(other)
            continue
        yield from run_time_nodes(child)


def imported_modules(file: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything a file imports at run time; ``from a import b`` gives ``a.b``."""
    for node in run_time_nodes(tree(file)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"
