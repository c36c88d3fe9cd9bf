"""The client's page of employers costs no more queries the more there is on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.employers import actions
from tests.service.employers.build import (
    agree,
    log_about,
    make_carried_client,
    make_employer,
    make_opportunity,
    make_site,
)

pytestmark = pytest.mark.django_db

AT_MOST = 16


def fill(client, esw, number):
    """So many employers with an answer of their own, contacts, places waited for and travel."""
    agree(client, esw)
    for _ in range(number):
        employer = make_employer(by=esw)
        agree(client, esw, employer=employer)
        log_about(client, employer, esw)
        actions.add_wait(client, make_opportunity(state="agreed"), by=esw, since=clock.today())
        actions.record_travel(client, make_site(employer), by=esw, minutes=20, how="bus")


@pytest.mark.parametrize("name", ["disclosure", "my-disclosure"])
def test_the_page_takes_few_queries_however_much_is_on_it(name, client_for):
    client, esw = make_carried_client(account=True)
    own = name == "my-disclosure"
    browser = client_for(client.user if own else esw)
    address = reverse(name, args=[] if own else [client.pk])
    assert browser.get(address).status_code == 200
    taken = []
    for number in (1, 4):
        fill(client, esw, number)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        taken.append(len(queries))
    assert taken[1] <= AT_MOST
    assert taken[0] == taken[1]
