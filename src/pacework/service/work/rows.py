"""Stored jobs, weeks and contacts as the plain rows that the science wing takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import F, QuerySet

from pacework.science.measures import rules
from pacework.service.cases.models import Episode
from pacework.service.contacts.models import Contact
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.employers.models.places import employer_key
from pacework.service.work.hours import week_is_over, weeks_between
from pacework.service.work.models import JobSpell, WeekWorked


@dataclass(frozen=True)
class Pay:
    """Pay held against the legal minimum of one day. ``lawful`` is None where that cannot be said."""

    lawful: bool | None
    rate: rules.LegalRate | None
    words: str


def pay_on(
    born_on: date | None, amount: Decimal | None, day: date, apprentice_since: date | None = None
) -> Pay:
    """Whether this pay is the legal minimum or more for a person of this birth date on this day."""
    try:
        rate = rules.legal_minimum(born_on, day, apprentice_since)
    except (rules.WageTableError, ValueError) as problem:
        return Pay(None, None, str(problem))
    if amount is None:
        return Pay(None, rate, "The pay is not known.")
    if amount >= rate.amount:
        return Pay(True, rate, f"£{amount:.2f} an hour is the legal minimum of £{rate.amount:.2f} or more.")
    if not rate.certain:
        return Pay(None, rate, "The birth date is not known, so the legal minimum is not known.")
    return Pay(False, rate, f"£{amount:.2f} an hour is below the legal minimum of £{rate.amount:.2f}.")


def start_pay(job: JobSpell) -> Pay:
    """Pay on the first day against the legal minimum of that day."""
    return pay_on(job.born_on, job.pay_at_start, job.started_on, job.apprentice_since)


def competitive(job: JobSpell) -> rules.CompetitiveTest:
    """Whether this job is competitive work: the four tests, and a kind of contract that can be."""
    test = rules.competitive_test(
        open_to_anyone=job.open_to_anyone,
        pays_legal_minimum=start_pay(job).lawful,
        pays_usual_rate=job.usual_rate,
        set_aside=job.set_aside,
    )
    kind = codes("work", "contract_types").get(job.contract, {})
    if kind.get("competitive_possible", True):
        return test
    reason = f"A contract of the kind “{kind['label'].lower()}” is not competitive work."
    return rules.CompetitiveTest(False, (reason, *test.reasons))


def employer_of(job: JobSpell) -> str:
    """One id for one employer, also where it is only known by name."""
    return f"e{job.employer_id}" if job.employer_id else f"w{employer_key(job.employer_words)}"


def spell(job: JobSpell) -> rules.JobSpell:
    """One job as science counts it: a stored one, or a row of `spells_of`."""
    return rules.JobSpell(
        id=job.pk or "new",
        person=job.person_id,
        episode=job.episode_id,
        employer=employer_of(job),
        started_on=job.started_on,
        ended_on=job.ended_on,
        competitive=competitive(job).result,
        four_hours_on=job.four_hours_on,
        held_at_entry=job.held_at_entry,
    )


# What decides whether a job counts: where thousands are counted, nothing more of them is read.
_SPELL_FIELDS = (
    "pk",
    "episode_id",
    "employer_id",
    "employer_words",
    "contract",
    "apprentice_since",
    "started_on",
    "ended_on",
    "held_at_entry",
    "pay_at_start",
    "open_to_anyone",
    "usual_rate",
    "set_aside",
    "four_hours_on",
)
_PERSON = {"born_on": F("episode__client__birth_date"), "person_id": F("episode__client_id")}


def spells_of(jobs: QuerySet[JobSpell]) -> list[rules.JobSpell]:
    """Many jobs as science counts them, read in one query and without making a record of each."""
    read = jobs.order_by().annotate(**_PERSON)
    rows = read.values_list(*_SPELL_FIELDS, "born_on", "person_id", named=True)
    return [spell(row) for row in rows]


def week(row: WeekWorked, job: JobSpell) -> rules.WeekWorked:
    """One recorded week. In the week a job begins, the legal minimum of its first day applies."""
    return rules.WeekWorked(
        week=row.week,
        paid_minutes=row.paid_minutes,
        hourly_pay=row.hourly_pay,
        spell=job.pk or "new",
        row=row.pk or "new",
        apprentice_since=job.apprentice_since,
        rate_on=job.started_on if job.started_on > row.week else None,
    )


# Between a worker and the client themselves at one time: a letter or a text message is not.
DIRECT = frozenset(("face_to_face", "phone", "video"))


def contact(row: Contact) -> rules.ContactRow:
    """One contact with the client as science counts it."""
    return rules.ContactRow(
        on=row.on,
        reached=bool(codes("contacts", "attendance").get(row.attendance, {}).get("happened")),
        face_to_face=bool(codes("contacts", "modes").get(row.mode, {}).get("face_to_face")),
        direct=row.mode in DIRECT,
        worker=row.by_id,
        id=row.pk,
    )


# Stands for the record of a week that has none.
MISSING = "missing"


class WorkRows:
    """Everything about the paid work of one episode, read once, with the answers science gives to it."""

    def __init__(self, episode: Episode, jobs: Iterable[JobSpell] | None = None) -> None:
        self.episode = episode
        if jobs is None:
            jobs = episode.jobs.prefetch_related("weeks").select_related("employer", "site")
        self.jobs = list(jobs)
        for job in self.jobs:
            # The same episode and client for all of them: their birth date is read with every week.
            job.episode = episode

    @cached_property
    def spells(self) -> list[rules.JobSpell]:
        return [spell(job) for job in self.jobs]

    @cached_property
    def weeks(self) -> list[rules.WeekWorked]:
        return [week(row, job) for job in self.jobs for row in job.weeks.all()]

    def weeks_of(self, job: JobSpell) -> list[rules.WeekWorked]:
        return [row for row in self.weeks if row.spell == job.pk]

    @property
    def legal_minimum(self) -> rules.LegalMinimum:
        return rules.wage_table().for_person(self.episode.client.birth_date)

    @property
    def supported_from(self) -> date:
        """Support begins when an ESW accepts the client."""
        return self.episode.accepted_on or self.episode.referred_on

    @cached_property
    def counted(self) -> list[rules.JobSpell]:
        """Job starts that count, oldest first."""
        return rules.counted_starts(self.spells, clock.today())

    @cached_property
    def funded(self) -> rules.FundedOutcome:
        """The 13-of-16 outcome with its working. Only weeks that are over can be recorded.

        Before an ESW has accepted the client there is no support, so no week lies inside it.
        """
        return rules.funded_outcome(
            self.weeks if self.episode.accepted_on else [],
            self.supported_from,
            self.episode.closed_on,
            self.legal_minimum,
            as_of=clock.today(),
        )

    @cached_property
    def missing(self) -> list[rules.WeekWorked]:
        """Weeks of a job that are over, lie in support and have no record: their hours are not known."""
        today = clock.today()
        found = []
        for job in self.jobs:
            known = {row.week for row in job.weeks.all()}
            first, last = max(job.started_on, self.supported_from), min(job.ended_on or today, today)
            found += [
                rules.WeekWorked(day, None, spell=job.pk, row=MISSING)
                for day in (weeks_between(first, last) if first <= last else [])
                if day not in known and week_is_over(day)
            ]
        return found

    @cached_property
    def funded_with_gaps(self) -> rules.FundedOutcome:
        """As ``funded``, with weeks that nobody has recorded counted as not known instead of left out."""
        return rules.funded_outcome(
            [*self.weeks, *self.missing] if self.episode.accepted_on else [],
            self.supported_from,
            self.episode.closed_on,
            self.legal_minimum,
            as_of=clock.today(),
        )

    def job_start(self, job: JobSpell) -> rules.JobStart:
        return rules.job_start(self.weeks_of(job), job.started_on)

    @property
    def sustained(self) -> rules.Outcome:
        return rules.sustained_work(self.spells, clock.today())

    @property
    def weeks_worked(self) -> int:
        return rules.weeks_worked(self.weeks, self.supported_from)
