"""Every write of recruitment: bringing people in, and each step of a referral."""

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
    "decide_different",
    "end",
    "offer_routine",
    "record_agreement",
    "refer",
    "refer_self",
    "release",
    "remind",
    "reply",
    "screen",
    "undo_end",
]
