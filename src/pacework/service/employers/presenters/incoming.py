"""Lists and adverts that were read, on the screen: what each row says, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from pacework.science.vacancies.hours_text import read_hours
from pacework.service.core import clock, typed
from pacework.service.core.forms import named
from pacework.service.core.presenters import count, listed, moment
from pacework.service.core.week import week_words
from pacework.service.employers import policies
from pacework.service.employers.forms.vacancies import ProposalForm
from pacework.service.employers.models import Employer, IncomingVacancy, Vacancy, VacancyBatch
from pacework.service.employers.models.places import employer_key
from pacework.service.employers.presenters.vacancies import (
    minimum_words,
    pounds,
)

HEAD = ["Job", "Row", "Hours", "Pay", "How it stands", {"label": "Check", "hidden": True}]
LONGEST_HOURS = 500  # what a vacancy keeps of the words
WRONG, READY, HERE, ADDED, TWICE = "wrong", "ready", "here", "added", "twice"
PERIODS = dict(Vacancy.Period.choices)


@dataclass(frozen=True)
class State:
    """How one row stands, and whether its employer is known."""

    kind: str
    vacancy: Vacancy | None = None
    same_as: int = 0
    employer: str = ""

    @property
    def ready(self) -> bool:
        return self.kind == READY


def states(rows: Iterable[IncomingVacancy]) -> dict[int, State]:
    """How each row of a list stands now."""
    rows = list(rows)
    here = {
        one.import_key: one
        for one in Vacancy.objects.filter(import_key__in={row.key for row in rows}).select_related("employer")
    }
    keys = {employer_key(row.said.get("employer_name", "")) for row in rows}
    known = {one.name_key: one.name for one in Employer.objects.filter(name_key__in=keys - {""})}
    first: dict[str, int] = {}
    found = {}
    for row in rows:
        employer = known.get(employer_key(row.said.get("employer_name", "")), "")
        found[row.pk] = _state(row, here, first.setdefault(row.key, row.number), employer)
    return found


def _state(row: IncomingVacancy, here: Mapping[str, Vacancy], first: int, employer: str) -> State:
    if row.vacancy is not None:
        return State(ADDED, row.vacancy)
    if row.key in here:
        return State(HERE, here[row.key])
    if row.problems:
        return State(WRONG, employer=employer)
    if first != row.number:
        return State(TWICE, same_as=first)
    return State(READY, employer=employer)


def looks_like(rows: Iterable[IncomingVacancy], found: Mapping[int, State]) -> dict[str, tuple[str, ...]]:
    """For the rows on this page with a new employer: those it looks like."""
    new = [row for row in rows if found[row.pk].ready and not found[row.pk].employer]
    return Employer.objects.alike_to({row.said.get("employer_name", "") for row in new})


def caption(batch: VacancyBatch) -> str:
    return f"{batch.name}, read {moment(batch.added_at)} by {batch.added_by}"


def place(row: IncomingVacancy) -> str:
    """Row 4 of list.csv."""
    what = "Row" if row.batch.kind == "list" else "Advert"
    return f"{what} {row.number} of {row.batch.name}"


def recent(batches: Iterable[VacancyBatch]) -> list[dict[str, str]]:
    return [
        {"href": reverse("vacancy-batch", args=[one.pk]), "label": one.name, "sub": moment(one.added_at)}
        for one in batches
    ]


def summary(found: Iterable[State]) -> str:
    """12 can be added, 2 have something wrong, 1 is here already."""
    kinds = [state.kind for state in found]
    parts = [
        f"{kinds.count(kind):,} {words}"
        for kind, words in (
            (READY, "can be added"),
            (WRONG, "with something to correct"),
            (TWICE, "the same as another row"),
            (HERE, "here already"),
            (ADDED, "added from here"),
        )
        if kind in kinds
    ]
    return f"{count(len(kinds), 'row')}: {listed(parts)}." if parts else "No row is left."


def what_drops(rows: QuerySet[IncomingVacancy]) -> str:
    """What goes and what stays."""
    added = rows.filter(vacancy__isnull=False).count()
    left = count(rows.filter(vacancy__isnull=True).count(), "row")
    stay = f" {count(added, 'vacancy', 'vacancies')} added from here stay{'s' if added == 1 else ''}."
    return f"The list goes, with {left} not added.{stay if added else ''}"


def row(
    one: IncomingVacancy, state: State, alike: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> list[Any]:
    said = one.said
    return [
        {"text": said.get("title") or "No title", "sub": said.get("employer_name") or "No employer"},
        one.number,
        hours(said),
        pay(said),
        stands(one, state, alike.get(said.get("employer_name", ""), ())),
        link(one, state),
    ]


def hours(said: Mapping[str, str]) -> Any:
    """Hours a week, the words of the row, and the shifts that can be read from them."""
    week, whole = said.get("hours_a_week", ""), said.get("hours_text", "")
    shifts = week_words(shift.texts for shift in read_hours(whole[:LONGEST_HOURS]).shifts)
    words = "" if whole == week else whole[:100]
    if not shifts:
        return {"text": f"{week} a week" if week else "Not known", "sub": words}
    read = f"Read as: {shifts}, to check."
    return {"text": f"{week} a week", "sub": f"{words}. {read}"} if week else {"text": words, "sub": read}


def pay(said: Mapping[str, str]) -> str:
    if not said.get("pay"):
        return "Not known"
    to = f" to {_pounds(said['pay_to'])}" if said.get("pay_to") else ""
    return f"{_pounds(said['pay'])}{to} {PERIODS.get(said.get('pay_period', ''), '')}".strip()


def _pounds(typed_amount: str) -> str:
    """An amount as the rest of the service writes it; what is no amount stays as it was typed."""
    try:
        return pounds(typed.decimal(typed_amount))
    except typed.Unreadable:
        return f"£{typed_amount.lstrip('£')}"


def closed(said: Mapping[str, str]) -> list[str]:
    """A sentence where the closing day has passed. What is no date is said as a problem."""
    try:
        closes_on = typed.day(said.get("closes_on", ""), example=clock.today())
    except typed.Unreadable:
        return []
    return ["Its closing day has passed."] if closes_on < clock.today() else []


def below_minimum(said: Mapping[str, str]) -> list[str]:
    """A sentence where the pay is below the legal minimum, as far as the row can be read."""
    least, most, hours = (_amount(said.get(name, "")) for name in ("pay", "pay_to", "hours_a_week"))
    period = said.get("pay_period", "")
    an_hour = [policies.pay_an_hour(amount, period, hours) for amount in (least, most)]
    sentence = minimum_words(an_hour[0], an_hour[1], period)
    return [sentence] if sentence else []


def _amount(said: str) -> Decimal | None:
    try:
        found = typed.decimal(said)
    except typed.Unreadable:
        return None
    return found if found > 0 else None


def needs_shifts(state: State) -> bool:
    """Whether this open vacancy has words on its hours that nobody has made shifts of yet."""
    found = state.vacancy
    return (
        found is not None
        and found.status == Vacancy.Status.OPEN
        and bool(found.hours_text)
        and not found.shifts
    )


def shifts_to_check(found: Iterable[State]) -> str:
    """3 need their shifts checked; empty for none. A vacancy that the list names twice is one."""
    waiting = len({state.vacancy.pk for state in found if state.vacancy and needs_shifts(state)})
    if not waiting:
        return ""
    return (
        f"{count(waiting, 'vacancy needs its', 'vacancies need their')} shifts checked. "
        "Until then, a match cannot say whether the hours would hold."
    )


def stands(one: IncomingVacancy, state: State, alike: tuple[str, ...]) -> dict[str, str]:
    """A tag and, beneath, what is wrong or worth knowing."""
    if state.kind == ADDED:
        return {"text": "Added", "tag": "green"}
    if state.kind == HERE:
        status = state.vacancy.get_status_display().lower() if state.vacancy else ""
        return {"text": "Here already", "tag": "grey", "sub": f"It is {status}."}
    if state.kind == TWICE:
        return {"text": "Twice", "tag": "grey", "sub": f"The same as row {state.same_as}."}
    labels = ProposalForm.labels()
    wrong = [named(labels.get(name, ""), sentence) for name, sentence in one.problems.items()]
    # Of an advert, each is looked at as a form, which names what was left out.
    notes = [f"{what}: {why}" for what, why in one.left_out] if one.batch.kind == "list" else []
    if state.kind == WRONG:
        return {"text": "To correct", "tag": "orange", "sub": " ".join(wrong + notes)}
    sentences = [*employer_note(state, alike), *closed(one.said), *below_minimum(one.said), *notes]
    return {"text": "Can be added", "tag": "blue", "sub": " ".join(sentences)}


def employer_note(state: State, alike: tuple[str, ...]) -> list[str]:
    if state.employer:
        return []
    if alike:
        return [f"A new employer, much like {listed(alike, last='or')}."]
    return ["A new employer."]


def link(one: IncomingVacancy, state: State) -> Any:
    """What can be done about a row: look at it, and leave it out while it was not added."""
    if state.vacancy is not None and needs_shifts(state):
        href = f"{reverse('vacancy-shifts', args=[state.vacancy.pk])}?list={one.batch_id}"
        return {"text": "Check shifts", "href": href}
    if state.vacancy is not None:
        return {"text": "Open", "href": reverse("vacancy", args=[state.vacancy.pk])}
    where = [one.batch_id, one.pk]
    leave_out = {"leave_out": reverse("vacancy-row-leave-out", args=where)}
    if state.kind == TWICE:
        return leave_out
    label = "Correct" if state.kind == WRONG else "Check"
    return {"text": label, "href": reverse("vacancy-proposal", args=where)} | leave_out
