"""A yes that is taken back: every page of staff that could say anything of the diary, before and after."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pacework.service.cases.actions import export_client, withdraw_consent
from pacework.service.cases.models import Consent
from pacework.service.core.access import table
from pacework.service.diary import actions
from tests.service.build import close, give_consent, lead_of, make_cover, make_user
from tests.service.diary.build import share, start
from tests.service.matching.build import forecasting, look

pytestmark = pytest.mark.django_db

PLAN, FLARE_NOTE, NOTE, JOB = "Zebra crossing", "Quokka in the rain", "Marmot at night", "Heronry keeper"
SHOWN = (PLAN, JOB, "usually sits at", "In a flare", "A flare began")
NEVER = (FLARE_NOTE, NOTE)


@pytest.fixture
def episode():
    found = forecasting(shared=False)
    client = found.client
    actions.record_day(client, by=client.user, pain=7, details={"note": NOTE})
    actions.save_flare_plan(client, by=client.user, what_helps=PLAN)
    start(client, note=FLARE_NOTE)
    look(client, title=JOB)
    return found


def everything(browser, role, client):
    """What this reader finds on every page of the record, and on their own pages."""
    rows = [row for row in table() if row.access is not None and role in row.access.get]
    about = [row.name for row in rows if row.pattern.count("<") == 1 and "<int:client_id>" in row.pattern]
    assert {"diary", "person"} <= set(about)
    addresses = [reverse(name, args=[client.pk]) for name in about]
    addresses += [reverse("today"), f"{reverse('person', args=[client.pk])}?kind=flares"]
    addresses += [reverse("caseload")] if role == "esw" else []
    return "\n".join(browser.get(address, follow=True).text for address in addresses)


def test_a_worker_finds_nothing_any_more_wherever_they_look(episode, client_for):
    client, esw = episode.client, episode.assignments.get().esw
    stand_in = make_user("esw", episode.team)
    make_cover(esw, stand_in)
    share(client)
    for user in (esw, stand_in):
        before = everything(client_for(user), "esw", client)
        assert [words for words in (*SHOWN, *NEVER) if words in before] == list(SHOWN)
    withdraw_consent(client.consents.live().get(layer=Consent.Layer.DIARY_SHARING), by=client.user)
    for user in (esw, stand_in):
        after = everything(client_for(user), "esw", client)
        assert [words for words in (*SHOWN, *NEVER) if words in after] == []


def test_a_lead_who_takes_the_record_along_for_the_client_gets_no_diary(episode):
    client = episode.client
    share(client)
    whole = export_client(client, by=client.user)["recorded"]
    private = {"diary entries", "flares", "flare plans", "job checks", "forecast choices"}
    assert private <= set(whole)
    found = export_client(client, by=lead_of(episode.team))["recorded"]
    # The pause of tasks and the consents are part of the record that a lead may read.
    assert set(whole) - set(found) == private
    assert not [words for words in (PLAN, JOB, *NEVER) if words in str(found)]


@pytest.mark.parametrize("end", ["taken back", "closed"])
def test_an_hcp_finds_nothing_any_more_either(episode, client_for, end):
    client, hcp = episode.client, make_user("hcp", episode.team)
    give_consent(client)
    share(client, to="all")
    before = everything(client_for(hcp), "hcp", client)
    assert [words for words in (*SHOWN, *NEVER) if words in before] == [one for one in SHOWN if one != JOB]
    if end == "closed":
        close(episode)
    else:
        withdraw_consent(client.consents.live().get(layer=Consent.Layer.DIARY_HEALTH), by=client.user)
    after = everything(client_for(hcp), "hcp", client)
    assert [words for words in (*SHOWN, *NEVER) if words in after] == []
