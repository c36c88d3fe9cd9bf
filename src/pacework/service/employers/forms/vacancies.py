"""Vacancies: few questions at first, the rest folded; the usual week; what the work asks for."""

from __future__ import annotations

from typing import Any

from pacework.service.core.forms import (
    Choice,
    Day,
    LongText,
    Number,
    OneOf,
    PageForm,
    Text,
    Tick,
    Upload,
    Whole,
    YesNo,
)
from pacework.service.core.uploads import size_words
from pacework.service.core.week import WeekForm
from pacework.service.employers import codes
from pacework.service.employers.models import Employer, Vacancy, demands
from pacework.service.employers.policies import next_vacancy_states
from pacework.service.employers.presenters.vacancies import VACANCY_STEPS

HOME = [(value, label) for value, label in Vacancy.Home.choices if value != Vacancy.Home.UNKNOWN]
MAX_ROWS = 500
LIST_BYTES = 5_000_000
PAGE_BYTES = 5_000_000  # what science.vacancies.page_data reads at most


def occupation_choices() -> list[tuple[str, str]]:
    """The kinds of job: all of the classification a service brought in, else those that come up often."""
    known = codes.imported_occupations() or codes.occupations()
    named = sorted(known.items(), key=lambda item: item[1])
    return [(code, f"{title} ({code})") for code, title in named]


class VacancyForm(PageForm):
    """A job that can be applied for: a title is enough."""

    submit_label = "Save vacancy"
    collapsed = [
        ("Pay", ["pay", "pay_to", "pay_period"]),
        ("Place and home working", ["site", "outward", "home_working"]),
        ("The work", ["occupation", "other_code", "tasks", "flexibility"]),
        ("Closing day and where it was seen", ["closes_on", "source", "reference"]),
    ]

    title = Text(label="Job title", missing="Enter the job title.", max_length=120)
    hours_text = Text(
        label="Days and hours",
        hint="In the words you were told, like: 20 hrs, Mon to Fri 9 to 1. The next page reads them.",
        max_length=500,
        required=False,
    )
    hours_a_week = Number(label="Hours a week", min=0.5, max=168, step="0.1", required=False, width=4)
    pay = Number(
        label="Pay",
        hint="The lowest, if it is from … to.",
        min=0.01,
        max=10000000,
        prefix="£",
        required=False,
        width=10,
    )
    pay_to = Number(label="Highest pay", min=0.01, max=10000000, prefix="£", required=False, width=10)
    pay_period = Choice(
        Vacancy.Period.choices, label="This pay is for", select=True, required=False, no_answer="Choose"
    )
    site = OneOf(label="Site", select=True, required=False, no_answer="No one site")
    outward = Text(
        label="Postcode",
        hint="The first half is kept, like LS1. Left empty, the site’s is used.",
        max_length=10,
        width=10,
        spellcheck=False,
        required=False,
    )
    home_working = Choice(HOME, label="Home working", inline=True, required=False, no_answer="Not known")
    occupation = Choice(
        occupation_choices,
        label="Kind of job",
        hint="From it, what the work asks for is guessed, until somebody knows better.",
        select=True,
        required=False,
        no_answer="Not known",
    )
    other_code = Text(label="Or another SOC 2020 code", hint="4 numbers, like 9241.", width=5, required=False)
    tasks = LongText(label="Tasks", required=False)
    flexibility = Text(
        label="Flexibility",
        hint="Start times, breaks, sitting or standing, swapping tasks.",
        max_length=300,
        required=False,
    )
    closes_on = Day(label="Closing day", required=False)
    source = Choice(
        Vacancy.Source.choices,
        label="How did you hear of it?",
        select=True,
        required=False,
        no_answer="Not said",
    )
    reference = Text(
        label="Where it was seen", hint="A web address or a number.", max_length=200, required=False
    )

    def __init__(self, *args: Any, employer: Employer | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if employer is None:
            del self.fields["site"]
            self.fields["outward"].hint = "The first half is kept, like LS1."
        else:
            self.fields["site"].queryset = employer.sites.all()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        # A typed code goes before the list: it is the more exact answer.
        data["occupation"] = data.pop("other_code", "") or data.get("occupation", "")
        data["home_working"] = data.get("home_working") or Vacancy.Home.UNKNOWN
        return data


class NewVacancyForm(VacancyForm):
    """A new one, with the question whether it is one we know."""

    confirmed = Tick(label="Mine is another one", asked=False)


class VacancyOfForm(NewVacancyForm):
    """The same, with the employer by name."""

    field_order = ["employer_name", "confirmed", "title"]

    employer_name = Text(
        label="Employer",
        hint="Somebody new is added to the employers.",
        missing="Enter the name of the employer.",
        max_length=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, employer=None, **kwargs)


class ProposalForm(VacancyOfForm):
    """A row of a list, or an advert, as it was read: to look at, correct and add."""

    submit_label = "Add this vacancy"

    @classmethod
    def labels(cls) -> dict[str, str]:
        """Field → label, for sentences about a row."""
        return {name: str(entry.label) for name, entry in cls.base_fields.items()}


class ShiftsForm(WeekForm):
    """The usual week: one or two times a day, and what belongs to them."""

    submit_label = "Save the week"

    hours_a_week = Number(
        label="Paid hours a week",
        hint="Left empty, the shifts are added up.",
        min=0.5,
        max=168,
        step="0.1",
        required=False,
        width=4,
    )
    break_minutes = Whole(
        label="Unpaid break each day", min=0, max=240, suffix="minutes", width=4, required=False
    )
    shifts_vary = YesNo(
        label="Do the shifts change from week to week?", required=False, no_answer="Not known"
    )
    swap_days = YesNo(
        label="Can a missed shift be made up on another day of the week?",
        required=False,
        no_answer="Not known",
    )
    flexibility = Text(label="Flexibility", max_length=300, required=False)

    def __init__(self, *args: Any, asks_flexibility: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_flexibility:
            del self.fields["flexibility"]


class ListForm(PageForm):
    """A list of vacancies to look through before anything is added."""

    submit_label = "Read the list"

    file = Upload(
        label="CSV file",
        hint=f"Up to {MAX_ROWS} rows and {size_words(LIST_BYTES)}. The first row holds the headings.",
        max_bytes=LIST_BYTES,
        types=("csv", "txt"),
    )


class DropListForm(PageForm):
    """Nothing to type: only "yes, drop it"."""

    submit_label = "Drop the list"


class PageOfAdvertForm(PageForm):
    """An advert's page, uploaded or pasted."""

    submit_label = "Read the page"
    marks_optional = True  # one of the two is needed, so no sentence says that all may stay blank

    file = Upload(
        label="The saved page",
        hint=f"In your browser: Save page as. Up to {size_words(PAGE_BYTES)}.",
        max_bytes=PAGE_BYTES,
        types=("html", "htm", "json", "txt"),
        required=False,
    )
    page = LongText(
        label="Or paste the page’s source",
        hint="In your browser: View page source, select all, copy. Up to 2 MB.",
        rows=8,
        max_length=2_000_000,
        required=False,
        spellcheck=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in self.fields.values():
            entry.marked_optional = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data.get("file") and not data.get("page"):
            self.add_error("file", "Choose the saved page, or paste its source.")
        if data.get("file") and data.get("page"):
            self.add_error("file", "Either choose a file or paste the source, not both.")
        return data


class VacancyStepForm(PageForm):
    """What became of a vacancy."""

    submit_label = "Save"

    to = Choice([], label="What happened?")

    def __init__(self, *args: Any, vacancy: Vacancy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(to, VACANCY_STEPS[to]) for to in next_vacancy_states(vacancy)]
        self.fields["to"].choices = choices
        if len(choices) == 1:
            self.initial.setdefault("to", choices[0][0])


class DemandsForm(PageForm):
    """Nine demands: how much of a shift, and whether it can be changed. Nothing chosen leaves the guess."""

    submit_label = "Save what you know"

    all_right = Tick(
        label="The guesses that are left are right for this job",
        hint="Tick it only if somebody who knows the job has said so.",
    )

    load_kg = Number(
        label="Heaviest usual load",
        hint="A full kettle is about 3 kg. A bag of potatoes is about 10 kg.",
        min=0,
        max=200,
        step="0.5",
        suffix="kg",
        width=4,
        required=False,
    )

    def __init__(self, *args: Any, guessed: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guessed = guessed
        # Under "how much of a shift" the words need not say it again: a phone has little room.
        shares = {level: words.removesuffix(" of a shift") for level, words in demands.SHARES.items()}
        for key, label in demands.DEMANDS.items():
            guess = shares.get(guessed.get(key, ""), "")
            self.fields[f"{key}_share"] = Choice(
                list(shares.items()),
                label=f"{label}: how much of a shift",
                select=True,
                required=False,
                no_answer=f"Guess: {guess.lower()}" if guess else "Not known",
            )
            self.fields[f"{key}_change"] = Choice(
                list(demands.CHANGES.items()),
                label=f"{label}: can it change?",
                select=True,
                required=False,
                no_answer="Not known",
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        known = data.get("lifting_share") or (self.guessed.get("lifting") if data.get("all_right") else "")
        if data.get("load_kg") is not None and not known:
            self.add_error("load_kg", "Say how much of a shift is lifting too.")
        return data

    def pairs(self) -> list[tuple[str, Any, Any]]:
        return [
            (
                label,
                self.short(f"{key}_share", "How much of a shift?"),
                self.short(f"{key}_change", "Can it change?"),
            )
            for key, label in demands.DEMANDS.items()
        ]

    def said(self) -> dict[str, dict[str, Any]]:
        """What the action takes."""
        data = self.cleaned_data
        found: dict[str, dict[str, Any]] = {
            key: {
                "share": data[f"{key}_share"] or (self.guessed.get(key, "") if data["all_right"] else ""),
                "change": data[f"{key}_change"],
            }
            for key in demands.DEMANDS
        }
        found["lifting"]["load_kg"] = data["load_kg"]
        return found
