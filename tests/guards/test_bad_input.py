"""Nothing that can be typed, pasted, sent or linked breaks a page, changes a row, or comes back as code.

Every page that takes a form is sent every kind of dirt, by a role that may send it; the forms' fields are
found by watching what the page reads, so a new field is tried on the day it is added.

What each kind of bad input promises (a clear message beside its field, what was typed kept, nothing changed)
is tested where it belongs:

wrong NHS number
    recruitment/test_refer_page.py::test_any_one_wrong_figure_in_an_nhs_number_is_noticed
    recruitment/test_refer_page.py::test_bad_input_is_said_beside_the_field_keeps_the_typing_and_writes_nothing
    cases/test_people.py::test_details_that_cannot_be_are_refused
dates in the future, unreal dates
    core/test_forms.py::test_a_day_outside_its_limits_is_told_which
    core/test_forms.py::test_a_day_that_is_not_real_is_refused_with_an_example_and_kept
dates in the wrong order
    work/test_actions.py::test_an_application_that_cannot_be_right_is_refused
    work/test_actions.py::test_a_plan_that_cannot_be_right_is_refused
dates before birth, overlapping spells
    work/test_pages.py::test_a_job_that_cannot_be_right_is_refused_beside_its_field
    cases/test_people.py::test_an_employment_status_that_makes_no_sense_is_refused
more than 168 hours in a week
    work/test_actions.py::test_a_week_has_168_hours_over_all_jobs
    work/test_pages.py::test_bad_hours_are_said_beside_the_box_and_change_nothing
unknown codes
    core/test_forms.py::test_an_unknown_choice_is_refused
double submit
    core/test_transactions.py::test_a_form_sent_twice_at_once_writes_once
    contacts/test_pages.py::test_the_same_form_sent_twice_writes_once
two people saving the same record
    core/test_transactions.py::test_of_two_stale_saves_exactly_one_wins
    cases/test_people.py::test_a_stale_save_changes_nothing_and_shows_both_texts
expired session with a long note typed
    contacts/test_pages.py::test_a_long_note_outlives_an_expired_session
    people/test_sign_in.py::test_what_was_typed_as_the_session_ended_returns_to_its_owner_only
uploads too large or of another type
    core/test_forms.py::test_a_wrong_file_is_refused_with_the_reason
markup and SQL in every text field
    recruitment/test_refer_page.py::test_markup_and_sql_are_kept_as_text
wrong encoding, BOM
    recruitment/test_import_reading.py::test_what_cannot_be_read_is_refused_with_what_to_do
missing or renamed columns
    recruitment/test_import_actions.py::test_columns_must_make_sense
formula-like cells
    recruitment/test_import_dirty_list.py::test_formulas_stay_text_and_are_flagged
twins
    recruitment/test_import_dirty_list.py::test_twins_are_two_new_people
duplicate rows
    recruitment/test_import_dirty_list.py::test_a_row_said_twice_is_added_once_and_a_shared_number_refuses_both
ratings out of range, hours that are none or more than a day has
    diary/test_entries.py::test_a_rating_is_a_whole_number_from_0_to_10
    diary/test_entries.py::test_hours_lie_within_a_day_in_halves
    diary/test_pages.py::test_a_wrong_answer_has_its_sentence_and_nothing_typed_is_lost
two entries a day, days in the future
    diary/test_entries.py::test_a_second_rating_replaces_the_first_and_keeps_what_was_not_asked_again
    diary/test_entries.py::test_no_day_is_in_the_future_or_before_the_century
a diary of one day, a constant one, gaps of months, ten years
    diary/test_weeks.py::test_under_two_weeks_it_is_early_days
    diary/test_weeks.py::test_a_constant_diary_hardly_moves
    diary/test_weeks.py::test_a_gap_of_months_breaks_the_line
    diary/test_entries.py::test_ten_years_of_diary_are_read_in_a_few_queries
clock changes and time zones, a phone with a wrong clock
    diary/test_entries.py::test_today_is_the_day_where_the_service_is
    diary/test_syncing.py::test_a_wrong_phone_clock_is_put_right_by_what_it_says_now
a phone that sends nonsense, or the same twice
    diary/test_syncing.py::test_what_cannot_be_kept_is_refused_with_a_sentence_and_the_rest_is_saved
    diary/test_syncing.py::test_sending_the_same_again_changes_nothing
jobs with no shifts, overlapping shifts, days of 25 hours
    matching/test_actions.py::test_a_job_that_cannot_be_is_refused_in_a_sentence
    matching/test_pages.py::test_bad_hours_are_said_beside_the_box_and_what_was_typed_stays
diaries of no day, one day, ten years
    matching/test_pages.py::test_with_few_days_it_says_that_it_mostly_reflects_other_people
    matching/test_pages.py::test_a_constant_diary_and_one_of_ten_years_open_too
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from pacework.service.cases.matrix import expected
from pacework.service.core.access import ANONYMOUS, Row, table
from tests.guards.dirt import MARKUP, NUL, TEXTS, bodies, unreadable_bodies
from tests.guards.matrix_objects import make_case, registered, taken_back
from tests.guards.sent import (
    Watched,
    changed,
    fingerprint,
    is_text,
    short,
    watching,
    where,
)
from tests.guards.test_access_matrix import ONLY_IN_THE_DEMO, address, kwargs_in, ours

# No measuring of coverage: these pass through everything and say little of any one line.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.no_cover]

# Who sends each form: the first of these that may, since the form is the same for all of them.
SENDERS = (ANONYMOUS, "client", "hcp", "administrator", "manager", "esw", "team_lead", "researcher")
ANSWERS = {200, 204, 302, 303, 400, 403, 404, 405, 409, 413, 422}

# How it is sent


def first_role(row: Row, method: str) -> str:
    """The first role of SENDERS that may ask this page so; empty when none may."""
    may = [one for one in SENDERS if expected(row.access, one, "own", method) == "page"]
    return may[0] if may and row.name not in ONLY_IN_THE_DEMO else ""


def sent_by() -> list[tuple[str, Row]]:
    """Every page that takes something, with who sends it."""
    return [(role, row) for row in ours() if (role := first_role(row, "POST"))]


def strangers() -> None:
    """Somebody of another team, with one of everything that a form could be given the id of."""
    other = make_case("esw", "own")
    for build in set(registered().values()):
        try:
            with transaction.atomic():
                build(other)
        except Exception:  # noqa: BLE001, S112 (some need another role; what there is, is tried)
            continue


def faults(response: Any, text: str, before: dict[str, Any], watched: Watched) -> Iterator[str]:
    """What is wrong with an answer."""
    status = response.status_code
    if status not in ANSWERS:
        yield f"status {status}"
    if status >= 400 and (rows := changed(before, fingerprint())):
        yield f"status {status}, yet changed: {rows}"
    if response.streaming:
        return
    body = response.content.decode("utf-8", "replace")
    if MARKUP in body:
        yield "markup comes back as code"
    typed_into = any(is_text(entry) for entry in watched.fields.values())
    if text and status in (409, 422) and typed_into and not kept(text, body):
        yield "what was typed is gone"


def kept(text: str, body: str) -> bool:
    wanted = escape(text.replace("\r", "")[:60], quote=True)
    return wanted in body or wanted.replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in body


def posted(browser: Any, path: str, body: Any, **more: Any) -> Any:
    """Bytes go as they are; the test browser would want to read them first."""
    return (
        browser.generic("POST", path, body, **more)
        if isinstance(body, bytes)
        else browser.post(path, body, **more)
    )


def try_page(browser: Any, path: str, monkeypatch: Any) -> Iterator[str]:
    """Send everything to one page, each time to the page as it was."""
    with watching(monkeypatch) as seen, taken_back():
        browser.post(path, {})
    if any(hasattr(entry, "queryset") for entry in seen.fields.values()):
        strangers()
    before = fingerprint()
    for kind, body, more in bodies(seen):
        with taken_back():
            try:
                response = posted(browser, path, body, **more)
                text = TEXTS.get(kind, "") if body and set(seen.asked()) <= set(body) else ""
                yield from (f"{fault} ({short(body)})" for fault in faults(response, text, before, seen))
                if response.status_code in (302, 303) and kind in ("markup", "drafts"):
                    after = browser.get(response["Location"])
                    if MARKUP.encode() in after.content:
                        yield f"markup is code on the next page, {response['Location']} ({short(body)})"
            except Exception as error:  # noqa: BLE001 (whatever it is, it would be a 500)
                yield f"{where(error)} ({short(body)})"


@pytest.mark.parametrize(("role", "row"), [pytest.param(*pair, id=pair[1].name) for pair in sent_by()])
def test_dirt_sent_to_a_form_is_answered_and_changes_nothing(
    role: str, row: Row, client_for: Callable[..., Any], monkeypatch: Any
) -> None:
    case = make_case(role, "own")
    browser = client_for(case.user)
    found = list(try_page(browser, address(row, case, real=True), monkeypatch))
    assert not found, "\n".join(found)


def test_a_body_that_cannot_be_read_is_refused_before_anything_is_written(
    client_for: Callable[..., Any],
) -> None:
    case = make_case("esw", "own")
    browser = client_for(case.user)
    found = []
    # A form, a button without one, and a page for everybody.
    for row in (row for row in ours() if row.name in ("contact-new", "contact-step-done", "self-referral")):
        with taken_back():
            path = address(row, case, real=True)
            before = fingerprint()
            for body, more in unreadable_bodies():
                with taken_back():
                    status = browser.generic("POST", path, body, **more).status_code
                    if status not in ANSWERS or (status >= 400 and changed(before, fingerprint())):
                        found.append(f"{row.name}: {status} ({more['content_type']}, {len(body)} bytes)")
    assert not found, "\n".join(found)


# What is asked for in an address


# Read by core, the same on every form: they get everything together with the page's own names only.
OF_FORM_PAGES = frozenset({"next", "version"})
# Each name gets these alone, while the others stay as a page expects them, and all names get them at once.
TELLING = (MARKUP, NUL, "9" * 30, "-1", "9999-12-31", "9" * 400)


def readers_rows(role: str) -> list[Row]:
    return [
        row
        for row in ours()
        if expected(row.access, role, "own", "GET") == "page" and row.name not in ONLY_IN_THE_DEMO
    ]


def questions(names: list[str]) -> list[dict[str, Any]]:
    """What is asked for in the address, nothing of it twice."""
    if not names:
        return [{"page": MARKUP, "q": NUL}]
    asked: list[dict[str, Any]] = [{name: ["1", "2"] for name in names}]
    asked += [dict.fromkeys(names, value[:1_500]) for value in (*TEXTS.values(), *TELLING)]
    for name in names:
        if name not in OF_FORM_PAGES:
            asked += [{name: value} for value in TELLING]
    return [question for index, question in enumerate(asked) if question not in asked[:index]]


def ask_page(browser: Any, path: str, monkeypatch: Any) -> Iterator[str]:
    with watching(monkeypatch) as seen, taken_back():
        browser.get(path)
    for asked in questions(seen.asked()):
        try:
            with taken_back():
                response = browser.get(path, asked)
                if response.status_code not in ANSWERS:
                    yield f"status {response.status_code} ({short(asked)})"
                if not response.streaming and MARKUP.encode() in response.content:
                    yield f"markup comes back as code ({short(asked)})"
        except Exception as error:  # noqa: BLE001
            yield f"{where(error)} ({short(asked)})"


# What an address asks for is read the same for every role that may open the page.
@pytest.mark.parametrize("role", SENDERS)
def test_junk_in_an_address_is_answered(role: str, client_for: Callable[..., Any], monkeypatch: Any) -> None:
    case = make_case(role, "own")
    browser = client_for(case.user)
    found = []
    for row in (row for row in ours() if first_role(row, "GET") == role):
        with taken_back():
            path = address(row, case, real=True)
            found += [f"{row.name}: {fault}" for fault in ask_page(browser, path, monkeypatch)]
    assert not found, "\n".join(found)


BIG = str(2**63)
ODD_PARTS = {
    "int": ("0", BIG, "9" * 40),
    "str": ("no-such-week", "0000-00-00", "9999-12-31", "2026-02-31", "%00", "<script>"),
    "slug": ("no_such_code", "x" * 300),
}


def odd_addresses(row: Row, path: str) -> Iterator[str]:
    """The page's address with each of its parts replaced by something that cannot be."""
    pattern = row.pattern.split("/")
    parts = path.strip("/").split("/")
    for index, piece in enumerate(pattern):
        if piece.startswith("<"):
            kind = piece[1:].split(":")[0]
            for odd in ODD_PARTS.get(kind, ODD_PARTS["slug"]):
                yield "/" + "/".join([*parts[:index], odd, *parts[index + 1 :]]) + "/"


@pytest.mark.parametrize("role", ["client", "esw", "team_lead", "administrator"])
def test_an_address_that_names_nothing_is_not_found(role: str, client_for: Callable[..., Any]) -> None:
    case = make_case(role, "own")
    browser = client_for(case.user)
    found = []
    for row in ours():
        method = "GET" if role in row.access.get else "POST"
        if role not in (row.access.get | row.access.post) or not kwargs_in(row):
            continue
        with taken_back():
            for path in odd_addresses(row, address(row, case, real=True)):
                try:
                    with taken_back():
                        status = browser.generic(method, path).status_code
                        if status not in (404, 302):
                            found.append(f"{row.name} {path[-90:]}: {status}")
                except Exception as error:  # noqa: BLE001
                    found.append(f"{row.name} {path[-90:]}: {where(error)}")
    assert not found, "\n".join(found)


# What is stored already

# Short columns hold its beginning; no page of ours has such a tag.
STORED = "<q><script>alert(1)</script>'; DROP TABLE x; --"


def words_of_people() -> list[tuple[Any, str, str]]:
    """Every column that holds people's words, with markup that fits it."""
    found = []
    for model in apps.get_models():
        for name in getattr(getattr(model, "record", None), "scrub", ()):
            field = model._meta.get_field(name)
            if isinstance(field, (models.CharField, models.TextField)) and not field.choices:
                found.append((model, name, STORED[: field.max_length or 200]))
    return found


def write_markup_everywhere() -> None:
    """Past every form and rule."""
    for model, name, text in words_of_people():
        try:
            with transaction.atomic():
                model._base_manager.update(**{name: text})
        except IntegrityError:  # one of a kind: only the last row gets it
            last = model._base_manager.order_by("-pk").values("pk")[:1]
            model._base_manager.filter(pk__in=last).update(**{name: text})


@pytest.mark.parametrize("role", ["client", "esw", "hcp", "team_lead"])
def test_markup_that_is_stored_is_text_on_every_page(role: str, client_for: Callable[..., Any]) -> None:
    case = make_case(role, "own")
    browser = client_for(case.user)
    found, shown = [], 0
    for row in readers_rows(role):
        with taken_back():
            path = address(row, case, real=True)
            write_markup_everywhere()
            response = browser.get(path)
            body = b"" if response.streaming else response.content
            shown += escape(STORED[:3]).encode() in body
            if response.status_code not in ANSWERS:
                found.append(f"{row.name}: status {response.status_code}")
            if STORED[:3].encode() in body:
                found.append(f"{row.name}: stored markup comes out as code")
    assert not found, "\n".join(found)
    assert shown > len(readers_rows(role)) / 2


def test_every_page_that_takes_a_form_is_tried() -> None:
    tried = {row.name for _, row in sent_by()}
    takes = {row.name for row in table() if row.access and row.access.post and row in ours()}
    assert takes - tried <= ONLY_IN_THE_DEMO


def test_each_case_is_tested_where_the_table_above_says() -> None:
    named = re.findall(r"([a-z]+/test_[a-z_]+\.py)::(test_[a-z_0-9]+)", __doc__ or "")
    rooms = Path(__file__).parents[1] / "service"
    missing = [f"{file}::{test}" for file, test in named if f"def {test}(" not in (rooms / file).read_text()]
    assert len(named) > 20
    assert not missing
