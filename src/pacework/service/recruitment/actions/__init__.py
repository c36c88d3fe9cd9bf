"""Every write of recruitment: bringing people in, and each step of a referral."""

from pacework.service.recruitment.actions.importing import (
    change_columns,
    choose_columns,
    commit_import,
    continue_import,
    decide_row,
    drop_import,
    record_letters,
    skip_undecided,
    start_import,
    stop_import,
    undo_import,
)
from pacework.service.recruitment.actions.incoming import decide_different, refer, refer_self, release
from pacework.service.recruitment.actions.steps import (
    approach,
    approach_many,
    end,
    offer_routine,
    record_agreement,
    remind,
    reply,
    screen,
    undo_end,
)

__all__ = [
    "approach",
    "approach_many",
    "change_columns",
    "choose_columns",
    "commit_import",
    "continue_import",
    "decide_different",
    "decide_row",
    "drop_import",
    "end",
    "offer_routine",
    "record_agreement",
    "record_letters",
    "refer",
    "refer_self",
    "release",
    "remind",
    "reply",
    "screen",
    "skip_undecided",
    "start_import",
    "stop_import",
    "undo_end",
    "undo_import",
]
