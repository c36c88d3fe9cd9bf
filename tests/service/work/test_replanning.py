"""A planned placement changed as a whole, before its first day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.models import AuditEvent
from pacework.service.work import actions
from pacework.service.work.hours import WEEK, build_up, built_up
from pacework.service.work.models import Placement
from tests.service.build import close
from tests.service.work.build import REFERRED, Work, someone_on_placement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

FIRST = REFERRED + timedelta(weeks=3)


@pytest.fixture
def work() -> Work:
    """Six weeks from FIRST: 4, 6, then 8 hours."""
    return someone_on_placement(
        started=False,
        start_hours=Decimal(4),
        build_weeks=3,
        planned_until=FIRST + timedelta(weeks=6, days=-1),
    )


def minutes(row: Placement) -> list[int]:
    return [week.planned_minutes for week in row.weeks.all()]


def change(work: Work, **more: object) -> Placement:
    row = work.placement
    plan = {"title": row.title, "kind": row.kind} | actions.plan_of(row)
    return actions.change_planned_placement(row, by=work.esw, **(plan | more))


@pytest.mark.parametrize(
    ("start", "full", "over"), [(240, 480, 3), (480, 480, 0), (60, 600, 6), (90, 450, 2)]
)
def test_a_build_up_is_read_back_from_its_weeks(start: int, full: int, over: int) -> None:
    weeks = [FIRST + WEEK * number for number in range(6)]
    assert built_up(list(build_up(weeks, start=start, full=full, over=over).values()), full) == (start, over)


@pytest.mark.parametrize("planned", [[240, 480, 60], [60, 60, 60], [0, 480, 480, 0]])
def test_weeks_set_one_by_one_are_no_build_up(planned: list[int]) -> None:
    assert built_up(planned, 480) is None


def test_other_words_leave_the_weeks_as_they_are(work: Work) -> None:
    row = change(work, title="Stock room, mornings", kind="paid")
    row.refresh_from_db()
    assert (row.title, row.kind, row.version) == ("Stock room, mornings", "paid", 2)
    assert minutes(row) == [240, 360, 480, 480, 480, 480]
    assert AuditEvent.objects.latest("pk").fields == ["kind", "title"]


def test_weeks_set_one_by_one_outlive_other_words(work: Work) -> None:
    actions.record_placement_week(work.placement, by=work.esw, week=FIRST + WEEK, planned_minutes=90)
    assert actions.plan_of(work.placement)["build_weeks"] == 0
    assert minutes(change(work, title="Tills")) == [240, 90, 480, 480, 480, 480]


def test_other_dates_plan_every_week_anew_and_keep_notes_of_weeks_that_stay(work: Work) -> None:
    actions.record_placement_week(
        work.placement, by=work.esw, week=FIRST + WEEK, planned_minutes=90, note="Bus"
    )
    row = change(
        work,
        planned_from=FIRST + WEEK,
        planned_until=FIRST + timedelta(weeks=4, days=-1),
        planned_hours=Decimal(10),
        start_hours=Decimal(5),
        build_weeks=2,
    )
    assert [(week.week, week.planned_minutes, week.note) for week in row.weeks.all()] == [
        (FIRST + WEEK, 300, "Bus"),
        (FIRST + 2 * WEEK, 600, ""),
        (FIRST + 3 * WEEK, 600, ""),
    ]
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert (
        list(verbs)[-7:] == ["placement.replanned"] + ["placement.week_dropped"] * 3 + ["placement.week"] * 3
    )


def test_a_longer_plan_adds_weeks_and_leaves_those_that_stay_the_same(work: Work) -> None:
    before = list(work.placement.weeks.values_list("pk", "version"))
    row = change(work, planned_until=FIRST + timedelta(weeks=7, days=-1))
    assert minutes(row) == [240, 360, 480, 480, 480, 480, 480]
    assert list(row.weeks.values_list("pk", "version"))[:6] == before
    assert AuditEvent.objects.latest("pk").verb == "placement.week"
    assert AuditEvent.objects.filter(verb="placement.week").count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"kind": "volunteer"}, "kind"),
        ({"planned_from": REFERRED - timedelta(days=1)}, "planned_from"),
        ({"planned_until": REFERRED}, "planned_until"),
        ({"planned_hours": Decimal(0)}, "planned_hours"),
        ({"start_hours": Decimal(9)}, "start_hours"),
        ({"build_weeks": 53}, "build_weeks"),
    ],
)
def test_a_plan_that_cannot_be_right_is_refused_whole(
    work: Work, more: dict[str, object], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        change(work, **more)
    assert refusal.value.field == field
    assert minutes(Placement.objects.get()) == [240, 360, 480, 480, 480, 480]


def test_what_has_started_ended_or_closed_is_not_planned_anew(work: Work) -> None:
    close(work.episode)
    with pytest.raises(DomainError):
        change(work, title="Tills")
    started = someone_on_placement()
    with pytest.raises(DomainError, match="already started"):
        change(started, title="Tills")
    ended = someone_on_placement(started=False)
    actions.end_placement(ended.placement, by=ended.esw, reason="employer_changed")
    with pytest.raises(DomainError, match="has ended"):
        change(ended, title="Tills")


def test_a_week_somebody_changed_meanwhile_is_not_written_over(work: Work) -> None:
    seen = Placement.objects.get()
    actions.record_placement_week(work.placement, by=work.esw, week=FIRST, planned_minutes=60)
    plan = actions.plan_of(seen) | {"start_hours": Decimal(4), "build_weeks": 3}
    with pytest.raises(StaleSave):
        actions.change_planned_placement(
            seen, by=work.esw, title="Tills", kind="paid", expected=seen.version, **plan
        )
    assert minutes(Placement.objects.get())[0] == 60


def test_the_plan_is_changed_in_the_browser_and_a_stale_one_shown_beside(work: Work, client_for) -> None:
    browser, row = client_for(work.esw), work.placement
    place = reverse("placement", args=[work.client.pk, row.pk])
    address = reverse("placement-change", args=[work.client.pk, row.pk])
    assert address in browser.get(place).text
    html = browser.get(address).text
    assert 'value="4"' in html
    hidden = {
        name: re.search(f'name="{name}" value="([^"]*)"', html)[1] for name in ("submission", "version")
    }
    typed = {
        "title": "Stock room",
        "kind": "unpaid",
        "planned_from": "2025-10-06",
        "planned_until": "2025-10-26",
        "planned_hours": "8",
        "start_hours": "4",
        "build_weeks": "2",
    }
    sent = browser.post(address, typed | hidden)
    assert sent.url == place
    row.refresh_from_db()
    assert (row.planned_from, minutes(row)) == (date(2025, 10, 6), [240, 480, 480])
    stale = browser.post(
        address, typed | {"submission": "", "version": hidden["version"], "build_weeks": "3"}
    )
    assert stale.status_code == 409
    assert "Saved now" in stale.text
    again = browser.post(address, typed | {"planned_hours": ""})
    assert again.status_code == 422
