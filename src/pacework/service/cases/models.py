"""The client, their stretches of support, and the one door to everything recorded about them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Lower

from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned, path_of
from pacework.service.people.models import Cover, Team, User

KEPT = "8 years after the last episode closes"


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, user: Any) -> Self:
        """The one door: the clients this person may see now. Everything else does not exist for them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        rule = getattr(self, f"_for_{user.role}", None)
        return self.none() if rule is None else rule(user)

    def _listed(self, user: User) -> Exists:
        return Exists(RestrictedAccess.objects.filter(client=OuterRef("pk"), user=user))

    def _for_client(self, user: User) -> Self:
        return self.filter(user=user)

    def _for_esw(self, user: User) -> Self:
        today = clock.today()
        absent = Cover.objects.on(today).filter(covering=user).values("absent")
        mine = Assignment.objects.open().filter(esw=user).values("episode__client")
        covered = Assignment.objects.open().filter(esw__in=absent).values("episode__client")
        # A closed record stays readable for its team, so a returning client is known again.
        closed = Q(closed_for_team=True, team__in=_teams_of(user))
        return self.with_closed().filter(
            Q(pk__in=mine) | ((Q(pk__in=covered) | closed) & (Q(restricted=False) | self._listed(user)))
        )

    def _for_team_lead(self, user: User) -> Self:
        return self.filter(team__in=_teams_of(user))

    def _for_hcp(self, user: User) -> Self:
        sharing = Consent.objects.live().filter(client=OuterRef("pk"), layer=Consent.Layer.HEALTH_SHARING)
        return self.filter(
            Exists(sharing.filter(Q(recipient__isnull=True) | Q(recipient=user))),
            Q(restricted=False) | self._listed(user),
            team__in=_teams_of(user),
        )

    def _for_manager(self, user: User) -> Self:
        stated = StatedReason.objects.live().filter(user=user, client=OuterRef("pk"))
        return self.filter(Exists(stated))

    def with_closed(self) -> Self:
        """Adds ``closed_for_team``: there was support, and none is open now."""
        episodes = Episode.objects.filter(client=OuterRef("pk"))
        return self.annotate(
            closed_for_team=Exists(episodes.filter(closed_on__isnull=False))
            & ~Exists(episodes.filter(closed_on__isnull=True))
        )


def _teams_of(user: User) -> Any:
    return user.memberships.values("team")


class Client(Versioned):
    """One person, recorded once."""

    record = Record(
        scope="self",
        erase="blank",
        retain=KEPT,
        export=(
            "first_name",
            "last_name",
            "preferred_name",
            "pronouns",
            "birth_date",
            "nhs_number",
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
            "equality",
            "do_not_contact",
        ),
        scrub=(
            "first_name",
            "last_name",
            "preferred_name",
            "pronouns",
            "nhs_number",
            "phone",
            "email",
            "postcode",
            "contact_notes",
            "language",
            "accessible_format",
            "gp_practice",
            "emergency_contact",
            "equality",
        ),
    )

    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    preferred_name = models.CharField(max_length=60, blank=True)
    pronouns = models.CharField(max_length=30, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
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
    gp_practice = models.CharField(max_length=100, blank=True)
    emergency_contact = models.CharField(max_length=200, blank=True)
    equality = models.JSONField(default=dict, blank=True)
    do_not_contact = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    erased_on = models.DateField(null=True, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="clients")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="client"
    )
    # Keys for finding duplicates and searching, kept by save(): see name_key().
    name_key = models.CharField(max_length=130, editable=False, db_index=True)
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")
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
            models.Index(Lower("last_name"), name="client_last_name_lower"),
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_name_key()
        super().save(*args, **kwargs)

    def set_name_key(self) -> None:
        """Call before any write that goes round save()."""
        self.name_key = name_key(self.first_name, self.last_name)


def name_key(first: str, last: str) -> str:
    """Letters of family and given name, accents and punctuation dropped, for finding the same person again."""
    import unicodedata

    def plain(text: str) -> str:
        folded = unicodedata.normalize("NFKD", text).casefold()
        return "".join(letter for letter in folded if letter.isalnum())

    return f"{plain(last)} {plain(first)}"


class CaseQuerySet(models.QuerySet[Any]):
    """Rows about a client: every read starts at ``visible_to``."""

    def visible_to(self, user: Any) -> Self:
        clients = Client.objects.visible_to(user).values("pk")
        return self.filter(**{f"{path_of(self.model.record.scope)}__in": clients})


class CaseModel(models.Model):
    """A record about a client. Its ``record.scope`` says by which path."""

    record: ClassVar[Record]
    objects = CaseQuerySet.as_manager()

    class Meta:
        abstract = True


class Programme(Versioned):
    """The terms a service works under: eligibility preset and time limits."""

    record = Record(scope=None, erase="keep", retain="as long as the service runs")

    name = models.CharField(max_length=80, unique=True)
    preset = models.CharField(max_length=40, default="routine")
    search_limit_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    in_work_limit_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EpisodeQuerySet(CaseQuerySet):
    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def waiting(self) -> Self:
        """Open and not yet on an ESW's caseload."""
        return self.open().filter(accepted_on__isnull=True)

    def active(self) -> Self:
        """On a caseload now."""
        return self.open().filter(accepted_on__isnull=False)

    def with_stage(self) -> Self:
        """Adds ``stage``, the same answer as ``science.measures.rules.stage``: first match wins."""
        return self.annotate(
            stage=Case(
                When(closed_on__isnull=False, then=Value("closed")),
                When(in_work_since__isnull=False, then=Value("in_work")),
                When(first_employer_contact_on__isnull=False, then=Value("job_search")),
                When(last_job_ended_on__isnull=False, then=Value("job_search")),
                When(preparing_since__isnull=False, then=Value("preparing")),
                When(profile_started_on__isnull=False, then=Value("engaged")),
                When(accepted_on__isnull=False, then=Value("accepted")),
                default=Value("referred"),
                output_field=models.CharField(),
            )
        )


class Episode(CaseModel):
    """One stretch of support, from referral to closing. Its stage is derived, never stored."""

    record = Record(
        scope="client",
        erase="keep",
        retain=KEPT,
        export=(
            "referred_on",
            "allocated_on",
            "accepted_on",
            "first_contact_on",
            "profile_started_on",
            "preparing_since",
            "first_employer_contact_on",
            "in_work_since",
            "first_job_started_on",
            "last_job_ended_on",
            "outcome_on",
            "closed_on",
            "close_reason",
            "close_note",
        ),
        scrub=("close_note",),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="episodes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="episodes")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="episodes")
    employed_at_entry = models.BooleanField(default=False)

    # Milestones: written only by actions.record_milestone, recomputed from their sources by a guard.
    referred_on = models.DateField()
    allocated_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    first_contact_on = models.DateField(null=True)
    profile_started_on = models.DateField(null=True)
    preparing_since = models.DateField(null=True)
    first_employer_contact_on = models.DateField(null=True)
    in_work_since = models.DateField(null=True)
    first_job_started_on = models.DateField(null=True)
    last_job_ended_on = models.DateField(null=True)
    outcome_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    close_reason = models.CharField(max_length=40, blank=True)
    close_note = models.TextField(blank=True)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["-referred_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(closed_on__isnull=True), name="one_open_episode"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(close_reason=""), name="closed_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "closed_on", "accepted_on"]),
            models.Index(fields=["closed_on", "referred_on"]),
        ]


MILESTONES = (
    "allocated_on",
    "accepted_on",
    "first_contact_on",
    "profile_started_on",
    "preparing_since",
    "first_employer_contact_on",
    "in_work_since",
    "first_job_started_on",
    "last_job_ended_on",
    "outcome_on",
    "closed_on",
)


class AssignmentQuerySet(CaseQuerySet):
    def open(self) -> Self:
        """Offered or accepted and not ended."""
        return self.filter(ended_on__isnull=True)

    def accepted(self) -> Self:
        return self.open().filter(accepted_on__isnull=False)


class Assignment(CaseModel):
    """The one named ESW of an episode for a time. History is kept; a handover ends one and begins the next."""

    record = Record(
        scope="episode__client",
        erase="keep",
        retain=KEPT,
        export=("esw", "offered_on", "accepted_on", "ended_on", "end_reason", "handover_note"),
        scrub=("handover_note", "decline_note"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assignments")
    esw = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    offered_on = models.DateField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)
    handover_note = models.TextField(blank=True)
    decline_note = models.CharField(max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(ended_on__isnull=True), name="one_named_esw"
            )
        ]
        indexes = [models.Index(fields=["esw", "ended_on"])]


class ConsentQuerySet(CaseQuerySet):
    def live(self) -> Self:
        return self.filter(withdrawn_on__isnull=True, given=True)


class Consent(CaseModel):
    """One answer about one layer: yes or no, to which wording, when; withdrawn on its own. History is kept."""

    class Layer(models.TextChoices):
        SERVICE = "service", "Taking part in the service"
        HEALTH_SHARING = "health_sharing", "Sharing with healthcare professionals"
        EMPLOYER_CONTACT = "employer_contact", "Talking with employers"
        RESEARCH = "research", "Research"
        RECORDING = "recording", "Recording of interviews"
        DATA_LINKAGE = "data_linkage", "Linking with other records"

    record = Record(
        scope="client",
        erase="keep",
        retain=KEPT,
        export=("layer", "recipient", "given", "given_on", "how", "wording_version", "withdrawn_on"),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="consents")
    layer = models.CharField(max_length=16, choices=Layer)
    recipient = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: the health team."
    )
    given = models.BooleanField()
    given_on = models.DateField()
    how = models.CharField(
        max_length=10, choices=[("online", "by the client, online"), ("spoken", "spoken"), ("signed", "on paper")]
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    wording_version = models.CharField(max_length=20)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        indexes = [models.Index(fields=["client", "layer", "withdrawn_on"])]


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
        scope="client", erase="keep", retain=KEPT, export=("status", "last_job_ended_on", "as_of", "recorded_at")
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

    record = Record(scope="client", erase="delete", retain=KEPT)

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="listed_people")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    listed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    listed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "user"], name="listed_once")]


class StatedReasonQuerySet(CaseQuerySet):
    def live(self) -> Self:
        return self.filter(until__gt=clock.now())


class StatedReason(CaseModel):
    """A manager said why they need this person's record; it opens, read-only, for an hour. The client sees it."""

    record = Record(scope="client", erase="keep", retain=KEPT, export=("user", "reason", "stated_at", "until"))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="stated_reasons")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    stated_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    objects = StatedReasonQuerySet.as_manager()


def named_esw(episode: Episode, day: date | None = None) -> User | None:
    """The ESW who carries this episode (on ``day``, else now), accepted or not yet."""
    rows = episode.assignments.select_related("esw")
    if day is None:
        found = rows.filter(ended_on__isnull=True).first()
    else:
        found = (
            rows.filter(accepted_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day)).first()
        )
    return found.esw if found else None
