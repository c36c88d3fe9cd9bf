"""Every write is an action, asks who may, and leaves its trace."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from tests.guards.source import SERVICE, python_files, tree

WRITERS = {
    "save",
    "save_version",
    "delete",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "update",
}
# dict.update and set.update are called on names; a queryset's update on a query.
ON_QUERIES_ONLY = {"update", "create", "delete"}

# Public functions of actions modules that write, but are steps of an action, which opens the transaction.
STEPS = {
    "cases/actions/episodes.py:end_assignment": "called inside closing and handing over",
    "cases/actions/episodes.py:close_because_withdrawn": "called inside taking the service consent back",
    "recruitment/actions/merging.py:forget_rows": "called inside deleting for good, with or without notes",
    "cases/actions/milestones.py:record_milestone": "called inside the action that makes the date true",
    "recruitment/actions/incoming.py:release": "called inside deciding about doubles, and merging",
    "recruitment/actions/steps.py:decide": "called inside each step of a referral",
    "recruitment/actions/import_adding.py:add": "a piece of work on a list, traced as one",
    "recruitment/actions/import_adding.py:send": "a piece of work on a list, traced as one",
    "recruitment/actions/import_undoing.py:restore": "a piece of work on a list, traced as one",
    "recruitment/actions/import_undoing.py:remove": "a piece of work on a list, traced as one",
    "recruitment/actions/import_undoing.py:take_back": "a piece of work on a list, traced as one",
    "diary/actions/entries.py:write_all": "called inside rating many days and taking what a phone sends",
    "diary/actions/syncing.py:sync_entries": "reads what a phone sends; what is taken is one action",
    "work/actions/milestones.py:record_work_milestones": "called inside every action on jobs and hours",
    "recruitment/actions/import_work.py:carry_on": "the background task: only who holds the list, no content",
    "recruitment/actions/import_work.py:stage": "reads rows; each piece is a transaction with trace",
    "recruitment/actions/import_work.py:delete_rows": "opens a transaction with trace for each piece",
}

# Writes outside actions modules. None is a client's content.
ELSEWHERE = {
    "core/audit.py": "the audit itself, written by every action",
    "core/drafts.py": "what somebody is typing: nobody's record yet",
    "core/jobs.py": "notes of finished background tasks",
    "core/models.py": "the model's own save, which refuses a second one",
    "core/records.py": "save_version, which actions call",
    "core/pages.py": "a form's token, which makes a second sending harmless",
    "cases/access.py": "the log of who opened what, after the response",
    "recruitment/views.py": "the same log, for a page that tells nothing about anybody",
    "cases/models/client.py": "the model's own save, which keeps the search keys",
    "recruitment/models.py": "the model's own save",
    "profile/models/sections.py": "the model's own save, which refuses a second one",
    "employers/models/places.py": "the model's own save, which keeps the search key",
}
# The demo invents a service; its wipe and its own bookkeeping go round actions.
DEMO = "demo"

# Actions without a question about the person, and why.
NOBODY_IS_ASKED = {
    "cases/actions/clients.py:register_client": "the room that brings people in asks (recruitment)",
    "cases/actions/clients.py:link_account": "called inside the action that made the account",
    "cases/actions/episodes.py:open_episode": "the room that brings people in asks (recruitment)",
    "diary/actions/reminding.py:claim_reminder": "the product itself, for somebody who asked for it",
    "people/actions.py:note_sign_in": "signing in and out: everybody, and nobody yet",
    "people/actions.py:set_password": "for oneself, proved by the old one or by a link",
    "recruitment/actions/incoming.py:refer_self": "anybody may ask to be helped",
}


def action_files() -> list[Path]:
    """Files of the rooms' actions."""
    return [
        file
        for file in python_files(SERVICE)
        if "actions" in file.relative_to(SERVICE).with_suffix("").parts and DEMO not in file.parts
    ]


def name_of(file: Path) -> str:
    return file.relative_to(SERVICE).as_posix() if file.is_relative_to(SERVICE) else file.name


def called(node: ast.AST) -> list[ast.Call]:
    return [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]


def _through_a_query(node: ast.expr) -> bool:
    """Whether a chain of names and calls goes through a manager, a queryset method or a related set."""
    names = []
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            node = node.func
    managers = {"objects", "_base_manager", "_default_manager"}
    return bool(managers & set(names)) or bool({"filter", "exclude", "all"} & set(names))


def writes(node: ast.AST) -> list[int]:
    """Lines that write to the database."""
    found = []
    for call in called(node):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITERS:
            continue
        target = call.func.value
        if call.func.attr in ON_QUERIES_ONLY and isinstance(target, ast.Name | ast.Attribute):
            # rows.update(...) of a query kept in a name counts where it names fields; {}.update(x) does not.
            manager = isinstance(target, ast.Attribute) and _through_a_query(target)
            kept = call.func.attr == "update" and call.keywords and not call.args
            if not (manager or kept or call.func.attr == "delete"):
                continue
        if isinstance(target, ast.Name) and target.id in {"drafts", "actions", "forms"}:
            continue
        if isinstance(target, ast.Call) and getattr(target.func, "id", "") == "super":
            continue
        found.append(call.lineno)
    return found


def is_action(function: ast.FunctionDef) -> bool:
    return any(getattr(decorator, "id", "") == "action" for decorator in function.decorator_list)


def functions(file: Path) -> list[ast.FunctionDef]:
    return [node for node in tree(file).body if isinstance(node, ast.FunctionDef)]


def unmarked_writers(file: Path) -> list[str]:
    """Public functions that write, themselves or through a private one beside them, and are no action."""
    private = {one.name: one for one in functions(file) if one.name.startswith("_")}

    def reaches_a_write(function: ast.FunctionDef, seen: frozenset[str] = frozenset()) -> bool:
        if writes(function):
            return True
        steps = {getattr(call.func, "id", "") for call in called(function)} & private.keys() - seen
        return any(reaches_a_write(private[step], seen | {step}) for step in steps)

    return [
        f"{name_of(file)}:{one.name}"
        for one in functions(file)
        if not one.name.startswith("_") and not is_action(one) and reaches_a_write(one)
    ]


@cache
def all_actions() -> dict[str, ast.FunctionDef]:
    """Every action of the product by file and name."""
    return {
        f"{name_of(file)}:{one.name}": one
        for file in action_files()
        for one in functions(file)
        if is_action(one)
    }


def asks_who_may(function: ast.FunctionDef, asking: set[str]) -> bool:
    """Whether it calls ``permissions.check_…`` or a function that does."""
    for call in called(function):
        if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "permissions":
            return True
        if getattr(call.func, "id", "") in asking:
            return True
    return False


def who_ask() -> tuple[set[str], set[str]]:
    """Actions that ask, and functions of any actions module that do; found until nothing more is found."""
    everything = {f"{name_of(file)}:{one.name}": one for file in action_files() for one in functions(file)}
    asking: set[str] = set()
    keys: set[str] = set()
    while True:
        more = {key for key, one in everything.items() if asks_who_may(one, asking)}
        if more == keys:
            return keys & all_actions().keys(), asking
        keys = more
        # By name: where two rooms use one name, both have to ask.
        silent = {key.rpartition(":")[2] for key in everything.keys() - keys}
        asking = {key.rpartition(":")[2] for key in keys} - silent


def test_every_function_that_writes_is_an_action():
    found = {key for file in action_files() for key in unmarked_writers(file)}
    assert found - STEPS.keys() == set(), "decorate with @action, or list as a step with its reason"


def test_nothing_is_listed_as_a_step_that_is_none_any_more():
    assert STEPS.keys() - {key for file in action_files() for key in unmarked_writers(file)} == set()


def test_nothing_writes_outside_actions_but_what_is_listed():
    inside = set(action_files())
    found = {
        f"{name_of(file)}:{line}"
        for file in python_files(SERVICE)
        if file not in inside
        and DEMO not in file.relative_to(SERVICE).parts
        and name_of(file) not in ELSEWHERE
        for line in writes(tree(file))
    }
    assert found == set()


def test_nothing_is_listed_as_writing_that_does_not_exist():
    assert [name for name in ELSEWHERE if not (SERVICE / name).is_file()] == []


def test_every_action_asks_whether_this_person_may():
    asking, _ = who_ask()
    assert all_actions().keys() - asking - NOBODY_IS_ASKED.keys() == set()


def test_no_action_is_excused_that_asks_or_is_gone():
    asking, _ = who_ask()
    assert {key for key in NOBODY_IS_ASKED if key in asking or key not in all_actions()} == set()


def test_every_action_says_who_did_it_by_keyword():
    silent = [
        key
        for key, one in all_actions().items()
        if "by" not in {argument.arg for argument in one.args.kwonlyargs}
    ]
    # Nobody has signed in when somebody refers themselves.
    assert silent == ["recruitment/actions/incoming.py:refer_self"]


def test_no_request_is_one_big_transaction():
    assert not any(database.get("ATOMIC_REQUESTS") for database in settings.DATABASES.values())


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def close(row, *, by):\n    row.save()\n", ["actions.py:close"]),
        ("def close(row, *, by):\n    Row.objects.filter(pk=1).update(a=1)\n", ["actions.py:close"]),
        ("def close(row, *, by):\n    row.lines.all().delete()\n", ["actions.py:close"]),
        ("def close(row, *, by):\n    row.delete()\n", ["actions.py:close"]),
        ("def close(rows, *, by):\n    rows.update(a=1)\n", ["actions.py:close"]),
        ("def close(row, *, by):\n    _close(row)\n\ndef _close(row):\n    row.save_version()\n",
         ["actions.py:close"]),
        ("@action\ndef close(row, *, by):\n    row.save()\n", []),
        ("def read(row):\n    known = {}\n    known.update({1: 2})\n    return known\n", []),
        ("def _step(row):\n    row.save()\n", []),
    ],
)  # fmt: skip
def test_the_guard_sees_a_write_that_is_no_action(tmp_path, source, found):
    file = tmp_path / "actions.py"
    file.write_text(source)
    assert unmarked_writers(file) == found


def test_the_guard_sees_an_action_that_asks_nobody():
    function = ast.parse("@action\ndef close(row, *, by):\n    row.save()\n").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert not asks_who_may(function, set())
    asked = ast.parse("def close(row, *, by):\n    permissions.check_write(by, row)\n").body[0]
    assert isinstance(asked, ast.FunctionDef)
    assert asks_who_may(asked, set())
