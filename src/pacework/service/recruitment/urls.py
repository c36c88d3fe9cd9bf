"""Addresses of recruitment."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern

from pacework.service.cases.access import case_page
from pacework.service.core.access import page, public, roles
from pacework.service.recruitment import funnel_views, referral_views, views

REFERRERS = roles(get="hcp team_lead", post="hcp team_lead")


def step(name: str, view: Any) -> URLPattern:
    """A step on a referral: the team lead's, also for somebody whose earlier support is closed."""
    return case_page(
        f"people/<int:client_id>/referrals/<int:referral_id>/{name}/",
        view,
        name=f"referral-{name}",
        read="team_lead",
        write="team_lead",
        when_closed=True,
    )


urlpatterns = [
    page("refer/", views.Refer, name="refer", access=REFERRERS),
    page("my-referrals/", views.my_referrals, name="my-referrals", access=roles(get="hcp")),
    page("join/", views.Join, name="self-referral", access=public(post=True)),
    page("join/thank-you/", views.join_done, name="self-referral-done", access=public()),
    page("referrals/", referral_views.referrals, name="referrals", access=roles(get="team_lead")),
    page(
        "referrals/sent/",
        referral_views.Sent,
        name="referrals-sent",
        access=roles(get="team_lead", post="team_lead"),
    ),
    page(
        "presets/", views.presets, name="preset", access=roles(get="esw hcp team_lead manager administrator")
    ),
    page("funnel/", funnel_views.funnel, name="funnel", access=roles(get="team_lead manager")),
    case_page(
        "people/<int:client_id>/referrals/<int:referral_id>/",
        referral_views.referral,
        name="referral",
        read="esw hcp team_lead manager",
    ),
    step("sent", referral_views.RecordSent),
    step("remind", referral_views.Remind),
    step("reply", referral_views.Reply),
    step("screen", referral_views.Screen),
    step("routine", referral_views.Routine),
    step("consent", referral_views.Agreement),
    step("exit", referral_views.End),
    step("exit-undo", referral_views.UndoEnd),
    case_page(
        "people/<int:client_id>/referrals/<int:referral_id>/different/<int:pair_id>/",
        referral_views.Different,
        name="referral-different",
        read="team_lead",
        write="team_lead",
        when_closed=True,
    ),
]
