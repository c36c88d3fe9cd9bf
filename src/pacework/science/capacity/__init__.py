"""How much symptoms move about, what the next weeks may look like, and what would make a job sustainable."""

from __future__ import annotations

from pacework.science.capacity.forecast import Forecast
from pacework.science.capacity.model import Model, fit
from pacework.science.capacity.population import Population, default_population, learn_population

__all__ = ["Forecast", "Model", "Population", "default_population", "fit", "learn_population"]
