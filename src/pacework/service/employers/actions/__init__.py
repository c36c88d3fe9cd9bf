"""Every write to employers, contacts with them, disclosure plans and openings."""

from pacework.service.employers.actions.contacts import (
    finish_next_step,
    log_contact,
    log_contact_about,
    review_log,
)
from pacework.service.employers.actions.disclosure import agree_disclosure, end_override
from pacework.service.employers.actions.employers import (
    add_employer,
    add_person,
    add_site,
    edit_employer,
    edit_person,
    edit_site,
)
from pacework.service.employers.actions.openings import (
    add_opportunity,
    add_vacancy,
    edit_opportunity,
    edit_vacancy,
    move_opportunity,
    move_vacancy,
)
from pacework.service.employers.actions.waits import add_wait, end_wait, record_travel, tell_waiting

__all__ = [
    "add_employer",
    "add_opportunity",
    "add_person",
    "add_site",
    "add_vacancy",
    "add_wait",
    "agree_disclosure",
    "edit_employer",
    "edit_opportunity",
    "edit_person",
    "edit_site",
    "edit_vacancy",
    "end_override",
    "end_wait",
    "finish_next_step",
    "log_contact",
    "log_contact_about",
    "move_opportunity",
    "move_vacancy",
    "record_travel",
    "review_log",
    "tell_waiting",
]
