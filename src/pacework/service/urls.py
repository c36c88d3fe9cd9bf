"""Every address of the service: each room brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"pacework.service.{room}.urls"))
    for room in settings.ROOMS
    if find_spec(f"pacework.service.{room}.urls")
]
