"""Would this job hold, matches, and the passport."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "pacework.service.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pacework.service.matching.presenters.jobs import beside_adjustments
        from pacework.service.work.access import add_beside

        add_beside(beside_adjustments)
