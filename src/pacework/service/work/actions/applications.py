"""Applications: from an idea to an offer, and how each one ended."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.employers.models import Employer, Vacancy
from pacework.service.people.models import Role, User
from pacework.service.work import permissions, policies
from pacework.service.work.models import Application

DETAILS = ("title", "employer", "employer_words", "match_why")
STEP_DATES = ("idea_on", "applied_on", "interview_on", "offer_on")


@action
def add_application(
    episode: Episode,
    *,
    by: User,
    title: str,
    employer: Employer | None = None,
    employer_words: str = "",
    vacancy: Vacancy | None = None,
    match_why: str = "",
    on: date | None = None,
    step: str = "idea",
) -> Application:
    """Add one try for one job. It begins as an idea, or at the ``step`` it has reached on that day.

    A client may add ideas of their own. A vacancy brings its employer and title.
    """
    permissions.check_support_or_self(by, episode.client)
    check_open(episode)
    on = on or clock.today()
    if by.role == Role.CLIENT:
        step = "idea"
    if vacancy is not None:
        employer, employer_words = vacancy.employer, ""
        title = title or vacancy.title
        if vacancy.status != Vacancy.Status.OPEN:
            raise DomainError("This vacancy is no longer open.", field="vacancy")
    policies.check_words(title, field="title", sentence="Say which job it is.")
    policies.check_employer_said(employer, employer_words)
    policies.check_day(episode, on, field="on")
    if step not in policies.STEPS:
        raise DomainError("Choose one from the list.", field="step")
    application = Application(
        episode=episode,
        vacancy=vacancy,
        employer=employer,
        employer_words=employer_words,
        title=title,
        match_why=match_why,
        idea_on=on,
        step=step,
        added_by=by,
    )
    setattr(application, f"{step}_on", on)
    application.save()
    trace("application.added", application, by=by, fields=("vacancy", *DETAILS, "step", *STEP_DATES))
    return application


@action
def edit_application(
    application: Application,
    *,
    by: User,
    title: str,
    employer: Employer | None = None,
    employer_words: str = "",
    match_why: str = "",
    idea_on: date,
    applied_on: date | None = None,
    interview_on: date | None = None,
    offer_on: date | None = None,
    starts_on: date | None = None,
    expected: int | None = None,
) -> Application:
    """Correct what an application is about and when its steps were.

    The step itself follows from the dates.
    """
    episode = application.episode
    permissions.check_support(by, episode.client)
    check_open(episode)
    policies.check_words(title, field="title", sentence="Say which job it is.")
    policies.check_employer_said(employer, employer_words)
    for name, day in zip(STEP_DATES, (idea_on, applied_on, interview_on, offer_on), strict=True):
        if day is not None:
            policies.check_day(episode, day, field=name)
        setattr(application, name, day)
    application.title, application.match_why = title, match_why
    application.employer, application.employer_words = employer, employer_words
    policies.check_steps_in_order(application)
    application.step = policies.step_dates(application)[-1][0]
    if application.outcome and application.outcome_on is not None:
        policies.check_application_end(
            application, outcome=application.outcome, on=application.outcome_on, starts_on=starts_on
        )
    elif starts_on is not None:
        raise DomainError("Only an accepted offer has a first day. Leave this date empty.", field="starts_on")
    application.starts_on = starts_on
    fields = (*DETAILS, "step", *STEP_DATES, "starts_on")
    application.save_version(expected=expected, fields=fields)
    trace("application.changed", application, by=by, fields=fields)
    return application


@action
def move_application(
    application: Application, *, by: User, to: str, on: date | None = None, expected: int | None = None
) -> Application:
    """Applied, interview or offer, on a day. Steps may be skipped; dates stay in order."""
    permissions.check_support(by, application.episode.client)
    check_open(application.episode)
    policies.check_undecided(application)
    policies.check_next_step(application, to)
    on = on or clock.today()
    policies.check_day(application.episode, on, field="on")
    application.step = to
    setattr(application, f"{to}_on", on)
    policies.check_steps_in_order(application, field="on")
    application.save_version(expected=expected, fields=["step", f"{to}_on"])
    trace("application.moved", application, by=by, fields=["step", f"{to}_on"])
    return application


@action
def end_application(
    application: Application,
    *,
    by: User,
    outcome: str,
    on: date | None = None,
    note: str = "",
    starts_on: date | None = None,
    expected: int | None = None,
) -> Application:
    """Say how the application ended. An accepted offer may carry the agreed first day, also one to come."""
    permissions.check_support(by, application.episode.client)
    check_open(application.episode)
    policies.check_undecided(application)
    on = on or clock.today()
    policies.check_day(application.episode, on, field="on")
    policies.check_application_end(application, outcome=outcome, on=on, starts_on=starts_on)
    application.outcome, application.outcome_on = outcome, on
    application.outcome_note, application.starts_on = note, starts_on
    fields = ["outcome", "outcome_on", "outcome_note", "starts_on"]
    application.save_version(expected=expected, fields=fields)
    trace("application.ended", application, by=by, fields=fields)
    return application
