"""How much symptoms move about, what the next weeks may look like, and what would make a job sustainable."""

from __future__ import annotations

from pacework.science.capacity.adjusted_times import FewerDays, LaterStart, ShorterShifts, SplitShift
from pacework.science.capacity.adjusting import Adjustment
from pacework.science.capacity.adjustments import (
    ADJUSTMENTS,
    BuildUp,
    HomeDays,
    RestBreaks,
    SwapInWeek,
    Together,
)
from pacework.science.capacity.assumptions import assumptions
from pacework.science.capacity.fits import Fit
from pacework.science.capacity.forecast import Forecast
from pacework.science.capacity.generator import Person, SimulatedDiary, simulate_diary, simulate_person
from pacework.science.capacity.hours import AnswerError, HoursModel, hours_model
from pacework.science.capacity.job import Job, JobError
from pacework.science.capacity.model import Model, fit, fit_many
from pacework.science.capacity.population import Population, default_population, learn_population
from pacework.science.capacity.shortlist import Limits, Preference, Shortlist, shortlist
from pacework.science.capacity.sustainability import Sustainability, sustainability
from pacework.science.capacity.vacancies import ShortlistError, Vacancies, vacancies
from pacework.science.capacity.variability import Index, Variability

__all__ = [
    "ADJUSTMENTS",
    "Adjustment",
    "AnswerError",
    "BuildUp",
    "FewerDays",
    "Fit",
    "Forecast",
    "HomeDays",
    "HoursModel",
    "Index",
    "Job",
    "JobError",
    "LaterStart",
    "Limits",
    "Model",
    "Person",
    "Population",
    "Preference",
    "RestBreaks",
    "ShorterShifts",
    "Shortlist",
    "ShortlistError",
    "SimulatedDiary",
    "SplitShift",
    "Sustainability",
    "SwapInWeek",
    "Together",
    "Vacancies",
    "Variability",
    "assumptions",
    "default_population",
    "fit",
    "fit_many",
    "hours_model",
    "learn_population",
    "shortlist",
    "simulate_diary",
    "simulate_person",
    "sustainability",
    "vacancies",
]
