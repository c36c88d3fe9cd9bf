"""Who may be somebody already known: reasons and scores."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pacework.service.cases.models import Client, name_key
from pacework.service.recruitment.duplicates import LIKELY, candidates, compare
from tests.service.build import make_client, make_team, synthetic_nhs_number

BORN = date(1979, 3, 27)
ONE, OTHER = synthetic_nhs_number(11), synthetic_nhs_number(12)


def score(known: dict[str, Any], typed: dict[str, Any]) -> tuple[int, list[str]]:
    both = {"first": "Nia", "last": "Marlow", "birth_date": BORN, "nhs_number": "", "postcode": ""}
    k, t = both | known, both | typed
    row = Client(birth_date=k["birth_date"], nhs_number=k["nhs_number"], postcode=k["postcode"])
    row.name_key = name_key(k["first"], k["last"])
    return compare(
        row,
        key=name_key(t["first"], t["last"]),
        birth_date=t["birth_date"],
        nhs_number=t["nhs_number"],
        postcode=t["postcode"],
    )


@pytest.mark.parametrize(
    ("known", "typed", "likely", "shown"),
    [
        ({}, {}, True, True),
        ({"nhs_number": ONE}, {"nhs_number": ONE, "first": "X", "last": "Y", "birth_date": None}, True, True),
        ({}, {"last": "Marlowe"}, True, True),
        ({}, {"first": "Marlow", "last": "Nia"}, True, True),
        ({}, {"first": "NIA", "last": "Márlow"}, True, True),
        ({}, {"birth_date": date(1979, 3, 28)}, True, True),  # one figure differs
        (
            {"birth_date": date(1979, 3, 7)},
            {"birth_date": date(1979, 7, 3)},
            True,
            True,
        ),  # day and month exchanged
        ({}, {"birth_date": None}, False, True),
        ({"postcode": "M1 1AE"}, {"postcode": "M1 1AE", "birth_date": None}, False, True),
        ({"postcode": "M1 1AE"}, {"postcode": "M1 1AE", "birth_date": date(1950, 1, 1)}, False, True),
        ({"postcode": "M1 1AE"}, {"postcode": "M1 1AE", "last": "Okoro"}, False, True),  # a new family name
        ({}, {"first": "Owen"}, False, False),  # twins
        (
            {"postcode": "M1 1AE"},
            {"postcode": "M1 1AE", "first": "Owen"},
            False,
            False,
        ),  # twins at one address
        ({}, {"birth_date": date(1950, 1, 1)}, False, False),  # a namesake
        ({"nhs_number": ONE}, {"nhs_number": OTHER}, False, True),
        ({}, {"last": "Okoro"}, False, False),
    ],
)
def test_two_records_are_compared_as_a_person_would(
    known: dict[str, Any], typed: dict[str, Any], likely: bool, shown: bool
) -> None:
    found, reasons = score(known, typed)
    assert (found >= LIKELY) is likely
    assert (found >= 60) is shown
    assert bool(reasons) is (found > 0)


@pytest.mark.django_db
def test_the_most_likely_comes_first_and_merged_or_erased_records_never() -> None:
    team = make_team()
    exact = make_client(team, first_name="Nia", last_name="Marlow", birth_date=BORN)
    near = make_client(team, first_name="Nia", last_name="Marlowe", birth_date=BORN)
    make_client(team, first_name="Nia", last_name="Marlow", birth_date=BORN, nhs_number="")
    merged = make_client(team, first_name="Nia", last_name="Marlow", birth_date=BORN)
    Client.objects.filter(pk=merged.pk).update(merged_into=exact)
    erased = make_client(team, first_name="Nia", last_name="Marlow", birth_date=BORN)
    Client.objects.filter(pk=erased.pk).update(erased_on=date(2026, 1, 1))
    found = candidates(first="Nia", last="Marlow", birth_date=BORN)
    assert found[0].client == exact
    assert found[-1].client == near
    assert len(found) == 3


@pytest.mark.django_db
def test_each_block_finds_its_own() -> None:
    team = make_team()
    one = make_client(
        team, first_name="Nia", last_name="Marlow", birth_date=BORN, nhs_number=ONE, postcode="M1 1AE"
    )
    searches: list[dict[str, Any]] = [
        {"first": "A", "last": "B", "nhs_number": ONE},
        {"first": "Nia", "last": "Marlowe", "birth_date": BORN},
        {"first": "Niah", "last": "Marlow", "postcode": "M1 1AE"},
        {"first": "Nia", "last": "Marlow"},
    ]
    for search in searches:
        assert [found.client for found in candidates(**search)] == [one], search
    assert candidates(first="Nobody", last="Here", birth_date=date(2000, 1, 1)) == []
