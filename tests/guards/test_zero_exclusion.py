"""Zero exclusion: nothing ranks, filters or refuses people by readiness, capacity or health."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from pacework.science.measures.eligibility import assess, preset
from pacework.service.cases.records import own_models
from pacework.service.core import clock
from pacework.service.core.codes import codes
from tests.guards.source import SERVICE, python_files
from tests.service.build import lead_of
from tests.service.recruitment.build import make_referral

JUDGING = re.compile(
    r"readiness|work_ready|job_ready|motivat|employab|suitab|capacity_score|risk_score", re.IGNORECASE
)
# What people are put in order by: dates, names, stages and what they wait for.
SORTING = re.compile(r'(?:"-?sort"|"sort"): "(\w+)"')
# The likeness of two records is a score of a pair, for finding the same person twice.
SCORES = {("possibleduplicate", "score")}


def test_no_record_of_a_person_holds_a_score_of_them():
    found = [
        (model._meta.model_name, field.name)
        for model in own_models()
        for field in model._meta.get_fields()
        if JUDGING.search(field.name) or re.search(r"(^|_)(score|rank)(_|$)", field.name)
    ]
    assert set(found) <= SCORES


def test_no_exit_and_no_closing_is_for_not_being_ready():
    rows = [*codes("recruitment", "exit_reasons", "reasons").values()]
    rows += [*codes("cases", "closing_reasons", "reasons").values()]
    assert rows
    for row in rows:
        assert not re.search(
            r"not.ready|unsuitable|too (ill|disabled)|no progress|did not (attend|engage)", row["label"]
        )


def test_lists_of_people_are_sorted_by_names_dates_and_stages_only():
    allowed = {
        "name",
        "stage",
        "last",
        "next",
        "since",
        "days",
        "team",
        "route",
        "state",
        "esw",
        "client",
        "birth",
        "waiting",
        "raised",
    }
    found = {
        (str(file.relative_to(SERVICE)), name)
        for file in python_files(SERVICE)
        for name in SORTING.findall(file.read_text(encoding="utf-8"))
        if "employers" not in file.parts and "people" not in file.parts
    }
    assert found, "the caseload can be sorted"
    assert {name for _, name in found} <= allowed


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "wants_to_work": st.one_of(st.none(), st.booleans()),
        "birth_date": st.dates(),
        "chronic_pain": st.booleans(),
        "out_of_work_since": st.dates(),
        "pain_since": st.dates(),
        "registered_gp": st.booleans(),
    },
)


@given(ANSWERS)
@settings(max_examples=200, deadline=None)
def test_the_routine_service_refuses_nobody(answers):
    assert assess(preset("routine"), answers, on=clock.today()).meets is not False


@pytest.mark.django_db
def test_whoever_a_study_leaves_out_is_offered_the_service_on_the_same_page(client_for):
    referral = make_referral("not_met", preset="reise")
    page = client_for(lead_of(referral.team)).get(reverse("referral", args=[referral.client_id, referral.pk]))
    assert page.status_code == 200
    assert reverse("referral-routine", args=[referral.client_id, referral.pk]) in page.content.decode()
