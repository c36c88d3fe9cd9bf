"""The pages of list import and of possible duplicates, as a lead walks through them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pacework.service.recruitment import actions
from pacework.service.recruitment.import_models import ImportBatch
from pacework.service.recruitment.models import Merge, PossibleDuplicate, Referral
from tests.service.build import lead_of, make_client, make_programme, make_team
from tests.service.recruitment.build import make_pair
from tests.service.recruitment.test_import_actions import PEOPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Any:
    make_programme()
    return make_team()


@pytest.fixture
def browser(client: Any, team: Any) -> Any:
    client.force_login(lead_of(team))
    return client


def bring(browser: Any, content: bytes) -> Any:
    file = SimpleUploadedFile("list.csv", content, content_type="text/csv")
    return browser.post("/imports/new/", {"file": file, "route": "record_search"})


def test_a_lead_walks_from_the_file_to_the_last_row_and_back(
    browser: Any, team: Any, django_capture_on_commit_callbacks: Any
) -> None:
    known = make_client(team, first_name="Ada", last_name="Testa", birth_date=date(1970, 2, 1))
    assert "No list yet" in browser.get("/imports/").text
    to_columns = bring(browser, PEOPLE.encode())
    batch = ImportBatch.objects.get()
    assert to_columns["Location"] == f"/imports/{batch.pk}/columns/"
    assert browser.get(f"/imports/{batch.pk}/")["Location"] == to_columns["Location"]
    assert "First name" in browser.get(to_columns["Location"]).text
    chosen = {field: str(index) for field, index in batch.columns.items()}
    chosen |= {f"order_{index}": order for index, order in batch.dates.items()}
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(to_columns["Location"], chosen).status_code == 302
    batch.refresh_from_db()
    assert batch.state == "review"
    shown = browser.get(f"/imports/{batch.pk}/").text
    assert "Looks like Ada Testa" in shown
    assert "Add 9 rows" in shown
    row = batch.rows.get(result="possible")
    page = f"/imports/{batch.pk}/rows/{row.pk}/"
    assert "The same person: Ada Testa" in browser.get(page).text
    assert browser.post(page, {"choice": f"same-{known.pk}"})["Location"] == f"/imports/{batch.pk}/"
    assert "10 rows will be added" in browser.get(f"/imports/{batch.pk}/add/").text
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/imports/{batch.pk}/add/", {"sent": "no"})
    assert Referral.objects.count() == 10
    assert "10 rows will be removed" in browser.get(f"/imports/{batch.pk}/undo/").text
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/imports/{batch.pk}/undo/", {})
    assert not Referral.objects.exists()
    assert "taken back as a whole" in browser.get(f"/imports/{batch.pk}/").text


def test_a_file_that_cannot_be_read_is_refused_beside_the_field(browser: Any) -> None:
    answer = bring(browser, b"First name,Surname\n")
    assert answer.status_code == 422
    assert "no rows under them" in answer.text
    assert not ImportBatch.objects.exists()


def test_a_wrong_choice_of_columns_is_said_beside_the_column(browser: Any) -> None:
    bring(browser, PEOPLE.encode())
    batch = ImportBatch.objects.get()
    chosen = {"first_name": "0", "last_name": "0", "birth_date": "2", "order_2": "day", "order_4": "day"}
    answer = browser.post(f"/imports/{batch.pk}/columns/", chosen)
    assert answer.status_code == 422
    assert "chosen twice" in answer.text


def test_work_under_way_shows_how_far_it_is_and_can_be_stopped(browser: Any, team: Any) -> None:
    bring(browser, PEOPLE.encode())
    batch = ImportBatch.objects.get()
    actions.choose_columns(batch, by=lead_of(team), columns=batch.columns, orders=batch.dates)
    page = f"/imports/{batch.pk}/"
    assert "0 of 10 rows" in browser.get(page).text
    assert "Look again" in browser.get(page).text
    browser.post(f"{page}stop/")
    assert "Stopped. What is done is kept." in browser.get(page).text
    assert "nothing to stop" in browser.post(f"{page}stop/", follow=True).text
    browser.post(f"{page}continue/")
    assert not ImportBatch.objects.get().paused
    assert browser.post(f"{page}drop/", {})["Location"] == "/imports/"
    assert "was dropped" in browser.get(page).text


def test_another_teams_list_does_not_exist(client: Any, browser: Any) -> None:
    bring(browser, PEOPLE.encode())
    batch = ImportBatch.objects.get()
    client.force_login(lead_of(make_team()))
    for name in ("", "columns/", "add/", "undo/", "drop/", "letters/", "not-added.csv"):
        assert client.get(f"/imports/{batch.pk}/{name}").status_code == 404


def test_rows_can_be_searched_and_filtered(browser: Any, team: Any) -> None:
    bring(browser, PEOPLE.encode())
    batch = ImportBatch.objects.get()
    actions.choose_columns(batch, by=lead_of(team), columns=batch.columns, orders=batch.dates)
    actions.carry_on.func(batch.pk)
    found = browser.get(f"/imports/{batch.pk}/?show=new&q=testc").text
    assert "Ada Testc" in found
    assert "Ada Testd" not in found


def test_two_records_are_compared_joined_and_parted_again(browser: Any, team: Any) -> None:
    pair = make_pair(team)
    assert pair.client.name in browser.get("/duplicates/").text
    page = f"/duplicates/{pair.pk}/"
    assert "Yes, the same person" in browser.get(page).text
    assert browser.post(page, {"choice": "same"})["Location"] == f"{page}join/"
    assert "stays" in browser.get(f"{page}join/").text
    assert browser.post(f"{page}join/", {})["Location"] == "/duplicates/"
    made = Merge.objects.get()
    assert "Take back" in browser.get("/duplicates/").text
    assert browser.get(f"{page}join/").status_code in (302, 404)
    undo = f"/people/{made.kept_id}/joined/{made.pk}/undo/"
    assert "Both records become as they were" in browser.get(undo).text
    assert browser.post(undo, {}).status_code == 302
    assert PossibleDuplicate.objects.get().decided == ""


def test_two_people_stay_two(browser: Any, team: Any) -> None:
    pair = make_pair(team)
    browser.post(f"/duplicates/{pair.pk}/", {"choice": "different"})
    assert PossibleDuplicate.objects.get().decided == "different"
    assert "Two people" in browser.get("/duplicates/?show=decided").text


def test_of_another_teams_client_only_the_team_is_said(browser: Any, team: Any) -> None:
    pair = make_pair(team, other_team=make_team("Riverside pain clinic"))
    text = browser.get(f"/duplicates/{pair.pk}/").text
    assert "Riverside pain clinic" in text
    assert pair.other.nhs_number not in text
    assert "Yes, the same person" not in text
    assert browser.get(f"/duplicates/{pair.pk}/join/").status_code == 302
    assert browser.post(f"/duplicates/{pair.pk}/join/", {}).status_code == 403
