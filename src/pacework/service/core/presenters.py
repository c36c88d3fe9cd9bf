"""Words for the screen: dates, numbers, pages of a list, headers that sort. Templates only place them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from pacework.service.core import clock
from pacework.service.core.typed import MONTHS

DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TAG_COLOURS = frozenset(
    ("white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow")
)


def day_of(moment: date | datetime) -> date:
    """The day of a moment, where the service is."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def day(moment: date | datetime | None) -> str:
    """Mon 3 March 2025."""
    if not moment:
        return ""
    found = day_of(moment)
    return f"{DAYS[found.weekday()][:3]} {found.day} {MONTHS[found.month - 1]} {found.year}"


def short_day(moment: date | datetime | None) -> str:
    """3 Mar, with the year when it is not this one."""
    if not moment:
        return ""
    found = day_of(moment)
    words = f"{found.day} {MONTHS[found.month - 1][:3]}"
    return words if found.year == clock.today().year else f"{words} {found.year}"


def time_of(moment: Any) -> str:
    """9:30am, as NHS.UK writes times."""
    if not moment and moment is None:
        return ""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    hour = moment.hour % 12 or 12
    if moment.hour == 12 and moment.minute == 0:
        return "midday"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes}{'pm' if moment.hour >= 12 else 'am'}"


def moment(at: datetime | None) -> str:
    """Mon 3 March 2025 at 9:30am."""
    return f"{day(at)} at {time_of(at)}" if at else ""


def count(number: int, one: str, many: str = "") -> str:
    """1 day, 2 days, 1,200 days."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def ago(when: date | datetime | None) -> str:
    """How far a day is from today, in words: today, yesterday, 3 days ago, in 2 weeks."""
    if not when:
        return "never"
    days = (clock.today() - day_of(when)).days
    if days in (0, 1, -1):
        return {0: "today", 1: "yesterday", -1: "tomorrow"}[days]
    size = abs(days)
    if size < 14:
        words = count(size, "day")
    elif size < 61:
        words = count(size // 7, "week")
    elif size < 730:
        words = count(size * 12 // 365, "month")
    else:
        words = count(size // 365, "year")
    return f"{words} ago" if days > 0 else f"in {words}"


def number(value: Any) -> str:
    """1,028 · 7.5 · 12.50 stays exact; nothing is "not known"."""
    if value is None or value == "":
        return "not known"
    if isinstance(value, Decimal):
        value = value.normalize() if value != value.to_integral() else value.quantize(Decimal(1))
        return f"{value:,f}"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)


def percent(part: float, whole: float) -> str:
    """26 %, and "none yet" of nothing: a rate of no people is not 0."""
    return f"{100 * part / whole:.0f}%" if whole else "none yet"


def words(code: Any) -> str:
    """A code as words: "not_possible_pain" -> "Not possible pain"."""
    plain = str(code).replace("_", " ").replace("-", " ").strip()
    return plain[:1].upper() + plain[1:]


def listed(items: Iterable[str], last: str = "and") -> str:
    """a, b and c."""
    *rest, end = [str(item) for item in items] or [""]
    return f"{', '.join(rest)} {last} {end}" if rest else end


def days_words(days: Sequence[int]) -> str:
    """Monday to Friday; Monday and Thursday."""
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    return listed(DAYS[number_of_day] for number_of_day in days)


# Lists: filters and sorting live in the address, so Back keeps them and a list can be shared.


def query(request: HttpRequest, **changes: Any) -> str:
    """The present address with some of its filters changed; None or "" takes one out."""
    kept = request.GET.copy()
    for name, value in changes.items():
        kept.pop(name, None)
        if value not in (None, ""):
            kept[name] = str(value)
    return f"?{kept.urlencode()}" if kept else request.path


@dataclass(frozen=True)
class Paged:
    """One page of a long list, with the links around it."""

    items: Sequence[Any]
    number: int
    pages: int
    total: int
    first: int
    last: int
    previous_href: str
    next_href: str


def paginate(request: HttpRequest, rows: Any, *, per: int = 50, total: int | None = None) -> Paged:
    """The page of ``rows`` (a list or a query) that the address asks for; a page too far is the last one."""
    if total is None:
        total = len(rows) if isinstance(rows, (list, tuple)) else rows.count()
    pages = max(1, -(-total // per))
    wanted = request.GET.get("page", "1")
    current = min(
        max(1, int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 8 else 1), pages
    )
    start = (current - 1) * per
    items = list(rows[start : start + per])
    return Paged(
        items=items,
        number=current,
        pages=pages,
        total=total,
        first=start + 1 if items else 0,
        last=start + len(items),
        previous_href=query(request, page=current - 1 if current > 2 else None) if current > 1 else "",
        next_href=query(request, page=current + 1) if current < pages else "",
    )


def sort_key(request: HttpRequest, allowed: Iterable[str], default: str) -> tuple[str, bool]:
    """The column to sort by and whether downwards, as the address says ("-days"); else the default."""
    wanted = request.GET.get("sort", "") or default
    name = wanted.removeprefix("-")
    if name not in set(allowed):
        wanted, name = default, default.removeprefix("-")
    return name, wanted.startswith("-")


def sortable(
    request: HttpRequest, columns: Sequence[Mapping[str, Any]], default: str
) -> list[dict[str, Any]]:
    """Table headers with their sorting links. A column with a "sort" name can be sorted by."""
    current, down = sort_key(request, [column["sort"] for column in columns if "sort" in column], default)
    heads = []
    for column in columns:
        head = dict(column)
        name = head.pop("sort", None)
        if name:
            chosen = name == current
            head["href"] = query(request, sort=f"-{name}" if chosen and not down else name, page=None)
            head["sorted"] = ("descending" if down else "ascending") if chosen else "none"
        heads.append(head)
    return heads


def with_query(address: str, **values: Any) -> str:
    """An address with filters: ("/people/", stage="search") -> /people/?stage=search."""
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return f"{address}?{urlencode(kept)}" if kept else address
