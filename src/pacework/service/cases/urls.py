"""Addresses of the pages about clients, each with its rule."""

from __future__ import annotations

from pacework.service.cases.access import case_page, own_page
from pacework.service.cases.views import allocation, own, people, programmes, sharing
from pacework.service.core.access import page, roles

READERS = "esw team_lead hcp manager"
WORKERS = "esw team_lead"
ADMINISTRATOR = roles(get="administrator", post="administrator")
LEAD = roles(get="team_lead", post="team_lead")

urlpatterns = [
    case_page("people/<int:client_id>/details/", people.details, name="client-details", read=READERS),
    case_page(
        "people/<int:client_id>/details/change/",
        people.EditClient,
        name="client-edit",
        read=WORKERS,
        write=WORKERS,
    ),
    case_page(
        "people/<int:client_id>/employment/",
        people.NewEmploymentStatus,
        name="employment-status-new",
        read=WORKERS,
        write=WORKERS,
    ),
    case_page(
        "people/<int:client_id>/do-not-contact/",
        people.DoNotContact,
        name="do-not-contact",
        read=WORKERS,
        write=WORKERS,
        when_closed=True,
    ),
    case_page(
        "people/<int:client_id>/invite/",
        people.InviteToSignIn,
        name="client-invite",
        read=WORKERS,
        write=WORKERS,
    ),
    case_page("people/<int:client_id>/close/", people.Close, name="close", read=WORKERS, write=WORKERS),
    case_page(
        "people/<int:client_id>/reopen/",
        people.Reopen,
        name="reopen",
        read=WORKERS,
        write=WORKERS,
        when_closed=True,
    ),
    case_page(
        "people/<int:client_id>/restrict/",
        people.Restrict,
        name="restrict",
        read="team_lead",
        write="team_lead",
        when_closed=True,
    ),
    case_page(
        "people/<int:client_id>/erase/",
        people.Erase,
        name="erase",
        read="team_lead",
        write="team_lead",
        when_closed=True,
    ),
    case_page(
        "people/<int:client_id>/download/",
        people.download,
        name="download",
        read="",
        write="team_lead",
        when_closed=True,
    ),
    case_page("people/<int:client_id>/sharing/", sharing.sharing, name="sharing", read=READERS),
    case_page(
        "people/<int:client_id>/sharing/<slug:layer>/",
        sharing.RecordConsent,
        name="consent-record",
        read=WORKERS,
        write=WORKERS,
        when_closed=True,
    ),
    case_page(
        "people/<int:client_id>/sharing/<int:consent_id>/take-back/",
        sharing.WithdrawConsent,
        name="consent-withdraw",
        read=WORKERS,
        write=WORKERS,
        when_closed=True,
    ),
    case_page(
        "people/<int:client_id>/corrections/<int:correction_id>/",
        sharing.AnswerCorrection,
        name="correction",
        read=WORKERS,
        write=WORKERS,
        when_closed=True,
    ),
    case_page(
        "people/<int:client_id>/allocate/",
        allocation.Allocate,
        name="allocate",
        read="team_lead",
        write="team_lead",
    ),
    case_page(
        "people/<int:client_id>/offer/", allocation.AnswerOffer, name="offer-answer", read="esw", write="esw"
    ),
    case_page(
        "people/<int:client_id>/handover/",
        allocation.HandOver,
        name="handover",
        read="team_lead",
        write="team_lead",
    ),
    own_page("my/sharing/", own.my_sharing, name="my-sharing"),
    own_page("my/sharing/<slug:layer>/", own.MyConsent, name="my-consent", write=True, when_closed=True),
    own_page(
        "my/sharing/<int:consent_id>/take-back/",
        own.MyWithdrawal,
        name="my-withdrawal",
        write=True,
        when_closed=True,
    ),
    own_page("my/contact/", own.MyContact, name="my-contact", write=True, when_closed=True),
    own_page("my/correction/", own.MyCorrection, name="my-correction", write=True, when_closed=True),
    own_page("my/record/", own.my_download, name="my-download"),
    own_page(
        "my/record/file/", people.download, name="my-download-file", read=False, write=True, when_closed=True
    ),
    page("what-i-wrote/", own.written, name="written", access=roles(get="hcp")),
    page("search/", people.search, name="search", access=roles(get="esw team_lead hcp")),
    page(
        "open-a-record/",
        people.StateReason,
        name="stated-reason",
        access=roles(get="manager", post="manager"),
    ),
    page("waiting/", allocation.waiting, name="waiting", access=roles(get="team_lead")),
    page("team/", allocation.team, name="team", access=roles(get="team_lead")),
    page("team/cover/", allocation.SetCover, name="cover", access=LEAD),
    page(
        "team/cover/<int:cover_id>/end/",
        allocation.end_cover,
        name="cover-end",
        access=roles(post="team_lead"),
    ),
    page("team/<int:esw_id>/hand-over/", allocation.HandOverCaseload, name="leaver", access=LEAD),
    page("programmes/", programmes.programmes, name="programmes", access=roles(get="administrator")),
    page("programmes/new/", programmes.NewProgramme, name="programme-new", access=ADMINISTRATOR),
    page(
        "programmes/<int:programme_id>/",
        programmes.EditProgramme,
        name="programme-edit",
        access=ADMINISTRATOR,
    ),
]
