"""Addresses of the diary, the flares and the flare plan."""

from __future__ import annotations

from pacework.service.cases.access import case_page, own_page
from pacework.service.core.access import page, public
from pacework.service.diary.views import flares, own, phone, reminders, shown

DIARY = "my/diary/"
FLARE = "my/flare/"
FLARES = "my/flares/"

urlpatterns = [
    own_page(DIARY, own.MyDiary, name="my-diary", write=True),
    own_page(f"{DIARY}today/", own.rate, name="my-diary-rate", write=True, read=False),
    own_page(f"{DIARY}day/", own.go_to_day, name="my-diary-go"),
    # A person's own days stay theirs to delete when support has ended.
    own_page(f"{DIARY}delete/", own.DeleteDiary, name="my-diary-delete", write=True, when_closed=True),
    own_page(f"{DIARY}reminders/", reminders.Reminders, name="my-reminders", write=True),
    # Stopping is never refused.
    own_page(
        f"{DIARY}reminders/stop/",
        reminders.stop,
        name="my-reminders-stop",
        write=True,
        read=False,
        when_closed=True,
    ),
    own_page(f"{DIARY}phone/", phone.my_phone, name="my-phone"),
    # The two that a phone keeps or asks for before it knows who is there; neither says anything of anybody.
    page(f"{DIARY}offline/", phone.offline_page, name="diary-offline", access=public()),
    page("diary-worker.js", phone.worker, name="diary-worker", access=public()),
    own_page(f"{DIARY}sync/", phone.sync, name="my-diary-sync", write=True),
    own_page(f"{DIARY}<str:diary_day>/", own.DayPage, name="my-diary-day", write=True),
    own_page("my/weeks/", own.my_weeks, name="my-weeks"),
    own_page(FLARE, flares.MyFlare, name="my-flare", write=True),
    own_page(
        f"{FLARE}end/", flares.flare_over, name="my-flare-end", write=True, read=False, when_closed=True
    ),
    own_page(f"{FLARE}tell/", flares.tell, name="my-flare-tell", write=True, read=False),
    own_page(f"{FLARE}move/<int:appointment_id>/", flares.move, name="my-flare-move", write=True, read=False),
    own_page(FLARES, flares.my_flares, name="my-flares"),
    own_page(f"{FLARES}new/", flares.NewFlare, name="my-flare-new", write=True),
    own_page(f"{FLARES}<int:flare_id>/", flares.EditFlare, name="my-flare-edit", write=True),
    own_page(
        f"{FLARES}<int:flare_id>/delete/",
        flares.DeleteFlare,
        name="my-flare-delete",
        write=True,
        when_closed=True,
    ),
    own_page("my/flare-plan/", flares.my_flare_plan, name="my-flare-plan"),
    own_page("my/flare-plan/change/", flares.EditFlarePlan, name="my-flare-plan-edit", write=True),
    case_page("people/<int:client_id>/diary/", shown.diary, name="diary", read="esw hcp"),
    case_page(
        "people/<int:client_id>/diary/flare-plan/",
        shown.ShownFlarePlan,
        name="diary-flare-plan",
        read="esw",
        write="esw",
    ),
]
