"""Every write of this room: the choice, jobs looked at, and the passport."""

from pacework.service.matching.actions.checks import (
    change_job,
    forget_job,
    keep_changes,
    look_at_job,
    propose_kept,
)
from pacework.service.matching.actions.choice import turn_off, turn_on
from pacework.service.matching.actions.passport import add_line, change_line, remove_line

__all__ = [
    "add_line",
    "change_job",
    "change_line",
    "forget_job",
    "keep_changes",
    "look_at_job",
    "propose_kept",
    "remove_line",
    "turn_off",
    "turn_on",
]
