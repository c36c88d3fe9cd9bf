"""Employers, what was said to them and about whom, and what they offer."""

from pacework.service.employers.models.contacts import EmployerContact, LogReview
from pacework.service.employers.models.disclosure import DisclosurePlan, What, Who
from pacework.service.employers.models.openings import (
    PlacementOpportunity,
    PlacementWait,
    PlacementWaitTold,
)
from pacework.service.employers.models.places import Employer, EmployerPerson, Site
from pacework.service.employers.models.travel import Travel
from pacework.service.employers.models.vacancies import (
    IncomingVacancy,
    OccupationDemand,
    OccupationTitle,
    OutwardPlace,
    Vacancy,
    VacancyBatch,
)

__all__ = [
    "DisclosurePlan",
    "Employer",
    "EmployerContact",
    "EmployerPerson",
    "IncomingVacancy",
    "LogReview",
    "OccupationDemand",
    "OccupationTitle",
    "OutwardPlace",
    "PlacementOpportunity",
    "PlacementWait",
    "PlacementWaitTold",
    "Site",
    "Travel",
    "Vacancy",
    "VacancyBatch",
    "What",
    "Who",
]
