"""Addresses of recruitment."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern

from pacework.service.cases.access import case_page
from pacework.service.core.access import Access, page, public, roles
from pacework.service.recruitment import funnel_views, import_views, merge_views, referral_views, views

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


LEAD_READS = roles(get="team_lead")
LEAD_WRITES = roles(get="team_lead", post="team_lead")
LEAD_SENDS = roles(post="team_lead")


def of_list(address: str, name: str, view: Any, access: Access = LEAD_WRITES) -> URLPattern:
    """A page about one list: of the lead's teams, or it does not exist."""
    return page(f"imports/<int:import_id>/{address}", view, name=name, access=access)


IMPORTS = [
    page("imports/", import_views.imports, name="imports", access=LEAD_READS),
    page("imports/new/", import_views.New, name="import-new", access=LEAD_WRITES),
    of_list("", "import", import_views.one_import, LEAD_READS),
    of_list("columns/", "import-map", import_views.Columns),
    of_list("rows/<int:row_id>/", "import-row", import_views.Row),
    of_list("add/", "import-commit", import_views.Commit),
    of_list("letters/", "import-letters", import_views.Letters),
    of_list("undo/", "import-undo", import_views.Undo),
    of_list("drop/", "import-drop", import_views.Drop),
    of_list("stop/", "import-stop", import_views.do("stop"), LEAD_SENDS),
    of_list("continue/", "import-continue", import_views.do("continue"), LEAD_SENDS),
    of_list("skip/", "import-skip", import_views.do("skip"), LEAD_SENDS),
    of_list("not-added.csv", "import-failed", import_views.failed, LEAD_READS),
]

DUPLICATES = [
    page("duplicates/", merge_views.duplicates, name="duplicates", access=LEAD_READS),
    page("duplicates/<int:pair_id>/", merge_views.Compare, name="duplicate", access=LEAD_WRITES),
    page("duplicates/<int:pair_id>/join/", merge_views.Join, name="merge", access=LEAD_WRITES),
    case_page(
        "people/<int:client_id>/joined/<int:merge_id>/undo/",
        merge_views.UndoMerge,
        name="merge-undo",
        read="team_lead",
        write="team_lead",
        when_closed=True,
    ),
]

urlpatterns = [
    *IMPORTS,
    *DUPLICATES,
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
