"""Addresses of employers, contacts with them, disclosure and openings, each with who may open it."""

from __future__ import annotations

from pacework.service.cases.access import case_page, own_page
from pacework.service.core.access import page, roles
from pacework.service.employers.views import (
    contacts,
    disclosure,
    employers,
    incoming,
    openings,
    vacancies,
    waits,
)

READ = roles(get="esw team_lead manager")
WRITE = roles(get="esw team_lead", post="esw team_lead")
LEAD = roles(get="team_lead", post="team_lead")
READERS = "esw team_lead hcp manager"
WRITERS = "esw team_lead"

urlpatterns = [
    page("employers/", employers.employers, name="employers", access=READ),
    page("employers/new/", employers.NewEmployer, name="employer-new", access=WRITE),
    page("employers/<int:employer_id>/", employers.employer, name="employer", access=READ),
    page("employers/<int:employer_id>/edit/", employers.EditEmployer, name="employer-edit", access=WRITE),
    page("employers/<int:employer_id>/sites/new/", employers.NewSite, name="site-new", access=WRITE),
    page(
        "employers/<int:employer_id>/sites/<int:site_id>/", employers.EditSite, name="site-edit", access=WRITE
    ),
    page(
        "employers/<int:employer_id>/people/new/",
        employers.NewPerson,
        name="employer-person-new",
        access=WRITE,
    ),
    page(
        "employers/<int:employer_id>/people/<int:person_id>/",
        employers.EditPerson,
        name="employer-person-edit",
        access=WRITE,
    ),
    page(
        "employers/<int:employer_id>/contacts/new/",
        contacts.NewContact,
        name="employer-contact-new",
        access=WRITE,
    ),
    page(
        "employer-contacts/<int:contact_id>/done/",
        contacts.finish_step,
        name="employer-contact-done",
        access=roles(post="esw team_lead"),
    ),
    page("employer-contacts/mine/", contacts.my_log, name="my-employer-contacts", access=roles(get="esw")),
    page("log-review/", contacts.log_review, name="log-review", access=roles(get="team_lead")),
    page("log-review/<int:esw_id>/<str:week>/", contacts.ReviewWorker, name="log-review-worker", access=LEAD),
    page("vacancies/", vacancies.vacancies, name="vacancies", access=READ),
    page("vacancies/import/", incoming.ImportList, name="vacancy-import", access=WRITE),
    page("vacancies/from-page/", incoming.FromPage, name="vacancy-from-page", access=WRITE),
    page("vacancies/import/<int:batch_id>/", incoming.batch, name="vacancy-batch", access=WRITE),
    page("vacancies/import/<int:batch_id>/drop/", incoming.DropList, name="vacancy-batch-drop", access=WRITE),
    page(
        "vacancies/import/<int:batch_id>/<int:row_id>/leave-out/",
        incoming.leave_out,
        name="vacancy-row-leave-out",
        access=roles(post=WRITERS),
    ),
    page(
        "vacancies/import/<int:batch_id>/<int:row_id>/",
        incoming.AddProposal,
        name="vacancy-proposal",
        access=WRITE,
    ),
    page("vacancies/new/", vacancies.NewVacancyOf, name="vacancy-add", access=WRITE),
    page(
        "employers/<int:employer_id>/vacancies/new/", vacancies.NewVacancy, name="vacancy-new", access=WRITE
    ),
    page("vacancies/<int:vacancy_id>/", vacancies.vacancy, name="vacancy", access=READ),
    page("vacancies/<int:vacancy_id>/edit/", vacancies.EditVacancy, name="vacancy-edit", access=WRITE),
    page("vacancies/<int:vacancy_id>/shifts/", vacancies.ConfirmShifts, name="vacancy-shifts", access=WRITE),
    page(
        "vacancies/<int:vacancy_id>/demands/", vacancies.ConfirmDemands, name="vacancy-demands", access=WRITE
    ),
    page("vacancies/<int:vacancy_id>/step/", vacancies.MoveVacancy, name="vacancy-step", access=WRITE),
    page("placement-opportunities/", openings.opportunities, name="placement-opportunities", access=READ),
    page(
        "employers/<int:employer_id>/placement-opportunities/new/",
        openings.NewOpportunity,
        name="placement-opportunity-new",
        access=WRITE,
    ),
    page(
        "placement-opportunities/<int:opportunity_id>/",
        openings.opportunity,
        name="placement-opportunity",
        access=READ,
    ),
    page(
        "placement-opportunities/<int:opportunity_id>/edit/",
        openings.EditOpportunity,
        name="placement-opportunity-edit",
        access=WRITE,
    ),
    page(
        "placement-opportunities/<int:opportunity_id>/step/",
        openings.MoveOpportunity,
        name="placement-opportunity-step",
        access=WRITE,
    ),
    page(
        "placement-opportunities/<int:opportunity_id>/wait/",
        openings.AddToWait,
        name="placement-opportunity-wait",
        access=WRITE,
    ),
    # A client's record
    case_page("people/<int:client_id>/disclosure/", disclosure.disclosure, name="disclosure", read=READERS),
    case_page(
        "people/<int:client_id>/disclosure/edit/",
        disclosure.RecordDisclosure,
        name="disclosure-edit",
        read=WRITERS,
        write=WRITERS,
    ),
    case_page(
        "people/<int:client_id>/disclosure/employer/",
        disclosure.choose_employer_for_disclosure,
        name="disclosure-employer",
        read=WRITERS,
    ),
    case_page(
        "people/<int:client_id>/disclosure/employer/<int:employer_id>/",
        disclosure.RecordDisclosure,
        name="disclosure-edit-employer",
        read=WRITERS,
        write=WRITERS,
    ),
    case_page(
        "people/<int:client_id>/disclosure/employer/<int:employer_id>/end/",
        disclosure.end_override,
        name="disclosure-end",
        read="",
        write=WRITERS,
    ),
    case_page(
        "people/<int:client_id>/employer-contacts/new/",
        contacts.choose_employer_for_contact,
        name="client-employer-contact-new",
        read=WRITERS,
    ),
    case_page(
        "people/<int:client_id>/employer-contacts/new/<int:employer_id>/",
        contacts.NewClientContact,
        name="client-employer-contact-write",
        read=WRITERS,
        write=WRITERS,
    ),
    case_page(
        "people/<int:client_id>/placement-wait/",
        waits.Wait,
        name="placement-wait",
        read=WRITERS,
        write=WRITERS,
    ),
    case_page(
        "people/<int:client_id>/placement-wait/<int:wait_id>/",
        waits.EditWait,
        name="placement-wait-edit",
        read=WRITERS,
        write=WRITERS,
    ),
    case_page(
        "people/<int:client_id>/travel/",
        waits.ChooseTravelSite,
        name="travel-new",
        read=WRITERS,
        write=WRITERS,
    ),
    case_page(
        "people/<int:client_id>/travel/<int:site_id>/",
        waits.EditTravel,
        name="travel",
        read=WRITERS,
        write=WRITERS,
    ),
    # The client's own pages
    own_page("my/employers/", disclosure.my_disclosure, name="my-disclosure"),
    own_page("my/employers/all/", disclosure.ChooseDisclosure, name="my-disclosure-edit", write=True),
    own_page("my/employers/one/", disclosure.my_choose_employer, name="my-disclosure-choose"),
    own_page(
        "my/employers/one/<int:employer_id>/",
        disclosure.ChooseDisclosure,
        name="my-disclosure-employer",
        write=True,
    ),
    own_page(
        "my/employers/one/<int:employer_id>/end/",
        disclosure.my_end_override,
        name="my-disclosure-end",
        write=True,
    ),
]
