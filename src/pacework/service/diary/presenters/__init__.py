"""How the diary, flares and the flare plan are said and drawn."""

from pacework.service.diary.presenters.flares import (
    PARTS,
    ended_words,
    flare_line,
    flare_row,
    now_words,
    over_words,
    plan_parts,
    shown_flare,
    to_move,
)
from pacework.service.diary.presenters.phone import hour_words, phone_panel, reminder_words
from pacework.service.diary.presenters.today import recent_days, saved_words, today_card
from pacework.service.diary.presenters.weeks import (
    DAY_HEAD,
    WEEK_HEAD,
    picture,
    sentence,
    table_of_days,
    table_of_weeks,
)

__all__ = [
    "DAY_HEAD",
    "PARTS",
    "WEEK_HEAD",
    "ended_words",
    "flare_line",
    "flare_row",
    "hour_words",
    "now_words",
    "over_words",
    "phone_panel",
    "picture",
    "plan_parts",
    "recent_days",
    "reminder_words",
    "saved_words",
    "sentence",
    "shown_flare",
    "table_of_days",
    "table_of_weeks",
    "to_move",
    "today_card",
]
