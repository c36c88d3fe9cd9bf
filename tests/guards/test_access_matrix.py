"""Every page is asked by every role in every state of a record; the answer is the one the rules say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from pacework.service.cases.matrix import STATES, expected, markdown
from pacework.service.cases.permissions import VISIBILITY, level
from pacework.service.core.access import ANONYMOUS, ROLES, THIRD_PARTY, Row, table
from tests.guards.matrix_objects import Case, make_case, registered, taken_back

# No measuring of coverage: these pass through everything and say little of any one line.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.no_cover]

DOCUMENT = Path(__file__).parents[2] / "docs" / "access-matrix.md"
# One-click sign-in does not exist outside the demo, whoever asks.
ONLY_IN_THE_DEMO = {"demo-sign-in"}
FORM_ANSWERS = {200, 302, 303, 409, 422}


def kwargs_in(row: Row) -> list[str]:
    """The names in a URL's pattern: "people/<int:client_id>/" has client_id."""
    found = []
    for part in row.pattern.split("<")[1:]:
        name = part.split(">")[0]
        found.append(name.split(":")[-1])
    return found


def ours() -> list[Row]:
    """The pages of the product itself; the sign-in library guards its own."""
    return [row for row in table() if row.access is not None and row.name not in THIRD_PARTY]


def builder_of(row: Row, name: str) -> Any:
    """What makes the object that a URL names by id; None if no room brings it."""
    builders = registered()
    return builders.get(f"{row.name}:{name}") or builders.get(name)


def address(row: Row, case: Case, *, real: bool) -> str:
    """The page's address for this record; ``real`` makes the other objects it names, else any id does."""
    values = {}
    for name in kwargs_in(row):
        values[name] = builder_of(row, name)(case) if real or name == "client_id" else "1"
    return reverse(row.name, kwargs=values)


def answered(response) -> str:
    """What the page answered, in the words of the matrix."""
    status = response.status_code
    if status == 302 and "/account/login/" in response["Location"]:
        return "sign in"
    known = {403: "refused", 404: "not found", 405: "no such method"}
    if status in known:
        return known[status]
    return "page" if status in FORM_ANSWERS else f"status {status}"


def asked(browser: Any, row: Row, case: Case) -> Iterator[tuple[str, str, str]]:
    """(method, what the rules say, what the page answered), leaving nothing behind."""
    wanted = {method: expected(row.access, case.role, case.state, method) for method in ("GET", "POST")}
    if row.name in ONLY_IN_THE_DEMO:
        wanted = {method: "not found" if answer == "page" else answer for method, answer in wanted.items()}
    with taken_back():
        path = address(row, case, real="page" in wanted.values())
        case.finish()
        for method, answer in wanted.items():
            with taken_back():
                response = browser.get(path) if method == "GET" else browser.post(path, {})
                yield method, answer, answered(response)


def differences(rows: list[Row], case: Case, client_for) -> list[str]:
    browser = client_for(case.user)
    found = []
    for row in rows:
        if any(not builder_of(row, name) for name in kwargs_in(row)):
            continue  # test_every_id_in_a_url_can_be_built fails for it
        for method, wanted, got in asked(browser, row, case):
            if wanted != got:
                found.append(f"{method} {row.name} as {case.role}, {case.state}: {got}, not {wanted}")
    return found


def test_every_url_has_its_rule():
    missing = [row.pattern for row in table() if row.access is None]
    assert not missing, f"say who may open these: {missing}"


def test_every_id_in_a_url_can_be_built():
    unknown = {
        f"{row.name}: {name}" for row in ours() for name in kwargs_in(row) if not builder_of(row, name)
    }
    assert not unknown, f"add these to tests/service/<room>/matrix.py: {sorted(unknown)}"


@pytest.mark.parametrize("role", [ANONYMOUS, *ROLES])
def test_pages_that_show_no_record_answer_each_role_as_their_rule_says(role, client_for):
    rows = [row for row in ours() if row.access.kind != "case"]
    found = differences(rows, make_case(role, "own"), client_for)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", [ANONYMOUS, *ROLES])
def test_pages_about_a_record_answer_each_role_in_each_state(role, state, client_for):
    rows = [row for row in ours() if row.access.kind == "case"]
    found = differences(rows, make_case(role, state), client_for)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_do_with_a_record_is_the_table(role, state):
    case = make_case(role, state)
    case.finish()
    assert level(case.user, case.client) == VISIBILITY[state].get(role, "none")


def test_the_documentation_of_the_matrix_is_current():
    assert DOCUMENT.read_text(encoding="utf-8") == markdown(), "type `make docs`"


def test_the_patterns_are_read_right():
    assert kwargs_in(Row("x", "people/<int:client_id>/a/<slug:layer>/", None)) == ["client_id", "layer"]
