"""Applications, placements and jobs of one client, with the hours worked week by week."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pacework.service.cases.models import KEPT, CaseModel, CaseQuerySet, Episode
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned
from pacework.service.employers.models import (
    Employer,
    EmployerPerson,
    PlacementOpportunity,
    Site,
    Vacancy,
)


class ApplicationQuerySet(CaseQuerySet):
    def open(self) -> Self:
        return self.filter(outcome="")

    def starting(self) -> Self:
        """Accepted offers whose job is planned and not recorded as started."""
        return self.filter(outcome="accepted", job__isnull=True)


class Application(Versioned, CaseModel):
    """One try for one job: idea → applied → interview → offer → outcome."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=(
            "title", "employer", "employer_words", "step", "idea_on", "applied_on", "interview_on",
            "offer_on",
            "outcome", "outcome_on", "outcome_note", "starts_on", "match_why",
        ),
        scrub=("outcome_note", "match_why", "employer_words"),
    )  # fmt: skip

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="applications")
    vacancy = models.ForeignKey(Vacancy, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(
        Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    employer_words = models.CharField(max_length=120, blank=True, help_text="An employer not in the list.")
    title = models.CharField(max_length=120)
    match_why = models.CharField(max_length=300, blank=True, help_text="Why it fits what the client wants.")
    step = models.CharField(max_length=10, default="idea")
    idea_on = models.DateField()
    applied_on = models.DateField(null=True, blank=True)
    interview_on = models.DateField(null=True, blank=True)
    offer_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_on = models.DateField(null=True)
    outcome_note = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(
        null=True, blank=True, help_text="The agreed first day of an accepted offer."
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    @property
    def where(self) -> str:
        """The employer as people say it."""
        return str(self.employer) if self.employer is not None else self.employer_words

    class Meta:
        ordering = ["-idea_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome_on__isnull=False), name="application_outcome_dated"
            ),
        ]


class PlacementQuerySet(CaseQuerySet):
    def running(self) -> Self:
        return self.filter(started_on__isnull=False, ended_on__isnull=True)

    def holding_a_place(self) -> Self:
        """Under way or planned: the place is taken."""
        return self.filter(ended_on__isnull=True)

    def planned(self) -> Self:
        return self.filter(started_on__isnull=True, ended_on__isnull=True)


class Placement(Versioned, CaseModel):
    """A supported try-out with an employer, paid or not. It never counts as the job outcome by itself."""

    class Kind(models.TextChoices):
        UNPAID = "unpaid", "Unpaid try-out"
        PAID = "paid", "Paid try-out"
        SUBSIDISED = "subsidised", "Subsidised"

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=(
            "employer", "title", "kind", "planned_from", "planned_until", "planned_hours", "started_on",
            "ended_on", "end_reason", "end_words",
        ),
        scrub=("end_words",),
    )  # fmt: skip

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="placements")
    opportunity = models.ForeignKey(
        PlacementOpportunity, null=True, blank=True, on_delete=models.PROTECT, related_name="placements"
    )
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="placements")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    named_manager = models.ForeignKey(
        EmployerPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    planned_from = models.DateField()
    planned_until = models.DateField()
    planned_hours = models.DecimalField(
        max_digits=4, decimal_places=1, help_text="Hours a week once built up."
    )
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=30, blank=True)
    end_words = models.TextField(blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_until__gte=F("planned_from")), name="placement_planned_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="placement_ends_after_start",
            ),
        ]


class PlacementWeek(Versioned, CaseModel):
    """One week of a placement: the hours planned for it (a graded build-up) and the hours done."""

    record = Record(
        scope="placement__episode__client",
        erase="blank",
        retain=KEPT,
        export=("week", "planned_minutes", "done_minutes", "lost_to_pain", "note"),
        scrub=("note",),
    )

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="weeks")
    week = models.DateField(help_text="The Monday.")
    planned_minutes = models.PositiveIntegerField(default=0)
    done_minutes = models.PositiveIntegerField(null=True, blank=True)
    lost_to_pain = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["week"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "week"], name="placement_week_once"),
            models.CheckConstraint(
                condition=Q(planned_minutes__lte=10080)
                & (Q(done_minutes__isnull=True) | Q(done_minutes__lte=10080)),
                name="placement_week_has_168_hours",
            ),
        ]


class JobSpellQuerySet(CaseQuerySet):
    def open(self) -> Self:
        """Held now. A job whose last day is known has ended, even on that day."""
        return self.filter(ended_on__isnull=True)


class JobSpell(Versioned, CaseModel):
    """One stretch of paid work in one job, with what makes it competitive. Never in the future."""

    class Tells(models.TextChoices):
        NOTHING = "nothing", "Nothing about health"
        ADJUSTMENTS = "adjustments", "Adjustments only"
        CONDITION = "condition", "The condition"

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=(
            "employer", "employer_words", "title", "occupation", "contract", "started_on", "ended_on",
            "weekly_hours",
            "hourly_pay", "pay_from", "pay_at_start", "open_to_anyone", "usual_rate", "set_aside",
            "how_found", "disclosed",
            "four_hours_on", "end_reason", "end_words", "lessons",
        ),
        scrub=("end_words", "lessons", "employer_words"),
    )  # fmt: skip

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="jobs")
    application = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="job"
    )
    employer = models.ForeignKey(
        Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs"
    )
    employer_words = models.CharField(max_length=120, blank=True, help_text="An employer not in the list.")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    occupation = models.CharField(max_length=4, blank=True, help_text="SOC 2020 unit group.")
    contract = models.CharField(max_length=20)
    apprentice_since = models.DateField(null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    held_at_entry = models.BooleanField(default=False)
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=1)
    # Pay now and since when; pay on the first day decides whether the job was competitive when it began.
    hourly_pay = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    pay_from = models.DateField(null=True, blank=True)
    pay_at_start = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    # The competitive tests; None is "not known". The legal minimum is computed from pay, age and date.
    open_to_anyone = models.BooleanField(null=True)
    usual_rate = models.BooleanField(null=True)
    set_aside = models.BooleanField(null=True)
    how_found = models.CharField(max_length=30, blank=True)
    disclosed = models.CharField(max_length=12, choices=Tells, blank=True)
    four_hours_on = models.DateField(
        null=True, blank=True, help_text="The day 4 hours of paid work were done."
    )
    four_hours_typed = models.BooleanField(
        default=False, help_text="The day was typed; otherwise it follows the hours recorded."
    )
    heard_of_end_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=30, blank=True)
    end_words = models.TextField(blank=True)
    lessons = models.TextField(blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    objects = JobSpellQuerySet.as_manager()

    @property
    def where(self) -> str:
        """The employer as people say it."""
        return str(self.employer) if self.employer is not None else self.employer_words

    @property
    def person_id(self) -> int:
        return self.episode.client_id

    @property
    def born_on(self) -> date | None:
        return self.episode.client.birth_date

    class Meta:
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="job_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(weekly_hours__lte=168), name="job_week_has_168_hours"),
        ]
        indexes = [models.Index(fields=["episode", "ended_on"])]


class WeekWorked(Versioned, CaseModel):
    """The paid hours of one week in one job, with what stands behind them."""

    record = Record(
        scope="job__episode__client",
        erase="keep",
        retain=KEPT,
        export=("week", "paid_minutes", "hourly_pay", "evidence", "lost_to_pain"),
    )

    job = models.ForeignKey(JobSpell, on_delete=models.PROTECT, related_name="weeks")
    week = models.DateField(help_text="The Monday.")
    paid_minutes = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: not known.")
    hourly_pay = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    evidence = models.CharField(max_length=20)
    lost_to_pain = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["week"]
        constraints = [
            models.UniqueConstraint(fields=["job", "week"], name="week_of_a_job_once"),
            models.CheckConstraint(
                condition=Q(paid_minutes__isnull=True) | Q(paid_minutes__lte=10080), name="week_has_168_hours"
            ),
        ]


class Adjustment(Versioned, CaseModel):
    """One change proposed or agreed for a job or placement; once agreed, looked at again on a date."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("kind", "words", "proposed_on", "agreed_on", "review_on", "effect", "effect_on"),
        scrub=("words",),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="adjustments")
    job = models.ForeignKey(
        JobSpell, null=True, blank=True, on_delete=models.PROTECT, related_name="adjustments"
    )
    placement = models.ForeignKey(
        Placement, null=True, blank=True, on_delete=models.PROTECT, related_name="adjustments"
    )
    kind = models.CharField(max_length=30)
    words = models.CharField(max_length=300)
    # The day it was put forward, where it was not agreed at once; agreed with the employer: from when.
    proposed_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    review_on = models.DateField(null=True, blank=True)
    effect = models.CharField(max_length=20, blank=True)
    effect_on = models.DateField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = [F("agreed_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(job__isnull=True) ^ Q(placement__isnull=True), name="adjustment_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=False)
                | Q(proposed_on__isnull=False, review_on__isnull=True, effect=""),
                name="adjustment_proposed_or_agreed",
            ),
        ]


class AbsenceQuerySet(CaseQuerySet):
    def open(self) -> Self:
        """Going on: the last day is not known yet."""
        return self.filter(last_day__isnull=True)


class Absence(Versioned, CaseModel):
    """Days away from one job or placement, because of pain or not."""

    class Certified(models.TextChoices):
        SELF = "self", "By the person themselves"
        FIT_NOTE = "fit_note", "By a fit note"
        NONE = "none", "Not needed"

    record = Record(
        scope="episode__client",
        erase="keep",
        retain=KEPT,
        export=("first_day", "last_day", "pain_related", "certified"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="absences")
    job = models.ForeignKey(
        JobSpell, null=True, blank=True, on_delete=models.PROTECT, related_name="absences"
    )
    placement = models.ForeignKey(
        Placement, null=True, blank=True, on_delete=models.PROTECT, related_name="absences"
    )
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    pain_related = models.BooleanField()
    certified = models.CharField(max_length=8, choices=Certified, default=Certified.SELF)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(job__isnull=True) ^ Q(placement__isnull=True), name="absence_from_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="absence_ends_after_start",
            ),
        ]
