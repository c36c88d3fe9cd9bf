"""The client, their stretches of support, and the one door to everything recorded about them."""

from pacework.service.cases.models.caseload import Load, esws_of, loads
from pacework.service.cases.models.client import (
    KEPT,
    Client,
    CorrectionRequest,
    EmploymentStatus,
    RestrictedAccess,
    StatedReason,
    StatedReasonQuerySet,
    name_key,
)
from pacework.service.cases.models.consent import Consent, ConsentQuerySet
from pacework.service.cases.models.door import CaseModel, CaseQuerySet, ClientQuerySet, agreed_to
from pacework.service.cases.models.episode import (
    MILESTONES,
    Assignment,
    AssignmentQuerySet,
    Closing,
    Episode,
    EpisodeQuerySet,
    Programme,
    named_esw,
)
from pacework.service.cases.models.search import search

__all__ = [
    "KEPT",
    "MILESTONES",
    "Assignment",
    "AssignmentQuerySet",
    "CaseModel",
    "CaseQuerySet",
    "Client",
    "ClientQuerySet",
    "Closing",
    "Consent",
    "ConsentQuerySet",
    "CorrectionRequest",
    "EmploymentStatus",
    "Episode",
    "EpisodeQuerySet",
    "Load",
    "Programme",
    "RestrictedAccess",
    "StatedReason",
    "StatedReasonQuerySet",
    "agreed_to",
    "esws_of",
    "loads",
    "name_key",
    "named_esw",
    "search",
]
