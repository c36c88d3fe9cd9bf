"""Addresses of the pages where the rooms meet."""

from __future__ import annotations

from pacework.service.cases.access import case_page
from pacework.service.core.access import page, roles, signed_in
from pacework.service.desk import rapid_search, service_wide, today_views, views

urlpatterns = [
    page("today/", today_views.today, name="today", access=signed_in()),
    page("caseload/", views.caseload, name="caseload", access=roles(get="esw team_lead")),
    case_page("people/<int:client_id>/", views.person, name="person", read="esw team_lead hcp manager"),
    page("capacity/", service_wide.capacity, name="capacity", access=roles(get="manager team_lead")),
    page("outcomes/", service_wide.outcomes, name="outcomes", access=roles(get="manager")),
    page(
        "rapid-search/",
        rapid_search.rapid_search,
        name="rapid-search",
        access=roles(get="manager team_lead"),
    ),
]
