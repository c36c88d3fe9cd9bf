"""Every part and every field on one page: rendered by tests, and looked at by people.

``python -m tests.service.core.gallery FOLDER`` writes the pages with their static files, to look at.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pacework.service.core import clock, forms, presenters

FOLDER = Path(__file__).parent


class EveryField(forms.PageForm):
    """One of each field, with groups, extras and follow-up questions."""

    submit_label = "Save contact"
    intro = "The first questions need an answer. The rest can wait."
    groups = [
        ("When and how", ["on", "at", "mode", "mode_words", "attended"]),
        ("What happened", ["pain", "minutes", "pay", "needs", "note", "employer"]),
        ("The person", ["name", "born", "email", "phone", "postcode_area"]),
    ]
    collapsed = [("More about this contact", ["joint", "letter"])]

    on = forms.Day(label="Date", hint="Today, unless you say otherwise.", not_future=True)
    at = forms.Clock(label="Time", required=False)
    mode = forms.Choice(
        [("face", "Face to face"), ("phone", "Phone"), ("video", "Video"), ("other", "Another way")],
        label="How did you meet?",
        inline=True,
        small=True,
        reveals={"other": ["mode_words"]},
    )
    mode_words = forms.Text(label="Which way?", width=20)
    attended = forms.Choice(
        [("attended", "Attended"), ("rearranged", "Rearranged"), ("pain", "Not possible because of pain")],
        label="Outcome",
        hints={"pain": "Never a reason to close."},
        small=True,
    )
    pain = forms.Scale(
        label="How is your pain today?", low="No pain", high="As bad as it can be", required=False
    )
    minutes = forms.Whole(label="Minutes", min=0, max=600, suffix="minutes", required=False)
    pay = forms.Number(label="Pay an hour", min=0, prefix="£", required=False)
    needs = forms.Choices(
        [("money", "Money"), ("home", "Home"), ("learning", "Learning")],
        label="What came up?",
        required=False,
    )
    note = forms.LongText(label="Note", rows=4, hint="The client can read this.", required=False)
    employer = forms.Choice(
        [("Shops", [("a", "Bright Street Bakery"), ("b", "Corner Books")]), ("Care", [("c", "Elm House")])],
        label="Employer",
        select=True,
        required=False,
    )
    name = forms.Text(label="Full name", autocomplete="name")
    born = forms.BirthDay(label="Date of birth", hint="For example, 31 3 1980.")
    email = forms.Email(label="Email", required=False)
    phone = forms.Phone(label="Phone", required=False)
    postcode_area = forms.Text(label="Postcode", width=10, required=False)
    agreed = forms.Tick(label="The client agreed that this is shared", hint="They can change their mind.")
    joint = forms.YesNo(label="Was a healthcare professional there?", required=False)
    letter = forms.Upload(label="Letter", max_bytes=2_000_000, types=("pdf", "docx"), required=False)


GOOD: dict[str, Any] = {
    "on": "2026-03-10",
    "mode": "phone",
    "attended": "attended",
    "name": "Ada Example",
    "born-day": "31",
    "born-month": "3",
    "born-year": "1980",
}

TYPED_WRONG: dict[str, Any] = GOOD | {
    "on": "32/13/2026",
    "mode": "other",
    "minutes": "lots",
    "pain": "7",
    "phone": "ask Ada",
    "born-month": "",
    "note": "First line\nSecond line <b>not bold</b>",
}


def rows(number: int) -> list[list[Any]]:
    """Table rows as a caseload would have them."""
    return [
        [
            {"text": f"Client {row}", "href": f"/people/{row}/", "sub": "they/them"},
            {"text": "Job search", "tag": "blue"},
            presenters.short_day(date(2026, 3, 1) + timedelta(days=row % 20)),
            row % 30,
            "Flare since Monday" if row % 5 == 0 else "",
            "Call the bakery about the trial shift",
        ]
        for row in range(number)
    ]


HEAD: list[Any] = [
    {"label": "Client", "href": "?sort=-name", "sorted": "ascending"},
    "Stage",
    {"label": "Next contact", "href": "?sort=next", "sorted": "none"},
    {"label": "Days since contact", "numeric": True},
    "Flags",
    "Next step",
]


def shell(**more: Any) -> dict[str, Any]:
    """What the context processors would say."""
    return {
        "demo": True,
        "role": "esw",
        "signed_in_name": "Sam Okafor",
        "sign_out_href": "/account/logout/",
        "home_href": "/",
        "nav": [
            {"label": "Today", "href": "/today/", "current": False},
            {"label": "Caseload", "href": "/caseload/", "current": True},
            {"label": "Employers", "href": "/employers/", "current": False},
            {"label": "Placements", "href": "/placements/", "current": False},
            {"label": "Search", "href": "/search/", "current": False},
        ],
        "nonce": "abc",
        "csrf_input": "",
        "messages": [],
        **more,
    }


def parts_context() -> dict[str, Any]:
    today = clock.today()
    return shell(
        title="Every part",
        caption="Gallery",
        crumbs=[{"href": "/", "label": "Today"}, {"href": "/caseload/", "label": "Caseload"}],
        head=HEAD,
        rows=rows(6),
        messages=[
            _Message("success", "Contact saved."),
            _Message("warning", "This person’s benefits check is due."),
        ],
        person={
            "name": "Ada Example",
            "href": "/people/1/",
            "pronouns": "she/her",
            "stage": "Job search",
            "restricted": True,
            "facts": [("ESW", "Sam Okafor"), ("HCP", "Dr Lee"), ("With us", "14 weeks")],
            "sharing": [
                "Health details: Dr Lee",
                "Employers: named, adjustments only (Bright Street Bakery)",
            ],
        },
        timeline=[
            {
                "when": today,
                "title": "Phone call",
                "who": "Sam Okafor",
                "text": "Talked about\nthe trial shift.",
            },
            {
                "when": today - timedelta(days=3),
                "title": "Flare",
                "kind": "flare",
                "tag": "Flare",
                "colour": "orange",
            },
            {
                "when": today - timedelta(days=40),
                "title": "Profile started",
                "kind": "milestone",
                "href": "/x/",
            },
        ],
        paged=presenters.Paged(
            items=[],
            number=2,
            pages=5,
            total=1234,
            first=51,
            last=100,
            previous_href="?page=1",
            next_href="?page=3",
        ),
    )


class _Message:
    def __init__(self, level_tag: str, text: str) -> None:
        self.level_tag, self.text = level_tag, text

    def __str__(self) -> str:
        return self.text


def form_context(form: forms.PageForm, **more: Any) -> dict[str, Any]:
    form.hidden = {"submission": "11111111-1111-4111-8111-111111111111", "version": "3"}
    context = {"title": "Log a contact", "form": form, "cancel": "/people/1/", "can_draft": True}
    return shell(**context, **more)


def pages() -> dict[str, str]:
    """Every page of the gallery, rendered."""
    from django.template import engines

    environment = engines["jinja2"].env
    page = environment.get_template("core/form_page.jinja")
    parts = environment.from_string((FOLDER / "gallery.jinja").read_text())

    class Stored:
        on, name, note, pain = date(2026, 3, 9), "Ada Example", "What a colleague wrote.\nTwo lines.", 4

    stale_form = EveryField(data=GOOD | {"note": "What I typed.", "pain": "7"})
    stale_form.is_valid()
    wrong = EveryField(data=TYPED_WRONG)
    return {
        "parts": parts.render(parts_context()),
        "form": page.render(form_context(EveryField(initial={"on": clock.today()}))),
        "mistakes": page.render(form_context(wrong)),
        "stale": page.render(form_context(stale_form, stale=stale_form.beside(Stored))),
        "client": page.render(form_context(EveryField(), audience="client", role="client")),
        "refused": environment.get_template("403.jinja").render(
            shell(sentence="Only the team lead can do this.")
        ),
        "missing": environment.get_template("404.html").render({}),
    }


if __name__ == "__main__":
    import os
    import shutil

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    out = Path(sys.argv[1])
    static = Path(forms.__file__).parent / "static"
    shutil.copytree(static, out / "static", dirs_exist_ok=True)
    for name, html in pages().items():
        (out / f"{name}.html").write_text(html)
