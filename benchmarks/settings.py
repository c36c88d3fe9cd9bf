"""The product's settings, with Django's own admin for comparison. The product itself has no admin."""

from pacework.service.settings import *  # noqa: F403
from pacework.service.settings import INSTALLED_APPS, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin", "benchmarks.plain"]
ROOT_URLCONF = "benchmarks.urls"
TEMPLATES[1]["OPTIONS"]["context_processors"] = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
