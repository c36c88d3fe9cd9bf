"""Where a job to look at comes from: a vacancy, a placement or a job of the client; or nothing yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.week import typed_week
from pacework.service.employers.models import Travel, Vacancy
from pacework.service.employers.models.ways import ways
from pacework.service.work.models import JobSpell, Placement

LONGEST_WAY = 360


@dataclass(frozen=True)
class Source:
    """What the description of a job begins with, and what it will refer to."""

    words: str = ""
    typed: dict[str, Any] = field(default_factory=dict)
    refers_to: dict[str, Any] = field(default_factory=dict)


def source_of(user: Any, client: Client, said: Mapping[str, str]) -> Source:
    """The source that an address names; a row out of sight is a 404."""
    for name in ("vacancy", "placement", "spell"):
        number = said.get(name, "")
        if number:
            if not (number.isascii() and number.isdigit() and len(number) < 10):
                raise Http404("No such job")
            return _SOURCES[name](user, client, int(number))
    return Source()


def _vacancy(user: Any, client: Client, pk: int) -> Source:
    vacancy = get_object_or_404(Vacancy.objects.select_related("employer", "site"), pk=pk)
    return Source(
        f"{vacancy.title}, {vacancy.employer}",
        {
            "title": f"{vacancy.title}, {vacancy.employer}"[:120],
            "told": vacancy.hours_text,
            **of_vacancy(client, vacancy),
        },
        {"vacancy": vacancy},
    )


def of_vacancy(client: Client, vacancy: Vacancy) -> dict[str, Any]:
    """The hours of a vacancy as they stand in the form."""
    return {**typed_week(vacancy.shifts), **hours_said(vacancy, ways(client, [vacancy])[vacancy.pk].minutes)}


def hours_said(vacancy: Vacancy, minutes: int | None) -> dict[str, Any]:
    """What a vacancy says of its hours beside the shifts, by the names of `JobCheck.HOURS`."""
    home = {Vacancy.Home.NONE: False, Vacancy.Home.SOME: True, Vacancy.Home.ALL: True}
    return {
        "commute_minutes": minutes if minutes is None or minutes <= LONGEST_WAY else None,
        "home_possible": home.get(Vacancy.Home(vacancy.home_working)),
        "break_minutes": vacancy.break_minutes or 0,
        "swap_days": bool(vacancy.swap_days),
    }


def _placement(user: Any, client: Client, pk: int) -> Source:
    rows = Placement.objects.visible_to(user).filter(episode__client=client)
    row = get_object_or_404(rows.select_related("employer", "episode"), pk=pk)
    return Source(
        f"{row.title}, {row.employer}", _known(user, client, row, str(row.employer)), {"placement": row}
    )


def _spell(user: Any, client: Client, pk: int) -> Source:
    rows = JobSpell.objects.visible_to(user).filter(episode__client=client)
    row = get_object_or_404(rows.select_related("employer", "episode"), pk=pk)
    return Source(f"{row.title}, {row.where}", _known(user, client, row, row.where), {"spell": row})


def _known(user: Any, client: Client, row: Placement | JobSpell, where: str) -> dict[str, Any]:
    """Its name, and the way if somebody typed it."""
    typed = Travel.objects.visible_to(user).filter(client=client, site=row.site_id) if row.site_id else None
    way = typed.first() if typed is not None else None
    minutes = way.minutes if way is not None else None
    return {
        "title": f"{row.title}, {where}"[:120],
        "commute_minutes": minutes if minutes is None or minutes <= LONGEST_WAY else None,
    }


_SOURCES = {"vacancy": _vacancy, "placement": _placement, "spell": _spell}


def theirs(user: Any, client: Client) -> list[dict[str, Any]]:
    """The placements and jobs of this client that go on or are planned, and what names each in an address."""
    placements = Placement.objects.visible_to(user).filter(episode__client=client, ended_on=None)
    spells = JobSpell.objects.visible_to(user).filter(episode__client=client, ended_on=None)
    return [
        {
            "row": row,
            "said": {"placement": row.pk},
            "label": f"{row.title}, {row.employer}",
            "kind": "Placement",
        }
        for row in placements.select_related("employer")
    ] + [
        {"row": row, "said": {"spell": row.pk}, "label": f"{row.title}, {row.where}", "kind": "Job"}
        for row in spells.select_related("employer")
    ]


def pays_legal_minimum(client: Client, vacancy: Vacancy | None) -> bool | None:
    """Whether a vacancy pays this client's legal minimum of today; None where that is not known."""
    if vacancy is None or vacancy.pay_an_hour is None:
        return None
    from pacework.science.measures.wages import legal_minimum

    rate = legal_minimum(client.birth_date, clock.today())
    if vacancy.pay_an_hour >= rate.amount:
        return True
    # Without a birth date the highest rate is compared with: below it nothing is known.
    return False if rate.certain else None
