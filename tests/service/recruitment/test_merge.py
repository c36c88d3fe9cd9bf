"""Two records of one person become one, and two again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pacework.service.cases import actions as cases
from pacework.service.cases.models import Client, Consent, Episode
from pacework.service.cases.records import own_models
from pacework.service.core import audit, clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.recruitment import actions
from pacework.service.recruitment import permissions_import as permissions
from pacework.service.recruitment import policies_merge as policies
from pacework.service.recruitment.actions.merging import links_to_clients
from pacework.service.recruitment.models import Merge, PossibleDuplicate, Referral
from tests.service.build import (
    close,
    give_account,
    give_consent,
    lead_of,
    make_client,
    make_episode,
    make_team,
    make_user,
)
from tests.service.recruitment.build import make_pair, make_referral
from tests.service.work.build import someone_in_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> PossibleDuplicate:
    return make_pair()


def join(pair: PossibleDuplicate, **choices: str) -> Merge:
    kept, merged = actions.which_to_keep(pair)
    return actions.merge(kept, merged, by=lead_of(kept.team), choices=choices, pair=pair)


def everything() -> dict[str, Any]:
    """Every row of the product's tables but the audit, what joining itself notes, and version counters."""
    found = {}
    for model in own_models():
        name = model._meta.label_lower
        if name.startswith("core.") or name == "recruitment.merge":
            continue
        rows = model._base_manager.order_by("pk").values()
        found[name] = [{key: value for key, value in row.items() if key != "version"} for row in rows]
    return found


def test_every_link_to_a_client_in_the_product_is_known() -> None:
    found = {f"{model._meta.label_lower}.{name}" for model, name in links_to_clients()}
    assert {"cases.episode.client", "cases.consent.client", "recruitment.referral.client"} <= found
    assert not any(name.startswith(("cases.client.", "recruitment.merge.")) for name in found)


def test_rows_of_both_records_are_with_the_one_that_stays(pair: PossibleDuplicate) -> None:
    known, new = pair.other, pair.client
    give_consent(new, "research")
    cases.record_employment_status(new, by=None, status="unemployed", as_of=clock.today())
    join(pair)
    known.refresh_from_db()
    assert known.consents.filter(layer="research").exists()
    assert known.employment_statuses.count() == 1
    assert Referral.objects.get(client=known).held is False
    assert not Client.objects.visible_to(lead_of(known.team)).filter(pk=new.pk).exists()
    pair.refresh_from_db()
    assert (pair.decided, pair.decided_on) == ("same", clock.today())
    assert audit.verify().ok


def test_both_chains_say_that_the_records_were_joined(pair: PossibleDuplicate) -> None:
    from pacework.service.core.models import AuditEvent

    made = join(pair)
    last = {
        number: AuditEvent.objects.filter(chain=f"person:{number}").order_by("-number")[0].verb
        for number in (made.kept_id, made.merged_id)
    }
    assert last == {made.kept_id: "merge.made", made.merged_id: "client.merged"}


def test_fields_are_taken_as_chosen_and_empty_ones_filled(pair: PossibleDuplicate) -> None:
    known, new = pair.other, pair.client
    Client.objects.filter(pk=known.pk).update(phone="01632 960001", email="", language="Welsh")
    Client.objects.filter(pk=new.pk).update(phone="01632 960002", email="n@example.org", language="English")
    pair = PossibleDuplicate.objects.get(pk=pair.pk)
    assert actions.differing(pair.other, pair.client) == ["phone", "language"]
    join(pair, phone="merged", language="kept")
    known.refresh_from_db()
    assert (known.phone, known.email, known.language) == ("01632 960002", "n@example.org", "Welsh")


def test_the_careful_answer_holds(pair: PossibleDuplicate) -> None:
    known, new = pair.other, pair.client
    Client.objects.filter(pk=known.pk).update(safe_to_leave_message=True, safe_to_email=True)
    Client.objects.filter(pk=new.pk).update(do_not_contact=True, restricted=True, safe_to_email=False)
    give_consent(known, "employer_contact")
    cases.record_consent(new, by=None, layer="employer_contact", given=False)
    pair = PossibleDuplicate.objects.get(pk=pair.pk)
    assert set(actions.stricter(pair.other, pair.client)) == {
        "do_not_contact", "restricted", "safe_to_leave_message", "safe_to_email",
    }  # fmt: skip
    join(pair)
    known.refresh_from_db()
    assert known.do_not_contact
    assert known.restricted
    assert not known.safe_to_leave_message
    assert not known.safe_to_email
    assert not known.consents.live().filter(layer="employer_contact").exists()


def test_of_two_answers_to_the_service_the_later_holds(pair: PossibleDuplicate) -> None:
    with clock.at(date(2024, 1, 5)):
        cases.record_consent(pair.other, by=None, layer="service", given=False)
    give_consent(pair.client, "service")
    join(pair)
    standing = pair.other.consents.standing().get(layer=Consent.Layer.SERVICE)
    assert standing.given


def test_one_referral_goes_on_the_one_that_has_come_further() -> None:
    pair = make_pair()
    early = make_referral("new", team=pair.other.team)
    Referral.objects.filter(pk=early.pk).update(client=pair.other)
    join(pair)
    early.refresh_from_db()
    assert early.exit_reason == "duplicate"
    assert Referral.objects.open().get(client=pair.other).replied_on is not None


def test_while_support_is_under_way_no_referral_goes_on() -> None:
    team = make_team()
    pair = make_pair(team)
    make_episode(pair.other, esw=make_user("esw", team))
    join(pair)
    assert not Referral.objects.open().filter(client=pair.other).exists()


def test_the_record_with_support_or_an_account_stays() -> None:
    pair = make_pair()
    assert actions.which_to_keep(pair) == (pair.other, pair.client)
    give_account(pair.client)
    pair = PossibleDuplicate.objects.get(pk=pair.pk)
    assert actions.which_to_keep(pair) == (pair.client, pair.other)
    make_episode(pair.other)
    pair = PossibleDuplicate.objects.get(pk=pair.pk)
    assert actions.which_to_keep(pair) == (pair.other, pair.client)


def test_an_account_goes_to_the_record_that_stays(pair: PossibleDuplicate) -> None:
    make_episode(pair.other)
    user = give_account(pair.client)
    pair = PossibleDuplicate.objects.get(pk=pair.pk)
    join(pair)
    assert Client.objects.get(pk=pair.other_id).user == user


def test_a_row_that_would_stand_twice_stays_behind(pair: PossibleDuplicate) -> None:
    lead = lead_of(pair.client.team)
    esw = make_user("esw", pair.client.team)
    for client in (pair.client, pair.other):
        cases.restrict(client, by=lead, people=[esw])
    made = join(PossibleDuplicate.objects.get(pk=pair.pk))
    assert "cases.restrictedaccess.client" not in made.moved
    assert pair.other.listed_people.get().user == esw


def test_taking_it_back_restores_every_row_exactly() -> None:
    team = make_team()
    pair = make_pair(team)
    closed = make_episode(pair.client, esw=make_user("esw", team))
    close(closed)
    give_account(pair.client)
    give_consent(pair.other, "research")
    cases.record_consent(pair.client, by=None, layer="research", given=False)
    early = make_referral("new", team=team)
    Referral.objects.filter(pk=early.pk).update(client=pair.other)
    Client.objects.filter(pk=pair.client_id).update(
        do_not_contact=True, phone="01632 960002", birth_date=date(1985, 5, 18), equality={"age": "40s"}
    )
    pair = PossibleDuplicate.objects.get(pk=pair.pk)
    before = everything()
    made = join(pair, phone="merged", birth_date="merged")
    assert everything() != before
    assert policies.can_undo_merge(made)
    actions.undo_merge(Merge.objects.get(pk=made.pk), by=lead_of(team))
    assert everything() == before
    assert Merge.objects.get().before == {}
    assert audit.verify().ok
    with pytest.raises(DomainError, match="taken back already"):
        actions.undo_merge(Merge.objects.get(pk=made.pk), by=lead_of(team))


@pytest.mark.parametrize("side", ["kept", "merged"])
def test_milestones_that_go_by_age_follow_the_birth_date_that_stays_and_come_back(side: str) -> None:
    """£10.50 an hour is lawful at 18 and not at 40: whether this job counts is for the chosen date to say."""
    work = someone_in_work([600] * 16, hourly_pay=Decimal("10.50"))
    kept, young = work.client, date(2007, 6, 1)
    merged = make_client(kept.team, birth_date=young)
    if side == "merged":
        kept, merged = merged, kept
    first = work.job.started_on
    before = Episode.objects.get().first_job_started_on
    assert before is None
    lead = lead_of(kept.team)
    chosen = "merged" if side == "kept" else "kept"
    made = actions.merge(kept, merged, by=lead, choices={"birth_date": chosen})
    episode = Episode.objects.get()
    assert (episode.client_id, episode.client.birth_date) == (kept.pk, young)
    assert episode.first_job_started_on == first
    assert policies.can_undo_merge(made)
    actions.undo_merge(Merge.objects.get(pk=made.pk), by=lead)
    assert Episode.objects.get().first_job_started_on is None


def test_after_anything_was_recorded_it_cannot_be_taken_back(pair: PossibleDuplicate) -> None:
    made = join(pair)
    give_consent(pair.other, "research")
    assert not policies.can_undo_merge(made)
    with pytest.raises(DomainError, match="recorded since"):
        actions.undo_merge(made, by=lead_of(pair.other.team))


def test_two_open_episodes_are_not_joined(pair: PossibleDuplicate) -> None:
    make_episode(pair.other)
    make_episode(pair.client)
    with pytest.raises(DomainError, match="Close one of the two first"):
        join(pair)


def test_two_accounts_are_not_joined(pair: PossibleDuplicate) -> None:
    give_account(pair.other)
    give_account(pair.client)
    with pytest.raises(DomainError, match="own sign-in"):
        join(PossibleDuplicate.objects.get(pk=pair.pk))


def test_a_record_is_joined_once_and_never_with_itself(pair: PossibleDuplicate) -> None:
    kept, merged = pair.other, pair.client
    lead = lead_of(kept.team)
    for one, other, words in ((kept, kept, "one record already"),):
        with pytest.raises((DomainError, NotAllowed), match=words):
            policies.check_mergeable(one, other)
    join(pair)
    merged.refresh_from_db()
    with pytest.raises(DomainError, match="joined or erased already"):
        policies.check_mergeable(kept, merged)
    with pytest.raises(NotAllowed):
        actions.merge(kept, merged, by=lead)
    with pytest.raises(DomainError, match="decided already"):
        policies.check_pair_open(PossibleDuplicate.objects.get(pk=pair.pk))


def test_without_a_pair_and_choices_the_kept_values_stay() -> None:
    team = make_team()
    one, other = make_client(team), make_client(team)
    made = actions.merge(one, other, by=lead_of(team))
    assert Client.objects.get(pk=one.pk).first_name == one.first_name
    assert made.before["rows"] == []


@pytest.mark.parametrize(
    ("role", "near_kept", "near_merged", "may"),
    [
        ("team_lead", True, True, True),
        ("team_lead", True, False, False),
        ("team_lead", False, True, False),
        ("esw", True, True, False),
        ("hcp", True, True, False),
        ("manager", True, True, False),
        ("administrator", True, True, False),
        ("researcher", True, True, False),
        ("client", True, True, False),
    ],
)
def test_only_a_lead_who_sees_both_records_joins_them(
    role: str, near_kept: bool, near_merged: bool, may: bool
) -> None:
    team, far = make_team(), make_team()
    kept, merged = make_client(team if near_kept else far), make_client(team if near_merged else far)
    user = make_user(role, team)
    assert permissions.can_merge(user, kept, merged) is may
    assert permissions.can_undo_merge(user, kept) is (role == "team_lead" and near_kept)
    if may:
        permissions.check_merge(user, kept, merged)
        permissions.check_undo_merge(user, kept)
    else:
        with pytest.raises(NotAllowed):
            permissions.check_merge(user, kept, merged)
    if not (role == "team_lead" and near_kept):
        with pytest.raises(NotAllowed):
            permissions.check_undo_merge(user, kept)
