"""Who may write about a client's work: truth tables."""

from __future__ import annotations

import pytest

from pacework.service.core.errors import NotAllowed
from pacework.service.work import actions, permissions
from tests.service.build import close, give_account, give_consent, lead_of, make_cover, make_team, make_user
from tests.service.work.build import REFERRED, job_details, someone_in_work, someone_on_placement, supported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def people(work):
    """Everybody who might try, by name."""
    team, other = work.client.team, make_team()
    give_consent(work.client, "health_sharing")
    covering = make_user("esw", team)
    make_cover(work.esw, covering)
    return {
        "named esw": work.esw,
        "covering esw": covering,
        "esw of the team": make_user("esw", team),
        "esw elsewhere": make_user("esw", other),
        "lead": lead_of(team),
        "lead elsewhere": make_user("team_lead", other),
        "hcp": make_user("hcp", team),
        "manager": make_user("manager"),
        "researcher": make_user("researcher"),
        "administrator": make_user("administrator"),
        "client": give_account(work.client),
        "other client": make_user("client"),
    }


SUPPORT = {"named esw", "covering esw", "lead"}
OWN = SUPPORT | {"client"}


def allowed(check, users, client):
    found = set()
    for name, user in users.items():
        try:
            check(user, client)
        except NotAllowed:
            continue
        found.add(name)
    return found


def test_those_who_carry_the_client_write_about_work_and_nobody_else():
    work = supported()
    users = people(work)
    assert allowed(permissions.check_support, users, work.client) == SUPPORT
    assert allowed(permissions.check_support_or_self, users, work.client) == OWN


def test_nobody_writes_about_work_once_the_episode_is_closed():
    work = supported()
    users = people(work)
    close(work.episode)
    work.client.forget_episode()
    assert allowed(permissions.check_support, users, work.client) == set()
    assert allowed(permissions.check_support_or_self, users, work.client) == set()


def test_a_restricted_record_takes_work_from_the_named_esw_the_lead_and_the_client():
    work = supported()
    users = people(work)
    work.client.restricted = True
    work.client.save(update_fields=["restricted"])
    assert allowed(permissions.check_support_or_self, users, work.client) == {"named esw", "lead", "client"}


def test_every_action_asks_who_is_writing():
    work = someone_in_work([450])
    stranger = make_user("esw", make_team())
    application = actions.add_application(
        work.episode, by=work.esw, title="Baker", employer_words="Rise", on=REFERRED
    )
    adjustment = actions.agree_adjustment(work.episode, by=work.esw, kind="rest_breaks", job=work.job)
    week = actions.WeekTyped(REFERRED, 60)
    placement = someone_on_placement(started=False).placement
    tries = {
        "add_application": lambda by: actions.add_application(work.episode, by=by, title="x"),
        "edit_application": lambda by: actions.edit_application(
            application, by=by, title="x", idea_on=REFERRED
        ),
        "move_application": lambda by: actions.move_application(application, by=by, to="offer"),
        "end_application": lambda by: actions.end_application(application, by=by, outcome="withdrawn"),
        "plan_placement": lambda by: actions.plan_placement(
            work.episode, by=by, planned_from=REFERRED, planned_hours=8
        ),
        "change_planned_placement": lambda by: actions.change_planned_placement(
            placement,
            by=by,
            title="x",
            kind="unpaid",
            planned_from=placement.planned_from,
            planned_until=placement.planned_until,
            planned_hours=placement.planned_hours,
        ),
        "record_job": lambda by: actions.record_job(work.episode, by=by, **job_details()),
        "edit_job": lambda by: actions.edit_job(work.job, by=by, **job_details()),
        "end_job": lambda by: actions.end_job(work.job, by=by, reason="money"),
        "take_back_end": lambda by: actions.take_back_end(work.job, by=by),
        "record_hours": lambda by: actions.record_hours(work.job, by=by, weeks=[week]),
        "set_four_hours": lambda by: actions.set_four_hours(work.job, by=by, on=None),
        "agree_adjustment": lambda by: actions.agree_adjustment(
            work.episode, by=by, kind="pace", job=work.job
        ),
        "review_adjustment": lambda by: actions.review_adjustment(adjustment, by=by, effect="helps"),
    }
    for attempt in tries.values():
        with pytest.raises(NotAllowed):
            attempt(stranger)
