"""Every write about a client's work."""

from pacework.service.work.actions.absences import (
    edit_absence,
    end_absence,
    record_absence,
    take_back_absence,
)
from pacework.service.work.actions.adjustments import (
    agree_adjustment,
    agree_proposed,
    propose_adjustment,
    review_adjustment,
)
from pacework.service.work.actions.applications import (
    add_application,
    edit_application,
    end_application,
    move_application,
)
from pacework.service.work.actions.hours import WeekTyped, record_hours, set_four_hours
from pacework.service.work.actions.jobs import edit_job, end_job, record_job, take_back_end
from pacework.service.work.actions.placements import (
    end_placement,
    plan_placement,
    record_placement_week,
    start_placement,
)
from pacework.service.work.actions.replanning import change_planned_placement, plan_of

__all__ = [
    "WeekTyped",
    "add_application",
    "agree_adjustment",
    "agree_proposed",
    "change_planned_placement",
    "edit_absence",
    "edit_application",
    "edit_job",
    "end_absence",
    "end_application",
    "end_job",
    "end_placement",
    "move_application",
    "plan_of",
    "plan_placement",
    "propose_adjustment",
    "record_absence",
    "record_hours",
    "record_job",
    "record_placement_week",
    "review_adjustment",
    "set_four_hours",
    "start_placement",
    "take_back_absence",
    "take_back_end",
]
