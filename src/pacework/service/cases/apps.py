from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "pacework.service.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pacework.service.cases.leaving import clients_left
        from pacework.service.people.policies import leaves_only_without

        leaves_only_without(clients_left)
