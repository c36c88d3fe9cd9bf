"""Addresses of the first page, sign-in, one's own account, and the administrator's pages."""

from __future__ import annotations

from django.urls import include, path

from pacework.service.core.access import EVERYONE, Access, page, public, roles, signed_in
from pacework.service.people import sign_in_urls, views

ADMINISTRATOR = roles(get="administrator", post="administrator")
PRESSED = roles(post="administrator")

urlpatterns = [
    page("", views.home, name="home", access=public()),
    page(
        "demo/sign-in/",
        views.demo_sign_in,
        name="demo-sign-in",
        access=Access("public", frozenset(), EVERYONE),
    ),
    page("account/", views.account, name="account", access=signed_in()),
    path("account/", include(sign_in_urls)),
    page("users/", views.users, name="users", access=roles(get="administrator")),
    page("users/new/", views.NewUser, name="user-new", access=ADMINISTRATOR),
    page("users/<int:user_id>/", views.EditUser, name="user-edit", access=ADMINISTRATOR),
    page("users/<int:user_id>/invite/", views.invite_user, name="user-invite", access=PRESSED),
    page(
        "users/<int:user_id>/deactivate/", views.DeactivateUser, name="user-deactivate", access=ADMINISTRATOR
    ),
    page("users/<int:user_id>/reactivate/", views.reactivate_user, name="user-reactivate", access=PRESSED),
    page("teams/", views.teams, name="teams", access=roles(get="administrator")),
    page("teams/new/", views.NewTeam, name="team-new", access=ADMINISTRATOR),
    page("teams/<int:team_id>/", views.EditTeam, name="team-edit", access=ADMINISTRATOR),
]
