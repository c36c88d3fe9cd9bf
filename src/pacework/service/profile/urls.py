"""Addresses of the situation, each with who may read and write it."""

from __future__ import annotations

from pacework.service.cases.access import case_page, own_page
from pacework.service.profile.views import body, needs, overview, sections

READERS = "esw team_lead hcp manager"
WRITERS = "esw team_lead"
SITUATION = "people/<int:client_id>/situation/"
SECTION = f"{SITUATION}sections/<slug:section>/"
ENTRY = f"{SECTION}entries/<int:number>/"
NEED = f"{SITUATION}needs/<int:need_id>/"
MY_SECTION = "my/situation/<slug:section>/"

urlpatterns = [
    case_page(SITUATION, overview.profile, name="profile", read=READERS),
    case_page(SECTION, sections.EditSection, name="profile-section", read=WRITERS, write=WRITERS),
    case_page(f"{SECTION}history/", overview.history, name="profile-history", read=READERS),
    case_page(f"{SECTION}confirm/", sections.confirm, name="profile-confirm", read="", write=WRITERS),
    case_page(
        f"{SECTION}entries/new/", sections.NewEntry, name="profile-entry-new", read=WRITERS, write=WRITERS
    ),
    case_page(
        ENTRY,
        sections.EditEntry,
        name="profile-entry",
        read=WRITERS,
        write=WRITERS,
    ),
    case_page(
        f"{ENTRY}remove/",
        sections.remove_entry,
        name="profile-entry-remove",
        read="",
        write=WRITERS,
    ),
    case_page(f"{SITUATION}body-map/", body.body_map, name="body-map", read=READERS),
    case_page(
        f"{SITUATION}body-map/new/", body.DrawBodyMap, name="body-map-new", read=WRITERS, write=WRITERS
    ),
    case_page(f"{SITUATION}needs/", needs.Needs, name="needs", read=READERS, write=WRITERS),
    case_page(f"{SITUATION}needs/new/", needs.NewNeed, name="need-new", read=WRITERS, write=WRITERS),
    case_page(
        f"{NEED}plan/",
        needs.PlanNeed,
        name="need-to-action",
        read=WRITERS,
        write=WRITERS,
    ),
    case_page(
        f"{NEED}aside/",
        needs.SetAside,
        name="need-aside",
        read=WRITERS,
        write=WRITERS,
    ),
    case_page(f"{NEED}take-up/", needs.take_up, name="need-take-up", read="", write=WRITERS),
    case_page(
        f"{SITUATION}needs/proposed/<slug:need_key>/aside/",
        needs.SetProposalAside,
        name="need-proposal-aside",
        read=WRITERS,
        write=WRITERS,
    ),
    # The client's own pages
    own_page("my/situation/", overview.my_profile, name="my-profile"),
    own_page("my/situation/body-map/", body.MyBodyMap, name="my-body-map", write=True),
    own_page(MY_SECTION, sections.MySection, name="my-profile-section", write=True),
    own_page(f"{MY_SECTION}part/<int:part>/", sections.MySection, name="my-profile-part", write=True),
    own_page(f"{MY_SECTION}confirm/", sections.my_confirm, name="my-profile-confirm", write=True, read=False),
    own_page(f"{MY_SECTION}entries/new/", sections.MyNewEntry, name="my-profile-entry-new", write=True),
    own_page(f"{MY_SECTION}entries/<int:number>/", sections.MyEditEntry, name="my-profile-entry", write=True),
    own_page(
        f"{MY_SECTION}entries/<int:number>/remove/",
        sections.my_remove_entry,
        name="my-profile-entry-remove",
        write=True,
        read=False,
    ),
]
