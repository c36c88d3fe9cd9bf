"""One page of a client's matches: who passes the limits, in which order, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pacework.science.capacity.shortlist import Reason, Shortlist, shortlist
from pacework.science.capacity.sustainability import Sustainability
from pacework.science.vacancies.compare import Agreed, Sentence, Tolerances, compare
from pacework.service.cases.models import Client
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.employers.models import Vacancy
from pacework.service.employers.models.demands import demands_of_each, known_demands, shift_minutes
from pacework.service.employers.models.ways import Way, ways
from pacework.service.matching import forecasting, policies
from pacework.service.matching.columns import kept
from pacework.service.matching.criteria import Criteria, criteria_of, table_of, wishes_of
from pacework.service.matching.sources import hours_said, pays_legal_minimum
from pacework.service.profile.models import ProfileSection
from pacework.service.work.models import Adjustment

PER_PAGE = 20


@dataclass(frozen=True)
class Match:
    """One vacancy with what speaks for it and what to ask."""

    vacancy: Vacancy
    way: Way
    reasons: tuple[Reason, ...]
    demands: list[tuple[Sentence, bool]]
    pays_minimum: bool | None
    result: Sustainability | None = None


@dataclass(frozen=True)
class Found:
    """One page, and how many there are in all."""

    criteria: Criteria
    matches: list[Match] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    total: int = 0
    of: int = 0
    ruled_out: dict[str, int] = field(default_factory=dict)


def find(user: Any, client: Client, page: int, *, forecast: bool) -> Found:
    """A page of the vacancies within this client's limits. A forecast only moves the rows of this page."""
    columns = kept.now()
    wishes = wishes_of(client)
    criteria = criteria_of(wishes)
    if not len(columns.pk):
        return Found(criteria)
    table = table_of(client, columns, wishes, criteria)
    listed = _page(table, criteria, page)
    pks = [int(columns.pk[position]) for position in listed.positions]
    rows = Vacancy.objects.select_related("employer", "site").in_bulk(pks)
    reasons = dict(zip(pks, listed.reasons, strict=True))
    vacancies = [rows[pk] for pk in pks if pk in rows]
    way = ways(client, vacancies)
    beside = _beside(user, client, vacancies)
    matches = [
        Match(row, way[row.pk], reasons[row.pk], beside[row.pk], pays_legal_minimum(client, row))
        for row in vacancies
    ]
    if forecast:
        matches = _by_holding(user, client, matches)
    closed = listed.ruled_out.get("closed", 0)
    return Found(
        criteria,
        matches,
        page=listed.offset // PER_PAGE + 1,
        pages=max(1, -(-listed.total // PER_PAGE)),
        total=listed.total,
        of=listed.of - closed,
        ruled_out={name: count for name, count in listed.ruled_out.items() if name != "closed"},
    )


def _page(table: Any, criteria: Criteria, page: int) -> Shortlist:
    """The page that was asked for; one too far is the last."""
    first = shortlist(
        table, criteria.limits, criteria.preferences, PER_PAGE, offset=(max(page, 1) - 1) * PER_PAGE
    )
    last = max(0, -(-first.total // PER_PAGE) - 1)
    if first.offset <= last * PER_PAGE:
        return first
    return shortlist(table, criteria.limits, criteria.preferences, PER_PAGE, offset=last * PER_PAGE)


def _beside(
    user: Any, client: Client, vacancies: Sequence[Vacancy]
) -> dict[int, list[tuple[Sentence, bool]]]:
    """What each job asks for beside what the client said of themselves, in words."""
    sections = ProfileSection.objects.visible_to(user).filter(episode=client.episode, key="pain_at_work")
    tolerances = Tolerances.from_answers(sections.values_list("answers", flat=True).first() or {})
    agreed = _agreed(user, client)
    found = {}
    asked_of = demands_of_each(vacancies)
    for row in vacancies:
        by_key = {one.key: one for one in asked_of[row.pk]}
        sentences = compare(tolerances, known_demands(by_key.values()), agreed, shift_minutes(row))
        found[row.pk] = [
            (one, by_key[one.demand].demand is not None and not by_key[one.demand].confirmed)
            for one in sentences
        ]
    return found


def _agreed(user: Any, client: Client) -> list[Agreed]:
    rows = Adjustment.objects.visible_to(user).filter(episode__client=client, agreed_on__isnull=False)
    table = codes("work", "adjustments", "adjustments")
    kinds = dict.fromkeys(rows.exclude(effect="stopped").values_list("kind", flat=True))
    return [Agreed(kind, table.label(kind).lower()) for kind in kinds]


def _by_holding(user: Any, client: Client, matches: list[Match]) -> list[Match]:
    """These rows alone, first those whose hours would hold best; unknown hours behind, in their order."""
    jobs = {}
    for match in matches:
        row = match.vacancy
        if not row.shifts:
            continue
        try:
            jobs[row.pk] = policies.job_of(
                row.shifts,
                hours_said(row, match.way.minutes),
                pays_legal_minimum=pays_legal_minimum(client, row),
            )
        except DomainError:
            # Work and way of more than a day: nothing to say of the hours, and nothing hidden.
            continue
    if not jobs:
        return matches
    hours = forecasting.hours_of(user, client)
    results = dict(zip(jobs, forecasting.would_each_hold(hours, list(jobs.values())), strict=True))
    told = [replace(one, result=results.get(one.vacancy.pk)) for one in matches]
    return sorted(told, key=_held)


def _held(match: Match) -> tuple[float, float]:
    """As the words tell jobs apart: by weeks of ten with a miss, then by shifts; unknown hours last."""
    if match.result is None:
        return 11, 0
    fit = match.result.as_it_is
    return round(fit.week_with_miss * 10), -fit.share_workable
