from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pacework.service.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pacework.service.people import access, sign_in  # noqa: F401  (its receivers connect on import)

        access.declare()
