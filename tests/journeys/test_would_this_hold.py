"""A client asks if a job would hold, without script, and keeps what helps; their worker puts it forward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from pacework.service.core import clock
from pacework.service.matching.models import ForecastChoice, JobCheck, PassportLine
from pacework.service.work.actions import record_job
from pacework.service.work.models import Adjustment
from tests.journeys.conftest import NARROWEST
from tests.journeys.steps import fill, follow, press, sees, tabs
from tests.service.diary.build import share, supported
from tests.service.employers.build import make_vacancy
from tests.service.matching.build import MORNINGS, keep_diary
from tests.service.work.build import job_details


@pytest.fixture
def episode(transactional_db: Any) -> Any:
    """A client with 60 days of diary shown to their worker, and one open vacancy."""
    from pacework.service.matching.columns import kept

    kept.forget()
    episode = supported()
    keep_diary(episode.client)
    share(episode.client)
    type(make_vacancy(title="Garden assistant")).objects.update(shifts=MORNINGS, times="mornings")
    return episode


def test_a_job_is_looked_at_what_helps_is_kept_and_put_forward(
    open_browser: Callable[..., Page], episode: Any, axe: Callable[[Page], None]
) -> None:
    client, esw = episode.client, episode.assignments.get().esw
    page = open_browser(client.user, viewport=NARROWEST, java_script_enabled=False)
    record_job(episode, by=esw, **job_details(started_on=clock.today() - timedelta(days=9)))
    page.goto(reverse("my-would-hold"))
    sees(page, "It can be wrong.", "Never an employer.")
    press(page, "Turn it on")
    follow(page, "Stock assistant, Harbour Stores")
    fill(
        page,
        {
            "What is the job?": "At the stores",
            "Days and times": "Tuesday and Friday 9 to 3",
            "How long is the way there?": 40,
        },
    )
    press(page, "See how it would hold")
    sees(page, "In 10 weeks like these,", "Tuesday and Friday 9:00–15:00", "12 paid hours a week")

    for change in ("Start an hour later", "10 minutes’ rest each hour"):
        box = page.get_by_role("checkbox", name=change)
        if not box.is_visible():
            page.get_by_text("More changes").click()
        box.check()
    press(page, "Try them together")
    sees(page, "Tried together:", "10 weeks with these changes")
    expect(page.get_by_role("checkbox", name="Start an hour later")).to_be_checked()
    press(page, "Keep for the talk")
    page.goto(reverse("my-passport"))
    sees(page, "Start at 10:00 instead of 9:00", "Rest 10 minutes in each hour")
    assert PassportLine.objects.count() == 2

    # The worker looks at the same page, and what was kept goes into the register of the job.
    desk = open_browser(esw)
    desk.goto(reverse("person", args=[client.pk]))
    tabs(desk, "Matches")
    sees(desk, "Garden assistant", "In 10 weeks like these,")
    axe(desk)
    follow(desk, "Jobs looked at")
    follow(desk, "At the stores")
    press(desk, "Put into the register of Stock assistant, Harbour Stores, as proposed")
    sees(desk, "2 changes put into the register, as proposed.")
    axe(desk)
    assert set(Adjustment.objects.values_list("agreed_on", flat=True)) == {None}

    # Off again: it is said before, and gone after, what the register holds apart.
    page.goto(reverse("my-would-hold-off"))
    sees(page, "1 job you looked at", "“Rest 10 minutes in each hour”, which you kept")
    page.get_by_label("Yes, turn it off and delete these").check()
    press(page, "Turn it off")
    sees(page, "It is off.")
    assert not ForecastChoice.objects.exists()
    assert not JobCheck.objects.exists()
    assert not PassportLine.objects.exists()
    assert Adjustment.objects.count() == 2
    desk.goto(reverse("matches", args=[client.pk]))
    sees(desk, "Garden assistant", "Only the client can turn this on.")
    expect(desk.locator("body")).not_to_contain_text("In 10 weeks like these")
