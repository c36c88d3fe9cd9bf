"""How a person came to the service, step by step, and who might be somebody already known."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from pacework.service.cases.models import (
    KEPT,
    CaseModel,
    CaseQuerySet,
    Client,
    EmploymentStatus,
    Episode,
    Programme,
    name_key,
)
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned
from pacework.service.people.models import Role, Team
from pacework.service.recruitment.codes import STEPS, not_counted
from pacework.service.recruitment.import_models import (
    ImportBatch,
    ImportFile,
    ImportRow,
    ImportState,
    SavedColumns,
)
from pacework.service.recruitment.merge_models import Merge

__all__ = [
    "OPEN_STATES",
    "STATES",
    "ImportBatch",
    "ImportFile",
    "ImportRow",
    "ImportState",
    "Merge",
    "PossibleDuplicate",
    "Referral",
    "ReferralQuerySet",
    "SavedColumns",
    "counted_for",
    "in_same_blocks",
]

# First match wins; the words and colours are in presenters.STATES. Never stored.
STATES = (
    "exited",
    "on_caseload",
    "waiting_esw",
    "new",
    "waiting_reply",
    "to_check",
    "to_screen",
    "not_met",
    "to_consent",
)
OPEN_STATES = ("new", "waiting_reply", "to_check", "to_screen", "not_met", "to_consent")


class ReferralQuerySet(CaseQuerySet):
    def of_team_lead(self, user: Any) -> Self:
        """Referrals of clients in the lead's teams, by one join: for counting."""
        if not (user.is_authenticated and user.is_active and user.role == Role.TEAM_LEAD):
            return self.none()
        return self.filter(client__team__in=user.memberships.values("team"))

    def open(self) -> Self:
        """Not exited and not yet an episode."""
        return self.filter(exit_on__isnull=True, episode__isnull=True)

    def counted(self) -> Self:
        """Without duplicates and entries made in error."""
        return self.exclude(exit_reason__in=not_counted())

    def with_state(self) -> Self:
        """Adds ``state`` (see STATES) and ``since``: the day the referral came to it."""
        return self.annotate(
            state=Case(
                When(exit_on__isnull=False, then=Value("exited")),
                When(episode__accepted_on__isnull=False, then=Value("on_caseload")),
                When(episode__isnull=False, then=Value("waiting_esw")),
                When(approached_on__isnull=True, then=Value("new")),
                When(replied_on__isnull=True, then=Value("waiting_reply")),
                When(held=True, then=Value("to_check")),
                When(screened_on__isnull=True, then=Value("to_screen")),
                When(eligible_on__isnull=True, then=Value("not_met")),
                default=Value("to_consent"),
                output_field=models.CharField(),
            ),
            since=Coalesce(
                "exit_on",
                "episode__accepted_on",
                *(f"{step}_on" for step in reversed(STEPS)),
                "raised_on",
            ),
        )


def _order(earlier: str, later: str) -> models.CheckConstraint:
    """A later step needs the earlier one, on the same day or before."""
    return models.CheckConstraint(
        condition=Q(**{f"{later}__isnull": True})
        | Q(**{f"{earlier}__isnull": False, f"{later}__gte": F(earlier)}),
        name=f"{later.removesuffix('_on')}_after_{earlier.removesuffix('_on')}",
    )


def _actor() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Referral(CaseModel, Versioned):
    """One way in, step by step: each step with its day and who recorded it (null: the client or the product).

    The last step, "on a caseload", is the acceptance on the episode. A row with only client, route, team,
    programme and preset is a name on a list that nobody has written to yet.
    """

    record = Record(
        scope="client",
        erase="blank",
        retain=KEPT,
        export=(
            "route",
            "reason",
            "wants_work",
            "raised_on",
            "approached_on",
            "replied_on",
            "screened_on",
            "eligible_on",
            "consented_on",
            "exit_on",
            "exit_reason",
            "exit_note",
            "preset",
            "decision",
            "support_needs",
            "last_job_ended_on",
            "work_status",
        ),
        author="referred_by",
        scrub=("reason", "wants_work", "referrer_words", "given", "exit_note", "decision", "support_needs"),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="referrals")
    route = models.CharField(max_length=20)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="referrals")
    preset = models.CharField(max_length=40, help_text="The rules this referral is screened by.")
    preset_version = models.CharField(max_length=20, blank=True)

    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="referrals_made",
        help_text="The HCP; empty when the person came by themselves or from a list.",
    )
    referrer_words = models.CharField(
        max_length=120, blank=True, help_text="Who told them, when it is no HCP here."
    )
    reason = models.TextField(blank=True)
    wants_work = models.TextField(blank=True, help_text="Wanting to work, in the client's own words.")
    # What was typed or listed and differs from the client's record, or could not be put there.
    given = models.JSONField(default=dict, blank=True)

    raised_on = models.DateField(default=clock.today)
    raised_by = _actor()
    approached_on = models.DateField(null=True)
    approached_by = _actor()
    replied_on = models.DateField(null=True)
    replied_by = _actor()
    screened_on = models.DateField(null=True)
    screened_by = _actor()
    eligible_on = models.DateField(null=True)
    eligible_by = _actor()
    consented_on = models.DateField(null=True)
    consented_by = _actor()
    exit_on = models.DateField(null=True)
    exit_by = _actor()
    exit_reason = models.CharField(max_length=40, blank=True)
    exit_note = models.TextField(blank=True)

    reminders_sent = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True)
    held = models.BooleanField(
        default=False, help_text="Waits until a team lead has looked at a likely duplicate."
    )

    last_job_ended_on = models.DateField(null=True, blank=True)
    # Whole days from the end of the last job to the first invitation: kept, so that the funnel counts in SQL.
    days_out_of_work = models.PositiveIntegerField(null=True, editable=False)
    work_status = models.CharField(max_length=12, choices=EmploymentStatus.Status, blank=True)

    answers = models.JSONField(default=dict, blank=True)
    meets = models.BooleanField(null=True)
    decision = models.TextField(blank=True, help_text="The screening decision in words, as it was shown.")
    support_needs = models.TextField(blank=True)

    episode = models.OneToOneField(
        Episode, null=True, editable=False, on_delete=models.PROTECT, related_name="referral"
    )

    objects = ReferralQuerySet.as_manager()

    # Only on rows that came through with_state().
    state: str
    since: date

    class Meta:
        ordering = ["-raised_on", "-pk"]
        constraints = [
            *(_order(f"{a}_on", f"{b}_on") for a, b in pairwise(STEPS)),
            models.CheckConstraint(
                condition=Q(exit_on__isnull=True, exit_reason="")
                | Q(exit_on__isnull=False) & ~Q(exit_reason=""),
                name="exited_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(exit_on__isnull=True) | Q(episode__isnull=True), name="exited_before_an_episode"
            ),
            models.CheckConstraint(
                condition=Q(episode__isnull=True) | Q(consented_on__isnull=False),
                name="episode_after_consent",
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(exit_on__isnull=True, episode__isnull=True),
                name="one_open_referral",
            ),
        ]
        indexes = [
            models.Index(fields=["approached_on", "route"]),
            models.Index(fields=["exit_on", "episode", "approached_on", "replied_on"], name="referral_steps"),
            models.Index(fields=["referred_by", "-raised_on"]),
        ]

    def __str__(self) -> str:
        return f"Referral {self.pk}"

    def count_days_out_of_work(self) -> None:
        """Call before any write of the dates it is made of."""
        if self.last_job_ended_on is None or self.approached_on is None:
            self.days_out_of_work = None
        else:
            self.days_out_of_work = max((self.approached_on - self.last_job_ended_on).days, 0)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.count_days_out_of_work()
        super().save(*args, **kwargs)

    @property
    def last_step(self) -> str:
        """The step it has come to; "" for a name on a list."""
        return next((step for step in reversed(STEPS) if getattr(self, f"{step}_on") is not None), "")


def counted_for(user: Any) -> ReferralQuerySet:
    """The referrals whose *counts* this person may see: a lead their teams', the manager the service's.

    A manager sees numbers made of these rows, never the rows.
    """
    if user.role == Role.MANAGER and user.is_active:
        return Referral.objects.counted()
    return Referral.objects.of_team_lead(user).counted()


class PossibleDuplicateQuerySet(CaseQuerySet):
    def open(self) -> Self:
        """To be decided, and the one who was known is still somebody: not merged away, not erased."""
        return self.filter(decided="", other__merged_into__isnull=True, other__erased_on__isnull=True)


class PossibleDuplicate(CaseModel):
    """``client`` came in and looks like ``other``, who was known before. A team lead decides."""

    class Decided(models.TextChoices):
        SAME = "same", "Same person"
        DIFFERENT = "different", "Two people"

    record = Record(scope="client", erase="delete", retain=KEPT)

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="looks_like")
    other = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="looked_like_by")
    reasons = models.JSONField(default=list)
    score = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField(default=clock.now)
    decided = models.CharField(max_length=10, choices=Decided, blank=True)
    decided_on = models.DateField(null=True)
    decided_by = _actor()

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "other"], name="pair_once"),
            models.CheckConstraint(condition=~Q(client=F("other")), name="nobody_is_their_own_duplicate"),
            models.CheckConstraint(
                condition=Q(decided="", decided_on__isnull=True)
                | ~Q(decided="") & Q(decided_on__isnull=False),
                name="decided_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["decided", "-score"])]


def in_same_blocks(
    *, first: str, last: str, birth_date: date | None, nhs_number: str, postcode: str
) -> models.QuerySet[Client]:
    """Everybody who shares enough to be compared: NHS number, birth date, name, or postcode and family name.

    Service-wide on purpose: the same person may be known to another team. What a reader is shown of them is
    decided by who the reader is.
    """
    key = name_key(first, last)
    block = Q(name_key=key)
    if nhs_number:
        block |= Q(nhs_number=nhs_number)
    if birth_date is not None:
        block |= Q(birth_date=birth_date)
    if postcode:
        block |= Q(postcode=postcode, name_key__startswith=key.split(" ", 1)[0] + " ")
    return Client.objects.current().filter(block)
