"""The client, and what is recorded about the person whether or not support is under way."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pacework.service.cases.models.door import CaseModel, CaseQuerySet, ClientQuerySet
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned
from pacework.service.people.models import Team, User

if TYPE_CHECKING:
    from pacework.service.cases.models.episode import Episode

KEPT = "8 years after the last episode closes"

CONTACT_FIELDS = (
    "phone",
    "email",
    "postcode",
    "safe_to_phone",
    "safe_to_leave_message",
    "safe_to_email",
    "safe_to_write",
    "contact_notes",
    "language",
    "needs_interpreter",
    "accessible_format",
    "gp_practice",
    "emergency_contact",
)
IDENTITY_FIELDS = ("first_name", "last_name", "preferred_name", "pronouns", "birth_date", "nhs_number")
YES_OR_NO = ("safe_to_phone", "safe_to_leave_message", "safe_to_email", "safe_to_write", "needs_interpreter")


class Client(Versioned):
    """One person, recorded once."""

    record = Record(
        scope="self",
        erase="blank",
        retain=KEPT,
        export=(*IDENTITY_FIELDS, *CONTACT_FIELDS, "equality", "do_not_contact"),
        scrub=(
            *IDENTITY_FIELDS,
            *(name for name in CONTACT_FIELDS if name not in YES_OR_NO),
            "equality",
            "name_key",
            "given_key",
            "called_key",
        ),
    )

    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    preferred_name = models.CharField(max_length=60, blank=True)
    pronouns = models.CharField(max_length=30, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    nhs_number = models.CharField("NHS number", max_length=10, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    safe_to_phone = models.BooleanField(default=True)
    safe_to_leave_message = models.BooleanField(default=False)
    safe_to_email = models.BooleanField(default=True)
    safe_to_write = models.BooleanField(default=True)
    contact_notes = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=40, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    accessible_format = models.CharField(max_length=100, blank=True)
    gp_practice = models.CharField("GP practice", max_length=100, blank=True)
    emergency_contact = models.CharField(max_length=200, blank=True)
    equality = models.JSONField(default=dict, blank=True)
    do_not_contact = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    erased_on = models.DateField(null=True, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="clients")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="client"
    )
    # Keys for searching and for finding the same person again, kept by save(): see set_name_key().
    name_key = models.CharField(max_length=130, editable=False, db_index=True)
    given_key = models.CharField(max_length=130, editable=False, db_index=True)
    called_key = models.CharField(max_length=130, editable=False, db_index=True)
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nhs_number"],
                condition=~Q(nhs_number="") & Q(merged_into__isnull=True),
                name="nhs_number_once",
            )
        ]
        indexes = [
            models.Index(fields=["birth_date", "name_key"]),
            models.Index(fields=["team", "last_name"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the client is called: preferred first name, then family name."""
        return f"{self.preferred_name or self.first_name} {self.last_name}".strip()

    @property
    def episode(self) -> Episode | None:
        """The open stretch of support, else the last one, else None. Read once per object."""
        if not hasattr(self, "_episode"):
            self._episode = (
                self.episodes.with_stage()
                .select_related("team", "programme")
                .order_by(F("closed_on").desc(nulls_first=True), "-referred_on", "-pk")
                .first()
            )
        return self._episode

    def forget_episode(self) -> None:
        """Call when the client's episodes changed under this object."""
        self.__dict__.pop("_episode", None)

    def with_joined(self) -> list[int]:
        """This record and all that were joined into it, by their ids: some rows stay with those."""
        found, more = [self.pk], [self.pk]
        while more:
            more = list(Client.objects.filter(merged_into__in=more).values_list("pk", flat=True))
            found += more
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_name_key()
        super().save(*args, **kwargs)

    def set_name_key(self) -> None:
        """Call before any write that goes round save()."""
        self.name_key = name_key(self.first_name, self.last_name)
        self.given_key = name_key(self.last_name, self.first_name)
        self.called_key = name_key(self.last_name, self.preferred_name) if self.preferred_name else ""


def plain(text: str) -> str:
    """The letters and numbers of a name: no accents, capitals, spaces or punctuation."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def name_key(first: str, last: str) -> str:
    """Letters of family and given name, no accents or punctuation, for finding the same person again."""
    return f"{plain(last)} {plain(first)}"[:130]


class EmploymentStatus(CaseModel):
    """Whether the client was in work on a date, and since when not: what health records lack."""

    class Status(models.TextChoices):
        EMPLOYED = "employed", "In paid work"
        OFF_SICK = "off_sick", "In work, off sick"
        UNEMPLOYED = "unemployed", "Out of work and looking"
        INACTIVE = "inactive", "Out of work, not looking yet"
        STUDENT = "student", "Student or in training"
        UNKNOWN = "unknown", "Not known"

    record = Record(
        scope="client",
        erase="keep",
        retain=KEPT,
        export=("status", "last_job_ended_on", "as_of", "recorded_at"),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="employment_statuses")
    status = models.CharField(max_length=12, choices=Status)
    last_job_ended_on = models.DateField(null=True, blank=True)
    as_of = models.DateField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-as_of", "-pk"]


class RestrictedAccess(CaseModel):
    """Someone listed as allowed into a restricted record."""

    record = Record(scope="client", erase="delete", retain=KEPT, export=("user", "listed_at"))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="listed_people")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    listed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    listed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "user"], name="listed_once")]


class StatedReasonQuerySet(CaseQuerySet):
    def live(self) -> StatedReasonQuerySet:
        return self.filter(until__gt=clock.now())


class StatedReason(CaseModel):
    """A manager said why they need this record; it opens, read-only, for an hour. The client sees it."""

    record = Record(
        scope="client",
        erase="blank",
        retain=KEPT,
        export=("user", "reason", "stated_at", "until"),
        scrub=("reason",),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="stated_reasons")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    stated_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    objects = StatedReasonQuerySet.as_manager()

    class Meta:
        ordering = ["-stated_at", "-pk"]
        indexes = [models.Index(fields=["user", "until"])]


class CorrectionRequest(CaseModel):
    """The client says that something recorded about them is wrong; the ESW or the lead answers."""

    class Answer(models.TextChoices):
        CORRECTED = "corrected", "Put right"
        NOTED = "noted", "Your view is noted beside it"
        KEPT = "kept", "Left as it is"

    record = Record(
        scope="client",
        erase="blank",
        retain=KEPT,
        export=("what", "asked_at", "answer", "reply", "answered_at"),
        scrub=("what", "reply"),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="corrections")
    what = models.TextField()
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    reply = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
