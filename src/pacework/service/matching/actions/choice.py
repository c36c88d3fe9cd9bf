"""Turning forecasts on, and off again with everything that came of them."""

from __future__ import annotations

from pacework.service.cases.models import Client
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.matching import permissions, policies
from pacework.service.matching.models import ForecastChoice, JobCheck
from pacework.service.people.models import User


@action
def turn_on(client: Client, *, by: User) -> ForecastChoice:
    """From now on the client may ask whether a job's hours would hold."""
    permissions.check_choose(by, client)
    hold(client)
    policies.check_turned_off(client)
    choice = ForecastChoice.objects.create(client=client)
    trace("forecast.turned_on", choice, by=by, fields=["turned_on_at"])
    return choice


@action
def turn_off(client: Client, *, by: User) -> int:
    """Delete the jobs looked at and what was kept from them. Returns how many jobs there were."""
    permissions.check_turn_off(by, client)
    hold(client)
    choice = ForecastChoice.objects.filter(client=client).first()
    jobs = JobCheck.objects.filter(client=client)
    count = jobs.count()
    # What was kept from a job goes with it; lines that the client wrote themselves stay in their passport.
    jobs.delete()
    if choice is not None:
        trace("forecast.turned_off", choice, by=by)
        choice.delete()
    else:
        trace("forecast.turned_off", client, by=by)
    return count
