"""Would this job hold, matches, and the passport."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "pacework.service.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"
