"""Every write to the diary, the flares and the flare plan."""

from pacework.service.diary.actions.deleting import delete_days, delete_everything
from pacework.service.diary.actions.entries import DayTyped, record_day, record_days
from pacework.service.diary.actions.flares import (
    delete_flare,
    edit_flare,
    end_flare,
    log_flare,
    start_flare,
    tell_worker,
)
from pacework.service.diary.actions.plans import save_flare_plan
from pacework.service.diary.actions.reminding import ask_to_be_reminded, claim_reminder, stop_reminding
from pacework.service.diary.actions.syncing import owner_tag, sync_entries

__all__ = [
    "DayTyped",
    "ask_to_be_reminded",
    "claim_reminder",
    "delete_days",
    "delete_everything",
    "delete_flare",
    "edit_flare",
    "end_flare",
    "log_flare",
    "owner_tag",
    "record_day",
    "record_days",
    "save_flare_plan",
    "start_flare",
    "stop_reminding",
    "sync_entries",
    "tell_worker",
]
