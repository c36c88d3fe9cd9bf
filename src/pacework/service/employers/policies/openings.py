"""Which step may follow which, for vacancies and placement opportunities: one table each."""

from __future__ import annotations

from collections.abc import Mapping

from pacework.service.core.errors import DomainError
from pacework.service.employers.models import PlacementOpportunity, Vacancy

PlacementState = PlacementOpportunity.State
VacancyStatus = Vacancy.Status

PLACEMENT_STEPS: Mapping[str, tuple[str, ...]] = {
    PlacementState.IDEA: (PlacementState.ASKED, PlacementState.ENDED),
    PlacementState.ASKED: (PlacementState.AGREED, PlacementState.ENDED),
    PlacementState.AGREED: (PlacementState.PAUSED, PlacementState.ENDED),
    PlacementState.PAUSED: (PlacementState.AGREED, PlacementState.ENDED),
    # An employer who once said no may be asked again.
    PlacementState.ENDED: (PlacementState.ASKED,),
}

VACANCY_STEPS: Mapping[str, tuple[str, ...]] = {
    VacancyStatus.OPEN: (VacancyStatus.FILLED, VacancyStatus.WITHDRAWN),
    VacancyStatus.FILLED: (VacancyStatus.OPEN,),
    VacancyStatus.WITHDRAWN: (VacancyStatus.OPEN,),
}


def next_placement_states(opportunity: PlacementOpportunity) -> tuple[str, ...]:
    return PLACEMENT_STEPS[opportunity.state]


def next_vacancy_states(vacancy: Vacancy) -> tuple[str, ...]:
    return VACANCY_STEPS[vacancy.status]


def check_placement_step(opportunity: PlacementOpportunity, to: str) -> None:
    """Raise unless this step is in the table, and an agreement names who looks after people."""
    if to not in next_placement_states(opportunity):
        raise DomainError(
            f"This placement opportunity is {opportunity.get_state_display().lower()} now, "
            f"so that step does not follow.",
            field="to",
        )
    if to == PlacementState.AGREED and opportunity.named_manager_id is None:
        raise DomainError("Say first who will look after people there: add a named manager.", field="to")


def check_vacancy_step(vacancy: Vacancy, to: str) -> None:
    """Raise unless this step is in the table."""
    if to not in next_vacancy_states(vacancy):
        raise DomainError(
            f"This vacancy is {vacancy.get_status_display().lower()} now, so that step does not follow.",
            field="to",
        )


def mermaid(steps: Mapping[str, tuple[str, ...]]) -> str:
    """A transition table as a Mermaid state diagram, for the documentation."""
    first = next(iter(steps))
    lines = ["stateDiagram-v2", f"    [*] --> {first}"]
    lines += [f"    {start} --> {end}" for start, ends in steps.items() for end in ends]
    return "\n".join(lines) + "\n"
