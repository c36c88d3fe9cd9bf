"""The diary without signal, in a real browser: nothing lost, nothing twice, nothing in the wrong record."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Error, Page, Route, expect

from pacework.service.core import clock
from pacework.service.diary import actions
from pacework.service.diary.models import DiaryEntry, DiaryTap, Flare
from pacework.service.diary.views import phone as views
from tests.journeys.conftest import DESKTOP, NARROWEST, PHONE, Check, Shot, sign_in_to
from tests.journeys.steps import press
from tests.service.diary.build import start, supported

OFFLINE = "/my/diary/offline/"
SAVED = "Saved on this phone. It will be sent when you have signal."
SOMEBODY = "Somebody else’s entries wait on this phone."
SOME = "Some entries wait on this phone for the person who made them."


@pytest.fixture
def person(transactional_db: Any) -> Any:
    return supported().client


@pytest.fixture
def other(transactional_db: Any) -> Any:
    return supported().client


def turned_on(open_browser: Callable[..., Page], person: Any) -> Page:
    """Their phone, made ready by themselves."""
    page = open_browser(person.user, viewport=PHONE)
    turn_on(page)
    return page


def turn_on(page: Page) -> None:
    page.goto("/my/diary/phone/")
    press(page, "Use this phone without signal")
    says(page, "This phone is ready.")


def says(page: Page, words: str) -> None:
    """The line that a screen reader hears."""
    expect(page.locator("[data-say]")).to_contain_text(words)


def without_signal(page: Page) -> None:
    page.context.set_offline(True)
    page.goto("/today/")
    expect(page.get_by_text("There is no signal.")).to_be_visible()


def tap(page: Page, pain: int) -> None:
    page.locator(f"[data-pain='{pain}']").click()
    says(page, SAVED)


def waiting(page: Page) -> Any:
    return page.locator("[data-waiting] > li")


def nothing_waits(page: Page, person: Any) -> None:
    """Whoever sent it, this page or the worker behind it, the phone holds nothing any more."""
    tag = actions.owner_tag(person.user)
    for _ in range(100):
        try:
            if not page.evaluate("tag => PaceworkOutbox.waiting(tag)", tag):
                return
        except Error:
            page.wait_for_load_state()  # Home fetches itself anew once something was sent
        page.wait_for_timeout(100)
    raise AssertionError("entries still wait on the phone")


def kept(person: Any) -> list[tuple[Any, int]]:
    rows = DiaryEntry.objects.filter(client=person).order_by("on")
    return [(row.on, row.pain) for row in rows]


def at(page: Page, moment: datetime) -> None:
    """What the phone's clock says."""
    page.clock.set_fixed_time(moment)


def test_days_saved_without_signal_arrive_once(open_browser: Callable[..., Page], person: Any) -> None:
    page = turned_on(open_browser, person)
    now = timezone.now()
    at(page, now - timedelta(days=1))
    without_signal(page)
    tap(page, 4)
    at(page, now)
    page.reload()
    tap(page, 6)
    expect(waiting(page)).to_have_count(2)
    assert kept(person) == []
    page.context.set_offline(False)
    says(page, "2 entries sent.")
    expect(waiting(page)).to_have_count(0)
    yesterday = clock.today() - timedelta(days=1)
    assert kept(person) == [(yesterday, 4), (clock.today(), 6)]
    page.goto("/today/")
    page.goto("/my/diary/")
    assert DiaryTap.objects.count() == 2
    assert DiaryEntry.objects.filter(version=1).count() == 2


def test_they_are_sent_when_a_page_is_opened_later(open_browser: Callable[..., Page], person: Any) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    tap(page, 6)
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto("/today/")
    says(page, "1 entry sent.")
    assert kept(person) == [(clock.today(), 6)]


def test_more_can_be_said_about_any_day_and_a_flare_begins(
    open_browser: Callable[..., Page], person: Any, axe: Check, shot: Shot
) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    axe(page)
    shot(page, "offline-empty")
    day = clock.today() - timedelta(days=3)
    press(page, "Say more, or another day")
    page.get_by_label("Which day?").fill(day.isoformat())
    page.get_by_label("Pain", exact=True).select_option("7")
    page.get_by_label("Tired").select_option("5")
    page.get_by_label("Hours you could have worked").fill("2.5")
    page.get_by_label("A note for yourself").fill("On the <b>bus</b>")
    axe(page)
    shot(page, "offline-form")
    press(page, "Save on this phone")
    says(page, SAVED)
    press(page, "I’m having a flare")
    expect(page.get_by_text("Now tap a number for your pain.")).to_be_visible()
    tap(page, 9)
    expect(waiting(page)).to_have_count(2)
    expect(waiting(page).last).to_contain_text("in a flare")
    axe(page)
    shot(page, "offline-waiting")
    page.set_viewport_size(NARROWEST)
    axe(page)
    page.set_viewport_size(DESKTOP)
    shot(page, "offline-desktop")
    axe(page)
    page.context.set_offline(False)
    says(page, "2 entries sent.")
    assert kept(person) == [(day, 7), (clock.today(), 9)]
    entry = DiaryEntry.objects.get(on=day)
    assert (entry.fatigue, entry.hours, entry.note) == (5, 2.5, "On the <b>bus</b>")
    assert Flare.objects.get(client=person).started_on == clock.today()


def test_a_second_tap_before_sending_is_one_entry_and_one_can_be_deleted(
    open_browser: Callable[..., Page], person: Any
) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    tap(page, 3)
    tap(page, 8)
    expect(waiting(page)).to_have_count(1)
    expect(waiting(page)).to_contain_text("pain 8")
    press(page, "Delete")
    says(page, "Deleted from this phone.")
    expect(waiting(page)).to_have_count(0)
    page.context.set_offline(False)
    page.goto("/today/")
    assert kept(person) == []


def test_two_tabs_send_everything_once(open_browser: Callable[..., Page], person: Any) -> None:
    first = turned_on(open_browser, person)
    without_signal(first)
    second = first.context.new_page()
    second.goto("/my/diary/")
    tap(first, 2)
    press(second, "Say more, or another day")
    second.get_by_label("Which day?").fill((clock.today() - timedelta(days=2)).isoformat())
    second.get_by_label("Pain", exact=True).select_option("5")
    press(second, "Save on this phone")
    for page in (first, second):
        expect(waiting(page)).to_have_count(2)
    first.context.set_offline(False)
    for page in (first, second):
        expect(waiting(page)).to_have_count(0)
    assert [pain for _, pain in kept(person)] == [5, 2]
    assert DiaryTap.objects.count() == 2
    assert DiaryEntry.objects.filter(version=1).count() == 2


def test_a_reply_that_is_lost_makes_no_second_entry(open_browser: Callable[..., Page], person: Any) -> None:
    taken: list[str] = []

    def lost(route: Route) -> None:
        if route.request.method == "POST" and not taken:
            # The service has taken it; the phone never hears of that.
            taken.append(str(route.fetch().status))
            route.abort("connectionreset")
        else:
            route.continue_()

    page = turned_on(open_browser, person)
    # The page has to send it: a request of the worker behind it cannot be lost here.
    page.add_init_script("Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', {value: null})")
    without_signal(page)
    tap(page, 6)
    page.context.route("**/my/diary/sync/", lost)
    page.context.set_offline(False)
    while not taken:
        page.wait_for_timeout(50)
    page.goto("/today/")
    nothing_waits(page, person)
    assert taken == ["200"]
    assert kept(person) == [(clock.today(), 6)]
    assert DiaryTap.objects.count() == 1
    assert DiaryEntry.objects.get().version == 1


def test_a_failing_service_loses_nothing(
    open_browser: Callable[..., Page], person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    tap(page, 6)
    real, asked = actions.sync_entries, []

    def taken_then_broken(*args: Any, **kwargs: Any) -> Any:
        found = real(*args, **kwargs)
        asked.append(found)
        # What came back is not what was promised: as if a proxy had answered.
        return "Bad gateway" if len(asked) == 1 else found

    monkeypatch.setattr(views.actions, "sync_entries", taken_then_broken)
    monkeypatch.setattr(views, "JsonResponse", _json)
    page.context.set_offline(False)
    while not asked:
        page.wait_for_timeout(50)
    page.goto("/today/")
    nothing_waits(page, person)
    first, *later = [row["status"] for one in asked for row in one["results"]]
    # A sending that a change of page cut off comes again: however often, it is taken once.
    assert (first, set(later)) == ("saved", {"already"})
    assert DiaryTap.objects.count() == 1


def _json(data: Any) -> Any:
    from django.http import HttpResponse, JsonResponse

    return HttpResponse(data, status=200) if isinstance(data, str) else JsonResponse(data)


def test_entries_wait_for_the_person_to_sign_in_again(
    open_browser: Callable[..., Page], person: Any, live_server: Any
) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    tap(page, 6)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.context.set_offline(False)
    says(page, "Sign in to send")
    expect(waiting(page)).to_have_count(1)
    # The session ran out, nobody signed out: the phone is theirs as before.
    without_signal(page)
    page.locator("[data-pain='7']").click()
    expect(waiting(page)).to_contain_text("pain 7")
    page.context.set_offline(False)
    sign_in_to(page.context, person.user, live_server.url)
    page.goto("/today/")
    says(page, "1 entry sent.")
    assert kept(person) == [(clock.today(), 7)]


def test_what_waits_stays_with_its_owner_when_another_person_signs_in(
    open_browser: Callable[..., Page], person: Any, other: Any, live_server: Any, shot: Shot
) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    tap(page, 6)
    # Taken away before it could be sent.
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.context.set_offline(False)
    says(page, "Sign in to send")
    sign_in_to(page.context, other.user, live_server.url)
    page.goto("/my/diary/phone/")
    expect(page.get_by_text(SOMEBODY)).to_be_visible()
    shot(page, "offline-other")
    page.wait_for_timeout(500)
    without_signal_for_nobody(page)
    expect(page.get_by_text(SOME)).to_be_visible()
    expect(waiting(page)).to_have_count(0)
    expect(page.locator("[data-pain='3']")).to_be_hidden()
    # They use the phone as well: each has their own.
    page.context.set_offline(False)
    turn_on(page)
    without_signal(page)
    tap(page, 3)
    expect(waiting(page)).to_have_count(1)
    page.context.set_offline(False)
    says(page, "1 entry sent.")
    assert kept(other) == [(clock.today(), 3)]
    assert kept(person) == []
    # Stopping takes away what is theirs, and nothing of the first.
    page.goto("/my/diary/phone/")
    press(page, "Stop and clear this phone")
    says(page, "This phone is cleared.")
    sign_in_to(page.context, person.user, live_server.url)
    page.goto("/today/")
    says(page, "1 entry sent.")
    assert kept(person) == [(clock.today(), 6)]


def without_signal_for_nobody(page: Page) -> None:
    page.context.set_offline(True)
    page.goto("/today/")
    expect(page.get_by_text("We do not know who is here.")).to_be_visible()


def test_after_signing_out_nobody_sees_or_adds_anything(
    open_browser: Callable[..., Page], person: Any
) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    tap(page, 6)
    page.context.set_offline(False)
    says(page, "1 entry sent.")
    page.goto("/today/")
    press(page, "Sign out")
    page.wait_for_load_state()
    without_signal_for_nobody(page)
    expect(page.locator("[data-pain='3']")).to_be_hidden()


def test_a_tap_on_home_goes_to_the_phone_first(
    open_browser: Callable[..., Page], person: Any, axe: Check, shot: Shot
) -> None:
    page = turned_on(open_browser, person)
    page.goto("/today/")
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^4")).click()
    says(page, SAVED)
    expect(page.get_by_text("1 entry waits on this phone.")).to_be_visible()
    axe(page)
    shot(page, "offline-home")
    page.context.set_offline(False)
    says(page, "1 entry sent.")
    expect(page.locator(".diary-today__saved")).to_contain_text("4")
    page.get_by_text("Change it").click()
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^6")).click()
    # What waits stands where the saved number stood.
    expect(page.locator(".diary-today__saved")).to_have_text("Your pain today: 6. It waits on this phone.")
    expect(page.locator(".diary-number--chosen")).to_have_text("6, waits on this phone")
    page.context.set_offline(False)
    says(page, "1 entry sent.")
    page.get_by_text("Change it").click()
    page.get_by_role("button", name=re.compile("^8")).click()
    expect(page.locator(".diary-today__saved")).to_contain_text("8")
    nothing_waits(page, person)
    assert kept(person) == [(clock.today(), 8)]


def test_without_signal_the_end_of_a_flare_is_said_to_be_unsent(
    open_browser: Callable[..., Page], person: Any, axe: Check
) -> None:
    start(person)
    page = turned_on(open_browser, person)
    page.goto("/today/")
    page.wait_for_timeout(300)
    page.context.set_offline(True)
    press(page, "My flare is over")
    page.wait_for_url(f"**{OFFLINE}?flare")
    expect(page.get_by_text("We may not know yet that your flare is over.")).to_be_visible()
    expect(page.get_by_role("button", name="I’m having a flare")).to_be_hidden()
    expect(page.get_by_text("The last number counts.")).to_be_hidden()
    axe(page)
    tap(page, 3)


def test_hours_that_are_none_are_refused_in_our_own_words(
    open_browser: Callable[..., Page], person: Any, axe: Check
) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    press(page, "Say more, or another day")
    page.get_by_label("Pain", exact=True).select_option("5")
    page.get_by_label("Hours you could have worked").fill("2h30")
    press(page, "Save on this phone")
    expect(page.get_by_text("Enter hours from 0 to 24.")).to_be_visible()
    expect(page.get_by_label("Hours you could have worked")).to_be_focused()
    axe(page)
    page.get_by_label("Hours you could have worked").fill("2,5")
    press(page, "Save on this phone")
    expect(waiting(page)).to_contain_text("pain 5, 2.5 hours")


def test_a_page_filled_in_as_the_signal_goes_is_not_lost(
    open_browser: Callable[..., Page], person: Any
) -> None:
    page = turned_on(open_browser, person)
    for path, pain in (("/my/diary/", 6), (f"/my/diary/{clock.today() - timedelta(days=2)}/", 2)):
        page.goto(path)
        page.wait_for_timeout(300)
        page.locator(f"input[name=pain][value='{pain}']").check(force=True)
        page.get_by_label("A note for yourself").fill("A long walk")
        page.context.set_offline(True)
        press(page, "Save")
        page.wait_for_url(f"**{OFFLINE}?saved")
        expect(waiting(page)).to_contain_text(f"pain {pain}, with a note")
        page.context.set_offline(False)
        says(page, "1 entry sent.")
    assert [pain for _, pain in kept(person)] == [2, 6]
    assert set(DiaryEntry.objects.values_list("note", flat=True)) == {"A long walk"}


def test_a_day_to_come_is_refused_and_can_be_put_right(
    open_browser: Callable[..., Page], person: Any, shot: Shot
) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    press(page, "Say more, or another day")
    page.get_by_label("Which day?").fill((clock.today() + timedelta(days=2)).isoformat())
    page.get_by_label("Pain", exact=True).select_option("5")
    press(page, "Save on this phone")
    page.context.set_offline(False)
    expect(waiting(page)).to_contain_text("This day has not come yet.")
    says(page, "1 entry could not be taken. See why below.")
    shot(page, "offline-refused")
    assert kept(person) == []
    press(page, "Change")
    page.get_by_label("Which day?").fill((clock.today() - timedelta(days=2)).isoformat())
    press(page, "Save on this phone")
    says(page, "1 entry sent.")
    assert kept(person) == [(clock.today() - timedelta(days=2), 5)]


def test_a_phone_with_a_wrong_clock_rates_the_right_day(
    open_browser: Callable[..., Page], person: Any
) -> None:
    page = turned_on(open_browser, person)
    at(page, timezone.now() + timedelta(days=40))
    without_signal(page)
    tap(page, 6)
    page.context.set_offline(False)
    says(page, "1 entry sent.")
    assert kept(person) == [(clock.today(), 6)]


def test_nothing_personal_is_cached_and_clearing_leaves_nothing(
    open_browser: Callable[..., Page], person: Any, axe: Check, shot: Shot
) -> None:
    page = open_browser(person.user, viewport=PHONE)
    page.goto("/my/diary/phone/")
    axe(page)
    shot(page, "phone-off")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    turn_on(page)
    axe(page)
    shot(page, "phone-on")
    for address in ("/today/", "/my/diary/", "/my/weeks/", "/my/plan/"):
        page.goto(address)
    texts = page.evaluate(
        """async () => {
            const found = {};
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const key of await cache.keys()) {
                    found[new URL(key.url).pathname] = await (await cache.match(key)).text();
                }
            }
            return found;
        }"""
    )
    pages = [address for address in texts if not address.startswith(settings.STATIC_URL)]
    assert pages == [OFFLINE]
    everything = "".join(texts.values())
    # The page is the one that somebody gets who is signed out.
    assert "Sign out" not in texts[OFFLINE]
    for word in (person.first_name, person.last_name, person.user.username, actions.owner_tag(person.user)):
        assert word not in everything
    without_signal(page)
    tap(page, 6)
    page.context.set_offline(False)
    says(page, "1 entry sent.")
    page.goto("/my/diary/phone/")
    press(page, "Stop and clear this phone")
    says(page, "This phone is cleared.")
    left = page.evaluate(
        """async () => [
            (await caches.keys()).length,
            (await navigator.serviceWorker.getRegistrations()).length,
            (await indexedDB.databases()).length,
            localStorage.length,
        ]"""
    )
    assert left == [0, 0, 0, 0]


def test_everything_else_works_without_scripts(open_browser: Callable[..., Page], person: Any) -> None:
    page = open_browser(person.user, viewport=PHONE, java_script_enabled=False)
    page.goto("/my/diary/phone/")
    expect(page.get_by_text("This one thing needs JavaScript.")).to_be_visible()
    page.goto("/today/")
    page.get_by_role("button", name=re.compile("^4")).click()
    assert kept(person) == [(clock.today(), 4)]


def test_somebody_who_turned_nothing_on_has_no_worker_and_no_store(
    open_browser: Callable[..., Page], person: Any
) -> None:
    page = open_browser(person.user, viewport=PHONE)
    page.goto("/today/")
    page.get_by_role("button", name=re.compile("^4")).click()
    expect(page.locator(".diary-today__saved")).to_contain_text("4")
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
