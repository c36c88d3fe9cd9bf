"""The steps of a referral, with their traces."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pacework.service.cases.models import Consent, Programme
from pacework.service.core import audit, clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.core.models import AuditEvent
from pacework.service.recruitment import actions
from pacework.service.recruitment.actions import incoming
from pacework.service.recruitment.models import PossibleDuplicate, Referral
from tests.service.build import (
    close,
    give_consent,
    lead_of,
    make_client,
    make_episode,
    make_programme,
    make_team,
    make_user,
    synthetic_nhs_number,
)
from tests.service.recruitment.build import a_person, make_hcp_and_team, make_pair, make_referral, state_of

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def refer(hcp: Any, team: Any, **more: Any) -> Referral:
    person = more.pop("person", a_person())
    return incoming.refer(person, by=hcp, team=team, **({"shares": True} | more))


def test_an_hcp_referral_to_the_routine_service_opens_the_episode_at_once(frozen: Any) -> None:
    hcp, team = make_hcp_and_team()
    referral = refer(hcp, team, status="unemployed", last_job_ended_on=clock.today() - timedelta(days=100))
    referral.refresh_from_db()
    assert state_of(referral) == "waiting_esw"
    assert referral.episode.client == referral.client
    assert referral.consented_by == referral.approached_by == referral.referred_by == hcp
    assert referral.days_out_of_work == 100
    assert referral.decision.startswith("Welcome in the routine service.")
    layers = {one.layer: one for one in referral.client.consents.live()}
    assert set(layers) == {"service", "health_sharing"}
    assert layers["health_sharing"].recipient == hcp
    assert referral.client.employment_statuses.get().status == "unemployed"
    assert {
        "client.registered",
        "referral.made",
        "referral.screened",
        "episode.opened",
        "referral.consented",
    } <= set(verbs())
    assert audit.verify().ok


def test_saying_no_to_sharing_still_brings_support() -> None:
    hcp, team = make_hcp_and_team()
    referral = refer(hcp, team, shares=False, status="employed")
    assert referral.episode is not None
    assert referral.episode.employed_at_entry
    assert Consent.objects.get(client=referral.client, layer="health_sharing").given is False
    assert referral in Referral.objects.visible_to(hcp)


@pytest.mark.parametrize(("kind", "route"), [("gp_network", "consultation"), ("pain_clinic", "pain_service")])
def test_the_route_of_an_hcp_follows_from_where_they_work(kind: str, route: str) -> None:
    make_programme()
    team = make_team(kind=kind)
    assert refer(make_user("hcp", team), team).route == route


def test_a_lead_says_the_route_themselves() -> None:
    make_programme()
    team = make_team()
    lead = make_user("team_lead", team)
    referral = refer(lead, team, route="jobcentre", referrer_words="Work coach")
    assert (referral.route, referral.referred_by, referral.raised_by) == ("jobcentre", None, lead)
    assert Consent.objects.get(client=referral.client, layer="health_sharing").recipient is None
    with pytest.raises(DomainError) as refusal:
        refer(lead, team, route="pigeon", person=a_person(first_name="Bob"))
    assert refusal.value.field == "route"


def test_a_study_waits_for_its_screening() -> None:
    team = make_team()
    Programme.objects.create(name="Study", preset="instep", is_default=True)
    referral = refer(make_user("hcp", team), team)
    assert state_of(referral) == "to_screen"
    assert referral.client.episodes.count() == 0
    lead = lead_of(team)
    answers = {
        "born_on": referral.client.birth_date,
        "has_chronic_pain": True,
        "unemployed_since": clock.today() - timedelta(days=200),
        "out_of_work_because_of_health": True,
        "wants_to_work": True,
    }
    actions.screen(referral, by=lead, on=clock.today(), answers=answers)
    # The person agreed with the referrer, so nobody asks them twice.
    assert state_of(referral) == "waiting_esw"
    assert "born_on" not in referral.answers


def test_nothing_is_referred_without_a_programme() -> None:
    team = make_team()
    with pytest.raises(DomainError, match="no programme"):
        refer(make_user("hcp", team), team)
    assert not Referral.objects.exists()


def test_an_hcp_of_another_team_cannot_refer_here() -> None:
    hcp, _ = make_hcp_and_team()
    with pytest.raises(NotAllowed):
        refer(hcp, make_team())


def test_a_number_somebody_has_already_is_kept_on_the_referral_and_the_lead_looks() -> None:
    hcp, team = make_hcp_and_team()
    known = make_client(make_team(), nhs_number=synthetic_nhs_number(77))
    referral = refer(hcp, team, person=a_person(nhs_number=known.nhs_number))
    assert referral.client != known
    assert referral.client.nhs_number == ""
    assert referral.given == {"nhs_number": known.nhs_number}
    assert state_of(referral) == "to_check"
    pair = PossibleDuplicate.objects.get(client=referral.client)
    assert (pair.other, pair.score, pair.decided) == (known, 100, "")


def test_two_people_after_all_go_on_to_support() -> None:
    hcp, team = make_hcp_and_team()
    known = make_client(make_team(), first_name="Nia", last_name="Marlow", birth_date=a_person().birth_date)
    referral = refer(hcp, team)
    assert state_of(referral) == "to_check"
    pair = PossibleDuplicate.objects.get(other=known)
    lead = lead_of(team)
    incoming.decide_different(pair, by=lead)
    assert (pair.decided, pair.decided_by) == ("different", lead)
    assert state_of(referral) == "waiting_esw"
    with pytest.raises(DomainError, match="already"):
        incoming.decide_different(pair, by=lead)


def test_one_likely_double_left_still_holds_the_referral() -> None:
    hcp, team = make_hcp_and_team()
    for _ in range(2):
        make_client(make_team(), first_name="Nia", last_name="Marlow", birth_date=a_person().birth_date)
    referral = refer(hcp, team)
    first, second = PossibleDuplicate.objects.filter(client=referral.client)
    incoming.decide_different(first, by=lead_of(team))
    assert state_of(referral) == "to_check"
    incoming.decide_different(second, by=lead_of(team))
    assert state_of(referral) == "waiting_esw"


def test_a_referrer_who_may_see_them_and_says_someone_else_is_believed() -> None:
    hcp, team = make_hcp_and_team()
    known = make_client(team, first_name="Nia", last_name="Marlow", birth_date=a_person().birth_date)
    give_consent(known, to=hcp)
    referral = refer(hcp, team, someone_else=True)
    assert state_of(referral) == "waiting_esw"
    pair = PossibleDuplicate.objects.get(client=referral.client)
    assert (pair.decided, pair.decided_by) == ("different", hcp)


def test_saying_someone_else_decides_nothing_about_people_one_may_not_see() -> None:
    hcp, team = make_hcp_and_team()
    make_client(make_team(), first_name="Nia", last_name="Marlow", birth_date=a_person().birth_date)
    referral = refer(hcp, team, someone_else=True)
    assert state_of(referral) == "to_check"


def test_the_same_person_gets_a_new_referral_and_their_record_is_not_changed() -> None:
    hcp, team = make_hcp_and_team()
    known = make_client(team, phone="01632 960002")
    give_consent(known, to=hcp)
    close(make_episode(known))
    known.forget_episode()
    referral = refer(hcp, team, same_as=known, person=a_person(first_name=known.first_name))
    known.refresh_from_db()
    assert referral.client == known
    assert referral.given["phone"] == "01632 960001"
    assert known.phone == "01632 960002"
    assert known.episodes.open().count() == 1


@pytest.mark.parametrize("busy", ["episode", "referral"])
def test_somebody_in_hand_is_not_referred_a_second_time(busy: str) -> None:
    hcp, team = make_hcp_and_team()
    known = make_episode(make_client(team)).client if busy == "episode" else make_referral(team=team).client
    give_consent(known, to=hcp)
    with pytest.raises(DomainError, match="already"):
        refer(hcp, team, same_as=known)


def test_a_self_referral_has_replied_and_agreed_to_nothing_yet() -> None:
    make_programme()
    team = make_team()
    referral = incoming.refer_self(a_person(), team=team, wants_work="I miss cooking.")
    assert (state_of(referral), referral.route) == ("to_screen", "self")
    assert referral.replied_by is None
    assert not referral.client.consents.exists()
    assert incoming.refer_self(a_person(last_name="Other"), team=team, poster=True).route == "poster_text"


def test_a_self_referral_that_looks_known_waits_for_the_lead_and_then_is_screened() -> None:
    pair = make_pair()
    referral = Referral.objects.get(client=pair.client)
    assert state_of(referral) == "to_check"
    incoming.decide_different(pair, by=lead_of(referral.team))
    assert state_of(referral) == "to_screen"


def test_the_whole_way_from_a_list_to_the_waiting_list(frozen: Any) -> None:
    referral = make_referral("new")
    lead, today = lead_of(referral.team), clock.today()
    assert [one.pk for one in actions.approach_many([referral], by=lead, on=today)] == [referral.pk]
    actions.remind(referral, by=lead, on=today)
    actions.reply(referral, by=lead, on=today, answer="yes", wants_work="Anything with people.")
    actions.screen(
        referral,
        by=lead,
        on=today,
        answers={"wants_to_work": True},
        status="unemployed",
        last_job_ended_on=today - timedelta(days=400),
        support_needs="Confidence",
    )
    assert state_of(referral) == "to_consent"
    actions.record_agreement(referral, by=lead, on=today, how="signed", service=True, health_sharing=True)
    referral.refresh_from_db()
    assert state_of(referral) == "waiting_esw"
    assert referral.days_out_of_work == 400
    assert referral.client.employment_statuses.get().last_job_ended_on == today - timedelta(days=400)
    assert referral.client.consents.live().count() == 2
    assert referral.reminders_sent == 1


def test_do_not_contact_people_are_left_out_of_a_pile_of_letters() -> None:
    team = make_team()
    one, other = make_referral(team=team), make_referral(team=team, do_not_contact=True)
    assert actions.approach_many([one, other], by=lead_of(team), on=clock.today()) == [one]
    other.refresh_from_db()
    assert other.approached_on is None
    with pytest.raises(DomainError, match="None of these"):
        actions.approach_many([other], by=lead_of(team), on=clock.today())


@pytest.mark.parametrize(
    ("answer", "reason", "flag"), [("no", "declined", False), ("no_contact", "do_not_contact", True)]
)
def test_a_no_is_respected_at_once(answer: str, reason: str, flag: bool) -> None:
    referral = make_referral("waiting_reply")
    actions.reply(referral, by=lead_of(referral.team), on=clock.today(), answer=answer)
    referral.client.refresh_from_db()
    assert referral.exit_reason == reason
    assert referral.client.do_not_contact is flag


def test_an_unknown_answer_is_refused_and_writes_nothing() -> None:
    referral = make_referral("waiting_reply")
    with pytest.raises(DomainError):
        actions.reply(referral, by=lead_of(referral.team), on=clock.today(), answer="perhaps")
    referral.refresh_from_db()
    assert referral.replied_on is None


def test_undoing_an_ending_takes_back_the_flag_it_set_and_no_other() -> None:
    referral = make_referral("waiting_reply")
    lead = lead_of(referral.team)
    actions.end(referral, by=lead, reason="do_not_contact")
    actions.undo_end(referral, by=lead)
    referral.client.refresh_from_db()
    assert (state_of(referral), referral.client.do_not_contact) == ("waiting_reply", False)
    actions.end(referral, by=lead, reason="do_not_contact")
    again = Referral.objects.create(
        client=referral.client,
        route="self",
        team=referral.team,
        programme=referral.programme,
        preset="routine",
    )
    actions.end(again, by=lead, reason="do_not_contact")
    actions.undo_end(again, by=lead)
    referral.client.refresh_from_db()
    assert referral.client.do_not_contact is True


def test_undoing_an_ordinary_ending_changes_no_flag() -> None:
    referral = make_referral("exited")
    actions.undo_end(referral, by=lead_of(referral.team))
    assert state_of(referral) == "new"
    assert "client.do_not_contact" not in verbs()


def test_a_study_that_is_not_met_offers_the_routine_service_and_keeps_both_decisions() -> None:
    make_programme()
    referral = make_referral("to_screen", preset="instep")
    lead = lead_of(referral.team)
    actions.screen(
        referral,
        by=lead,
        on=clock.today(),
        answers={"born_on": referral.client.birth_date, "has_chronic_pain": False, "wants_to_work": True},
    )
    assert (state_of(referral), referral.meets) == ("not_met", False)
    actions.offer_routine(referral, by=lead, on=clock.today())
    assert (state_of(referral), referral.preset) == ("to_consent", "routine")
    assert "Does not meet the published criteria" in referral.decision
    assert "Welcome in the routine service." in referral.decision


def test_without_a_routine_programme_the_offer_says_so() -> None:
    referral = make_referral("to_screen", preset="instep")
    with pytest.raises(DomainError, match="routine programme"):
        actions.offer_routine(referral, by=lead_of(referral.team), on=clock.today())


def test_a_no_to_the_service_ends_the_referral_without_an_episode() -> None:
    referral = make_referral("to_consent")
    actions.record_agreement(
        referral, by=lead_of(referral.team), on=clock.today(), how="spoken", service=False
    )
    assert referral.exit_reason == "declined"
    assert not referral.client.episodes.exists()


def test_reminders_go_forward_in_time() -> None:
    referral = make_referral("waiting_reply")
    lead = lead_of(referral.team)
    Referral.objects.filter(pk=referral.pk).update(approached_on=clock.today() - timedelta(days=9))
    referral.refresh_from_db()
    actions.remind(referral, by=lead, on=clock.today())
    with pytest.raises(DomainError, match="before the reminder"):
        actions.remind(referral, by=lead, on=clock.today() - timedelta(days=3))


def test_the_database_itself_refuses_steps_in_the_wrong_order() -> None:
    referral = make_referral("waiting_reply")
    for change in (
        {"replied_on": referral.approached_on - timedelta(days=1)},
        {"screened_on": referral.approached_on},
        {"exit_on": clock.today()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(
            client=referral.client,
            route="self",
            team=referral.team,
            programme=referral.programme,
            preset="routine",
        )


class AnyAnswers(TestCase):
    """Zero exclusion, whatever is answered."""

    @settings(max_examples=25, deadline=None)
    @given(
        wants=st.sampled_from([True, False, None]),
        needs=st.text(max_size=40),
        pain=st.sampled_from([True, False, None]),
    )
    def test_the_routine_service_refuses_nobody(
        self, wants: bool | None, needs: str, pain: bool | None
    ) -> None:
        referral = make_referral("to_screen")
        answers = {"wants_to_work": wants, "has_chronic_pain": pain}
        needs = needs.replace("\x00", "")
        actions.screen(
            referral, by=lead_of(referral.team), on=clock.today(), answers=answers, support_needs=needs
        )
        assert referral.meets is not False
        assert referral.exit_on is None
        assert (state_of(referral) == "to_consent") is (wants is True)


def test_a_double_that_was_merged_or_erased_holds_nobody_back() -> None:
    hcp, team = make_hcp_and_team()
    for _ in range(2):
        make_client(make_team(), first_name="Nia", last_name="Marlow", birth_date=a_person().birth_date)
    referral = refer(hcp, team)
    first, second = PossibleDuplicate.objects.filter(client=referral.client)
    type(second.other).objects.filter(pk=second.other_id).update(merged_into=first.other)
    incoming.decide_different(first, by=lead_of(team))
    assert state_of(referral) == "waiting_esw"


def test_a_list_is_made_into_rows_in_bulk() -> None:
    team, programme = make_team(), make_programme()
    people = [a_person(first_name=f"N{number}", more={"gp_practice": "Elm"}) for number in range(3)]
    clients = type(make_client(team)).objects.bulk_create(
        incoming.new_client(one, team=team) for one in people
    )
    Referral.objects.bulk_create(
        incoming.listed_referral(one, route="record_search", team=team, programme=programme, by=None)
        for one in clients
    )
    rows = Referral.objects.with_state().filter(client__in=clients).select_related("client")
    assert {one.state for one in rows} == {"new"}
    assert {one.client.gp_practice for one in rows} == {"Elm"}
    assert all(one.client.name_key for one in rows)
