"""Confirming a vacancy's week and demands; adding from rows; tables a service brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from pacework.science.vacancies.demands import Demand
from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NeedsConfirmation, NotAllowed, StaleSave
from pacework.service.core.models import AuditEvent
from pacework.service.employers import actions
from pacework.service.employers.models import (
    Employer,
    IncomingVacancy,
    OccupationDemand,
    OccupationTitle,
    OutwardPlace,
    Vacancy,
    VacancyBatch,
)
from tests.service.build import make_user
from tests.service.employers.build import make_employer, make_site, make_vacancy

pytestmark = pytest.mark.django_db

WEEK = [{"day": "mon", "start": "09:00", "end": "13:00"}, {"day": "fri", "start": "22:00", "end": "06:00"}]


def test_a_confirmed_week_brings_hours_times_and_pay_an_hour():
    vacancy = make_vacancy(pay=Decimal(240), pay_period="week")
    assert vacancy.pay_an_hour is None
    actions.set_shifts(vacancy, by=make_user("esw"), shifts=WEEK, swap_days=True)
    vacancy.refresh_from_db()
    assert vacancy.shifts == WEEK
    assert vacancy.hours_a_week == 12
    assert vacancy.times == "early mornings afternoons evenings nights"
    assert vacancy.pay_an_hour == 20
    assert vacancy.swap_days is True
    assert vacancy.shifts_vary is None


def test_hours_that_are_said_go_before_the_sum_and_no_shifts_mean_unknown():
    vacancy = make_vacancy()
    by = make_user("esw")
    actions.set_shifts(vacancy, by=by, shifts=WEEK, hours_a_week=Decimal(11), break_minutes=30)
    assert vacancy.hours_a_week == 11
    actions.set_shifts(vacancy, by=by, shifts=[])
    assert (vacancy.shifts, vacancy.times, vacancy.hours_a_week) == ([], "", None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"shifts": WEEK * 15}, "shifts"),
        ({"shifts": WEEK * 2}, "shifts"),
        ({"break_minutes": 241}, "break_minutes"),
        ({"break_minutes": -1}, "break_minutes"),
        ({"hours_a_week": Decimal(169)}, "hours_a_week"),
    ],
)
def test_a_week_that_cannot_be_is_refused_and_nothing_kept(changes, field):
    vacancy = make_vacancy()
    with pytest.raises(DomainError) as refused:
        actions.set_shifts(vacancy, by=make_user("esw"), **({"shifts": WEEK} | changes))
    assert refused.value.field == field
    assert Vacancy.objects.get().shifts == []


def test_of_two_who_change_a_week_the_second_is_told():
    vacancy = make_vacancy()
    actions.set_shifts(vacancy, by=make_user("esw"), shifts=WEEK, expected=1)
    with pytest.raises(StaleSave):
        actions.set_shifts(vacancy, by=make_user("esw"), shifts=[], expected=1)


@pytest.mark.parametrize("role", ["client", "hcp", "manager", "researcher", "administrator"])
def test_only_workers_and_leads_change_vacancies(role):
    vacancy, user = make_vacancy(), make_user(role)
    row = staged()
    for act in (
        lambda: actions.set_shifts(vacancy, by=user, shifts=[]),
        lambda: actions.confirm_demands(vacancy, by=user, said={}),
        lambda: actions.add_vacancy_of("Quill", by=user, title="Cook"),
        lambda: actions.stage_vacancies([], by=user, kind="list", name="x"),
        lambda: actions.add_incoming(row, by=user, employer_name="Quill", title="Cook"),
        lambda: actions.replace_demands({"9241": {}}, by=user),
        lambda: actions.replace_occupations([("1111", "x")], by=user),
        lambda: actions.forget_batch(row.batch, by=user),
        lambda: actions.leave_out_row(row, by=user),
        lambda: actions.replace_outwards([("ZZ1", 54.0, 1.0)], by=user),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_detail_that_no_vacancy_has_is_not_dropped_in_silence():
    with pytest.raises(TypeError, match="A vacancy has no colour"):
        make_vacancy(colour="blue")


def test_the_sites_postcode_stands_in_where_none_is_typed():
    employer = make_employer()
    site = make_site(employer, postcode="ZZ10 1AA")
    assert make_vacancy(employer, site=site).outward == "ZZ10"
    assert make_vacancy(employer, site=site, outward="zz2 4dy").outward == "ZZ2"
    odd = make_site(employer, "Other", postcode="ask")
    assert make_vacancy(employer, site=odd).outward == ""
    with pytest.raises(DomainError) as refused:
        make_vacancy(employer, outward="nowhere")
    assert refused.value.field == "outward"


def test_what_somebody_knows_of_the_work_is_kept_and_the_rest_stays_open():
    vacancy = make_vacancy()
    said = {
        "standing": {"share": "most", "change": "yes"},
        "lifting": {"share": "", "change": "no"},
        "driving": {"share": "", "change": ""},
    }
    actions.confirm_demands(vacancy, by=make_user("esw"), said=said)
    assert vacancy.demands == {key: said[key] for key in ("standing", "lifting")}
    assert vacancy.demands_said_on == clock.today()
    actions.confirm_demands(vacancy, by=make_user("esw"), said={})
    assert (vacancy.demands, vacancy.demands_said_on) == ({}, None)


def test_only_lifting_has_a_load():
    vacancy = make_vacancy()
    answer = {"share": "some", "change": "", "load_kg": Decimal("12.5")}
    actions.confirm_demands(vacancy, by=make_user("esw"), said={"lifting": answer, "standing": answer})
    assert vacancy.demands["lifting"]["load_kg"] == 12.5
    assert "load_kg" not in vacancy.demands["standing"]
    actions.confirm_demands(
        vacancy, by=make_user("esw"), said={"lifting": answer | {"share": "", "change": "no"}}
    )
    assert "load_kg" not in vacancy.demands["lifting"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"flying": {"share": "most"}}, "demands"),
        ({"lifting": {"share": "lots"}}, "lifting_share"),
        ({"lifting": {"change": "perhaps"}}, "lifting_change"),
        ({"lifting": {"share": "most", "load_kg": 201}}, "load_kg"),
        ({"lifting": {"share": "most", "load_kg": -1}}, "load_kg"),
    ],
)
def test_demands_nobody_knows_are_refused(said, field):
    with pytest.raises(DomainError) as refused:
        actions.confirm_demands(make_vacancy(), by=make_user("esw"), said=said)
    assert refused.value.field == field


# By name, and from rows


def test_an_employer_by_name_is_the_known_one_or_a_new_one():
    known, by = make_employer("Quill & Sons Ltd"), make_user("esw")
    assert actions.add_vacancy_of("QUILL AND SONS", by=by, title="Cook").employer == known
    with pytest.raises(NeedsConfirmation) as asked:
        actions.add_vacancy_of("Quill and Son", by=by, title="Cook")
    assert asked.value.field == "confirmed"
    made = actions.add_vacancy_of("Quill and Son", by=by, title="Cook", confirmed=True)
    assert made.employer != known
    with pytest.raises(DomainError) as refused:
        actions.add_vacancy_of("…", by=by, title="Cook")
    assert refused.value.field == "employer_name"


def staged(key: str = "k", **said: str) -> IncomingVacancy:
    row = IncomingVacancy(number=2, said=said, key=key)
    actions.stage_vacancies([row], by=make_user("esw"), kind="list", name="jobs.csv", unknown=["Colour"])
    return IncomingVacancy.objects.get(pk=row.pk)


def test_a_row_is_added_once_however_often_it_comes():
    by = make_user("esw")
    first, again = staged(), staged()
    vacancy = actions.add_incoming(first, by=by, employer_name="Quill", title="Cook")
    assert IncomingVacancy.objects.get(pk=first.pk).vacancy == vacancy
    for row in (first, again):
        with pytest.raises(DomainError, match="here already"):
            actions.add_incoming(row, by=by, employer_name="Quill", title="Cook")
    assert Vacancy.objects.count() == Employer.objects.count() == 1


def test_a_row_is_left_out_with_a_trace_unless_it_was_added():
    by = make_user("esw")
    added, unwanted = staged("a"), staged("b")
    actions.add_incoming(added, by=by, employer_name="Quill", title="Cook")
    with pytest.raises(DomainError, match="added already"):
        actions.leave_out_row(added, by=by)
    actions.leave_out_row(unwanted, by=by)
    assert IncomingVacancy.objects.get() == added
    assert AuditEvent.objects.filter(verb="vacancy_row.left_out").count() == 1


def test_a_batch_of_an_unknown_kind_is_refused():
    with pytest.raises(DomainError):
        actions.stage_vacancies([], by=make_user("esw"), kind="pile", name="x")


def test_what_was_read_goes_after_30_days_and_vacancies_stay():
    from pacework.service.employers.jobs import DAILY

    row = staged()
    actions.add_incoming(row, by=make_user("esw"), employer_name="Quill", title="Cook")
    with clock.at(clock.now() + timedelta(days=29)):
        assert "0 old lists" in DAILY[0]()
    with clock.at(clock.now() + timedelta(days=31)):
        assert "1 old list of" in DAILY[0]()
        assert "0 old lists" in DAILY[0]()
    assert not VacancyBatch.objects.exists()
    assert Vacancy.objects.count() == 1
    batch = staged("other").batch
    actions.forget_batch(batch, by=make_user("esw"))
    assert not VacancyBatch.objects.exists()


# Tables


def test_a_new_table_takes_the_place_of_the_old_one():
    some = Demand(0.5, 0.25, 0.75, source="Table A")
    assert actions.replace_demands({"9241": {"standing": some}, "9223": {"lifting": some}}, by=None) == 2
    again = {"9241": {"sitting": replace(some, source="Table B", load_kg=3)}}
    assert actions.replace_demands(again, by=make_user("esw")) == 1
    (one,) = OccupationDemand.objects.all()
    assert (one.occupation, one.demand, one.share, one.source) == ("9241", "sitting", 0.5, "Table B")
    with pytest.raises(DomainError):
        actions.replace_demands({"9241": {}}, by=None)
    assert OccupationDemand.objects.count() == 1


def test_a_new_classification_takes_the_place_of_the_old_one():
    actions.replace_occupations([("1111", "Chief executives")], by=None)
    actions.replace_occupations([("1112", "Elected officers")], by=make_user("team_lead"))
    assert [one.code for one in OccupationTitle.objects.all()] == ["1112"]
    with pytest.raises(DomainError):
        actions.replace_occupations([], by=None)


def test_new_districts_take_the_place_of_the_old_ones():
    actions.replace_outwards([("ZZ1", 54.0, 1.0), ("ZZ2", 54.1, 1.0)], by=None)
    actions.replace_outwards([("ZZ3", 55.0, 1.0)], by=None)
    assert [place.outward for place in OutwardPlace.objects.all()] == ["ZZ3"]
    with pytest.raises(DomainError):
        actions.replace_outwards([], by=None)
