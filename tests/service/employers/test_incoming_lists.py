"""Vacancies from a CSV file: read, looked at, added once."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.employers import actions
from pacework.service.employers.incoming import csv_rows
from pacework.service.employers.incoming.checking import as_rows, details_of
from pacework.service.employers.models import Employer, IncomingVacancy, Vacancy, VacancyBatch
from pacework.service.employers.presenters import incoming as words
from tests.service.build import make_user
from tests.service.employers.build import make_employer, make_vacancy
from tests.service.employers.test_pages import text

pytestmark = pytest.mark.django_db

HEADINGS = "Employer,Job title,Hours,Pay,Home working,Postcode,SOC code,Closing date,Favourite colour"
GOOD = 'Quill,Framer,"20 hrs, Mon-Fri 9-1",£12.60 an hour,hybrid,ZZ10 1AA,9241,31/12/2030,blue'
PLAIN = "Larch,Cook,,,,,,,"


def file(*rows: str, name: str = "jobs.csv", headings: str = HEADINGS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([headings, *rows]).encode())


def row(line: str, headings: str = HEADINGS) -> IncomingVacancy:
    (found,) = as_rows(csv_rows.read(f"{headings}\n{line}".encode()).rows)
    return found


@pytest.fixture
def browser(client_for):
    return client_for(make_user("esw"))


def bring(browser, *rows: str, **more: str):
    return browser.post("/vacancies/import/", {"file": file(*rows, **more)}, follow=True)


def test_a_list_is_looked_at_and_then_added(browser):
    known = make_employer("Quill Ltd")
    page = bring(browser, GOOD, PLAIN)
    assert "2 rows: 2 can be added." in text(page)
    assert "Favourite colour" in text(page)
    assert text(page).count("A new employer.") == 1
    assert not Vacancy.objects.exists()
    after = browser.post(page.request["PATH_INFO"], follow=True)
    assert "2 vacancies added." in text(after)
    made = Vacancy.objects.get(title="Framer")
    assert made.employer == known
    assert (made.hours_a_week, made.pay, made.pay_period) == (20, Decimal("12.60"), "hour")
    assert (made.home_working, made.outward, made.occupation) == ("some", "ZZ10", "9241")
    assert (made.closes_on, made.source) == (date(2030, 12, 31), "list")
    assert made.hours_text == "20 hrs, Mon-Fri 9-1"
    assert made.shifts == []


def test_the_same_file_twice_adds_nothing_twice(browser):
    first = bring(browser, GOOD, PLAIN)
    browser.post(first.request["PATH_INFO"])
    browser.post(first.request["PATH_INFO"])
    again = bring(browser, GOOD.replace("Quill", "QUILL LTD"), PLAIN)
    assert "2 rows: 2 here already." in text(again)
    browser.post(again.request["PATH_INFO"])
    assert Vacancy.objects.count() == Employer.objects.count() == 2


def test_a_row_said_twice_is_added_once(browser):
    page = bring(browser, PLAIN, PLAIN)
    assert "The same as row 2" in text(page)
    browser.post(page.request["PATH_INFO"])
    assert Vacancy.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "field", "sentence"),
    [
        ("Quill,,,,,,,,", "title", "Enter the job title."),
        (",Cook,,,,,,,", "employer_name", "Enter the name of the employer."),
        ("Quill,Cook,,1e5,,,,,", "pay", "cannot be read as pay"),
        ("Quill,Cook,,-5,,,,,", "pay", "from 0.01 to"),
        ("Quill,Cook,,0,,,,,", "pay", "from 0.01 to"),
        ("Quill,Cook,,£23,000 a year,,,,,,blue", "", "more cells than there are headings"),
        ("-,Cook,,,,,,,", "employer_name", "Enter the name of the employer."),
        ("Quill,Cook,,450,,,,,", "pay_period", "an hour"),
        ("Quill,Cook,,,sometimes maybe,,,,", "home_working", "no answer on home working"),
        ("Quill,Cook,,,,London,,,", "outward", "first half"),
        ("Quill,Cook,,,,,92,,", "occupation", "4 numbers"),
        ("Quill,Cook,,,,,,31/31/2030,", "closes_on", "real date"),
        (f"Quill,{'x' * 121},,,,,,,", "title", "120"),
        (f"Quill,Cook,{'x' * 2001},,,,,,", "hours_text", "longer than 2,000"),
        ("Quill,Cook\x07,,,,,,,", "title", "hidden character"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_beside_its_field(line, field, sentence):
    found = row(line)
    assert field in found.problems
    assert not field or set(found.problems) == {field}
    assert sentence in found.problems[field]


def test_all_that_is_wrong_in_a_row_is_said_at_once():
    found = row(",Cook,,1e5,,London,92,,")
    assert set(found.problems) == {"employer_name", "pay", "outward", "occupation"}


@pytest.mark.parametrize(
    ("pay", "to", "per", "field"),
    [
        ("14", "12", "hour", "pay_to"),
        ("", "12", "hour", "pay"),
        ("12", "NaN", "hour", "pay_to"),
        ("12", "", "moon", "pay_period"),
    ],
)
def test_pay_from_and_to_must_make_sense(pay, to, per, field):
    found = row(f"Quill,Cook,{pay},{to},{per}", "Employer,Job,Pay from,Pay to,Pay period")
    assert field in found.problems


@pytest.mark.parametrize(
    ("words", "pay", "pay_to", "period"),
    [
        ("12.60", "12.60", "", "year"),
        ("£24,000 - £26,000 per annum", "24000", "26000", "year"),
        ("£12 to £14 an hour", "12", "14", "year"),
        ("£23-25k", "23000", "25000", "year"),
    ],
)
def test_pay_in_words_is_read_and_the_column_for_the_period_goes_before(words, pay, pay_to, period):
    found = row(f'Quill,Cook,"{words}",annually', "Employer,Job,Pay,Pay period")
    assert not found.problems
    assert (found.said["pay"], found.said.get("pay_to", ""), found.said["pay_period"]) == (
        pay,
        pay_to,
        period,
    )


@pytest.mark.parametrize(
    ("headings", "cells", "period", "note"),
    [
        ("Pay", "12.75", "hour", "Read as an hour."),
        ("Pay", "£5", "hour", "Read as an hour."),
        ("Pay,Pay to", "12,14.50", "hour", "Read as an hour."),
        ("Pay", "£12 - £14", "hour", "Read as an hour."),
        ("Salary", "£25k", "year", "Read as a year."),
        ("Salary", '"24,500"', "year", "Read as a year."),
        ("Hourly rate", "48", "hour", ""),
        ("Pay", "4.99", "", ""),
        ("Pay", "60", "", ""),
        ("Pay", "450", "", ""),
        ("Pay", "1950", "", ""),
        ("Pay,Pay to", "12,24000", "", ""),
        ("Pay,Pay to", "12,lots", "", ""),
        ("Pay", "12.75 a day", "day", ""),
    ],
)
def test_pay_without_a_time_is_read_only_where_the_amount_leaves_no_doubt(headings, cells, period, note):
    found = row(f"Quill,Cook,{cells}", f"Employer,Job,{headings}")
    assert found.said.get("pay_period", "") == period
    assert found.left_out == ([["Pay", note]] if note else [])
    assert bool(found.problems) == (not period)


def test_a_time_that_nobody_knows_is_not_guessed_over():
    found = row("Quill,Cook,12,moon", "Employer,Job,Pay,Pay period")
    assert set(found.problems) == {"pay_period"}


@pytest.mark.parametrize("words", ["Competitive", "NMW", "NaN", "inf"])
def test_pay_without_an_amount_is_left_out_and_said(words):
    found = row(f"Quill,Cook,,{words},,,,,")
    assert not found.problems
    assert "pay" not in found.said
    assert ["Pay", f"“{words}” names no amount."] in found.left_out


def test_other_amounts_of_pay_are_said():
    found = row("Quill,Cook,,£12.60 an hour (£15 Sundays),,,,,")
    assert found.said["pay"] == "12.60"
    assert "pay_to" not in found.said
    assert found.left_out == [
        ["Pay", "“£12.60 an hour (£15 Sundays)” names other amounts too. Please check."]
    ]


@pytest.mark.parametrize(
    ("said", "period"),
    [("pa", "year"), ("Per Hour", "hour"), ("pcm", "month"), ("annum", "year"), ("Weekly", "week")],
)
def test_what_the_pay_is_for_is_read_in_many_spellings(said, period):
    assert row(f"Quill,Cook,12,{said}", "Employer,Job,Pay,Pay period").said["pay_period"] == period


@pytest.mark.parametrize(
    ("cell", "hours", "notes"),
    [
        ("16hrs", "16", []),
        ("37,5", "37.5", []),
        ("16.25 hours", "16.3", []),
        ("16-20 hours", "16", [["Hours a week", "The text gives other weekly hours too: 20."]]),
        ("200 hours", "200 hours", [["Hours a week", "200 hours do not fit in a week."]]),
        ("25 hour days", "25 hour days", []),
        ("37", "37", []),
    ],
)
def test_hours_in_their_own_column_may_be_words(cell, hours, notes):
    found = row(f'Quill,Cook,"{cell}"', "Employer,Job,Hours a week")
    assert found.said["hours_a_week"] == hours
    assert bool(found.problems) == (hours == cell != "37")
    assert found.left_out == notes


@pytest.mark.parametrize("cell", ["-", "N/A", "tbc", "?", "Not known"])
def test_a_cell_that_says_nothing_is_empty(cell):
    found = row(f"Quill,Cook,{cell},{cell},{cell},{cell},{cell},{cell},{cell}")
    assert not found.problems
    assert set(found.said) == {"employer_name", "title", "source"}


def test_the_midnight_behind_a_date_is_no_matter():
    found = row("Quill,Cook,,,,,,2030-12-31 00:00:00,")
    assert not found.problems
    assert found.said["closes_on"] == "2030-12-31"


def test_every_column_that_the_page_names_is_read_under_that_name():
    labels = csv_rows.known()
    fields = [csv_rows.columns()[csv_rows.plain(label)] for label in labels]
    assert len(set(fields)) == len(labels)
    assert csv_rows.read(f"{','.join(labels)}\n{',' * (len(labels) - 1)}x".encode()).unknown == []


def test_no_heading_stands_for_two_things():
    headings = [csv_rows.plain(name) for row in csv_rows._data()["columns"] for name in row["headings"]]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("headings", ["Hours,Days and hours", "Shifts,Hours"])
def test_of_two_columns_on_hours_the_one_of_numbers_is_hours_a_week(headings):
    cells = ["10", '"Mon, Tue 9-2"'] if headings.startswith("Hours") else ['"Mon, Tue 9-2"', "10"]
    rows = [f"Quill,Cook,{','.join(cells)}", "Quill,Baker,-,-", "Quill,Carver"]
    found = csv_rows.read("\n".join([f"Employer,Job,{headings}", *rows]).encode())
    assert (found.rows[0].said["hours_text"], found.rows[0].said["hours_a_week"]) == ("Mon, Tue 9-2", "10")
    assert found.notes == found.unknown == []


@pytest.mark.parametrize(
    ("headings", "cells", "left", "kept"),
    [
        ("Hours,Shifts", "9-1,Mon", "Shifts", "Hours"),
        ("Shifts,Rota", ",", "Rota", "Shifts"),
        ("Hours a week,Hours,Rota", "8,8,Mon", "Rota", "Hours"),
        ("Pay,Salary", "12,13", "Salary", "Pay"),
    ],
)
def test_a_second_column_for_the_same_thing_is_left_out_with_the_true_reason(headings, cells, left, kept):
    found = csv_rows.read(f"Employer,Job,{headings}\nQuill,Cook,{cells}".encode())
    assert found.notes == [f"“{left}” was left out: “{kept}” is for the same thing."]
    assert found.unknown == []


def test_a_closing_day_in_the_past_is_said(browser):
    bring(browser, "Quill,Cook,,,,,,1/1/2020,", "Quill,Baker,,,,,,1/1/2030,")
    batch = VacancyBatch.objects.get()
    assert text(browser.get(f"/vacancies/import/{batch.pk}/")).count("Its closing day has passed.") == 1
    passed, ahead = batch.rows.all()
    assert "closing day has passed" in text(browser.get(f"/vacancies/import/{batch.pk}/{passed.pk}/"))
    assert "closing day has passed" not in text(browser.get(f"/vacancies/import/{batch.pk}/{ahead.pk}/"))


def test_pay_below_the_legal_minimum_is_a_note_and_no_mistake(browser):
    with clock.at(datetime(2026, 5, 4, 9, tzinfo=UTC)):
        page = bring(browser, "Quill,Cook,,£8 an hour,,,,,", "Quill,Baker,,£13 an hour,,,,,")
        assert "2 rows: 2 can be added." in text(page)
        assert text(page).count("Below the legal minimum of £12.71 an hour") == 1
        batch = VacancyBatch.objects.get()
        low, enough = batch.rows.all()
        assert "Below the legal minimum" in text(browser.get(f"/vacancies/import/{batch.pk}/{low.pk}/"))
        assert "legal minimum" not in text(browser.get(f"/vacancies/import/{batch.pk}/{enough.pk}/"))
        added = browser.post(f"/vacancies/import/{batch.pk}/{low.pk}/", low.said, follow=True)
        assert "£8 an hour: below the legal minimum" in text(added)


def test_a_row_is_left_out_with_one_press(browser):
    page = bring(browser, GOOD, PLAIN, PLAIN, ",Baker,,,,,,,")
    assert text(page).count("Leave out</button>") == 4
    address = page.request["PATH_INFO"]
    for one in IncomingVacancy.objects.exclude(number=2):
        after = browser.post(f"{address}{one.pk}/leave-out/", {"next": f"{address}?page=1"}, follow=True)
        assert after.request["QUERY_STRING"] == "page=1"
        assert f"Row {one.number} of jobs.csv is left out." in text(after)
    assert "1 row: 1 can be added." in text(after)
    added = text(browser.post(address, follow=True))
    assert "Leave out" not in added
    one = IncomingVacancy.objects.get()
    assert "This row was added already." in text(browser.post(f"{address}{one.pk}/leave-out/", follow=True))
    one.delete()
    assert "No row is left." in text(browser.get(address))


def test_a_list_is_dropped_and_what_was_added_stays(browser):
    page = bring(browser, PLAIN, ",Baker,,,,,,,")
    address = page.request["PATH_INFO"]
    assert f'href="{address}drop/"' in text(page)
    assert "The list goes, with 2 rows not added.<" in text(browser.get(f"{address}drop/"))
    browser.post(address)
    asked = text(browser.get(f"{address}drop/"))
    assert "The list goes, with 1 row not added. 1 vacancy added from here stays.<" in asked
    after = browser.post(f"{address}drop/", follow=True)
    assert "The list is dropped." in text(after)
    assert not VacancyBatch.objects.exists()
    assert Vacancy.objects.count() == 1


def test_a_row_looked_at_alone_is_asked_about_where_one_of_its_title_is_open(browser):
    known = make_vacancy(make_employer("Larch"), title="Cook")
    bring(browser, PLAIN)
    one = IncomingVacancy.objects.get()
    address = f"/vacancies/import/{one.batch_id}/{one.pk}/"
    asked = text(browser.post(address, one.said))
    assert "There is already an open vacancy “Cook” at Larch." in asked
    assert f'href="/vacancies/{known.pk}/"' in asked
    browser.post(address, one.said | {"confirmed": "on"})
    assert Vacancy.objects.count() == 2


def test_what_is_no_pay_is_not_below_anything():
    assert words.below_minimum({"pay": "-5", "pay_period": "hour"}) == []
    assert words.below_minimum({"pay": "much", "pay_period": "hour"}) == []


@pytest.mark.parametrize(
    ("cells", "pay", "hours"),
    [
        (
            "10,25000.00,27000.00,year",
            "£25,000 to £27,000 a year, full time",
            {"text": "10 a week", "sub": ""},
        ),
        (
            "16 hrs,£24000,,year",
            "£24,000 a year, full time",
            {"text": "16 a week", "sub": "16 hrs"},
        ),
        ("-,£12.6,,hour", "£12.60 an hour", {"text": "Not known", "sub": ""}),
        (
            "Mon to Fri 5pm-7pm,,,",
            "Not known",
            {"text": "Mon to Fri 5pm-7pm", "sub": "Read as: Monday to Friday 17:00 to 19:00, to check."},
        ),
        (
            '"20 hrs, Mon-Fri 9-1",,,',
            "Not known",
            {
                "text": "20 a week",
                "sub": "20 hrs, Mon-Fri 9-1. Read as: Monday to Friday 9:00 to 13:00, to check.",
            },
        ),
        (",12,NaN,hour", "£12 to £NaN an hour", {"text": "Not known", "sub": ""}),
    ],
)
def test_hours_and_pay_are_written_as_everywhere_else(cells, pay, hours):
    said = row(f"Quill,Cook,{cells}", "Employer,Job,Hours,Pay,Pay to,Pay period").said
    assert (words.pay(said), words.hours(said)) == (pay, hours)


def test_what_was_added_leads_to_its_shifts_and_back_to_the_list(browser):
    page = bring(browser, PLAIN, GOOD)
    address = page.request["PATH_INFO"]
    added = text(browser.post(address, follow=True))
    assert "1 vacancy needs its shifts checked." in added
    assert added.index("Framer") < added.index("Cook")
    made = Vacancy.objects.get(title="Framer")
    shifts = f"/vacancies/{made.pk}/shifts/?list={VacancyBatch.objects.get().pk}"
    assert f'href="{shifts}"' in added
    assert f'href="{address}"' in text(browser.get(shifts))
    week = {"mon_start0": "09:00", "mon_end0": "13:00", "version": 1}
    after = browser.post(shifts, week, follow=True)
    assert after.request["PATH_INFO"] == address
    assert "The week of Framer is saved." in text(after)
    assert "shifts checked" not in text(after)


def test_of_a_vacancy_that_is_filled_nobody_checks_the_shifts(browser):
    page = bring(browser, GOOD)
    address = page.request["PATH_INFO"]
    assert "needs its shifts checked" in text(browser.post(address, follow=True))
    made = Vacancy.objects.get()
    actions.move_vacancy(made, by=made.added_by, to="filled")
    assert "shifts" not in text(browser.get(address)).split("<main", 1)[1].lower()


def test_rows_to_correct_come_first(browser):
    page = text(bring(browser, PLAIN, ",Baker,,,,,,,"))
    assert page.index("Baker") < page.index("Cook")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["Quill", "£12", "9-5", "16-20 hrs", "LS1", "9241", "31/12/2030", "-", "NaN", '"', "="]
            )
            | st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=12),
            min_size=9,
            max_size=11,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_rows_of_anything_can_be_added_or_say_what_is_wrong(rows):
    written = io.StringIO()
    csv.writer(written).writerows([HEADINGS.split(","), *rows])
    try:
        found = as_rows(csv_rows.read(written.getvalue().encode()).rows)
    except DomainError:
        return  # as a whole, such as for a quote mark that is never closed
    assert len(found) == sum(any(cell and not cell.isspace() for cell in cells) for cells in rows)
    for one in found:
        details, wrong = details_of(one.said)
        assert details or one.problems
        assert set(wrong) <= set(one.problems)


def test_pay_in_other_money_is_left_out_and_said():
    found = row("Quill,Cook,,$20 an hour,,,,,")
    assert "pay" not in found.said
    assert ["Pay", "It is in USD, not in pounds."] in found.left_out


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1+1", "@SUM(A1)", "-cook"])
def test_formulas_stay_text_and_are_said(browser, cell):
    page = bring(browser, f"Quill,{cell},,,,,,,")
    assert "like a formula. It is kept as plain text." in text(page)
    browser.post(page.request["PATH_INFO"])
    assert Vacancy.objects.get().title == cell


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (
            b"Name,Colour\nx,y",
            "has no column “Employer” and no column “Job title”. Its headings are: Name, Colour",
        ),
        (HEADINGS.encode(), "no rows under them"),
        (f"{HEADINGS}\n{PLAIN}\n".encode() + f"{PLAIN}\n".encode() * 500, "501 rows"),
        (b"PK\x03\x04", "spreadsheet"),
        (f'{HEADINGS}\n"Quill,Cook'.encode(), "never closed"),
        (b"x" * 5_000_001, "5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(browser, content, sentence):
    page = browser.post("/vacancies/import/", {"file": SimpleUploadedFile("jobs.csv", content)})
    assert page.status_code == 422
    assert sentence in text(page)
    assert not VacancyBatch.objects.exists()


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_files_of_other_programs_are_read(codec):
    found = csv_rows.read(f"{HEADINGS}\nCafé Quill,Cook,,,,,,,".encode(codec))
    assert found.rows[0].said["employer_name"] == "Café Quill"
    assert bool(found.notes) == (codec != "utf-8-sig")


def test_a_wrong_row_is_corrected_in_a_form_and_added(browser):
    make_employer("Quill Framing")
    page = bring(browser, "Quill Framings,Cook,,450,,,,,", PLAIN)
    assert "To correct" in text(page)
    wrong = IncomingVacancy.objects.get(number=2)
    address = f"/vacancies/import/{wrong.batch_id}/{wrong.pk}/"
    form = text(browser.get(address))
    assert "Say whether this is an hour" in form
    assert 'value="Quill Framings"' in form
    data = {"employer_name": "Quill Framings", "title": "Cook", "pay": "12", "pay_period": "hour"}
    asked = browser.post(address, data)
    assert asked.status_code == 422
    assert "Tick the box" in text(asked)
    after = browser.post(address, data | {"confirmed": "on"}, follow=True)
    assert "Cook is added. 1 row is left." in text(after)
    assert browser.get(address)["Location"] == f"/vacancies/{Vacancy.objects.get().pk}/"
    last = IncomingVacancy.objects.get(number=3)
    done = browser.post(
        f"/vacancies/import/{last.batch_id}/{last.pk}/", {"employer_name": "Larch", "title": "Cook"}
    )
    assert done["Location"] == f"/vacancies/{Vacancy.objects.latest('pk').pk}/"


def test_a_row_belongs_to_its_list(browser):
    bring(browser, PLAIN)
    bring(browser, GOOD)
    first, second = IncomingVacancy.objects.order_by("pk")
    assert browser.get(f"/vacancies/import/{first.batch_id}/{second.pk}/").status_code == 404


def test_a_row_that_changed_its_mind_is_left_and_the_others_are_added(browser, monkeypatch):
    page = bring(browser, GOOD, PLAIN)
    one = IncomingVacancy.objects.get(number=2)
    real = actions.add_incoming

    def meanwhile(row, **details):
        if row.pk == one.pk:
            raise DomainError("This vacancy is here already.")
        return real(row, **details)

    monkeypatch.setattr(actions, "add_incoming", meanwhile)
    assert "1 vacancy added." in text(browser.post(page.request["PATH_INFO"], follow=True))
    # What was right when it was read may be wrong by now.
    IncomingVacancy.objects.filter(pk=one.pk).update(said={"title": "x"})
    assert "0 vacancies added." in text(browser.post(page.request["PATH_INFO"], follow=True))


def test_a_list_is_read_before_the_transaction_that_others_would_wait_for(browser, monkeypatch):
    from pacework.service.employers.views import incoming

    real, order = csv_rows.read, []
    write = incoming.FormPage.write
    monkeypatch.setattr(csv_rows, "read", lambda content: order.append("read") or real(content))
    monkeypatch.setattr(
        incoming.FormPage, "write", lambda page, *told: order.append("write") or write(page, *told)
    )
    bring(browser, PLAIN)
    assert order == ["read", "write"]


def test_the_same_form_sent_twice_reads_one_list(browser):
    token = "7b0f4cf0-5f5e-4d77-9a5b-d2a5f3a0b0ab"
    for _ in range(2):
        sent = browser.post("/vacancies/import/", {"file": file(PLAIN), "submission": token})
        assert sent.status_code == 302
    assert VacancyBatch.objects.count() == 1


def test_new_employers_that_look_like_known_ones_are_said(browser):
    make_employer("Larch Framing Workshop")
    page = text(bring(browser, "Larch Framing Workshops,Cook,,,,,,,", PLAIN))
    assert "A new employer, much like Larch Framing Workshop." in page
    assert page.count("A new employer") == 2


def test_a_long_list_asks_the_database_no_more_often(browser, django_assert_max_num_queries):
    rows = [f"Employer {number} Works,Job {number},,,,,,," for number in range(120)]
    address = bring(browser, *rows).request["PATH_INFO"]
    with django_assert_max_num_queries(12):
        page = browser.get(address)
    assert "Page 1 of 2" in text(page)
