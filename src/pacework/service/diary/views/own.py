"""The client's own diary: a tap, a day, the weeks, and taking it all away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import level_once_visible
from pacework.service.core import clock
from pacework.service.core.pages import FormPage, back, render
from pacework.service.core.presenters import count, day, with_query
from pacework.service.diary import actions, forms, presenters, reading
from pacework.service.diary.models import DiaryEntry
from pacework.service.diary.policies import EARLIEST
from pacework.service.diary.presenters.today import RECENT


def address(on: date) -> str:
    """The page of one day."""
    return reverse("my-diary-day", args=[on.isoformat()])


def day_in(text: str) -> date | None:
    """A day as it stands in an address; None where it is none, or is not a day of a diary."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= clock.today() else None


def rate(request: HttpRequest, client: Client) -> HttpResponse:
    """One tap on a number: today's rating, and back to where it was tapped."""
    form = forms.RatingForm(request.POST)
    went_to = HttpResponseRedirect(back(request, reverse("today")))
    if not form.is_valid():
        messages.warning(request, "Nothing is saved yet. Choose a number from 0 to 10.")
        return went_to
    entry = actions.record_day(client, by=request.user, pain=form.cleaned_data["pain"])
    messages.success(request, presenters.saved_words(entry))
    return went_to


class DayPage(FormPage):
    """One day, whole."""

    form_class = forms.EntryForm
    template_name = "diary/day.jinja"
    on: date

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.on = self.day()
        rows = DiaryEntry.objects.visible_to(request.user)
        self.entry = rows.filter(client=self.client, on=self.on).first()

    def day(self) -> date:
        found = day_in(self.kwargs["diary_day"])
        if found is None:
            raise Http404("No such day")
        return found

    def get_title(self) -> str:
        return day(self.on)

    def get_record(self) -> DiaryEntry | None:
        return self.entry

    def get_cancel(self) -> str:
        return back(self.request, reverse("my-weeks"))

    def form_kwargs(self) -> dict[str, Any]:
        return {"past": self.on < clock.today()}

    def saved_by_reader(self, current: DiaryEntry) -> bool:
        # Only the client writes their diary.
        return True

    def initial(self) -> dict[str, Any]:
        names = self.form_class.base_fields
        return {} if self.entry is None else {name: getattr(self.entry, name) for name in names}

    def context(self) -> dict[str, Any]:
        return {
            "open": level_once_visible(self.request.user, self.client) == "write",
            "before": address(self.on - timedelta(days=1)),
            "after": address(self.on + timedelta(days=1)) if self.on < clock.today() else "",
            "delete": with_query(reverse("my-diary-delete"), day=self.on.isoformat()) if self.entry else "",
        }

    def save(self, form: Any) -> str:
        entry = actions.record_day(
            self.client,
            by=self.request.user,
            on=self.on,
            pain=form.cleaned_data["pain"],
            details=form.details(),
            expected=self.typed_version(),
        )
        self.done(f"{day(entry.on)}. {presenters.saved_words(entry)}")
        return self.get_cancel()


class MyDiary(DayPage):
    """Today, with everything one may add, and the days before it."""

    template_name = "diary/my_diary.jinja"

    def day(self) -> date:
        return clock.today()

    def get_title(self) -> str:
        return "How is today?"

    def get_cancel(self) -> str:
        return back(self.request, reverse("today"))

    def context(self) -> dict[str, Any]:
        since = self.on - timedelta(days=RECENT)
        rows = DiaryEntry.objects.visible_to(self.request.user).filter(client=self.client, on__gte=since)
        return super().context() | {
            "caption": day(self.on),
            "go": forms.GoToDayForm(
                self.request.GET if "day" in self.request.GET else None, auto_id="other-%s"
            ),
            "recent": presenters.recent_days({row.on: row for row in rows}),
        }


def go_to_day(request: HttpRequest, client: Client) -> HttpResponse:
    """The day that was typed into the box, or back to the box, which says why there is none."""
    wanted = forms.GoToDayForm(request.GET)
    if not wanted.is_valid():
        # An empty box has its sentence too.
        typed = urlencode({"day": request.GET.get("day", "")[:40]})
        return HttpResponseRedirect(f"{reverse('my-diary')}?{typed}")
    return HttpResponseRedirect(address(wanted.cleaned_data["day"]))


def my_weeks(request: HttpRequest, client: Client) -> HttpResponse:
    """Thirteen weeks drawn, in one sentence, and as tables."""
    found = reading.weeks(request.user, client, day_in(request.GET.get("until", "")))
    may_write = level_once_visible(request.user, client) == "write"
    context = {"title": "My weeks", "may_write": may_write, "weeks": placed(found, address)}
    return render(request, "diary/my_weeks.jinja", context)


def placed(found: reading.Weeks, href: Any, name: str = "") -> dict[str, Any]:
    """What ``pictures.jinja`` places."""
    later = found.first + timedelta(days=2 * reading.DAYS - 1)
    return {
        "sentence": presenters.sentence(found, name),
        "empty": not (found.rated or found.flares),
        "picture": presenters.picture(found, href),
        "week_head": presenters.WEEK_HEAD,
        "week_rows": presenters.table_of_weeks(found, href),
        "day_head": presenters.DAY_HEAD,
        "day_rows": presenters.table_of_days(found, href),
        "stretch": f"{day(found.first)} to {day(found.last)}",
        "earlier": f"?until={found.earlier}" if found.earlier else "",
        "later": "" if found.is_now else f"?until={later}" if later < clock.today() else "?",
    }


class DeleteDiary(FormPage):
    """Some days or everything, said before and confirmed."""

    form_class = forms.DeleteForm
    template_name = "diary/delete.jinja"
    title = "Delete from my diary"

    def get_cancel(self) -> str:
        return back(self.request, reverse("my-diary"))

    def initial(self) -> dict[str, Any]:
        on = day_in(self.request.GET.get("day", ""))
        return {} if on is None else {"what": "days", "first": on, "last": on}

    def context(self) -> dict[str, Any]:
        return {"warning": True}

    def save(self, form: Any) -> str:
        said, user = form.cleaned_data, self.request.user
        if said["what"] == "all":
            actions.delete_everything(self.client, by=user)
            self.done("Your diary, your flares and your flare plan are deleted.")
        else:
            days = actions.delete_days(self.client, by=user, first=said["first"], last=said["last"])
            self.done(f"{count(days, 'day')} deleted." if days else "There was nothing in these days.")
        return reverse("my-diary")
