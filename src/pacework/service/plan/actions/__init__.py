"""Every write to goals, planned actions and preparing for work."""

from pacework.service.plan.actions.goals import (
    end_action,
    end_goal,
    move_action,
    plan_action,
    reopen_action,
    reopen_goal,
    reword_goal,
    set_goal,
)
from pacework.service.plan.actions.pausing import pause_tasks, resume_tasks
from pacework.service.plan.actions.preparing import (
    Came,
    NewObstacle,
    add_step,
    answer_placement_question,
    clear_obstacle,
    log_group_session,
    log_session,
    name_obstacle,
    name_obstacles,
    reopen_obstacle,
)

__all__ = [
    "Came",
    "NewObstacle",
    "add_step",
    "answer_placement_question",
    "clear_obstacle",
    "end_action",
    "end_goal",
    "log_group_session",
    "log_session",
    "move_action",
    "name_obstacle",
    "name_obstacles",
    "pause_tasks",
    "plan_action",
    "reopen_action",
    "reopen_goal",
    "reopen_obstacle",
    "resume_tasks",
    "reword_goal",
    "set_goal",
]
