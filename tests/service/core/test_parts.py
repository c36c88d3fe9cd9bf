"""The shell and its parts as the browser gets them, and the words presenters choose."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import timezone

from pacework.service.core import forms, presenters
from tests.service.core import gallery

pytestmark = pytest.mark.usefixtures("frozen")  # Wednesday 11 March 2026

STATIC = Path(forms.__file__).parent / "static" / "core"
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Seen(HTMLParser):
    """What a browser would find: elements in order, and whether they close as they opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture
def part() -> Any:
    """The macros of core/parts.jinja, callable."""
    return engines["jinja2"].env.get_template("core/parts.jinja").module


def asked(query: str = "") -> HttpRequest:
    return RequestFactory().get(f"/list/?{query}")


# Every page of the gallery

PAGES = ["parts", "form", "mistakes", "stale", "client", "refused", "missing"]


@pytest.fixture
def pages() -> dict[str, str]:
    return gallery.pages()


def test_the_gallery_lists_every_page(pages: dict[str, str]) -> None:
    assert list(pages) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_elements_close_as_they_opened_and_ids_are_unique(name: str, pages: dict[str, str]) -> None:
    seen = Seen(pages[name])
    assert (seen.unbalanced, seen.open) == ([], [])
    ids = Counter(attrs["id"] for _, attrs in seen.elements if "id" in attrs)
    assert [id_ for id_, number in ids.items() if number > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_label_description_and_error_link_leads_to_something(name: str, pages: dict[str, str]) -> None:
    seen = Seen(pages[name])
    ids = {attrs["id"] for _, attrs in seen.elements if "id" in attrs}
    wanted = {attrs["for"] for attrs in seen.all("label")}
    for _, attrs in seen.elements:
        for reference in ("aria-describedby", "aria-labelledby"):
            wanted |= set((attrs.get(reference) or "").split())
    summary = pages[name].partition("nhsuk-error-summary__list")[2].partition("</ul>")[0]
    wanted |= set(re.findall(r'href="#([^"]+)"', summary))
    assert wanted - ids == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_field_has_a_label(name: str, pages: dict[str, str]) -> None:
    seen = Seen(pages[name])
    labelled = {attrs["for"] for attrs in seen.all("label")}
    for tag in ("input", "select", "textarea"):
        for attrs in seen.all(tag):
            assert attrs.get("type") == "hidden" or attrs["id"] in labelled


@pytest.mark.parametrize("name", PAGES)
def test_no_inline_style_or_script_and_nothing_from_elsewhere(name: str, pages: dict[str, str]) -> None:
    for tag, attrs in Seen(pages[name]).elements:
        assert tag != "style"
        assert not [key for key in attrs if key == "style" or key.startswith("on")]
        assert tag != "script" or attrs.get("src")
        for key in ("src", "href", "action", "data-nhsuk"):
            assert not re.match(r"[a-z]+:|//", attrs.get(key) or "")


def test_a_page_has_one_heading_one_main_and_a_way_past_the_header(pages: dict[str, str]) -> None:
    for html in pages.values():
        seen = Seen(html)
        assert len(seen.all("h1")) == len(seen.all("main")) == 1
        assert seen.all("a")[0]["href"] == "#" + str(seen.all("main")[0]["id"])


def test_sign_out_is_a_button_that_posts(pages: dict[str, str]) -> None:
    assert ("form", {"method": "post", "action": "/account/logout/", "class": "pw-header__out"}) in Seen(
        pages["parts"]
    ).elements


def test_clients_get_the_generous_look_and_staff_the_compact_one(pages: dict[str, str]) -> None:
    assert '<body class="pw-client">' in pages["client"]
    assert "checkboxes--small" not in pages["client"]
    assert '<body class="pw-staff">' in pages["form"]
    assert "checkboxes--small" in pages["form"]


def test_the_demo_says_on_every_page_that_it_is_one(pages: dict[str, str]) -> None:
    assert "Everything here is invented" in pages["form"]
    assert "invented" not in pages["missing"]


def test_a_page_with_mistakes_says_so_in_the_window_title_and_keeps_what_was_typed(
    pages: dict[str, str],
) -> None:
    html = pages["mistakes"]
    assert "<title>Error: Log a contact – Pacework</title>" in html
    assert "Error:" not in pages["form"].partition("</title>")[0]
    assert 'type="text" value="32/13/2026"' in html
    assert "First line\nSecond line &lt;b&gt;not bold&lt;/b&gt;</textarea>" in html
    assert re.search(r'id="id_pain-8"[^>]* value="7" checked', html)


def test_hidden_fields_of_the_page_are_in_the_form(pages: dict[str, str]) -> None:
    assert '<input type="hidden" name="version" value="3">' in pages["form"]
    assert 'name="save_draft"' in pages["form"]
    assert 'enctype="multipart/form-data"' in pages["form"]


def test_a_save_that_came_second_shows_both_texts_and_both_ways_out(pages: dict[str, str]) -> None:
    html = pages["stale"]
    assert "What a colleague wrote.<br>Two lines." in html
    assert "<p>What I typed.</p>" in html
    assert "Keep what they saved and drop my text" in html
    assert "press “Save contact” below" in html


# Parts


def test_text_in_a_part_is_never_markup(part: Any) -> None:
    bad = "<b>x</b>"
    rows = [[bad, {"text": bad, "sub": bad, "href": '"><b>'}, {"text": bad, "tag": "red"}]]
    when = date(2026, 3, 1)
    for html in (
        part.table(bad, [bad, {"label": bad}, bad], rows),
        part.summary([{"key": bad, "value": bad, "actions": [{"href": "#", "label": bad}]}], card_title=bad),
        part.timeline([{"when": when, "title": bad, "text": bad, "who": bad, "tag": bad}]),
        part.person_strip({"name": bad, "facts": [(bad, bad)], "sharing": [bad], "stage": bad}),
        part.card(bad, bad, meta=bad, tag_text=bad),
        part.funnel([{"label": bad, "count": 1, "share": bad, "note": bad}], bad),
        part.bar_chart(bad, [(bad, 1)], unit=bad),
        part.columns_chart(bad, [(bad, 1)], unit=bad, target=2, target_label=bad),
        part.stat(bad, bad, rule=bad, interval=bad, href="#"),
        part.filters([{"name": "q", "label": bad, "value": bad}]),
        part.steps([{"label": bad, "state": "now", "note": bad}]),
    ):
        assert "<b>" not in html
        assert "&lt;b&gt;" in html


def test_a_table_labels_its_cells_for_the_phone_and_says_how_it_is_sorted(part: Any) -> None:
    html = part.table("Caseload", gallery.HEAD, gallery.rows(2))
    assert html.count('data-label="Days since contact"') == 2
    assert 'aria-sort="ascending"' in html
    assert html.count('<th scope="row"') == 2
    assert html.count('class="pw-num"') == 3


def test_a_table_without_rows_says_what_to_do(part: Any) -> None:
    html = part.table("Contacts", ["Date"], [], empty_text="No contacts yet.")
    assert "No contacts yet." in html
    assert "<table" not in html


def test_a_marked_row_and_unknown_cells_are_placed(part: Any) -> None:
    html = part.table("T", ["A", "B"], [{"cells": ["x", None], "mark": True}, ["y", 0]])
    assert html.count("pw-marked") == 1
    assert 'data-label="B"></td>' in html
    assert 'data-label="B">0</td>' in html


@pytest.mark.parametrize(
    ("n", "of", "full", "over", "free"),
    [(17, 20, 17, 0, 3), (23, 20, 20, 3, 0), (0, 20, 0, 0, 20), (20, 20, 20, 0, 0)],
)
def test_the_caseload_strip_draws_each_place(
    part: Any, n: int, of: int, full: int, over: int, free: int
) -> None:
    html = part.progress_strip(n, of)
    assert f"{n} of {of}" in html
    drawn = Counter(re.findall(r"pw-strip__(full|over|free)", html))
    assert (drawn["full"], drawn["over"], drawn["free"]) == (full, over, free)


def test_a_number_shows_its_working(part: Any) -> None:
    html = part.stat("In work", "26%", 85, 320, missing=4, rule="Rule 2024-04", href="/rows/")
    for words in ("85 of 320", "4 not known", "Rule 2024-04", 'href="/rows/"'):
        assert words in html


def test_pictures_of_nothing_still_draw(part: Any) -> None:
    assert "pw-bar__full" not in part.funnel([{"label": "Approached", "count": 0}], "Nobody yet")
    assert "pw-bar__full" not in part.bar_chart("None", [])
    assert "<svg" in part.columns_chart("None", [])
    assert "<ol" not in part.timeline([])


def test_the_pager_leads_both_ways_and_is_silent_about_one_page(part: Any) -> None:
    paged = presenters.paginate(asked("stage=search&page=2"), list(range(120)), per=50)
    html = part.pager(paged)
    assert 'href="?stage=search"' in html
    assert 'href="?stage=search&amp;page=3"' in html
    assert "(51–100 of 120)" in html
    assert part.pager(presenters.paginate(asked(), [1])).strip() == ""
    assert "?page=2" in part.pager(Paginator(range(30), 10).page(1))


def test_a_field_of_the_sign_in_library_gets_the_same_look() -> None:
    from django import forms as django_forms

    class Foreign(forms.PageForm):
        password = django_forms.CharField(widget=django_forms.PasswordInput(attrs={"autocomplete": "off"}))
        remember = django_forms.BooleanField(required=False)
        which = django_forms.ChoiceField(choices=[("a", "A")], widget=django_forms.RadioSelect)
        several = django_forms.MultipleChoiceField(
            choices=[("a", "A"), ("b", "B")], widget=django_forms.CheckboxSelectMultiple
        )
        one = django_forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
        long = django_forms.CharField(widget=django_forms.Textarea)

    form = Foreign(data={"password": "secret", "one": "b", "several": ["b"]})
    page = engines["jinja2"].env.get_template("core/form_page.jinja")
    html = page.render(gallery.form_context(form))
    assert "secret" not in html
    assert 'type="password" autocomplete="off"' in html
    assert '<option value="b" selected>' in html
    assert [view.kind for view in form.sections()[0].fields] == [
        "text",
        "tick",
        "radios",
        "ticks",
        "select",
        "longtext",
    ]


# Words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "yesterday"),
        (-1, "tomorrow"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (-21, "in 3 weeks"),
        (61, "2 months ago"),
        (400, "13 months ago"),
        (800, "2 years ago"),
    ],
)
def test_how_long_ago_in_words(days: int, words: str) -> None:
    assert presenters.ago(date(2026, 3, 11) - timedelta(days=days)) == words


def test_days_and_times_are_written_as_nhs_uk_does() -> None:
    late = datetime(2025, 7, 1, 23, 30, tzinfo=timezone.get_fixed_timezone(0))  # 0:30 the next day in London
    assert presenters.day(date(2025, 3, 3)) == "Mon 3 March 2025"
    assert presenters.day(late) == "Wed 2 July 2025"
    assert presenters.moment(late) == "Wed 2 July 2025 at 12:30am"
    assert presenters.short_day(date(2026, 3, 3)) == "3 Mar"
    assert presenters.short_day(date(2025, 3, 3)) == "3 Mar 2025"
    assert [presenters.time_of(time(*at)) for at in [(12, 0), (9, 0), (14, 5)]] == [
        "midday",
        "9am",
        "2:05pm",
    ]
    assert (presenters.day(None), presenters.short_day(None), presenters.moment(None)) == ("", "", "")
    assert (presenters.time_of(None), presenters.ago(None)) == ("", "never")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1028, "1,028"),
        (None, "not known"),
        (0, "0"),
        (7.0, "7"),
        (7.25, "7.25"),
        (1200.0, "1,200"),
        (Decimal("12.50"), "12.5"),
        (Decimal(1200), "1,200"),
        (Decimal("0.00"), "0"),
        ("many", "many"),
    ],
)
def test_numbers_in_words(value: Any, words: str) -> None:
    assert presenters.number(value) == words


def test_small_words() -> None:
    assert presenters.count(1, "day") == "1 day"
    assert presenters.count(1200, "day") == "1,200 days"
    assert presenters.count(2, "person", "people") == "2 people"
    assert presenters.words("not_possible_pain") == "Not possible pain"
    assert presenters.listed(["a", "b", "c"]) == "a, b and c"
    assert presenters.listed(["a"]) == "a"
    assert presenters.listed([]) == ""
    assert presenters.percent(85, 320) == "27%"
    assert presenters.percent(0, 0) == "none yet"
    assert presenters.with_query("/people/", stage="search", q="") == "/people/?stage=search"
    assert presenters.with_query("/people/") == "/people/"


# Lists in the address


@pytest.mark.parametrize(
    ("page", "shown"), [("", 1), ("2", 2), ("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 30, 1)]
)
def test_a_page_that_does_not_exist_shows_one_that_does(page: str, shown: int) -> None:
    assert presenters.paginate(asked(f"page={page}"), list(range(120)), per=50).number == shown


def test_an_empty_list_is_one_empty_page() -> None:
    paged = presenters.paginate(asked("page=3"), [])
    assert (paged.number, paged.pages, paged.first, paged.last, paged.items) == (1, 1, 0, 0, [])


def test_sorting_turns_round_keeps_the_filters_and_ignores_nonsense() -> None:
    columns = [
        {"label": "Name", "sort": "name"},
        {"label": "Days", "sort": "days", "numeric": True},
        {"label": "x"},
    ]
    heads = presenters.sortable(asked("stage=search&sort=name&page=4"), columns, default="-days")
    assert [head.get("sorted") for head in heads] == ["ascending", "none", None]
    assert QueryDict(heads[0]["href"][1:]).dict() == {"stage": "search", "sort": "-name"}
    assert QueryDict(heads[1]["href"][1:]).dict() == {"stage": "search", "sort": "days"}
    assert presenters.sort_key(asked("sort=password"), ["name", "days"], "-days") == ("days", True)


# The environment and what is served


def test_templates_see_links_lines_and_the_library_s_components() -> None:
    env = engines["jinja2"].env
    page = env.from_string(
        '{% from "nhsuk/components/tag/macro.jinja" import tag %}{{ tag({"text": "A<b>"}) }}'
        '{{ "a<b>\\nb"|lines }}{{ query(stage="x", page=none) }}{{ missing.thing.deep }}'
    )
    html = page.render({"request": asked("page=3&q=1")})
    assert "A&lt;b&gt;" in html
    assert "a&lt;b&gt;<br>b?q=1&amp;stage=x" in html


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_the_shell(client: Client) -> None:
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    assert '<h1 class="pw-title">Page not found</h1>' in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r'nonce="([^"]+)"', answer.content.decode())
    assert nonce is not None
    assert f"'nonce-{nonce[1]}'" in policy


@pytest.mark.django_db
def test_a_form_without_its_token_gets_a_kind_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_the_page_for_our_own_faults_needs_nothing_to_render() -> None:
    html = engines["jinja2"].env.get_template("500.html").render({})
    assert "This is our fault, not yours." in html


@pytest.mark.parametrize("name", ["pacework.css", "vendor/nhsuk/nhsuk-frontend.min.css"])
def test_style_sheets_load_nothing_from_elsewhere_and_miss_no_picture(name: str) -> None:
    sheet = STATIC / name
    text = sheet.read_text()
    assert "sourceMappingURL" not in text
    assert "@import" not in text
    for address in re.findall(r"url\(([^)]*)\)", text):
        assert (sheet.parent / address.strip("\"'")).is_file()


def test_scripts_point_at_no_source_map_and_no_other_host() -> None:
    for script in STATIC.rglob("*.js"):
        text = script.read_text()
        assert "sourceMappingURL" not in text
        assert not re.search(r"fetch\([\"'`]https?:", text)
