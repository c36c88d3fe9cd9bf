"""A vacancy from an advert's page: what is read, what is left out, what cannot be read."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from html import escape, unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pacework.service.core.errors import DomainError
from pacework.service.employers.incoming import page_rows
from pacework.service.employers.incoming.checking import as_rows
from pacework.service.employers.models import IncomingVacancy, Vacancy, VacancyBatch
from tests.service.build import make_user
from tests.service.employers.test_pages import text

pytestmark = pytest.mark.django_db

POSTING: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Framer",
    "hiringOrganization": {"@type": "Organization", "name": "Quill & Sons"},
    "description": "<p>Cut and join frames.</p>",
    "employmentType": ["PART_TIME", "SABBATICAL"],
    "workHours": "Mon to Fri 9 to 1, 20 hours",
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "GBP",
        "value": {"@type": "QuantitativeValue", "minValue": 12.5, "maxValue": 13, "unitText": "HOUR"},
    },
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Wendle", "postalCode": "ZZ1 4AA"}},
    "validThrough": "2030-12-31T23:59",
    "jobStartDate": "2030-01-07",
    "industry": "Crafts",
}


def page_of(*postings: Any) -> str:
    blocks = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in postings)
    return f"<html><head>{blocks}</head><body>Come and frame</body></html>"


def said(**changes: Any) -> IncomingVacancy:
    (found,) = as_rows(page_rows.read(page_of(POSTING | changes)).rows)
    return found


@pytest.fixture
def browser(client_for):
    return client_for(make_user("esw"))


def test_a_pasted_page_becomes_a_form_to_check_and_then_a_vacancy(browser):
    form = browser.post("/vacancies/from-page/", {"page": page_of(POSTING)}, follow=True)
    shown = text(form)
    assert not Vacancy.objects.exists()
    assert "“SABBATICAL” is not a kind of hours or contract" in shown
    assert "<strong>Industry</strong>: “Crafts” A vacancy has no place for this." in shown
    assert "07/01/2030. A vacancy keeps no start." in shown
    row = IncomingVacancy.objects.get()
    after = browser.post(form.request["PATH_INFO"], row.said, follow=True)
    made = Vacancy.objects.get()
    assert after.request["PATH_INFO"] == f"/vacancies/{made.pk}/shifts/"
    assert (made.title, made.employer.name, made.tasks) == ("Framer", "Quill & Sons", "Cut and join frames.")
    assert (made.pay, made.pay_to, made.pay_period) == (Decimal("12.50"), 13, "hour")
    assert (made.outward, made.closes_on, made.source) == ("ZZ1", date(2030, 12, 31), "advert")
    assert made.hours_a_week == 20
    assert made.hours_text == "Part time; Mon to Fri 9 to 1, 20 hours"


def test_an_uploaded_page_with_several_adverts_is_a_list_to_look_through(browser):
    page = page_of([POSTING, POSTING | {"title": "Gilder"}], POSTING | {"title": "Carver"}).encode()
    found = browser.post(
        "/vacancies/from-page/", {"file": SimpleUploadedFile("jobs.html", page)}, follow=True
    )
    assert "3 rows: 3 can be added." in text(found)
    assert "Add 3" not in text(found)
    for row in IncomingVacancy.objects.all():
        browser.post(f"/vacancies/import/{row.batch_id}/{row.pk}/", row.said)
    assert set(Vacancy.objects.values_list("title", flat=True)) == {"Framer", "Gilder", "Carver"}


def test_the_same_advert_again_is_known(browser):
    for _ in range(2):
        form = browser.post("/vacancies/from-page/", {"page": page_of(POSTING)}, follow=True)
        row = IncomingVacancy.objects.latest("pk")
        last = browser.post(form.request["PATH_INFO"], row.said, follow=True)
    assert "here already" in text(last)
    assert Vacancy.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("", "Choose the saved page, or paste its source"),
        ("<p>Come and frame</p>", "No advert was found in the data of this page"),
        (
            '<script type="application/ld+json">{"@type": "JobPosting", </script>',
            "Block 1 of the page’s data is broken",
        ),
        ('{"@type": "Person"}', "No advert was found"),
        ("[" * 100_000, "too deep"),
    ],
)
def test_a_page_that_holds_no_advert_is_refused_and_the_text_stays(browser, page, sentence):
    found = browser.post("/vacancies/from-page/", {"page": page})
    assert found.status_code == 422
    # One of the two is needed, so neither is called optional.
    assert "optional" not in text(found)
    assert "any question blank" not in text(found)
    assert sentence.replace("’", "'") in text(found).replace("’", "'").replace("&#39;", "'")
    assert escape(page[:40]).replace("&quot;", "&#34;") in text(found)
    assert not VacancyBatch.objects.exists()


ADVERT = """Kitchen assistant
Come and join us!
16 hours a week
Mon to Thu 10am to 2pm
£12.80 an hour
"""


def test_an_advert_without_data_leads_to_the_form_with_its_words_on_hours(browser):
    assert "by hand" not in text(browser.get("/vacancies/from-page/"))
    found = text(browser.post("/vacancies/from-page/", {"page": ADVERT}))
    assert "Kitchen assistant" in found
    (way,) = re.findall(r'href="([^"]+)"[^>]*>\s*Type it in by hand', found)
    form = text(browser.get(unescape(way)))
    assert 'name="hours_text" type="text" value="Mon to Thu 10am to 2pm"' in form
    assert '<option value="advert" selected>' in form
    assert "selected>Advert" not in text(browser.get("/vacancies/new/?source=moon"))


def test_a_file_without_an_advert_leads_to_the_empty_form(browser):
    file = SimpleUploadedFile("page.html", b"<p>Mon to Thu 10am to 2pm</p>")
    found = text(browser.post("/vacancies/from-page/", {"file": file}))
    assert "by hand</a>" in found
    assert "hours=" not in found


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("Cook\n\n16 hours a week\nTuesdays", "16 hours a week"),
        ("Cook\nTuesday and Friday", "Tuesday and Friday"),
        ("<p>Cook</p><p>Mon 9 to 1</p>", "Mon 9 to 1"),
        ("Cook\n" + "x" * 201, ""),
        ("Mon 9 to 1 " + "x" * 201, ""),
        ("", ""),
    ],
)
def test_the_line_on_hours_is_the_one_that_says_most(page, line):
    assert page_rows.hours_line(page) == line


def test_one_broken_block_does_not_hide_the_others(browser):
    page = '<script type="application/ld+json">{"@type": </script>' + page_of(POSTING)
    form = text(browser.post("/vacancies/from-page/", {"page": page}, follow=True))
    assert 'value="Framer"' in form
    assert "Block 1 of the page" in form


def test_a_page_of_50_mb_is_refused_by_its_size(browser):
    large = SimpleUploadedFile("jobs.html", b"<p>x</p>" * 6_300_000)
    found = browser.post("/vacancies/from-page/", {"file": large})
    assert found.status_code == 422
    assert "This file is 50.4 MB. Choose one of at most 5 MB." in text(found)


def test_a_pasted_page_larger_than_a_form_may_be_is_refused_with_what_to_do(browser):
    found = browser.post("/vacancies/from-page/", {"page": "<p>x</p>" * 400_000})
    assert found.status_code == 400
    assert "Save it as a file and choose the file" in text(found)


def test_no_more_is_read_than_the_reader_of_pages_takes():
    with pytest.raises(DomainError, match="5 MB"):
        page_rows.read(b" " * 5_000_001)


def test_a_file_and_a_pasted_page_at_once_are_refused(browser):
    both = {"file": SimpleUploadedFile("jobs.html", page_of(POSTING).encode()), "page": "pasted words"}
    found = browser.post("/vacancies/from-page/", both)
    assert found.status_code == 422
    assert "not both" in text(found)
    assert "pasted words" in text(found)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_pages_of_any_usual_encoding_are_read(codec):
    data = json.dumps(POSTING | {"title": "Café cook"}, ensure_ascii=False)
    content = f'<script type="application/ld+json">{data}</script>'
    (found,) = page_rows.read(content.encode(codec)).rows
    assert found.said["title"] == "Café cook"


def test_pay_in_other_money_and_places_abroad_are_left_out_and_said():
    row = said(
        baseSalary={"currency": "EUR", "value": {"value": 20, "unitText": "HOUR"}},
        jobLocation=[{"address": {"postalCode": "75001"}}, {"address": {"postalCode": "ZZ2 1AA"}}],
    )
    assert not {"pay", "pay_to"} & set(row.said)
    assert row.said["outward"] == "ZZ2"
    whys = [why for _, why in row.left_out]
    assert "It is in EUR, not in pounds." in whys
    assert "“75001” is no UK postcode." in whys
    assert "It names 2 places. The first is used." in whys


def test_what_a_vacancy_has_no_place_for_is_said():
    row = said(
        jobLocation="Wendle, Anyshire",
        applicantLocationRequirements=[{"name": "England"}, {"name": "Wales"}],
        url="https://example.org/" + "x" * 200,
    )
    assert ["Place", "“Wendle, Anyshire” has no postcode."] in row.left_out
    assert ["Where people must live", "For people who live in: England, Wales."] in row.left_out
    assert "reference" not in row.said
    assert said(url="https://example.org/1").said["reference"] == "https://example.org/1"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"hiringOrganization": "Confidential"}, "employer_name"),
        ({"baseSalary": 12}, "pay_period"),
    ],
)
def test_what_an_advert_does_not_say_is_to_be_filled_in(changes, field):
    assert set(said(**changes).problems) == {field}


@pytest.mark.parametrize("salary", ["NaN", -5, {"value": {"minValue": -3}}, "lots"])
def test_pay_that_makes_no_sense_is_left_out(salary):
    row = said(baseSalary=salary)
    assert "pay" not in row.said
    assert any(field == "Pay" for field, _ in row.left_out)


def test_what_is_too_long_is_cut_and_said():
    row = said(title="x" * 200, description="y" * 6_000)
    assert not row.problems
    assert len(row.said["title"]) == 120
    assert sum("are kept" in why for _, why in row.left_out) == 2


def test_working_at_home_is_taken_over_and_no_pay_is_no_problem():
    bare = {
        key: value
        for key, value in POSTING.items()
        if key not in ("baseSalary", "jobLocation", "validThrough")
    }
    (row,) = as_rows(page_rows.read(json.dumps(bare | {"jobLocationType": "TELECOMMUTE"})).rows)
    assert row.said["home_working"] == "all"
    assert not row.problems
