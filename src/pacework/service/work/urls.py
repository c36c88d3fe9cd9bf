"""Addresses of the Work section."""

from __future__ import annotations

from pacework.service.cases.access import case_page, own_page
from pacework.service.work.views import absences, applications, hours, jobs, overview, placements

READERS = "esw hcp team_lead manager"
WRITERS = "esw team_lead"

WORK = "people/<int:client_id>/work/"
APPLICATION = f"{WORK}applications/<int:application_id>/"
PLACEMENT = f"{WORK}placements/<int:placement_id>/"
JOB = f"{WORK}jobs/<int:job_id>/"

FORMS = {
    "application-new": (f"{WORK}applications/new/", applications.NewApplication),
    "application-edit": (APPLICATION, applications.EditApplication),
    "application-move": (f"{APPLICATION}step/", applications.MoveApplication),
    "application-end": (f"{APPLICATION}outcome/", applications.EndApplication),
    "placement-new": (f"{WORK}placements/new/", placements.NewPlacement),
    "placement-change": (f"{PLACEMENT}change/", placements.ChangePlan),
    "placement-start": (f"{PLACEMENT}start/", placements.StartPlacement),
    "placement-week": (f"{PLACEMENT}weeks/<str:week>/", placements.RecordWeek),
    "placement-end": (f"{PLACEMENT}end/", placements.EndPlacement),
    "placement-adjustment-new": (f"{PLACEMENT}adjustments/new/", placements.NewAdjustment),
    "job-new": (f"{WORK}jobs/new/", jobs.NewJob),
    "job-edit": (f"{JOB}change/", jobs.EditJob),
    "job-hours": (f"{JOB}hours/", hours.JobHours),
    "job-four-hours": (f"{JOB}four-hours/", jobs.FourHours),
    "job-end": (f"{JOB}end/", jobs.EndJob),
    "job-adjustment-new": (f"{JOB}adjustments/new/", placements.NewAdjustment),
    "absence-new": (f"{WORK}absences/new/", absences.NewAbsence),
    "absence-edit": (f"{WORK}absences/<int:absence_id>/", absences.EditAbsence),
    "adjustment-review": (f"{WORK}adjustments/<int:adjustment_id>/", placements.ReviewAdjustment),
    "adjustment-agree": (f"{WORK}adjustments/<int:adjustment_id>/agree/", placements.AgreeProposed),
}

urlpatterns = [
    case_page(WORK, overview.work, name="work", read=READERS),
    case_page(PLACEMENT, placements.placement, name="placement", read=READERS),
    case_page(JOB, jobs.job, name="job", read=READERS),
    case_page(f"{JOB}goes-on/", jobs.goes_on, name="job-goes-on", read="", write=WRITERS),
    *(
        case_page(address, view, name=name, read=WRITERS, write=WRITERS)
        for name, (address, view) in FORMS.items()
    ),
    own_page("my/work/", overview.my_work, name="my-work"),
    own_page("my/work/ideas/new/", overview.MyIdea, name="my-idea-new", write=True),
    own_page("my/work/away/new/", absences.MyNewAbsence, name="my-absence-new", write=True),
    own_page("my/work/away/<int:absence_id>/", absences.MyAbsence, name="my-absence-edit", write=True),
    own_page("my/work/jobs/<int:job_id>/hours/", hours.MyHours, name="my-hours", write=True),
]
