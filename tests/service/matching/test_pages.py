"""The pages of this room, as the client and their worker open them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from pacework.service.matching.models import ForecastChoice, JobCheck
from tests.service.diary.build import supported

pytestmark = pytest.mark.django_db

TYPED = {"title": "Shop", "mon_start0": "09:00", "mon_end0": "13:00", "commute_minutes": "30"}


def body(response: Any) -> str:
    return str(response.content.decode())


def test_a_client_turns_it_on_describes_a_job_and_reads_how_it_would_hold(client_for: Any) -> None:
    episode = supported()
    browser = client_for(episode.client.user)
    page = body(browser.get(reverse("my-would-hold")))
    assert "What it cannot do" in page
    assert "Turn it on" in page
    browser.post(reverse("my-would-hold-on"))
    assert ForecastChoice.objects.filter(client=episode.client).exists()
    went = browser.post(reverse("my-would-hold-new"), TYPED)
    check = JobCheck.objects.get()
    assert went.url == reverse("my-would-hold-job", args=[check.pk])
    page = body(browser.get(went.url))
    assert "In 10 weeks like these," in page
    assert "Until it has 14, this mostly reflects other people." in page
    assert "10 weeks drawn" in page


def test_matches_open_without_a_forecast_and_say_how_many_pass(client_for: Any) -> None:
    from tests.service.employers.build import make_vacancy

    episode = supported()
    make_vacancy(title="Shelf filler")
    page = body(client_for(episode.client.user).get(reverse("my-matches")))
    assert "1 of 1 open vacancy is within your limits." in page
    assert "Shelf filler" in page
