"""Employers, answers, openings, waiting and travel: what is written, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from pacework.service.core import clock
from pacework.service.core.audit import verify
from pacework.service.core.errors import DomainError, NeedsConfirmation, NotAllowed, StaleSave
from pacework.service.employers import actions
from pacework.service.employers.models import DisclosurePlan, Employer, PlacementWait, Travel
from pacework.service.employers.models.places import employer_key
from pacework.service.employers.policies import occupancy
from tests.service.build import close, give_account, lead_of, make_client, make_team, make_user
from tests.service.employers.build import (
    agree,
    make_carried_client,
    make_employer,
    make_manager,
    make_opportunity,
    make_site,
    make_vacancy,
)

pytestmark = pytest.mark.django_db


def days(number):
    return clock.today() + timedelta(days=number)


# Employers


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Wendle Wholefoods Ltd", "wendle wholefoods"),
        ("Wendle Wholefoods", "Wendel Wholefoods"),
        ("The Paper Kite", "Paper Kite Limited"),
        ("Café Olé", "Cafe Ole"),
        ("O'Hara's Bakery", "OHaras Bakery"),
    ],
)
def test_an_employer_with_a_similar_name_is_asked_about_before_it_is_added(first, second):
    esw = make_user("esw")
    known = make_employer(first)
    assert Employer.objects.likely_same(second) == [known]
    with pytest.raises(NeedsConfirmation, match="There is already") as asked:
        actions.add_employer(by=esw, name=second)
    assert asked.value.field == "confirmed"
    assert Employer.objects.count() == 1
    actions.add_employer(by=esw, name=second, confirmed=True)
    assert Employer.objects.count() == 2


def test_other_names_are_not_asked_about():
    make_employer("Wendle Wholefoods")
    assert Employer.objects.likely_same("Brackwater Lift Engineers") == []
    assert Employer.objects.likely_same("  ") == []


def test_a_name_of_legal_words_only_keeps_them():
    assert employer_key("The Company Ltd") == "the company ltd"
    assert employer_key("Fordham & Daughters") == "fordham daughters"


EMPLOYER = {
    "name": "Quill",
    "sector": "retail",
    "phone": "",
    "website": "",
    "disability_confident": "leader",
    "disability_confident_until": None,
    "about": "",
}


def test_an_employer_is_changed_once_and_a_stale_save_is_refused():
    esw, employer = make_user("esw"), make_employer("Fjord")
    actions.edit_employer(employer, by=esw, expected=1, **EMPLOYER | {"name": "Fjord & Sons Ltd"})
    employer.refresh_from_db()
    assert (employer.name_key, employer.version) == ("fjord sons", 2)
    with pytest.raises(StaleSave):
        actions.edit_employer(employer, by=esw, expected=1, **EMPLOYER)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sector": "piracy"}, "sector"),
        ({"disability_confident": "gold"}, "disability_confident"),
        ({"disability_confident": "none", "disability_confident_until": 9}, "disability_confident_until"),
    ],
)
def test_unknown_codes_and_a_date_without_a_level_are_refused(changes, field):
    changes = {name: days(value) if isinstance(value, int) else value for name, value in changes.items()}
    with pytest.raises(DomainError) as refused:
        actions.add_employer(by=make_user("esw"), **EMPLOYER | changes)
    assert refused.value.field == field
    assert not Employer.objects.exists()


def test_sites_and_people_are_added_and_changed():
    esw, employer = make_user("esw"), make_employer()
    site = actions.add_site(employer, by=esw, name="High Street")
    with pytest.raises(DomainError, match="already has a site"):
        actions.add_site(employer, by=esw, name="high street")
    other = actions.add_site(employer, by=esw, name="Depot")
    values = {"address": "1 Mill Lane", "postcode": "", "getting_there": "Two steps"}
    actions.edit_site(other, by=esw, expected=1, name="Depot", **values)
    with pytest.raises(DomainError, match="already has a site"):
        actions.edit_site(other, by=esw, expected=2, name="HIGH STREET", **values)
    person = actions.add_person(employer, by=esw, name="Ottilie Crane", site=site)
    with pytest.raises(DomainError, match="does not belong"):
        actions.add_person(employer, by=esw, name="Ottilie Crane", site=make_site(make_employer()))
    left = {"job_title": "", "phone": "", "email": "", "note": ""}
    actions.edit_person(
        person, by=esw, expected=1, name="Ottilie Crane", site=None, left_on=clock.today(), **left
    )
    person.refresh_from_db()
    assert (person.left_on, person.site) == (clock.today(), None)
    with pytest.raises(DomainError, match="future"):
        actions.edit_person(person, by=esw, expected=2, name="O", site=None, left_on=days(1), **left)


def test_who_finds_no_work_changes_no_employer():
    employer, manager = make_employer(), make_user("manager")
    writes = [
        lambda: actions.add_employer(by=manager, name="Quill"),
        lambda: actions.edit_employer(employer, by=manager, expected=1, **EMPLOYER),
        lambda: actions.add_site(employer, by=manager, name="Depot"),
        lambda: actions.add_person(employer, by=manager, name="Ottilie"),
        lambda: actions.add_vacancy(employer, by=manager, title="Cook"),
        lambda: actions.add_opportunity(employer, by=manager, title="Cook"),
        lambda: actions.log_contact(
            employer, by=manager, on=clock.today(), mode="phone", purpose="introduce"
        ),
    ]
    for write in writes:
        with pytest.raises(NotAllowed):
            write()


# What may be said


def test_a_new_answer_ends_the_old_one_and_history_is_kept():
    client, esw = make_carried_client()
    first = agree(client, esw, who="unnamed", may_say="Likes mornings")
    second = agree(client, esw, who="named")
    first.refresh_from_db()
    assert first.ended_at is not None
    assert first.ended_by == esw
    assert first.may_say == "Likes mornings"
    assert list(client.disclosure_plans.current()) == [second]
    assert client.disclosure_plans.count() == 2
    assert verify().ok


def test_default_and_answers_for_employers_stand_side_by_side():
    client, esw = make_carried_client()
    employer = make_employer()
    default, own = agree(client, esw), agree(client, esw, who="not_at_all", employer=employer)
    assert set(client.disclosure_plans.current()) == {default, own}
    assert list(client.disclosure_plans.current().deciding_for(employer)) == [own, default]
    actions.end_override(own, by=esw)
    assert list(client.disclosure_plans.current()) == [default]
    with pytest.raises(DomainError, match="already been replaced"):
        actions.end_override(own, by=esw)
    with pytest.raises(DomainError, match="for all employers"):
        actions.end_override(default, by=esw)


def test_the_database_keeps_one_current_answer_and_no_half_ones():
    client, esw = make_carried_client()
    agree(client, esw)
    fields = {"client": client, "agreed_on": clock.today(), "agreed_how": "spoken", "recorded_by": esw}
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosurePlan.objects.create(who="named", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosurePlan.objects.create(who="not_at_all", what="condition", employer=make_employer(), **fields)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"who": "perhaps"}, "who"),
        ({"what": "all of it"}, "what"),
        ({"who": "not_at_all", "what": "condition"}, "what"),
        ({"agreed_on": 1}, "agreed_on"),
        ({"expires_on": -1}, "expires_on"),
    ],
)
def test_an_answer_that_makes_no_sense_changes_nothing(changes, field):
    client, esw = make_carried_client()
    kept = agree(client, esw)
    changes = {name: days(value) if isinstance(value, int) else value for name, value in changes.items()}
    with pytest.raises(DomainError) as refused:
        agree(client, esw, **changes)
    assert refused.value.field == field
    assert list(client.disclosure_plans.current()) == [kept]


def test_the_clients_own_answer_is_marked_as_given_online():
    client, _ = make_carried_client(account=True)
    plan = agree(client, give_account(client), who="unnamed", agreed_how="signed")
    assert plan.agreed_how == "online"
    other, _ = make_carried_client()
    with pytest.raises(NotAllowed):
        agree(other, give_account(client))


# Openings


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"occupation": "92"}, "occupation"),
        ({"occupation": "abcd"}, "occupation"),
        ({"hours_a_week": Decimal(169)}, "hours_a_week"),
        ({"hours_a_week": Decimal(0)}, "hours_a_week"),
        ({"pay": Decimal(-1), "pay_period": "hour"}, "pay"),
        ({"pay": Decimal(12)}, "pay_period"),
    ],
)
def test_a_vacancy_that_makes_no_sense_is_refused(changes, field):
    employer = make_employer()
    with pytest.raises(DomainError) as refused:
        make_vacancy(employer, **changes)
    assert refused.value.field == field
    assert not employer.vacancies.exists()


def test_a_vacancy_is_changed_filled_and_opened_again():
    vacancy = make_vacancy(pay=Decimal("12.60"), pay_period="hour", occupation="9241")
    by = vacancy.added_by
    values = {
        "site": None,
        "occupation": "",
        "tasks": "",
        "hours_a_week": None,
        "hours_text": "",
        "pay": None,
    }
    values |= {
        "pay_period": "hour",
        "home_working": "none",
        "flexibility": "",
        "closes_on": None,
        "pay_to": None,
        "outward": "",
        "reference": "",
    }
    actions.edit_vacancy(vacancy, by=by, expected=1, title="Night filler", source="advert", **values)
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.pay_period) == ("Night filler", "")
    actions.move_vacancy(vacancy, by=by, to="filled", expected=2)
    actions.move_vacancy(vacancy, by=by, to="open", expected=3)
    with pytest.raises(DomainError):
        actions.move_vacancy(vacancy, by=by, to="open", expected=4)


def test_open_vacancies_are_those_not_past_their_closing_day():
    from pacework.service.employers.models import Vacancy

    employer = make_employer()
    kept = [make_vacancy(employer), make_vacancy(employer, closes_on=clock.today())]
    make_vacancy(employer, closes_on=days(-1))
    actions.move_vacancy(make_vacancy(employer), by=make_user("esw"), to="withdrawn")
    assert set(Vacancy.objects.open_on(clock.today())) == set(kept)


def test_an_agreed_opportunity_keeps_a_named_manager_of_that_employer():
    opportunity = make_opportunity(state="agreed")
    by = opportunity.added_by
    values = {
        "title": "T",
        "places": 2,
        "site": None,
        "tasks": "",
        "hours": "",
        "demands": "",
        "lead_days": 5,
    }
    with pytest.raises(DomainError, match="names who looks after"):
        actions.edit_opportunity(
            opportunity, by=by, expected=opportunity.version, named_manager=None, **values
        )
    stranger = make_manager(make_employer())
    with pytest.raises(DomainError) as refused:
        actions.edit_opportunity(
            opportunity, by=by, expected=opportunity.version, named_manager=stranger, **values
        )
    assert refused.value.field == "named_manager"
    opportunity.refresh_from_db()
    manager = opportunity.named_manager
    actions.edit_opportunity(
        opportunity, by=by, expected=opportunity.version, named_manager=manager, **values
    )
    with pytest.raises(DomainError, match="from 1 to 50"):
        actions.edit_opportunity(
            opportunity, by=by, expected=opportunity.version, named_manager=manager, **values | {"places": 0}
        )


def test_places_free_are_those_not_counted_as_taken(monkeypatch):
    monkeypatch.setattr(occupancy, "_counters", [])
    two, one = make_opportunity(places=2), make_opportunity(places=1)
    assert occupancy.places_free([two, one]) == {two.pk: 2, one.pk: 1}
    counter = lambda pks: {two.pk: 1, one.pk: 3}  # noqa: E731
    occupancy.add_counter(counter)
    assert occupancy.places_free([two, one]) == {two.pk: 1, one.pk: 0}


# Waiting and travel


def test_waiting_is_counted_told_and_ended():
    with clock.at(clock.now() - timedelta(days=12)):
        client, esw = make_carried_client(consent=False)
    opportunity = make_opportunity(state="agreed")
    wait = actions.add_wait(client, opportunity, by=esw, since=days(-10))
    with pytest.raises(DomainError, match="already waiting"):
        actions.add_wait(client, opportunity, by=esw)
    told = actions.tell_waiting(wait, by=esw, words="Two weeks more")
    assert told.told_on == clock.today()
    with pytest.raises(DomainError, match="before the wait"):
        actions.tell_waiting(wait, by=esw, told_on=days(-11))
    with pytest.raises(DomainError, match="from the list"):
        actions.end_wait(wait, by=esw, reason="bored")
    actions.end_wait(wait, by=esw, reason="placed")
    for again in (
        lambda: actions.tell_waiting(wait, by=esw),
        lambda: actions.end_wait(wait, by=esw, reason="placed"),
    ):
        with pytest.raises(DomainError, match="already ended"):
            again()
    assert list(PlacementWait.objects.waiting()) == []
    actions.add_wait(client, opportunity, by=esw)


def test_nobody_waits_for_what_ended_or_before_support_began():
    client, esw = make_carried_client()
    with pytest.raises(DomainError, match="has ended"):
        actions.add_wait(client, make_opportunity(state="ended"), by=esw)
    with pytest.raises(DomainError, match="before support"):
        actions.add_wait(client, make_opportunity(), by=esw, since=days(-1))
    with pytest.raises(DomainError, match="future"):
        actions.add_wait(client, make_opportunity(), by=esw, since=days(1))
    with pytest.raises(NotAllowed):
        actions.add_wait(client, make_opportunity(), by=make_user("esw", client.team))
    team = make_team()
    with pytest.raises(DomainError, match="no open episode"):
        actions.add_wait(make_client(team), make_opportunity(), by=lead_of(team))
    assert not PlacementWait.objects.exists()


def test_nobody_is_put_on_a_list_after_closing():
    client, _ = make_carried_client()
    close(client.episode)
    client.__dict__.pop("_episode", None)
    with pytest.raises(NotAllowed):
        actions.add_wait(client, make_opportunity(), by=lead_of(client.team))


def test_travel_is_minutes_or_unknown_and_a_stale_save_is_refused():
    client, esw = make_carried_client()
    site = make_site(make_employer())
    unknown = actions.record_travel(client, site, by=esw, minutes=None, how="Bus 12")
    assert unknown.minutes is None
    actions.record_travel(client, site, by=esw, minutes=35, expected=1)
    with pytest.raises(StaleSave):
        actions.record_travel(client, site, by=esw, minutes=50, expected=1)
    with pytest.raises(DomainError, match="from 0 to 600"):
        actions.record_travel(client, site, by=esw, minutes=601)
    assert Travel.objects.get().minutes == 35
