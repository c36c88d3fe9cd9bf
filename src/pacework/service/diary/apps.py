"""The symptom diary, flares and the flare plan."""

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    name = "pacework.service.diary"
    label = "diary"
    default_auto_field = "django.db.models.BigAutoField"
