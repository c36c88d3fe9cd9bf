"""Applications: a new one, its details, its next step, its end."""

from __future__ import annotations

from typing import Any

from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.forms import Choice, Day, LongText, OneOf, PageForm, Text
from pacework.service.employers.models import Vacancy
from pacework.service.work.forms.fields import EmployerName, split_employer
from pacework.service.work.models import Application
from pacework.service.work.policies import STEPS


def step_choices() -> list[tuple[str, str]]:
    return codes("work", "application_outcomes", "steps").choices()


def open_vacancies() -> Any:
    return Vacancy.objects.open_on(clock.today()).select_related("employer")


class ApplicationForm(PageForm):
    """A new idea or application."""

    submit_label = "Save application"
    collapsed = [("More", ["vacancy", "match_why"])]

    title = Text(label="Which job?", max_length=120, missing="Say which job it is.")
    employer = EmployerName(label="Employer", missing="Write the name of the employer.")
    step = Choice(step_choices, label="How far is it?", inline=True)
    on = Day(label="Since when?", not_future=True)
    vacancy = OneOf(
        label="From the vacancy list",
        select=True,
        required=False,
        no_answer="Not from the list",
        words=lambda row: f"{row.title}, {row.employer}",
    )
    match_why = Text(label="Why does it fit what the client wants?", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vacancy"].queryset = open_vacancies()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        return split_employer(super().clean() or self.cleaned_data)


class IdeaForm(PageForm):
    """A client's own idea."""

    submit_label = "Save my idea"

    title = Text(label="What work would you like to try?", max_length=120, missing="Say what work it is.")
    employer = EmployerName(
        label="Where?",
        hint="A shop, a firm or any place. A guess is fine.",
        missing="Say where, or write “anywhere”.",
    )
    match_why = Text(label="What do you like about it?", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        return split_employer(super().clean() or self.cleaned_data)


class ApplicationEditForm(PageForm):
    """What an application is about and when its steps were."""

    submit_label = "Save"
    groups = [("When", ["idea_on", "applied_on", "interview_on", "offer_on", "starts_on"])]

    title = Text(label="Which job?", max_length=120)
    employer = EmployerName(label="Employer")
    match_why = Text(label="Why does it fit what the client wants?", max_length=300, required=False)
    idea_on = Day(label="Idea", not_future=True)
    applied_on = Day(label="Applied", not_future=True, required=False)
    interview_on = Day(label="Interview", not_future=True, required=False)
    offer_on = Day(label="Offer", not_future=True, required=False)
    starts_on = Day(label="First day of the job", required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if application.outcome != "accepted":
            del self.fields["starts_on"]

    def clean(self) -> dict[str, Any]:
        return split_employer(super().clean() or self.cleaned_data)


class MoveForm(PageForm):
    """The next step."""

    submit_label = "Save step"

    to = Choice([], label="Which step?", inline=True)
    on = Day(label="On which day?", not_future=True)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = STEPS[STEPS.index(application.step) + 1 :]
        self.fields["to"].choices = [row for row in step_choices() if row[0] in later]  # type: ignore[attr-defined]


class ApplicationEndForm(PageForm):
    """How it ended."""

    submit_label = "Save outcome"

    outcome = Choice([], label="What happened?", reveals={"accepted": ["starts_on"]})
    starts_on = Day(
        label="First day of the job", hint="Leave it empty if it is not agreed yet.", required=False
    )
    on = Day(label="When did you hear?", not_future=True)
    note = LongText(label="Note", rows=2, max_length=300, required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = codes("work", "application_outcomes", "outcomes")
        entry: Any = self.fields["outcome"]
        entry.choices = [(key, row["label"]) for key, row in found.items() if application.step in row["from"]]
        entry.hints = {key: row["hint"] for key, row in found.items()}
