"""Two weeks of a diary: days filled in on their pages, four days tapped without signal, all there once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from pacework.service.diary.models import DiaryEntry
from tests.journeys.conftest import PHONE, Check, Shot
from tests.journeys.steps import choose, press
from tests.journeys.test_offline import at, nothing_waits, tap, turn_on, without_signal
from tests.service.diary.build import supported

PAIN = (4, 5, 4, 3, 6, 7, 5, 4, 4, 5, 8, 6, 4, 3)
WITHOUT_SIGNAL = ((3, 4), (8,), (12,))


def test_two_weeks_with_days_without_signal(
    open_browser: Callable[..., Page], transactional_db: Any, axe: Check, shot: Shot
) -> None:
    now = timezone.now()
    days = [now - timedelta(days=len(PAIN) - 1 - number) for number in range(len(PAIN))]
    person = supported().client
    page = open_browser(person.user, viewport=PHONE)
    turn_on(page)
    offline = {number for stretch in WITHOUT_SIGNAL for number in stretch}
    for number, pain in enumerate(PAIN):
        if number not in offline:
            page.goto(f"/my/diary/{timezone.localdate(days[number]).isoformat()}/")
            today = number == len(PAIN) - 1
            choose(page, "How is your pain?" if today else "How was your pain?", str(pain))
            press(page, "Save")
            expect(page.get_by_text(f"Saved: {pain}")).to_be_visible()
    for stretch in WITHOUT_SIGNAL:
        without_signal(page)
        for number in stretch:
            at(page, days[number])
            page.reload()
            tap(page, PAIN[number])
        at(page, now)
        page.context.set_offline(False)
        # Not Home: it fetches itself anew once something was sent, perhaps in the middle of what comes next.
        page.goto("/my/diary/phone/")
        nothing_waits(page, person)
    found = DiaryEntry.objects.filter(client=person).order_by("on").values_list("on", "pain")
    assert list(found) == [(timezone.localdate(day), pain) for day, pain in zip(days, PAIN, strict=True)]
    page.goto("/my/weeks/")
    expect(page.get_by_text("Your pain usually sits at")).to_be_visible()
    axe(page)
    shot(page, "two-weeks")
