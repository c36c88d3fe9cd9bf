"""Matches: exact limits from the profile, the order by what was wished, reasons, and what is remembered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.employers.actions import move_vacancy
from pacework.service.employers.models import Travel, Vacancy
from pacework.service.matching import columns, finding
from pacework.service.matching.columns import kept
from pacework.service.profile.actions import save_section
from tests.service.build import make_user
from tests.service.diary.build import supported
from tests.service.employers.build import make_employer, make_site, make_vacancy
from tests.service.matching.build import forecasting

pytestmark = pytest.mark.django_db
MORNING = [{"day": "mon", "start": "09:00", "end": "12:00"}]
NIGHT = [{"day": "mon", "start": "23:00", "end": "05:00"}]
HEAVY = [{"day": day, "start": "09:00", "end": "14:00"} for day in ("mon", "tue", "wed", "thu", "fri")]


def says(episode: Any, key: str = "goal", **answers: Any) -> None:
    save_section(episode, by=episode.client.user, key=key, answers=answers)


def titles(episode: Any, page: int = 1, *, forecast: bool = False) -> list[str]:
    client = Client.objects.get(pk=episode.client_id)
    found = finding.find(client.user, client, page, forecast=forecast)
    return [match.vacancy.title for match in found.matches]


def set_to(vacancy: Vacancy, **values: Any) -> Vacancy:
    """As the room's own actions leave it, saved as they save it."""
    for name, value in values.items():
        setattr(vacancy, name, value)
    return vacancy.save_version(expected=None, fields=list(values))


@pytest.mark.parametrize(
    ("answers", "inside", "outside"),
    [
        ({"hours_most": 16}, {"hours_a_week": Decimal(16)}, {"hours_a_week": Decimal("16.5")}),
        ({"pay_needed": 13}, {"pay_an_hour": Decimal(13)}, {"pay_an_hour": Decimal("12.99")}),
        ({"must_not": ["nights"]}, {"times": "mornings"}, {"times": "evenings nights"}),
        ({"must_not": ["weekends"]}, {"times": "mornings"}, {"times": "mornings weekends"}),
        (
            {"must_not": ["driving"]},
            {"demands": {"driving": {"share": "hardly"}}},
            {"demands": {"driving": {"share": "most"}}},
        ),
    ],
)
def test_limits_are_exact_and_what_is_not_known_hides_nothing(
    answers: dict[str, Any], inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    episode = supported()
    set_to(make_vacancy(title="Inside"), **inside)
    out = set_to(make_vacancy(title="Outside"), **outside)
    make_vacancy(title="Unknown")
    assert set(titles(episode)) == {"Inside", out.title, "Unknown"}
    says(episode, **answers)
    assert set(titles(episode)) == {"Inside", "Unknown"}


def test_travel_typed_goes_before_the_estimate_and_unknown_comes_last() -> None:
    episode = supported()
    employer = make_employer()
    near, far = make_site(employer, "Near"), make_site(employer, "Far")
    esw = episode.assignments.get().esw
    for site, minutes in ((near, 10), (far, 50)):
        Travel.objects.create(client=episode.client, site=site, minutes=minutes, typed_by=esw)
    make_vacancy(make_employer(), title="Unknown")
    make_vacancy(employer, title="Far", site=far)
    make_vacancy(employer, title="Near", site=near)
    assert titles(episode) == ["Near", "Far", "Unknown"]
    says(episode, travel_limit=30)
    assert titles(episode) == ["Near", "Unknown"]


def test_what_was_wished_stands_first_with_its_reason(client_for: Any) -> None:
    episode = supported()
    make_vacancy(title="Shelf filler")
    make_vacancy(make_employer("Quillfeather Books"), title="Cashier")
    set_to(make_vacancy(title="Garden assistant"), hours_a_week=Decimal(12), times="mornings")
    says(episode, ideal_work="Something in a garden", hours_start=12, best_times=["mornings"])
    says(episode, "leads", employers_liked="I like Quillfeather Books")
    assert titles(episode) == ["Garden assistant", "Cashier", "Shelf filler"]
    page = client_for(episode.client.user).get(reverse("my-matches")).content.decode()
    assert "The kind of work (by its title)" in page
    assert "Not known: about 12 hours a week" in page


def test_work_to_avoid_stands_last_with_a_reason_and_is_not_hidden(client_for: Any) -> None:
    episode = supported()
    make_vacancy(title="Cook")
    make_vacancy(title="Warehouse picker")
    says(episode, jobs_to_avoid="warehouses please no")
    assert titles(episode) == ["Cook", "Warehouse picker"]
    page = client_for(episode.client.user).get(reverse("my-matches")).content.decode()
    assert page.count("Not as wished: away from work to avoid (by its title)") == 1
    assert "Away from work to avoid" not in page
    assert "2 of 2 open vacancies are within your limits." in page


def test_employers_to_avoid_and_closed_vacancies_are_left_out_and_counted() -> None:
    episode = supported()
    make_vacancy(make_employer("Quillfeather Books"), title="Cashier")
    set_to(make_vacancy(title="Gone"), closes_on=clock.today() - timedelta(days=1))
    make_vacancy(title="Here")
    says(episode, "leads", avoid_employers="not Quillfeather Books again")
    client = Client.objects.get(pk=episode.client_id)
    found = finding.find(client.user, client, 1, forecast=False)
    assert (found.total, found.of) == (1, 2)
    assert found.ruled_out == {"avoided_employer": 1}
    assert "not Quillfeather Books" in found.criteria.said


def test_pay_below_the_legal_minimum_is_said_and_hides_nothing(client_for: Any) -> None:
    episode = supported()
    set_to(make_vacancy(title="Low"), pay_an_hour=Decimal(5))
    set_to(make_vacancy(title="Enough"), pay_an_hour=Decimal(50))
    make_vacancy(title="Unknown")
    page = client_for(episode.client.user).get(reverse("my-matches")).content.decode()
    assert page.count("The pay is below the legal minimum.") == 1
    assert "3 of 3 open vacancies are within your limits." in page


def test_an_employer_to_avoid_who_is_not_known_here_is_said_to_be_so() -> None:
    episode = supported()
    make_vacancy(make_employer("Quillfeather Books"), title="Cashier")
    says(episode, "leads", avoid_employers="Quilted Feathers")
    client = Client.objects.get(pk=episode.client_id)
    found = finding.find(client.user, client, 1, forecast=False)
    assert found.total == 1
    assert found.criteria.said == ("no employer here is one of those to avoid",)


def test_what_was_left_out_is_said_in_words_and_leads_to_the_questions_about_limits(client_for: Any) -> None:
    episode, employer = supported(), make_employer()
    says(episode, "goal", travel_limit=30, must_not=["early"])
    esw = episode.assignments.get().esw
    for number in range(3):
        site = make_site(employer, name=f"Site {number}")
        Travel.objects.create(client=episode.client, site=site, minutes=90 if number else 10, typed_by=esw)
        set_to(make_vacancy(employer, title=f"Job {number}", site=site), times="early mornings")
    page = client_for(episode.client.user).get(reverse("my-matches")).content.decode()
    assert "Left out: 2 because they are too far, 3 because of early starts." in page
    asked = client_for(episode.client.user).get(reverse("my-profile-part", args=["goal", 3])).content.decode()
    assert reverse("my-profile-part", args=["goal", 3]) in page
    assert "How long can you travel, one way?" in asked
    worker = client_for(esw).get(reverse("matches", args=[episode.client_id])).content.decode()
    assert reverse("profile-section", args=[episode.client_id, "goal"]) in worker


def test_pages_of_twenty_hold_every_match_once(client_for: Any) -> None:
    episode, employer = supported(), make_employer()
    for number in range(45):
        make_vacancy(employer, title=f"Job {number}")
    seen = [title for page in (1, 2, 3) for title in titles(episode, page)]
    assert len(seen) == len(set(seen)) == 45
    assert titles(episode, 99) == titles(episode, 3)
    page = client_for(episode.client.user).get(reverse("my-matches") + "?page=2").content.decode()
    assert "Page 2 of 3" in page
    assert "45 of 45 open vacancies are within your limits." in page


def test_a_forecast_moves_rows_of_its_page_and_hides_none() -> None:
    episode = forecasting()
    make_vacancy(title="Unknown hours")
    set_to(make_vacancy(title="Short"), shifts=MORNING, times="mornings")
    set_to(make_vacancy(title="Heavy"), shifts=HEAVY, times="early mornings afternoons evenings")
    plain, moved = titles(episode), titles(episode, forecast=True)
    assert plain == ["Heavy", "Short", "Unknown hours"]
    assert moved == ["Short", "Heavy", "Unknown hours"]


def test_a_forecast_moves_no_row_to_another_page() -> None:
    episode, employer = forecasting(), make_employer()
    # The oldest stand last, and their short hours would hold best of all.
    for number in range(45):
        set_to(make_vacancy(employer, title=f"Job {number}"), shifts=MORNING if number < 15 else HEAVY)
    for page in (1, 2, 3):
        assert set(titles(episode, page, forecast=True)) == set(titles(episode, page))
    assert titles(episode, 2, forecast=True) != titles(episode, 2)


def test_jobs_with_a_miss_in_nearly_every_week_are_told_apart_by_shifts(client_for: Any) -> None:
    episode = forecasting()
    days = ("mon", "tue", "wed", "thu", "fri", "sat")
    long = [{"day": day, "start": "09:00", "end": "19:00"} for day in days]
    # Four days with hours that are enough, two without: a day is missed in every week, a shift is not.
    mixed = [*long[:2], *({"day": day, "start": "11:00", "end": "12:00"} for day in days[2:])]
    set_to(make_vacancy(title="Some shifts"), shifts=mixed)
    set_to(make_vacancy(title="No shift"), shifts=long)
    assert titles(episode) == ["No shift", "Some shifts"]
    assert titles(episode, forecast=True) == ["Some shifts", "No shift"]
    page = client_for(episode.client.user).get(reverse("my-matches")).content.decode()
    assert page.count("Over 13 weeks, about ") == 1
    assert page.count("of the 78 shifts could") == 1


def test_the_page_says_how_hours_would_hold_only_where_it_is_on(client_for: Any) -> None:
    on, off = forecasting(), supported()
    set_to(make_vacancy(title="Heavy"), shifts=HEAVY)
    with_it = client_for(on.client.user).get(reverse("my-matches")).content.decode()
    assert "In 10 weeks like these," in with_it
    assert "What would help most:" in with_it
    assert "On this page alone" in with_it
    without = client_for(on.client.user).get(reverse("my-matches") + "?hours=no").content.decode()
    for page in (without, client_for(off.client.user).get(reverse("my-matches")).content.decode()):
        assert "In 10 weeks like these," not in page
        assert "Heavy" in page


def test_demands_stand_beside_what_the_client_said_with_guesses_marked(client_for: Any) -> None:
    episode = supported()
    said = {"standing": {"share": "most", "change": "yes"}}
    # Of the kind of job it is guessed that it lifts 12 kg.
    set_to(make_vacancy(title="Till"), demands=said, occupation="9241")
    says(episode, "pain_at_work", stand_minutes=20, lift_kg=3)
    page = client_for(episode.client.user).get(reverse("my-matches")).content.decode()
    assert "You said you can stand for 20 minutes. This job stands for most of a shift." in page
    client = Client.objects.get(pk=episode.client_id)
    (match,) = finding.find(client.user, client, 1, forecast=False).matches
    guessed = {one.demand: guess for one, guess in match.demands}
    assert guessed == {"standing": False, "lifting": True}


def test_work_and_way_of_more_than_a_day_say_nothing_of_the_hours_and_hide_nothing(
    client_for: Any,
) -> None:
    episode, employer = forecasting(days=5), make_employer()
    site = make_site(employer)
    esw = episode.assignments.get().esw
    Travel.objects.create(client=episode.client, site=site, minutes=350, typed_by=esw)
    long = [{"day": "mon", "start": "00:00", "end": "22:00"}]
    set_to(make_vacancy(employer, title="Endless", site=site), shifts=long)
    make_vacancy(title="Told hours", hours_text="Some mornings")
    make_vacancy(title="Unknown hours")
    assert titles(episode, forecast=True) == ["Endless", "Unknown hours", "Told hours"]
    page = client_for(episode.client.user).get(reverse("my-matches")).content.decode()
    assert page.count("A day of work and the way there would take more than 24 hours.") == 1
    assert page.count("Its days and times are not known") == 1
    assert page.count("Its days and times are not checked yet") == 1
    assert page.count("“Some mornings”") == 1
    assert page.count("Monday 0:00 to 22:00") == 1
    without = client_for(episode.client.user).get(reverse("my-matches") + "?hours=no").content.decode()
    assert "Its days and times are not known" not in without


def remembered() -> list[str]:
    """Titles of the columns as they stand now, the newest first."""
    columns = kept.now()
    texts = list(columns.titles.numbers)
    return [texts[code] for code in columns.title]


def test_what_is_remembered_is_renewed_when_a_vacancy_changes(django_assert_num_queries: Any) -> None:
    assert remembered() == []
    first = make_vacancy(title="First")
    before = kept.now()
    assert remembered() == ["First"]
    with django_assert_num_queries(2):
        assert kept.now() is before
    make_vacancy(title="Second")
    assert remembered() == ["Second", "First"]
    set_to(first, title="Renamed")
    assert remembered() == ["Second", "Renamed"]
    move_vacancy(first, by=make_user("esw"), to="filled")
    assert remembered() == ["Second"]
    move_vacancy(first, by=make_user("esw"), to="open")
    assert remembered() == ["Second", "Renamed"]
    Vacancy.objects.filter(title="Second").delete()
    assert remembered() == ["Renamed"]


def test_a_change_seen_late_or_from_a_slow_clock_is_found() -> None:
    first, second = make_vacancy(title="First"), make_vacancy(title="Second")
    set_to(second, title="Changed now")
    assert remembered() == ["Changed now", "First"]
    # Saved before the last change that was seen, by its own time, and seen only after it.
    first.title = "Changed before"
    first.save_version(expected=None, fields=["title"])
    Vacancy.objects.filter(pk=first.pk).update(changed_at=second.changed_at - timedelta(seconds=90))
    assert remembered() == ["Changed now", "Changed before"]


def test_only_what_changed_is_read_again(django_assert_num_queries: Any, monkeypatch: Any) -> None:
    ago = clock.now() - timedelta(days=9)
    for number in range(9):
        make_vacancy(title=f"Job {number}")
    Vacancy.objects.update(changed_at=ago)
    assert len(remembered()) == 9
    one = set_to(Vacancy.objects.get(title="Job 4"), title="Gardener", demands={"driving": {"share": "most"}})
    read: list[int] = []
    batch = columns._batch

    def counted(rows: list[Any]) -> Any:
        read.append(len(rows))
        return batch(rows)

    monkeypatch.setattr(columns, "_batch", counted)
    with django_assert_num_queries(6):
        now = kept.now()
    # The nine were all saved at one moment, the last one known until now.
    assert sum(read) == 9
    set_to(one, title="Driver")
    read.clear()
    now = kept.now()
    assert sum(read) == 1
    assert "Driver" in remembered()
    assert now.has_word({"gardener"}).sum() == 0
    assert list(now.pk) == sorted(now.pk, reverse=True)
    assert now.driving[list(now.pk).index(one.pk)] == 1


def test_more_rows_than_are_held_at_once_are_read_in_parts(monkeypatch: Any) -> None:
    monkeypatch.setattr(columns, "BATCH", 2)
    for number in range(5):
        make_vacancy(title=f"Job {number}")
    assert remembered() == [f"Job {number}" for number in (4, 3, 2, 1, 0)]


def test_a_read_that_fails_is_done_again(monkeypatch: Any) -> None:
    make_vacancy(title="First")

    def fails(_: Any) -> Any:
        raise OSError("The line broke.")

    with monkeypatch.context() as broken:
        broken.setattr(columns, "_batch", fails)
        with pytest.raises(OSError, match="broke"):
            kept.now()
    assert remembered() == ["First"]


def test_a_server_has_them_in_memory_before_it_is_asked(
    django_assert_num_queries: Any, monkeypatch: Any
) -> None:
    make_vacancy(title="First")
    # The connection is this test's.
    monkeypatch.setattr("pacework.service.connections.close_connections", lambda: None)
    from pacework.service import wsgi

    kept.forget()
    wsgi.read_vacancies()
    with django_assert_num_queries(2):
        assert len(kept.now().pk) == 1


def test_without_vacancies_there_is_a_sentence(client_for: Any) -> None:
    episode = supported()
    page = client_for(episode.client.user).get(reverse("my-matches")).content.decode()
    assert "There is no open vacancy at the moment." in page
    worker = client_for(episode.assignments.get().esw)
    assert worker.get(reverse("matches", args=[episode.client_id])).status_code == 200
