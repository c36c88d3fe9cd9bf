"""Two things every response has: a kind refusal page, and no copy left in a shared browser."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.defaults import bad_request

from pacework.service.core.access import asks_for_json
from pacework.service.core.errors import NotAllowed


class ShellMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            # No link or form of ours has one, and PostgreSQL looks for no text with it.
            return bad_request(request, SuspiciousOperation())
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            from pacework.service.core.pages import render

            response.content = render(request, "405.html", {}, status=405).content
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(self, request: HttpRequest, *view: object) -> None:
        if request.method == "POST":
            # A body that cannot be read is refused here, before anything is written.
            request.POST.keys()

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            if asks_for_json(request):
                return JsonResponse({"sentence": exception.sentence}, status=403)
            from pacework.service.core.pages import render

            return render(request, "403.jinja", {"sentence": exception.sentence}, status=403)
        return None
