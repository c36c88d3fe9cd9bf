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
from pacework.service.employers.actions.incoming import (
    add_incoming,
    add_vacancy_of,
    employer_called,
    forget_batch,
    forget_old_batches,
    leave_out_row,
    stage_vacancies,
)
from pacework.service.employers.actions.openings import add_opportunity, edit_opportunity, move_opportunity
from pacework.service.employers.actions.tables import replace_demands, replace_occupations, replace_outwards
from pacework.service.employers.actions.vacancies import (
    add_vacancy,
    confirm_demands,
    edit_vacancy,
    move_vacancy,
    set_shifts,
)
from pacework.service.employers.actions.waits import add_wait, end_wait, record_travel, tell_waiting

__all__ = [
    "add_employer",
    "add_incoming",
    "add_opportunity",
    "add_person",
    "add_site",
    "add_vacancy",
    "add_vacancy_of",
    "add_wait",
    "agree_disclosure",
    "confirm_demands",
    "edit_employer",
    "edit_opportunity",
    "edit_person",
    "edit_site",
    "edit_vacancy",
    "employer_called",
    "end_override",
    "end_wait",
    "finish_next_step",
    "forget_batch",
    "forget_old_batches",
    "leave_out_row",
    "log_contact",
    "log_contact_about",
    "move_opportunity",
    "move_vacancy",
    "record_travel",
    "replace_demands",
    "replace_occupations",
    "replace_outwards",
    "review_log",
    "set_shifts",
    "stage_vacancies",
    "tell_waiting",
]
