"""What a team lead fills in about a list."""

from __future__ import annotations

from typing import Any

from pacework.service.core.csv_files import MAX_BYTES
from pacework.service.core.forms import Choice, Day, OneOf, PageForm, Upload
from pacework.service.recruitment.codes import routes
from pacework.service.recruitment.imports import columns as known

NOT_IN_LIST = "Not in this list"


class UploadForm(PageForm):
    """A file, whose it is, and how these people were found."""

    submit_label = "Read this file"
    intro = "Nothing is added yet: you check the columns, then every row, then say yes."

    file = Upload(
        max_bytes=MAX_BYTES,
        types=("csv", "txt"),
        label="The list, as a CSV file",
        hint="One person a row, with headings. At most 100,000 rows. In a spreadsheet: Save as, CSV UTF-8.",
    )
    route = Choice((), label="How were these people found?")
    team = OneOf(label="Which team are they for?")

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = [one for one in routes().values() if one.list_import]
        self.fields["route"].choices = [(one.key, one.label) for one in lists]
        self.fields["route"].hints = {one.key: one.hint for one in lists}
        self.fields["team"].queryset = teams
        self.only_team = teams[0] if len(teams) == 1 else None
        if self.only_team:
            del self.fields["team"]
        if len(lists) == 1:
            self.fields["route"].initial = lists[0].key


class ColumnsForm(PageForm):
    """Which column of the file holds what."""

    submit_label = "Read the rows"

    def __init__(
        self,
        *args: Any,
        names: list[str],
        dates: dict[str, dict[str, Any]],
        chosen: dict[str, int],
        orders: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        columns = [("", NOT_IN_LIST), *((str(index), name) for index, name in enumerate(names))]
        for key, label in known.fields().items():
            self.fields[key] = Choice(
                columns[1:],
                label=label,
                select=True,
                required=False,
                no_answer=NOT_IN_LIST,
                initial=str(chosen[key]) if key in chosen else "",
            )
            self.fields[key].marked_optional = False
        for index, found in dates.items():
            self.fields[f"order_{index}"] = Choice(
                (("day", "Day, then month: 3/4 is 3 April"), ("month", "Month, then day: 3/4 is 4 March")),
                label=f"In “{names[int(index)]}”, which comes first?",
                hint=self.told(found),
                initial=orders.get(index, "day"),
            )

    @staticmethod
    def told(found: dict[str, Any]) -> str:
        """What the whole column shows about its dates."""
        day, month = found["day"], found["month"]
        if day and month:
            return f"Mixed: {day:,} dates can only be day first, {month:,} only month first. Look closely."
        if day or month:
            return f"{day or month:,} dates can only be read {'day' if day else 'month'} first."
        return "The dates themselves do not show it. In the UK the day comes first."

    def columns(self) -> dict[str, int]:
        """Field → column, as chosen."""
        return {key: int(self.cleaned_data[key]) for key in known.fields() if self.cleaned_data.get(key)}

    def orders(self) -> dict[str, str]:
        """Number of a date column → what comes first in it."""
        return {
            name.removeprefix("order_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("order_")
        }


class CommitForm(PageForm):
    """The last word before rows are added."""

    submit_label = "Add them"

    sent = Choice(
        (("no", "Not yet"), ("yes", "Yes")),
        label="Have their invitations gone out?",
        hint="The day of the first invitation counts for the funnel.",
        initial="no",
        reveals={"yes": ["approached_on"]},
    )
    approached_on = Day(label="Date they went out", not_future=True)


class LettersForm(PageForm):
    """The invitations of a whole list."""

    submit_label = "Save the date"

    on = Day(label="Date the invitations went out", not_future=True)


class DecideForm(PageForm):
    """Who is this row?"""

    submit_label = "Save and go on"

    choice = Choice((), label="What should happen with this row?")

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], hints: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices
        self.fields["choice"].hints = hints
