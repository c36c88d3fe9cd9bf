"""Every write to clients, episodes, assignments, consents and programmes."""

from pacework.service.cases.actions.assignments import (
    accept,
    allocate,
    decline,
    hand_over,
    hand_over_caseload,
)
from pacework.service.cases.actions.clients import (
    answer_correction,
    ask_for_correction,
    edit_client,
    export_client,
    invite_to_sign_in,
    link_account,
    open_for_reason,
    record_employment_status,
    register_client,
    restrict,
    set_do_not_contact,
    state_reason,
    unrestrict,
)
from pacework.service.cases.actions.consents import record_consent, withdraw_consent
from pacework.service.cases.actions.episodes import (
    close_episode,
    open_episode,
    reopen_episode,
    save_programme,
)
from pacework.service.cases.actions.erasing import erase_client
from pacework.service.cases.actions.milestones import record_first, record_milestone

__all__ = [
    "accept",
    "allocate",
    "answer_correction",
    "ask_for_correction",
    "close_episode",
    "decline",
    "edit_client",
    "erase_client",
    "export_client",
    "hand_over",
    "hand_over_caseload",
    "invite_to_sign_in",
    "link_account",
    "open_episode",
    "open_for_reason",
    "record_consent",
    "record_employment_status",
    "record_first",
    "record_milestone",
    "register_client",
    "reopen_episode",
    "restrict",
    "save_programme",
    "set_do_not_contact",
    "state_reason",
    "unrestrict",
    "withdraw_consent",
]
