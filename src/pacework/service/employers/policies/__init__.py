"""Does the state allow it? What may be said to whom, and which step may follow which."""

from pacework.service.employers.policies.disclosure import (
    Disclosure,
    PlanState,
    check_basis,
    check_linkable,
    check_may_name,
    decide,
    disclosure_for,
    disclosures_for,
    state_of,
)
from pacework.service.employers.policies.occupancy import add_counter, places_free
from pacework.service.employers.policies.openings import (
    PLACEMENT_STEPS,
    VACANCY_STEPS,
    check_placement_step,
    check_vacancy_step,
    mermaid,
    next_placement_states,
    next_vacancy_states,
)
from pacework.service.employers.policies.words import add_own_words, check_words, found_words, risky_words

__all__ = [
    "PLACEMENT_STEPS",
    "VACANCY_STEPS",
    "Disclosure",
    "PlanState",
    "add_counter",
    "add_own_words",
    "check_basis",
    "check_linkable",
    "check_may_name",
    "check_placement_step",
    "check_vacancy_step",
    "check_words",
    "decide",
    "disclosure_for",
    "disclosures_for",
    "found_words",
    "mermaid",
    "next_placement_states",
    "next_vacancy_states",
    "places_free",
    "risky_words",
    "state_of",
]
