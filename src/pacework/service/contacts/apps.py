from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "pacework.service.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
