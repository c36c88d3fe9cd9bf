"""Filling in the profile: sections, their parts, and entries of those that repeat."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from pacework.service.core.errors import DomainError
from pacework.service.core.forms import PageForm
from pacework.service.profile import actions, forms
from pacework.service.profile.models import ProfileSection
from pacework.service.profile.presenters import sections as shown
from pacework.service.profile.presenters.words import entry_title
from pacework.service.profile.questions import OWN_WORDS, Question
from pacework.service.profile.views.shared import (
    SituationPage,
    address,
    episode_of,
    section_or_404,
    sent_version,
)


class EditSection(SituationPage):
    """A whole section on one page. One that repeats shows its entries and asks for own words only."""

    form_class = forms.SectionForm
    template_name = "profile/section.jinja"

    def questions(self) -> tuple[Question, ...]:
        return () if self.section.repeat else self.section.questions

    def asks_own_words(self) -> bool:
        return True

    def form_kwargs(self) -> dict[str, Any]:
        return {"questions": self.questions(), "own_words": self.asks_own_words()}

    def initial(self) -> dict[str, Any]:
        return {**self.row.answers, OWN_WORDS: self.row.own_words}

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "about": self.section,
            "own": self.own,
            "entries": [
                {
                    **entry,
                    "href": self.to("profile-entry", self.section.key, entry["number"]),
                    "remove_href": self.to("profile-entry-remove", self.section.key, entry["number"]),
                }
                for entry in shown.entries(self.section, self.row)
            ],
            "add_href": self.to("profile-entry-new", self.section.key) if self.section.repeat else "",
            "body_href": self.to("body-map-new" if not self.own else "body-map"),
            "links_href": self.to("disclosure") if self.section.links_to == "disclosure_plan" else "",
            "version": self.row.version,
        }

    def save(self, form: PageForm) -> str:
        assert isinstance(form, forms.SectionForm)  # noqa: S101 -- for the type checker
        episode, asked = episode_of(self.client), {"by": self.request.user, "key": self.section.key}
        if self.section.repeat:
            actions.save_own_words(
                episode, **asked, own_words=form.own_words() or "", version=self.typed_version()
            )
        else:
            actions.save_section(
                episode,
                **asked,
                answers=form.answers(),
                own_words=form.own_words(),
                partial=True,
                version=self.typed_version(),
            )
        return self.after()

    def after(self) -> str:
        self.done(f"Saved: {self.section.title}.")
        return self.to("profile")


class MySection(EditSection):
    """The client's own page: a few questions at a time, saved with every step."""

    own = True
    template_name = "profile/my_section.jinja"

    @property
    def part(self) -> int:
        found = self.kwargs.get("part", 1)
        if not 1 <= found <= len(self.section.parts()):
            raise Http404("No such part")
        return int(found)

    def questions(self) -> tuple[Question, ...]:
        return () if self.section.repeat else self.section.parts()[self.part - 1]

    def asks_own_words(self) -> bool:
        return self.part == len(self.section.parts())

    def make_form(self, **kwargs: Any) -> PageForm:
        form = super().make_form(**kwargs)
        form.submit_label = "Save" if self.asks_own_words() else "Save and go on"  # type: ignore[misc]
        return form

    def context(self) -> dict[str, Any]:
        parts = len(self.section.parts())
        more = {"part": self.part, "parts": parts, "caption": f"Part {self.part} of {parts}"}
        next_href = "" if self.asks_own_words() else self.to("profile-part", self.section.key, self.part + 1)
        return super().context() | (more if parts > 1 else {}) | {"next_href": next_href}

    def save(self, form: PageForm) -> str:
        assert isinstance(form, forms.SectionForm)  # noqa: S101 -- for the type checker
        nothing = not any(value not in (None, "", []) for value in form.cleaned_data.values())
        if nothing and self.row.version == 0:
            # "Answer only what you like": passing over questions is no mistake, and writes nothing.
            return self.onward()
        return super().save(form)

    def onward(self) -> str:
        if self.asks_own_words():
            return self.to("profile")
        return self.to("profile-part", self.section.key, self.part + 1)

    def after(self) -> str:
        self.done(
            "Saved. You can stop here and come back any time." if not self.asks_own_words() else "Saved."
        )
        return self.onward()


class NewEntry(SituationPage):
    """Add a job or a lesson."""

    form_class = forms.SectionForm
    template_name = "profile/entry.jinja"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.section.repeat:
            raise Http404("This section has no entries")

    def get_title(self) -> str:
        return f"Add a {self.section.entry_name}"

    def get_cancel(self) -> str:
        return self.to("profile-section", self.section.key)

    def up(self) -> dict[str, str]:
        return {"href": self.to("profile-section", self.section.key), "label": self.section.title}

    def form_kwargs(self) -> dict[str, Any]:
        return {"questions": self.section.questions, "own_words": False, "entry": self.number}

    @property
    def number(self) -> int | None:
        return None

    def get_record(self) -> Any:
        # Adding disturbs nobody's words, so it needs no version: two people may add at the same time.
        return None

    def save(self, form: PageForm) -> str:
        assert isinstance(form, forms.SectionForm)  # noqa: S101 -- for the type checker
        actions.save_entry(
            episode_of(self.client),
            by=self.request.user,
            key=self.section.key,
            answers=form.answers(),
            number=self.number,
            version=self.typed_version(),
        )
        self.done(f"The {self.section.entry_name} is saved.")
        return self.to("profile-section", self.section.key)


class EditEntry(NewEntry):
    """Change one."""

    @property
    def number(self) -> int:
        return int(self.kwargs["number"])

    @property
    def said(self) -> dict[str, Any]:
        found = self.row.entry(self.number)
        if found is None:
            raise Http404("No such entry")
        return found

    def get_title(self) -> str:
        return entry_title(self.section, self.said)

    def get_record(self) -> Any:
        return self.row

    def initial(self) -> dict[str, Any]:
        return self.said


class MyNewEntry(NewEntry):
    own = True


class MyEditEntry(EditEntry):
    own = True


def remove_entry(
    request: HttpRequest, client: Any, section: str, number: int, *, own: bool = False
) -> HttpResponse:
    """Take an entry out of the list. The history keeps it."""
    key = section_or_404(section).key
    _do(
        request,
        "Taken out. What it said is kept in the history.",
        lambda: actions.remove_entry(
            episode_of(client),
            by=request.user,
            key=key,
            number=number,
            version=sent_version(request),
        ),
    )
    return HttpResponseRedirect(address(client, "profile-section", key, own=own))


def my_remove_entry(request: HttpRequest, client: Any, section: str, number: int) -> HttpResponse:
    return remove_entry(request, client, section, number, own=True)


def confirm(request: HttpRequest, client: Any, section: str, *, own: bool = False) -> HttpResponse:
    """Asked, and still right: the section gets today's date without a new text."""
    rows = ProfileSection.objects.visible_to(request.user).filter(episode=client.episode)
    row = get_object_or_404(rows, key=section, version__gt=0)
    _do(
        request,
        f"Confirmed: {section_or_404(section).title}.",
        lambda: actions.confirm_section(row, by=request.user, version=sent_version(request)),
    )
    return HttpResponseRedirect(f"{address(client, 'profile', own=own)}#{section}")


def my_confirm(request: HttpRequest, client: Any, section: str) -> HttpResponse:
    return confirm(request, client, section, own=True)


def _do(request: HttpRequest, done: str, act: Any) -> None:
    """A button of its own: what came of it is said on the page it leads to."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
