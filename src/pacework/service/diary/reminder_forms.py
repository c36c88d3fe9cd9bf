"""When to remind."""

from __future__ import annotations

from pacework.service.core.forms import Choice, Choices, PageForm
from pacework.service.core.presenters import DAYS
from pacework.service.diary.policies_reminding import FIRST_HOUR, LAST_HOUR
from pacework.service.diary.presenters import hour_words


class ReminderForm(PageForm):
    submit_label = "Remind me"

    hour = Choice(
        [(str(hour), hour_words(hour)) for hour in range(FIRST_HOUR, LAST_HOUR + 1)],
        label="What time?",
        select=True,
        coerce=int,
    )
    days = Choices(
        [(str(number), name) for number, name in enumerate(DAYS)],
        label="Which days?",
        coerce=int,
    )
