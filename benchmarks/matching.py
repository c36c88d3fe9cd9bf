"""Server time of a client's matches among 100,000 open vacancies, and of one job's result."""

from __future__ import annotations

import random
import statistics
import time
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

from django.test import Client as Browser
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.employers.models import Vacancy
from pacework.service.employers.policies import times_of
from pacework.service.matching.columns import kept
from pacework.service.profile.actions import save_section
from tests.service.employers.build import make_employer
from tests.service.matching.build import forecasting, look

VACANCIES = 100_000
REPEATS = 20
BARS = {"matches": 150, "matches with forecast": 150, "would one job hold": 300}
TITLES = ("Gardener", "Cleaner", "Shelf filler", "Office assistant", "Driver", "Data entry", "Porter", "Cook")
WEEKS = (
    [{"day": day, "start": "09:00", "end": "13:00"} for day in ("mon", "tue", "thu")],
    [{"day": day, "start": "17:00", "end": "20:00"} for day in ("mon", "wed", "fri", "sat")],
    [{"day": day, "start": "08:00", "end": "16:00"} for day in ("mon", "tue", "wed", "thu")],
)


def fill(employers: list[Any], user: Any) -> None:
    """Invented vacancies; a fifth of each value is not known."""
    draw = random.Random(1)
    codes = ("9241", "4113", "7111", "")
    outwards = ("EX1", "EX2", "LS1", "")
    rows = []
    for number in range(VACANCIES):
        week = [] if draw.random() < 0.2 else draw.choice(WEEKS)
        pay = None if draw.random() < 0.2 else Decimal(draw.randint(1200, 2000)) / 100
        rows.append(
            Vacancy(
                employer=employers[number % len(employers)],
                title=f"{draw.choice(TITLES)} {draw.randint(1, 400)}",
                occupation=draw.choice(codes),
                shifts=week,
                times=times_of(week),
                hours_a_week=None if draw.random() < 0.2 else draw.randint(6, 40),
                pay=pay,
                pay_period="hour" if pay is not None else "",
                pay_an_hour=pay,
                outward=draw.choice(outwards),
                home_working=draw.choice(Vacancy.Home.values),
                added_by=user,
                changed_at=clock.now() - timedelta(minutes=draw.randint(10, 250_000)),
            )
        )
    Vacancy.objects.bulk_create(rows, batch_size=2000)


def read_at_start() -> float:
    """Milliseconds until a server that starts has them in memory."""
    wsgi = import_module("pacework.service.wsgi")  # as the server is loaded: what it read then is forgotten
    kept.forget()
    began = time.perf_counter()
    wsgi.read_vacancies()
    return 1000 * (time.perf_counter() - began)


def measure(browser: Any, address: str) -> tuple[float, float, float]:
    """Milliseconds of the first opening, and the middle and slowest twentieth of later ones."""
    times = []
    for _ in range(REPEATS + 1):
        began = time.perf_counter()
        response = browser.get(address)
        times.append(1000 * (time.perf_counter() - began))
        assert response.status_code == 200, response.status_code
    warm = sorted(times[1:])
    return times[0], statistics.median(warm), warm[int(0.95 * (len(warm) - 1))]


def run() -> dict[str, Any]:
    """Milliseconds of the first request of a process, the middle one and the slowest twentieth."""
    episode = forecasting(days=90)
    client = episode.client
    type(client).objects.filter(pk=client.pk).update(postcode="LS1 4DY")
    goal = {
        "ideal_work": "Gardener, or something outdoors",
        "hours_start": 16,
        "hours_most": 30,
        "best_times": ["mornings"],
        "travel_limit": 60,
        "pay_needed": 12,
        "home_working": "some",
        "must_not": ["nights"],
    }
    save_section(episode, by=client.user, key="goal", answers=goal)
    save_section(
        episode, by=client.user, key="pain_at_work", answers={"stand_minutes": 20, "sit_minutes": 45}
    )
    fill([make_employer() for _ in range(50)], client.user)
    check = look(client)
    started = read_at_start()
    browser = Browser()
    browser.force_login(client.user, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("my-matches")
    pages = {
        "matches": f"{address}?hours=no",
        "matches with forecast": address,
        "would one job hold": reverse("my-would-hold-job", args=[check.pk]),
    }
    rows = []
    for name, page in pages.items():
        first, middle, slow = measure(browser, page)
        rows.append({"name": name, "first": first, "p50": middle, "p95": slow, "bar": BARS[name]})
        print(f"    {name}: {slow:.0f} ms, the first {first:.0f} ms", flush=True)
    changed = Vacancy.objects.order_by("-pk")[0]
    changed.save_version(expected=None, fields=["title"])
    renewed = measure(browser, pages["matches"])[0]
    print(f"    read in {started:.0f} ms; matches after one changed: {renewed:.0f} ms", flush=True)
    return {"matching": rows, "vacancies": VACANCIES, "started": started, "renewed": renewed}
