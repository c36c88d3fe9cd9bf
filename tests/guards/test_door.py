"""One door: outside models, actions and jobs, every query for a person's data starts at ``visible_to``."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from django.apps import apps

from pacework.service.cases.records import own_models, record_of
from tests.guards.source import SERVICE, python_files, tree

# Named queryset methods count as the door when they ask it themselves, or when they are a subquery of a
# query that did; ``of(client)`` and ``of_episodes(ids)`` ask about those who came through already; ``none``
# fetches nothing.
DOORS = {"visible_to", "written_about_by", "of", "of_episodes", "none"}
# Numbers about everybody show nobody's record.
NUMBERS = {"count", "aggregate", "Count", "Sum", "Min", "Max", "Avg"}
# Numbers over the whole service, rows of episodes that their caller took through the door, and a lead's own
# referrals by one join.
NOTED = {
    "desk/queries.py",
    "desk/rapid_search.py:rapid_search",
    "desk/rapid_search.py:rows_of",
    "desk/service_wide.py",
    "desk/service_wide.py:_outcome_stat",
    "desk/caseload.py:_weeks_words",
    "desk/today_lead.py:of_team_lead",
    "work/places.py:taken",
}
FETCHERS = {"get_object_or_404", "get_list_or_404"}
# The room that builds the door, the audit that stands beside it, and what writes.
INSIDE = ("models", "actions", "jobs", "permissions", "policies")


def case_models() -> set[str]:
    """Names of the models whose rows are about a client."""
    return {model.__name__ for model in own_models() if record_of(model).scope is not None}


def is_inside(file: Path) -> bool:
    """Models, actions, jobs, and the two that actions ask: files or packages of that name."""
    parts = file.relative_to(SERVICE).with_suffix("").parts
    return any(part in INSIDE for part in parts)


def _chain(node: ast.AST) -> list[str]:
    """The attribute names called on from a ``Model.objects``, innermost first."""
    names = []
    while isinstance(node, (ast.Attribute, ast.Call)):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            node = node.func
    return names[::-1]


def _root(node: ast.AST) -> str:
    while isinstance(node, (ast.Attribute, ast.Call)):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def doors_missed(file: Path, models: set[str]) -> list[int]:
    """Lines that reach a case model's rows without ``visible_to``."""
    parents = {child: node for node in ast.walk(tree(file)) for child in ast.iter_child_nodes(node)}
    doors = DOORS | methods_at_the_door()
    name = str(file.relative_to(SERVICE)) if file.is_relative_to(SERVICE) else file.name
    found: list[int] = []
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FETCHERS and node.args:
            found += [node.lineno] * (getattr(node.args[0], "id", "") in models)
        if not (
            isinstance(node, ast.Attribute) and node.attr in ("objects", "_base_manager", "_default_manager")
        ):
            continue
        if _root(node) not in models:
            continue
        top: ast.AST = node
        while isinstance(parents.get(top), (ast.Attribute, ast.Call)) and (
            isinstance(parents[top], ast.Attribute) or parents[top].func is top  # type: ignore[attr-defined]
        ):
            top = parents[top]
        noted = f"{name}:{_function(node, parents)}" in NOTED
        counted = bool(NUMBERS & _names(_statement(node, parents)))
        if not (doors & set(_chain(top)) or counted or noted or _is_inside_another(top)):
            found.append(node.lineno)
    return sorted(found)


@cache
def methods_at_the_door() -> set[str]:
    """Queryset methods that start at ``visible_to`` or are correlated with an outer query."""
    return {
        method.name
        for file in python_files(SERVICE)
        if is_inside(file)
        for method in ast.walk(tree(file))
        if isinstance(method, ast.FunctionDef) and {"visible_to", "OuterRef"} & _names(method)
    }


def _names(node: ast.AST) -> set[str]:
    return {getattr(inner, "attr", getattr(inner, "id", "")) for inner in ast.walk(node)}


def _statement(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> ast.AST:
    while not isinstance(node, ast.stmt):
        node = parents[node]
    return node if not hasattr(node, "body") else ast.Pass()


def _function(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    while node in parents and not isinstance(node, ast.FunctionDef):
        node = parents[node]
    return getattr(node, "name", "")


def _is_inside_another(node: ast.AST) -> bool:
    """A subquery that is correlated with its outer query gives no rows of its own."""
    return any(isinstance(inner, ast.Name) and inner.id == "OuterRef" for inner in ast.walk(node))


def test_every_query_for_a_persons_data_starts_at_the_door():
    models = case_models()
    found = [
        f"{file.relative_to(SERVICE)}:{line}"
        for file in python_files(SERVICE)
        if not is_inside(file)
        and "demo" not in file.relative_to(SERVICE).parts
        and str(file.relative_to(SERVICE)) not in NOTED
        for line in doors_missed(file, models)
    ]
    assert not found, "start at visible_to(user): " + ", ".join(found)


def test_the_guard_sees_a_query_that_goes_round_the_door(tmp_path):
    file = tmp_path / "views.py"
    file.write_text(
        "a = Client.objects.filter(pk=1)\n"
        "b = Client.objects.visible_to(user).filter(pk=1)\n"
        "c = get_object_or_404(Client, pk=1)\n"
        "d = get_object_or_404(Client.objects.visible_to(user), pk=1)\n"
        "e = Client.objects.select_related('team').visible_to(user).first()\n"
        "f = Client._base_manager.all()\n"
        "g = Team.objects.all()\n"
        "h = Client.objects.none()\n"
    )
    assert doors_missed(file, {"Client"}) == [1, 3, 6]


def test_every_model_about_a_client_has_the_doors_manager():
    closed = [
        model.__name__
        for model in own_models()
        if record_of(model).scope is not None and not hasattr(model._default_manager.all(), "visible_to")
    ]
    assert not closed


def test_the_scope_of_every_model_leads_to_the_client():
    client = apps.get_model("cases", "Client")
    for model in own_models():
        scope = record_of(model).scope
        if scope in (None, "self"):
            assert scope is None or model is client
            continue
        target = model
        for step in scope.split("__"):
            target = target._meta.get_field(step).related_model
        assert target is client, model
