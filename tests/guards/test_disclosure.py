"""Promise 8: no employer contact about a client without a live answer of theirs and live consent.

Every place that writes the contact table is found in the source; every writer, and every address of the room
that can be posted to, is tried without a live basis.
"""

from __future__ import annotations

import ast
import inspect
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from pacework.service.cases.models import Episode
from pacework.service.core import clock
from pacework.service.core.access import table
from pacework.service.core.errors import DomainError
from pacework.service.employers import actions, policies
from pacework.service.employers.models import DisclosurePlan, EmployerContact
from tests.guards.source import SERVICE, python_files, tree
from tests.service.build import give_consent, lead_of
from tests.service.employers.build import (
    contact_details,
    log,
    make_carried_client,
    make_employer,
    make_opportunity,
)

WRITERS = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "save_base"}
LOG = SERVICE / "employers" / "actions" / "contacts.py"


def writes_of_contacts(file: Path) -> list[int]:
    """Lines that make or change rows of the contact table: through the model, or through a link to it."""
    found = []
    for node in ast.walk(tree(file)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "EmployerContact":
            found.append(node.lineno)
        elif isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS:
            chain = ast.unparse(node.func)
            own = ".contacts." in chain and SERVICE / "employers" in file.parents
            if "EmployerContact" in chain or "employer_contacts." in chain or own:
                found.append(node.lineno)
    return sorted(found)


def test_only_the_contact_log_writes_contacts():
    found = {file for file in python_files() if writes_of_contacts(file)}
    assert found == {LOG}


def test_the_guard_sees_a_writer(tmp_path):
    file = tmp_path / "elsewhere.py"
    file.write_text(
        "EmployerContact(client=c).save()\nEmployerContact.objects.filter(pk=1).update(client=c)\n"
        "client.employer_contacts.create(on=day)\nEmployerContact.objects.filter(pk=1)\n"
    )
    assert writes_of_contacts(file) == [1, 2, 3]


def test_each_action_that_writes_contacts_either_takes_no_client_or_checks_the_basis():
    """The two creating actions are known by name; a third must be added here, with its trial below."""
    creating = {
        node.name: ast.unparse(node)
        for node in tree(LOG).body
        if isinstance(node, ast.FunctionDef) and "EmployerContact.objects.create" in ast.unparse(node)
    }
    assert set(creating) == {"log_contact", "log_contact_about"}
    assert "client=" not in creating["log_contact"]
    assert "client" not in inspect.signature(actions.log_contact).parameters
    assert "policies.check_linkable(client, employer)" in creating["log_contact_about"]


BASES = {
    "nothing asked": (None, True),
    "not at all": ({"who": "not_at_all"}, True),
    "run out": ({"who": "named", "what": "condition", "expires_on": -1}, True),
    "ended": ({"who": "named", "what": "condition", "ended": True}, True),
    "consent withdrawn": ({"who": "named", "what": "condition"}, False),
    "nothing at all": (None, False),
    "override says no": ({"who": "not_at_all", "override": True}, True),
    "override run out": ({"who": "named", "override": True, "expires_on": -1}, True),
}


@pytest.fixture(params=BASES, ids=lambda name: name.replace(" ", "-"))
def without_basis(request, db):
    """A client, their ESW and an employer to whom nothing may be said about them."""
    answer, consent = BASES[request.param]
    with clock.at(clock.now() - timedelta(days=10)):
        client, esw = make_carried_client(consent=False, account=True)
    earlier = give_consent(client, "employer_contact")
    if not consent:
        from pacework.service.cases.actions import withdraw_consent

        withdraw_consent(earlier, by=esw)
    employer = make_employer()
    common = {
        "client": client,
        "recorded_by": esw,
        "agreed_on": clock.today() - timedelta(days=9),
        "agreed_how": "spoken",
    }
    if answer:
        answer = dict(answer)
        if answer.pop("override", False):
            DisclosurePlan.objects.create(**common, who="named", what="condition")
            answer["employer"] = employer
        if "expires_on" in answer:
            answer["expires_on"] = clock.today() + timedelta(days=answer["expires_on"])
        if answer.pop("ended", False):
            answer |= {"ended_at": clock.now(), "ended_by": esw}
        DisclosurePlan.objects.create(**common, **answer)
    return client, esw, employer


def linked() -> int:
    return EmployerContact.objects.filter(client__isnull=False).count()


def test_no_action_links_a_client_without_a_live_basis(without_basis):
    client, esw, employer = without_basis
    for purpose in ("introduce", "match", "in_work"):
        for named in (False, True):
            with pytest.raises(DomainError):
                actions.log_contact_about(
                    client,
                    employer,
                    by=esw,
                    **contact_details(purpose=purpose),
                    client_named=named,
                    confirmed=True,
                )
    assert linked() == 0
    assert Episode.objects.get(client=client).first_employer_contact_on is None


def test_no_address_links_a_client_without_a_live_basis(without_basis, client_for):
    """Every page that can be posted to, by everybody who may, with everything a contact could be made of."""
    client, esw, employer = without_basis
    contact = log(employer, esw, next_step="Call")
    opportunity = make_opportunity(employer)
    ids = {
        "client_id": client.pk,
        "employer_id": employer.pk,
        "contact_id": contact.pk,
        "opportunity_id": opportunity.pk,
    }
    body = contact_details(on=clock.today().isoformat()) | {
        "client": client.pk,
        "client_id": client.pk,
        "client_named": "yes",
        "match": "matches",
        "confirmed": "on",
        "basis": client.disclosure_plans.first().pk if client.disclosure_plans.exists() else "",
    }
    people = {"esw": esw, "team_lead": lead_of(client.team), "client": client.user}
    tried = 0
    for row in table():
        if (
            row.access is None
            or not row.access.post
            or "contact" not in row.name
            or "employer" not in row.name
        ):
            continue
        names = {name for name in ids if f":{name}>" in row.pattern}
        address = reverse(row.name, kwargs={name: ids[name] for name in names})
        for role in row.access.post & people.keys():
            for purpose in ("match", "introduce"):
                client_for(people[role]).post(address, body | {"purpose": purpose})
                tried += 1
    assert tried >= 12
    assert linked() == 0


@pytest.mark.django_db
def test_with_a_live_basis_the_same_writer_works(client_for):
    """The refusals above are about the basis, not about a broken form."""
    client, esw, employer = make_linkable()
    address = reverse("client-employer-contact-write", args=[client.pk, employer.pk])
    body = contact_details(on=clock.today().isoformat(), purpose="match") | {"match": "matches"}
    assert client_for(esw).post(address, body).status_code == 302
    assert linked() == 1


def make_linkable():
    client, esw = make_carried_client()
    employer = make_employer()
    actions.agree_disclosure(client, by=esw, who="unnamed")
    assert policies.disclosure_for(client, employer).may_link
    return client, esw, employer
