"""The symptom diary, flares and the flare plan."""

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    name = "pacework.service.diary"
    label = "diary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pacework.service.cases.access import add_flags
        from pacework.service.diary.actions.joining import settle
        from pacework.service.diary.due import flags_of
        from pacework.service.recruitment.actions import add_settler

        add_flags(flags_of)
        add_settler(settle)
