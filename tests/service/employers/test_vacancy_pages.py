"""The pages of vacancies: adding one in a minute, its week, what the work asks for, the list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pacework.service.core import clock
from pacework.service.core.presenters import DAY_KEYS
from pacework.service.employers import actions
from pacework.service.employers.models import Employer, OccupationDemand, Vacancy
from pacework.service.employers.presenters import vacancies as words
from tests.service.build import make_user
from tests.service.employers.build import make_employer, make_vacancy
from tests.service.employers.test_pages import text

pytestmark = pytest.mark.django_db

WEEK = {"mon_start0": "09:00", "mon_end0": "13:00", "fri_start0": "22:00", "fri_end0": "06:00"}
NINE_TO_FIVE = (("start", "09:00"), ("end", "17:00"))


@pytest.fixture
def browser(client_for):
    return client_for(make_user("esw"))


def test_employer_title_and_hours_in_words_are_enough_and_lead_to_the_week(browser):
    data = {"employer_name": "Quill", "title": "Framer", "hours_text": "20 hrs, Mon to Fri 9 to 1"}
    page = browser.post("/vacancies/new/", data, follow=True)
    vacancy = Vacancy.objects.get()
    assert page.request["PATH_INFO"] == f"/vacancies/{vacancy.pk}/shifts/"
    assert (vacancy.employer.name, vacancy.home_working, vacancy.source) == ("Quill", "unknown", "")
    assert 'name="mon_start0" type="time" value="09:00"' in text(page)
    assert 'name="fri_end0" type="time" value="13:00"' in text(page)
    assert 'name="hours_a_week" type="text" value="20"' in text(page)
    assert vacancy.shifts == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("to be agreed", "No shifts could be read from these words"),
        ("9am to 5pm", "9:00 to 17:00 was read, but not on which days"),
        ("Monday to Wednesday", "Monday to Wednesday was read, but not at which times"),
        ("Mon 9 to 1", "The shifts below were read"),
    ],
)
def test_what_could_be_read_is_said_on_the_next_page(browser, words, sentence):
    data = {"employer_name": "Quill", "title": "Framer", "hours_text": words}
    assert sentence in text(browser.post("/vacancies/new/", data, follow=True))
    vacancy = Vacancy.objects.get()
    assert "Nobody has confirmed the shifts yet" in text(browser.get(f"/vacancies/{vacancy.pk}/"))


def test_a_break_and_flexible_times_are_proposed_and_nothing_is_kept_before_saving(browser):
    data = {"employer_name": "Quill", "title": "Framer", "hours_text": "35hrs / 9-5 / M-F (flexible)"}
    page = browser.post("/vacancies/new/", data, follow=True)
    assert "These shifts come to 40 hours, the text says 35." in text(page)
    assert "An unpaid break of 60 minutes a day would make them agree." in text(page)
    assert 'name="break_minutes" type="text" value="60"' in text(page)
    assert 'name="flexibility" type="text" value="Flexible times"' in text(page)
    vacancy = Vacancy.objects.get()
    assert (vacancy.break_minutes, vacancy.flexibility) == (None, "")
    week = {f"{day}_{edge}0": at for day in DAY_KEYS[:5] for edge, at in NINE_TO_FIVE}
    told = week | {"hours_a_week": "35", "break_minutes": "60", "flexibility": "Flexible times", "version": 1}
    saved = text(browser.post(page.request["PATH_INFO"], told, follow=True))
    vacancy.refresh_from_db()
    assert (vacancy.break_minutes, vacancy.flexibility) == (60, "Flexible times"), saved
    assert "The week is saved." in saved
    assert "The shifts add up" not in saved


def test_what_is_known_of_breaks_and_flexibility_goes_before_the_words(browser):
    vacancy = make_vacancy(hours_text="35hrs / 9-5 / M-F (flexible)", flexibility="Start from 8 to 10")
    actions.set_shifts(vacancy, by=vacancy.added_by, shifts=[], break_minutes=30)
    page = text(browser.get(f"/vacancies/{vacancy.pk}/shifts/"))
    assert 'name="break_minutes" type="text" value="30"' in page
    assert 'name="flexibility"' not in page
    browser.post(f"/vacancies/{vacancy.pk}/shifts/", WEEK | {"flexibility": "None", "version": 2})
    assert Vacancy.objects.get().flexibility == "Start from 8 to 10"


def test_an_employer_that_looks_like_another_is_asked_about_and_nothing_is_lost(browser):
    make_employer("Larch Framing Workshop")
    data = {"employer_name": "Larch Framing Workshops", "title": "Framer"}
    page = browser.post("/vacancies/new/", data)
    assert page.status_code == 422
    assert "Larch Framing Workshop. Tick the box" in text(page)
    assert 'value="Framer"' in text(page)
    assert browser.post("/vacancies/new/", data | {"confirmed": "on"}).status_code == 302
    assert Employer.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pay": "NaN", "pay_period": "hour"}, "Enter a number"),
        ({"pay": "14", "pay_to": "12", "pay_period": "hour"}, "The highest pay is less than the lowest"),
        ({"pay_to": "12", "pay_period": "hour"}, "Enter the lowest pay too"),
        ({"outward": "Leeds"}, "Enter a postcode or its first half"),
        ({"employer_name": ""}, "Enter the name of the employer."),
        ({"hours_text": "x" * 501}, "500"),
    ],
)
def test_a_wrong_answer_is_said_and_what_was_typed_stays(browser, changes, sentence):
    data = {"employer_name": "Quill", "title": "Framer", "flexibility": "Swap tasks"} | changes
    page = browser.post("/vacancies/new/", data)
    assert page.status_code == 422
    assert sentence in text(page)
    assert "Swap tasks" in text(page)
    assert not Vacancy.objects.exists()


def test_a_week_is_confirmed_and_drawn_with_the_night_on_the_next_day(browser):
    vacancy = make_vacancy()
    page = browser.post(
        f"/vacancies/{vacancy.pk}/shifts/", WEEK | {"break_minutes": "0", "version": 1}, follow=True
    )
    assert "Monday 9:00 to 13:00; Friday 22:00 to 6:00" in text(page)
    assert text(page).count("pw-week__after") == 1
    assert "12 hours a week" in text(page)
    edit = text(browser.get(f"/vacancies/{vacancy.pk}/shifts/"))
    assert 'name="fri_start0" type="time" value="22:00"' in edit


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"tue_start0": "09:00"}, "tue_end0", "A shift has a start and an end."),
        ({"tue_end0": "09:00"}, "tue_start0", "A shift has a start and an end."),
        ({"tue_start0": "25:00", "tue_end0": "26:00"}, "tue_start0", "Enter a time"),
        ({"tue_start0": "09:00", "tue_end0": "09:00"}, "tue_start0", "starts and ends at the same time"),
        ({"mon_start1": "12:00", "mon_end1": "15:00"}, "mon_start0", "The shift on Monday overlaps"),
        ({"sat_start0": "05:00", "sat_end0": "07:00"}, "fri_start0", "The shift on Friday overlaps"),
        ({"break_minutes": "240"}, "break_minutes", "the break is as long as the shift"),
        ({"hours_a_week": "169"}, "hours_a_week", "from 0.5 to 168"),
    ],
)
def test_a_shift_that_cannot_be_is_said_beside_its_day(browser, changes, field, sentence):
    vacancy = make_vacancy()
    page = browser.post(f"/vacancies/{vacancy.pk}/shifts/", WEEK | changes)
    assert page.status_code == 422
    beside = text(page).split(f'id="id_{field}-error"', 1)[1][:300]
    assert sentence in beside
    assert Vacancy.objects.get().shifts == []


@pytest.mark.parametrize(
    ("changes", "listed", "beside"),
    [
        (
            {"tue_start0": "09:00", "tue_end0": "09:00"},
            "Tuesday: the shift starts and ends at the same time.",
            "The shift starts and ends at the same time.",
        ),
        (
            {"mon_start1": "12:00", "mon_end1": "15:00"},
            "The shift on Monday overlaps another on the same day.",
            "The shift on Monday overlaps another on the same day.",
        ),
        ({"tue_start0": "x"}, "Tuesday from: Enter a time, like 9:30 or 2:15pm.", "Enter a time, like"),
    ],
)
def test_a_mistake_in_a_shift_names_its_day_once(browser, changes, listed, beside):
    page = text(browser.post(f"/vacancies/{make_vacancy().pk}/shifts/", WEEK | changes))
    summary, form = page.split("pw-pair--wrong", 1)
    assert f">{listed}</a>" in summary
    assert f"</span> {beside}" in form


def test_one_sentence_for_both_boxes_of_a_shift_is_seen_once(browser):
    wrong = {"tue_start0": "x", "tue_end0": "y"}
    page = text(browser.post(f"/vacancies/{make_vacancy().pk}/shifts/", WEEK | wrong))
    seen = 'class="nhsuk-error-message" id="id_tue_{}0-error"'
    assert seen.format("start") in page
    assert seen.format("end") not in page
    assert 'nhsuk-u-visually-hidden" id="id_tue_end0-error"' in page
    assert 'aria-describedby="id_tue_end0-error"' in page


def test_hours_that_the_shifts_do_not_come_to_are_noticed(browser):
    vacancy = make_vacancy()
    said = WEEK | {"hours_a_week": "20", "version": 1}
    assert "The shifts add up to 12. Please check." in text(
        browser.post(f"/vacancies/{vacancy.pk}/shifts/", said, follow=True)
    )


def test_two_shifts_on_a_day_are_kept_and_shown_again(browser):
    vacancy = make_vacancy()
    browser.post(f"/vacancies/{vacancy.pk}/shifts/", WEEK | {"mon_start1": "14:00", "mon_end1": "00:00"})
    page = text(browser.get(f"/vacancies/{vacancy.pk}/shifts/"))
    assert 'name="mon_end1" type="time" value="00:00"' in page
    assert "9:00 to 13:00 and 14:00 to 0:00" in text(browser.get(f"/vacancies/{vacancy.pk}/"))


def test_a_third_shift_on_a_day_is_not_lost_when_the_week_is_opened_and_saved(browser):
    three = [{"day": "mon", "start": f"{hour:02}:00", "end": f"{hour + 2:02}:00"} for hour in (6, 12, 18)]
    vacancy = make_vacancy()
    actions.set_shifts(vacancy, by=vacancy.added_by, shifts=three)
    assert 'name="mon_start2" type="time" value="18:00"' in text(
        browser.get(f"/vacancies/{vacancy.pk}/shifts/")
    )
    typed = {f"mon_start{part}": shift["start"] for part, shift in enumerate(three)}
    typed |= {f"mon_end{part}": shift["end"] for part, shift in enumerate(three)}
    browser.post(f"/vacancies/{vacancy.pk}/shifts/", typed | {"version": 2})
    assert Vacancy.objects.get().shifts == three


def test_changed_words_are_read_again_only_when_asked_or_new(browser):
    vacancy = make_vacancy(hours_text="Mon 9 to 1")
    actions.set_shifts(
        vacancy, by=vacancy.added_by, shifts=[{"day": "tue", "start": "10:00", "end": "12:00"}]
    )
    shown = text(browser.get(f"/vacancies/{vacancy.pk}/shifts/"))
    assert 'name="tue_start0" type="time" value="10:00"' in shown
    assert 'name="mon_start0" type="time" value=' not in shown
    again = text(browser.get(f"/vacancies/{vacancy.pk}/shifts/?words=1"))
    assert 'name="mon_start0" type="time" value="09:00"' in again
    data = {"title": "Shelf filler", "version": 2}
    same = browser.post(f"/vacancies/{vacancy.pk}/edit/", data | {"hours_text": "Mon 9 to 1"})
    assert same["Location"] == f"/vacancies/{vacancy.pk}/"
    new = browser.post(f"/vacancies/{vacancy.pk}/edit/", data | {"hours_text": "Wed 9 to 1", "version": 3})
    assert new["Location"] == f"/vacancies/{vacancy.pk}/shifts/?words=1"


@pytest.mark.parametrize("odd", ["9", "x", "²", "-1", "1" * 12])
def test_a_list_that_is_not_there_leads_back_to_the_vacancy(browser, odd):
    vacancy = make_vacancy()
    page = text(browser.get(f"/vacancies/{vacancy.pk}/shifts/", {"list": odd}))
    assert "/vacancies/import/" not in page


def test_a_second_save_of_a_week_shows_both(browser):
    vacancy = make_vacancy()
    assert browser.post(f"/vacancies/{vacancy.pk}/shifts/", WEEK | {"version": 1}).status_code == 302
    page = browser.post(f"/vacancies/{vacancy.pk}/shifts/", {"hours_a_week": "8", "version": 1})
    assert page.status_code == 409
    assert "Paid hours a week" in text(page)


# What the work asks for


@pytest.fixture
def guessed():
    for demand, share in (("standing", 0.75), ("lifting", 0.5)):
        OccupationDemand.objects.create(
            occupation="9999", demand=demand, share=share, least=0, most=1, source="Table A"
        )


def test_guesses_are_marked_until_somebody_confirms_them(browser, guessed):
    vacancy = make_vacancy(occupation="9999")
    page = text(browser.get(f"/vacancies/{vacancy.pk}/"))
    assert page.count("Guess</strong>") == 2
    assert "Source: Table A" in page
    form = text(browser.get(f"/vacancies/{vacancy.pk}/demands/"))
    assert "Guess: most<" in form
    said = {"standing_share": "hardly", "standing_change": "yes", "version": 1}
    after = text(browser.post(f"/vacancies/{vacancy.pk}/demands/", said, follow=True))
    assert after.count("Guess</strong>") == 1
    assert after.count("Confirmed") == 1
    assert "Hardly any of a shift" in after


def test_the_guesses_that_are_left_can_be_confirmed_at_once(browser, guessed):
    vacancy = make_vacancy(occupation="9999")
    browser.post(f"/vacancies/{vacancy.pk}/demands/", {"all_right": "on", "version": 1})
    vacancy.refresh_from_db()
    assert {key: answer["share"] for key, answer in vacancy.demands.items()} == {
        "standing": "most",
        "lifting": "half",
    }


def test_a_second_save_of_demands_shows_both(browser):
    vacancy = make_vacancy()
    address = f"/vacancies/{vacancy.pk}/demands/"
    assert browser.post(address, {"standing_share": "most", "version": 1}).status_code == 302
    page = browser.post(address, {"standing_share": "hardly", "version": 1})
    assert page.status_code == 409
    beside = text(page).split('class="pw-stale"', 1)[1].split("</section>", 1)[0]
    assert "<p>Most</p>" in beside
    assert "<p>Hardly any</p>" in beside


# The list


def test_filters_hide_nothing_that_is_not_known(browser):
    employer = make_employer("Quill")
    make_vacancy(employer, title="Unknown")
    make_vacancy(employer, title="Short", hours_a_week=Decimal(10), pay=Decimal(12), pay_period="hour")
    make_vacancy(employer, title="Long", hours_a_week=Decimal(40), pay=Decimal(60000), pay_period="year")
    make_vacancy(employer, title="Range", pay=Decimal(11), pay_to=Decimal(15), pay_period="hour")

    def titles(query: str) -> set[str]:
        page = text(browser.get(f"/vacancies/?{query}"))
        return {name for name in ("Unknown", "Short", "Long", "Range") if f">{name}</a>" in page}

    assert titles("hours=16") == {"Unknown", "Short", "Range"}
    assert titles("pay=14") == {"Unknown", "Long", "Range"}
    assert titles("hours=16&pay=14") == {"Unknown", "Range"}
    assert titles("hours=lots&pay=NaN") == {"Unknown", "Short", "Long", "Range"}


def test_pay_is_shown_with_what_it_comes_to_an_hour(browser):
    vacancy = make_vacancy(pay=Decimal(24440), pay_to=Decimal(26000), pay_period="year")
    page = text(browser.get(f"/vacancies/{vacancy.pk}/"))
    assert "£24,440 to £26,000 a year, full time" in page
    assert "about £12.50 an hour" in page


@pytest.mark.parametrize("by_name", [True, False])
def test_the_same_vacancy_typed_twice_is_asked_about_and_can_be_added_all_the_same(browser, by_name):
    employer = make_employer("Quill Ltd")
    known = make_vacancy(employer, title="Night  Cook")
    data = {"title": "night cook"} | ({"employer_name": "QUILL"} if by_name else {})
    address = "/vacancies/new/" if by_name else f"/employers/{employer.pk}/vacancies/new/"
    assert "Is it" not in text(browser.get(address))
    asked = browser.post(address, data)
    assert asked.status_code == 422
    assert "There is already an open vacancy “Night  Cook” at Quill Ltd." in text(asked)
    assert f'href="/vacancies/{known.pk}/"' in text(asked)
    assert Vacancy.objects.count() == 1
    browser.post(address, data | {"confirmed": "on"})
    assert Vacancy.objects.count() == 2


def test_one_that_is_filled_or_past_its_day_or_elsewhere_is_not_asked_about(browser):
    employer = make_employer("Quill")
    filled = make_vacancy(employer, title="Cook")
    actions.move_vacancy(filled, by=filled.added_by, to="filled")
    make_vacancy(employer, title="Cook", closes_on=clock.today() - timedelta(days=1))
    make_vacancy(title="Cook")
    make_vacancy(employer, title="Baker")
    browser.post("/vacancies/new/", {"employer_name": "Quill", "title": "Cook"})
    assert Vacancy.objects.filter(title="Cook").count() == 4
    assert Vacancy.objects.likely_same(employer, " ", clock.today()) == []


IN_2026 = datetime(2026, 5, 4, 9, tzinfo=UTC)
BELOW = "elow the legal minimum of £12.71 an hour (21 and over)"


@pytest.mark.parametrize(
    ("pay", "to", "period", "hours", "sentence"),
    [
        ("8", "", "hour", "", f"B{BELOW}: it would not count as a job."),
        ("150", "", "week", "20", f"B{BELOW}: it would not count as a job."),
        ("12", "14", "hour", "", f"The lowest pay is b{BELOW}."),
        ("20000", "", "year", "", f"about £10.23 an hour. This may be b{BELOW}"),
    ],
)
def test_pay_below_the_legal_minimum_is_said_when_saving_and_on_the_page(
    browser, pay, to, period, hours, sentence
):
    data = {"employer_name": "Quill", "title": "Cook", "pay": pay, "pay_to": to, "pay_period": period}
    with clock.at(IN_2026):
        page = text(browser.post("/vacancies/new/", data | {"hours_a_week": hours}, follow=True))
        again = text(browser.get(f"/vacancies/{Vacancy.objects.get().pk}/"))
    assert page.count(BELOW) == 2
    assert sentence in again


def test_pay_at_the_legal_minimum_or_outside_the_table_says_nothing(browser):
    vacancy = make_vacancy(pay=Decimal("12.71"), pay_period="hour")
    with clock.at(IN_2026):
        assert "legal minimum" not in text(browser.get(f"/vacancies/{vacancy.pk}/"))
    with clock.at(datetime(2040, 1, 1, tzinfo=UTC)):
        vacancy.pay_an_hour = Decimal(1)
        assert words.minimum_note(vacancy) == ""


def test_a_manager_reads_and_cannot_change(client_for):
    vacancy = make_vacancy()
    manager = client_for(make_user("manager"))
    page = text(manager.get(f"/vacancies/{vacancy.pk}/"))
    assert "Change vacancy" not in page
    assert "Say what you know" not in page
    assert "Add a vacancy" not in text(manager.get("/vacancies/"))
    for path in ("new/", "import/", "from-page/", f"{vacancy.pk}/shifts/", f"{vacancy.pk}/demands/"):
        assert manager.get(f"/vacancies/{path}").status_code == 403
