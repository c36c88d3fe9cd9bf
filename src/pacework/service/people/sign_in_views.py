"""The library's sign-in page, told which single sign-on there is."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter


class SignInView(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        next_url = self.get_next_url() or ""
        context["providers"] = [
            {
                "name": provider.name,
                "href": provider.get_login_url(self.request, process="login", next=next_url),
            }
            for provider in get_adapter().list_providers(self.request)
        ]
        return context
