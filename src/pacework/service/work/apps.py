"""Applications, placements, job spells and hours worked."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "pacework.service.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pacework.service.cases.actions.milestones import recomputed_by
        from pacework.service.employers.policies import add_counter
        from pacework.service.work.actions.milestones import follow_birth_date
        from pacework.service.work.places import taken

        add_counter(taken)
        recomputed_by(follow_birth_date)
