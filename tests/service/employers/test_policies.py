"""What may be said about a client, to whom: every combination; and which step follows which."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from pacework.service.cases.actions import withdraw_consent
from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NeedsConfirmation
from pacework.service.employers import actions, policies
from pacework.service.employers.models import PlacementOpportunity, Vacancy, What, Who
from pacework.service.employers.presenters.disclosure import NOT_NAMED, outgoing_name, outgoing_text
from tests.guards.source import ROOT
from tests.service.build import make_client
from tests.service.employers.build import (
    agree,
    make_carried_client,
    make_employer,
    make_opportunity,
    make_vacancy,
)

WHO = list(Who)
WHAT = list(What)

# What an answer is worth when plan and consent are live. Everything else is "not at all" and "nothing".
WORTH = {
    (Who.NOT_AT_ALL, What.NOTHING): (Who.NOT_AT_ALL, What.NOTHING),
    (Who.NOT_AT_ALL, What.ADJUSTMENTS): (Who.NOT_AT_ALL, What.NOTHING),
    (Who.NOT_AT_ALL, What.CONDITION): (Who.NOT_AT_ALL, What.NOTHING),
    (Who.UNNAMED, What.NOTHING): (Who.UNNAMED, What.NOTHING),
    (Who.UNNAMED, What.ADJUSTMENTS): (Who.UNNAMED, What.ADJUSTMENTS),
    (Who.UNNAMED, What.CONDITION): (Who.UNNAMED, What.CONDITION),
    (Who.NAMED, What.NOTHING): (Who.NAMED, What.NOTHING),
    (Who.NAMED, What.ADJUSTMENTS): (Who.NAMED, What.ADJUSTMENTS),
    (Who.NAMED, What.CONDITION): (Who.NAMED, What.CONDITION),
}


@pytest.mark.parametrize(
    ("who", "what", "plan", "consent"),
    list(product(WHO, WHAT, ("live", "expired", "none"), (True, False))),
)
def test_an_answer_counts_only_while_plan_and_consent_are_live(who, what, plan, consent):
    live = plan == "live" and consent
    expected = WORTH[who, what] if live else (Who.NOT_AT_ALL, What.NOTHING)
    assert policies.decide(who, what, plan=plan, consent=consent) == expected


ANSWERS = [pair for pair in WORTH if pair[0] != Who.NOT_AT_ALL or pair[1] == What.NOTHING]


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "consent"), list(product(ANSWERS, (True, False))))
@pytest.mark.parametrize("state", ["live", "expired", "none"])
@pytest.mark.parametrize("override", [None, "live", "expired"])
def test_the_most_specific_answer_decides_and_a_run_out_one_allows_nothing(answer, consent, state, override):
    """The override is the opposite of the default, so it shows which one decided."""
    client, esw = make_carried_client(consent=consent)
    employer = make_employer()
    who, what = answer
    opposite = (Who.NAMED, What.CONDITION) if who == Who.NOT_AT_ALL else (Who.NOT_AT_ALL, What.NOTHING)
    earlier = clock.now() - timedelta(days=30)
    if state != "none":
        with clock.at(earlier):
            ends = clock.today() + timedelta(days=10) if state == "expired" else None
            _answer(client, esw, who=who, what=what, expires_on=ends)
    if override:
        with clock.at(earlier):
            ends = clock.today() + timedelta(days=10) if override == "expired" else None
            _answer(client, esw, employer=employer, who=opposite[0], what=opposite[1], expires_on=ends)

    here = policies.disclosure_for(client, employer)
    elsewhere = policies.disclosure_for(client, make_employer())

    nothing = (Who.NOT_AT_ALL, What.NOTHING)
    assert (elsewhere.who, elsewhere.what) == (answer if state == "live" and consent else nothing)
    if override is None:
        assert (here.who, here.what, here.basis) == (elsewhere.who, elsewhere.what, elsewhere.basis)
    else:
        assert (here.who, here.what) == (opposite if override == "live" and consent else nothing)
        assert here.basis.employer == employer
    assert here.live == ((override or state) == "live" and consent)
    assert policies.disclosures_for(client, [employer])[employer.pk] == here


def _answer(client, esw, **answer):
    """Straight to the table: in the past the client was not yet on the caseload."""
    from pacework.service.employers.models import DisclosurePlan

    return DisclosurePlan.objects.create(
        client=client, recorded_by=esw, agreed_on=clock.today(), agreed_how="spoken", **answer
    )


@pytest.mark.django_db
def test_an_answer_holds_on_its_last_day_and_not_on_the_next():
    client, esw = make_carried_client()
    employer = make_employer()
    last = clock.today() + timedelta(days=7)
    agree(client, esw, who="named", expires_on=last)
    with clock.at(last):
        assert policies.disclosure_for(client, employer).may_name
    with clock.at(last + timedelta(days=1)):
        gone = policies.disclosure_for(client, employer)
        assert not gone.may_link
        assert gone.plan == "expired"


@pytest.mark.django_db
def test_withdrawing_consent_ends_what_may_be_said_at_once():
    client, esw = make_carried_client()
    employer = make_employer()
    agree(client, esw, who="named", what="condition")
    assert policies.check_linkable(client, employer).may_say_condition
    withdraw_consent(client.consents.get(layer="employer_contact"), by=esw)
    assert not policies.disclosure_for(client, employer).may_link
    with pytest.raises(DomainError, match="not agreed"):
        policies.check_linkable(client, employer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "has not said yet"),
        ({"who": "not_at_all"}, "does not want to be mentioned"),
        ({"who": "named", "expires_on": 3}, "has run out"),
    ],
)
def test_the_reason_why_nothing_may_be_said_is_told(answer, sentence):
    client, esw = make_carried_client()
    employer = make_employer()
    if answer:
        days = answer.pop("expires_on", None)
        agree(client, esw, **answer, expires_on=clock.today() + timedelta(days=days) if days else None)
    with clock.at(clock.now() + timedelta(days=5)), pytest.raises(DomainError, match=sentence):
        policies.check_linkable(client, employer)


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "may"), [("unnamed", False), ("named", True)])
def test_only_named_may_be_named(who, may):
    client, esw = make_carried_client()
    employer = make_employer()
    agree(client, esw, who=who)
    found = policies.check_linkable(client, employer)
    if may:
        policies.check_may_name(found, client, employer)
    else:
        with pytest.raises(DomainError, match="not agreed to be named"):
            policies.check_may_name(found, client, employer)


# Text that leaves the service


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "consent"), list(product(ANSWERS, (True, False))))
def test_outgoing_text_drops_name_and_health_unless_they_are_allowed(answer, consent):
    client, esw = make_carried_client(consent=consent, first_name="Wren", last_name="Tallow")
    employer = make_employer()
    who, what = answer
    agree(client, esw, who=who, what=what)
    found = policies.disclosure_for(client, employer)
    text = outgoing_text(found, client, adjustments=["a chair at the till"], condition="Pain in both knees.")
    named = who == Who.NAMED and consent
    linked = who != Who.NOT_AT_ALL and consent
    assert ("Wren" in text) == ("Tallow" in text) == named
    assert ("chair" in text) == (linked and what != What.NOTHING)
    assert ("knees" in text) == (linked and what == What.CONDITION)
    assert bool(text) == linked
    assert outgoing_name(found, client) == ("Wren Tallow" if named else NOT_NAMED)


# The warning about words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "who", "what", "found"),
    [
        ("Wren would like mornings.", "unnamed", "nothing", ["wren"]),
        ("wren tallow called", "unnamed", "nothing", ["wren", "tallow"]),
        ("Renny is keen", "unnamed", "nothing", ["renny"]),
        ("Wren would like mornings.", "named", "nothing", []),
        ("They have a bad back", "named", "nothing", ["bad back"]),
        ("Their FIBROMYALGIA is better", "named", "adjustments", ["fibromyalgia"]),
        ("Their fibromyalgia is better", "named", "condition", []),
        ("Wrenching work in the yard", "unnamed", "nothing", []),
        ("The health and safety talk, then a tour", "unnamed", "nothing", []),
        ("A pain point for them is Mondays. Painful for her.", "unnamed", "nothing", ["painful"]),
        ("", "unnamed", "nothing", []),
    ],
)
def test_words_beyond_what_was_agreed_are_found(text, who, what, found):
    client, esw = make_carried_client(first_name="Wren", last_name="Tallow", preferred_name="Renny")
    agree(client, esw, who=who, what=what)
    assert policies.found_words(text, policies.disclosure_for(client, None), client) == found


@pytest.mark.django_db
def test_words_the_client_does_not_want_are_found_even_when_the_condition_may_be_named():
    client, esw = make_carried_client()
    agree(client, esw, what="condition", must_not_say="my divorce\nlast job.")
    found = policies.disclosure_for(client, None)
    assert policies.found_words("We spoke of My Divorce and the last  job", found, client) == [
        "my divorce",
        "last job",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Met Wren Tallow's manager", ["wren tallow"]),
        ("Wren would fit", []),
        ("Someone with arthritis would fit", ["arthritis"]),
        ("They need steady people", []),
    ],
)
def test_a_note_about_nobody_is_read_for_full_names_and_health_words(text, found):
    assert policies.risky_words(text, [make_client(first_name="Wren", last_name="Tallow")]) == found


def test_the_writer_is_asked_once_and_the_answer_kept():
    with pytest.raises(NeedsConfirmation, match=r"“pain”.*Sure") as asked:
        policies.check_words(["pain"], confirmed=False, about="Sure?")
    assert asked.value.field == "confirmed"
    assert policies.check_words(["pain"], confirmed=True, about="Sure?") == ["pain"]
    assert policies.check_words([], confirmed=False, about="Sure?") == []


def test_a_long_list_of_words_is_shortened():
    with pytest.raises(NeedsConfirmation, match="and more"):
        policies.check_words(list("abcdef"), confirmed=False, about="Sure?")


# Steps


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "to"), list(product(PlacementOpportunity.State.values, PlacementOpportunity.State.values))
)
def test_a_placement_opportunity_moves_only_along_its_table(start, to):
    opportunity = make_opportunity(state=start)
    if to in policies.PLACEMENT_STEPS[start]:
        policies.check_placement_step(opportunity, to)
    else:
        with pytest.raises(DomainError, match="does not follow"):
            policies.check_placement_step(opportunity, to)


@pytest.mark.django_db
def test_an_agreement_names_who_looks_after_people():
    opportunity = make_opportunity(state="asked", named_manager=None)
    with pytest.raises(DomainError, match="named manager"):
        policies.check_placement_step(opportunity, "agreed")


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "to"), list(product(Vacancy.Status.values, Vacancy.Status.values)))
def test_a_vacancy_moves_only_along_its_table(start, to):
    vacancy = make_vacancy()
    vacancy.status = start
    if to in policies.VACANCY_STEPS[start]:
        policies.check_vacancy_step(vacancy, to)
    else:
        with pytest.raises(DomainError, match="does not follow"):
            policies.check_vacancy_step(vacancy, to)


def test_every_state_has_its_row_and_the_diagram_shows_every_step():
    assert set(policies.PLACEMENT_STEPS) == set(PlacementOpportunity.State.values)
    assert set(policies.VACANCY_STEPS) == set(Vacancy.Status.values)
    drawn = policies.mermaid(policies.PLACEMENT_STEPS)
    assert drawn.startswith("stateDiagram-v2\n    [*] --> idea\n")
    for start, ends in policies.PLACEMENT_STEPS.items():
        for end in ends:
            assert f"    {start} --> {end}\n" in drawn


@pytest.mark.parametrize("steps", [policies.PLACEMENT_STEPS, policies.VACANCY_STEPS])
def test_the_diagrams_in_the_documentation_are_the_tables(steps):
    page = (ROOT / "docs" / "disclosure.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{policies.mermaid(steps)}```" in page


@pytest.mark.django_db
def test_moving_writes_the_day_and_the_note():
    opportunity = make_opportunity(state="asked")
    moved = actions.move_opportunity(opportunity, by=opportunity.added_by, to="agreed", note="From May on")
    moved.refresh_from_db()
    assert (moved.state, moved.state_on, moved.state_note) == ("agreed", clock.today(), "From May on")
