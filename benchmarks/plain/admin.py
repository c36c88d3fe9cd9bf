"""Change lists with the columns that the product's lists have."""

from django.contrib import admin

from pacework.service.cases.models import Assignment, Client
from pacework.service.contacts.models import Appointment, Contact
from pacework.service.recruitment.models import Referral


@admin.register(Client)
class PlainClients(admin.ModelAdmin):
    list_display = ("first_name", "last_name", "birth_date", "nhs_number", "team")
    search_fields = ("first_name", "last_name", "nhs_number", "birth_date")


@admin.register(Assignment)
class PlainAssignments(admin.ModelAdmin):
    list_display = ("episode", "esw", "offered_on", "accepted_on", "ended_on")
    list_filter = ("esw",)


@admin.register(Contact)
class PlainContacts(admin.ModelAdmin):
    list_display = ("on", "by", "mode", "purpose", "attendance", "note")


@admin.register(Appointment)
class PlainAppointments(admin.ModelAdmin):
    list_display = ("on", "at", "episode", "mode", "place", "outcome")


@admin.register(Referral)
class PlainReferrals(admin.ModelAdmin):
    list_display = ("client", "route", "team", "approached_on", "replied_on", "consented_on", "exit_reason")
    list_filter = ("route",)
