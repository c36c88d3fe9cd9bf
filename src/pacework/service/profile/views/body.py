"""The body map: drawing it, and looking at it over time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.service.core.forms import PageForm
from pacework.service.core.pages import render
from pacework.service.profile import actions, forms
from pacework.service.profile.models import BodyMap
from pacework.service.profile.presenters.body import picture
from pacework.service.profile.views.shared import SituationPage, body_maps, episode_of, may_write


def body_map(request: HttpRequest, client: Any) -> HttpResponse:
    """The newest map large, the earlier ones below."""
    drawn = [picture(one) for one in body_maps(request, client)[:24]]
    return render(
        request,
        "profile/body_map.jinja",
        {
            "title": "Body map",
            "section": "profile",
            "may_write": may_write(request, client),
            "newest": drawn[0] if drawn else None,
            "earlier": drawn[1:],
            "draw_href": reverse("body-map-new", args=[client.pk]),
            "up": reverse("profile", args=[client.pk]),
        },
    )


class DrawBodyMap(SituationPage):
    """Mark where it hurts now, beginning with the marks of the last map."""

    form_class = forms.BodyMapForm
    template_name = "profile/body_map_edit.jinja"

    def get_title(self) -> str:
        return "Where does it hurt?" if self.own else "Draw a body map"

    def get_cancel(self) -> str:
        return self.to("profile") if self.own else self.to("body-map")

    def get_record(self) -> Any:
        found = body_maps(self.request, self.client).first()
        return found or BodyMap(episode=episode_of(self.client), number=0)

    def initial(self) -> dict[str, Any]:
        # The note belongs to the day it was written; the marks are a beginning for today's.
        return {"regions": self.get_record().regions}

    def context(self) -> dict[str, Any]:
        last = self.get_record()
        return super().context() | {
            "body": picture(last if last.number else None),
            "last": picture(last) if last.number else None,
            "own": self.own,
            "earlier": [
                picture(one) for one in body_maps(self.request, self.client)[: 12 if self.own else 0]
            ],
        }

    def save(self, form: PageForm) -> str:
        actions.draw_body_map(
            episode_of(self.client), by=self.request.user, version=self.typed_version(), **form.cleaned_data
        )
        self.done("The body map is saved. The earlier ones are kept.")
        return self.get_cancel()


class MyBodyMap(DrawBodyMap):
    own = True
