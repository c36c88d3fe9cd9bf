"""The flare plan: written on a better day, alone or together with the worker."""

from __future__ import annotations

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.diary import permissions, policies
from pacework.service.diary.models import FlarePlan
from pacework.service.people.models import User


@action
def save_flare_plan(client: Client, *, by: User, expected: int | None = None, **words: str) -> FlarePlan:
    """Write the plan, or change it. ``words``: the parts of the plan by name."""
    permissions.check_flare_plan(by, client)
    parts = {name: words.get(name, "").strip() for name in FlarePlan.PARTS}
    hold(client)
    plan = FlarePlan.objects.filter(client=client).first()
    if plan is None:
        policies.check_says_something(parts)
        plan = FlarePlan.objects.create(client=client, saved_by=by, **parts)
    else:
        for name, text in parts.items():
            setattr(plan, name, text)
        plan.saved_by, plan.saved_at = by, clock.now()
        plan.save_version(expected=expected, fields=[*FlarePlan.PARTS, "saved_by", "saved_at"])
    trace("flare_plan.saved", plan, by=by, fields=FlarePlan.PARTS)
    return plan
