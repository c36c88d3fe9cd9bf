"""Server time and queries of the pages that people open all day."""

from __future__ import annotations

import re
import resource
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import import_module
from typing import Any

from django.db import connection
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from pacework.service.cases.models import Assignment, Client, Episode
from pacework.service.people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
REPEATS = 40
CASE, SERVICE = 150, 300  # p95 in ms at most
# Session, transaction control and connection settings are the frame's, not the page's.
FRAME = re.compile(
    r"^(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET |PRAGMA|SELECT set_config)|django_session", re.IGNORECASE
)


@dataclass
class Result:
    """One page: milliseconds over the repeats, and the queries of one request."""

    name: str
    bar: int
    p50: float = 0
    p95: float = 0
    cpu: float = 0
    queries: int = 0
    kilobytes: float = 0
    plain: bool = False
    problem: str = ""
    times: list[float] = field(default_factory=list, repr=False)


def worker() -> User:
    """The first ESW, who carries the client with 600 events."""
    return User.objects.get(username="esw0")


def pages() -> Iterator[tuple[str, str, str, dict[str, Any], int]]:
    """(what it is called, who opens it, URL name or address, arguments and query, bar)."""
    busy = Client.objects.order_by("pk")[0]
    mine = Assignment.objects.accepted().filter(esw=worker()).order_by("-pk").first()
    some = mine.episode.client
    numbered = Client.objects.filter(team=busy.team).exclude(nhs_number="").order_by("pk")[0]
    yield "Caseload, board (ESW)", "esw0", "caseload", {"view": "board"}, CASE
    yield "Caseload, table (ESW)", "esw0", "caseload", {"view": "table"}, CASE
    yield "Caseload (team lead)", "team_lead0", "caseload", {}, CASE
    yield "Person", "esw0", "person", {"pk": some.pk}, CASE
    yield "Person with 600 events", "esw0", "person", {"pk": busy.pk}, CASE
    yield "Contacts of a person with 600 events", "esw0", "contacts", {"pk": busy.pk}, CASE
    for role in ("esw", "hcp", "team_lead", "client"):
        yield f"Today ({role.replace('_', ' ')})", f"{role}0", "today", {}, CASE
    yield "Today (manager)", "manager0", "today", {}, SERVICE
    yield "Search by name", "esw0", "search", {"q": some.last_name}, CASE
    yield "Search by date of birth", "team_lead0", "search", {"q": some.birth_date.strftime("%d/%m/%Y")}, CASE
    yield "Search by NHS number", "team_lead0", "search", {"q": numbered.nhs_number}, CASE
    yield "Waiting list", "team_lead0", "waiting", {}, CASE
    yield "Referrals", "team_lead0", "referrals", {}, CASE
    yield "Employers", "esw0", "employers", {}, CASE
    yield "Log review", "team_lead0", "log-review", {}, CASE
    yield "Funnel (team lead)", "team_lead0", "funnel", {}, SERVICE
    yield "Funnel (manager)", "manager0", "funnel", {}, SERVICE
    yield "Capacity (manager)", "manager0", "capacity", {}, SERVICE
    yield "Outcomes (manager)", "manager0", "outcomes", {}, SERVICE


def plain_pages() -> Iterator[tuple[str, str, str, dict[str, Any], int]]:
    """Django's admin over the same rows, as it comes."""
    busy = Client.objects.order_by("pk")[0]
    numbered = Client.objects.exclude(nhs_number="").order_by("pk")[0]
    episode = Episode.objects.get(client=busy)
    yield "Caseload, table (ESW)", "root", "/plain/cases/assignment/", {"esw__id__exact": worker().pk}, 0
    yield "Person with 600 events", "root", "/plain/contacts/contact/", {"episode__id__exact": episode.pk}, 0
    yield "Today (esw)", "root", "/plain/contacts/appointment/", {"on": "2026-01-01"}, 0
    yield "Search by name", "root", "/plain/cases/client/", {"q": busy.last_name}, 0
    yield "Search by NHS number", "root", "/plain/cases/client/", {"q": numbered.nhs_number}, 0
    yield "Funnel (team lead)", "root", "/plain/recruitment/referral/", {}, 0


@contextmanager
def counted(queries: list[str]) -> Iterator[None]:
    """Collects the statements of a block, the frame's left out."""

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not FRAME.search(sql):
            queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def measure(name: str, username: str, target: str, told: dict[str, Any], bar: int, repeats: int) -> Result:
    """One page, warmed up once, then opened again and again."""
    result = Result(name, bar, plain=target.startswith("/plain/"))
    told = dict(told)
    try:
        key = told.pop("pk", None)
        address = target if target.startswith("/") else reverse(target, args=[key] if key else [])
    except NoReverseMatch:
        result.problem = "no such page yet"
        return result
    browser = Browser()
    browser.force_login(User.objects.get(username=username), backend=BACKEND)
    first = browser.get(address, told, follow=True)
    if first.status_code != 200:
        result.problem = f"answered {first.status_code}"
        return result
    queries: list[str] = []
    with counted(queries):
        browser.get(address, told, follow=True)
    busy = []
    for _ in range(repeats):
        started, worked = time.perf_counter(), time.thread_time()
        browser.get(address, told, follow=True)
        result.times.append((time.perf_counter() - started) * 1000)
        busy.append((time.thread_time() - worked) * 1000)
    result.queries = len(queries)
    result.kilobytes = len(first.content) / 1024
    result.p50, result.cpu = statistics.median(result.times), statistics.median(busy)
    result.p95 = statistics.quantiles(result.times, n=20)[18] if repeats > 1 else result.p50
    return result


def run(repeats: int = REPEATS) -> dict[str, Any]:
    """All pages, the product's and the admin's, with the peak memory of this process."""
    import_module("pacework.service.wsgi")  # as the server is loaded
    User.objects.filter(username="root").exists() or User.objects.create(
        username="root", email="root@bench.example", role="administrator", is_staff=True, is_superuser=True
    )
    found = []
    for page in (*pages(), *plain_pages()):
        result = measure(*page, repeats=repeats)
        said = (
            result.problem or f"{result.p95:4.0f} ms, {result.cpu:4.0f} ms of work, {result.queries} queries"
        )
        print(f"    {result.name:38} {'admin ' if result.plain else ''}{said}", flush=True)
        found.append(asdict(result) | {"times": None})
    return {"pages": found, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
