"""What each write does, leaves as a trace, and refuses."""

from datetime import date
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed, StaleSave
from pacework.service.core.models import AuditEvent
from pacework.service.people import actions
from pacework.service.people.models import Cover, Membership, Role, Team, User
from tests.service.people.build import PASSWORD, person, team

pytestmark = pytest.mark.django_db
SITE = "https://pacework.example.org/"


@pytest.fixture
def administrator():
    return person(Role.ADMINISTRATOR)


def verbs():
    return list(AuditEvent.objects.filter(chain="service").order_by("number").values_list("verb", flat=True))


def create(by, **values):
    return actions.create_user(
        by=by,
        **{"role": Role.MANAGER, "first_name": "Ana", "last_name": "Lind", "email": "ana@example.org"}
        | values,
    )


def edit(user, by, **values):
    names = {name: getattr(user, name) for name in actions.IDENTITY}
    return actions.edit_user(
        user, by=by, **{"expected": user.version, "teams": user.teams.all()} | names | values
    )


# Accounts


def test_an_administrator_makes_an_account_with_a_team(administrator):
    north = team("North")
    user = create(administrator, role=Role.ESW, teams=[north], weekly_hours=Decimal(30))
    assert list(user.teams.all()) == [north]
    assert user.wte == Decimal("0.8")
    assert not user.has_usable_password()
    assert verbs()[-3:] == ["user.created", "membership.begun", "user.teams_set"]
    assert AuditEvent.objects.filter(actor=administrator, verb="user.created").exists()


def test_nobody_else_makes_an_account():
    before = User.objects.count()
    with pytest.raises(NotAllowed):
        create(person(Role.TEAM_LEAD))
    assert User.objects.count() == before + 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"role": Role.CLIENT}, "role"),
        ({"role": "boss"}, "role"),
        ({"email": "TAKEN@example.org"}, "email"),
        ({"weekly_hours": Decimal(30)}, "weekly_hours"),
        ({"role": Role.ESW, "weekly_hours": Decimal(0)}, "weekly_hours"),
        ({"role": Role.ESW, "weekly_hours": Decimal("48.5")}, "weekly_hours"),
        ({"role": Role.ESW}, "teams"),
        ({"role": Role.HCP}, "teams"),
        ({"role": Role.TEAM_LEAD}, "teams"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused_beside_its_field(administrator, values, field):
    person(Role.MANAGER, email="taken@example.org")
    with pytest.raises(DomainError) as refusal:
        create(administrator, **values)
    assert refusal.value.field == field
    assert not User.objects.filter(first_name="Ana").exists()


def test_two_accounts_cannot_share_an_address_even_past_the_check():
    person(Role.MANAGER, email="same@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create(username="other", role=Role.MANAGER, email="Same@example.org")


def test_accounts_without_an_address_do_not_collide():
    assert person(Role.MANAGER, email="").pk != person(Role.MANAGER, email="").pk


def test_usernames_come_from_names_and_never_collide(administrator):
    names = [
        create(administrator, first_name="Zoë", last_name="O’Neil", email=f"z{n}@example.org")
        for n in range(3)
    ]
    assert [user.username for user in names] == ["zoe.oneil", "zoe.oneil2", "zoe.oneil3"]
    assert actions.free_username("名", "前") == "person"
    assert create(administrator, username="chosen").username == "chosen"


@pytest.mark.django_db(transaction=True)
def test_the_invitation_goes_out_after_the_account_is_stored():
    administrator = person(Role.ADMINISTRATOR)
    user = create(administrator, site=SITE)
    [letter] = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert f"{SITE}account/password/reset/key/" in letter.body
    assert "Hello Ana" in letter.body
    assert AuditEvent.objects.filter(verb="user.invited", object_id=str(user.pk)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_account_sends_no_letter():
    with pytest.raises(DomainError):
        create(person(Role.ADMINISTRATOR), email="", site=SITE)
    assert mail.outbox == []
    assert not User.objects.filter(first_name="Ana").exists()


def test_invitations_need_an_address_an_open_account_and_staff(administrator):
    nameless = person(Role.MANAGER, email="")
    with pytest.raises(DomainError, match="no email address"):
        actions.invite(nameless, by=administrator, site=SITE)
    gone = person(Role.MANAGER)
    actions.deactivate(gone, by=administrator)
    with pytest.raises(DomainError, match="no longer sign in"):
        actions.invite(gone, by=administrator, site=SITE)
    with pytest.raises(DomainError, match="client's account"):
        actions.invite(person(Role.CLIENT), by=administrator, site=SITE)
    with pytest.raises(NotAllowed):
        actions.invite(person(Role.MANAGER), by=person(Role.ESW), site=SITE)


@pytest.mark.django_db(transaction=True)
def test_an_esw_invites_a_client():
    user = actions.create_client_user(
        by=person(Role.ESW), first_name="Kim", last_name="Ash", email="kim@example.org", site=SITE
    )
    assert user.role == Role.CLIENT
    assert [letter.to for letter in mail.outbox] == [["kim@example.org"]]


def test_a_client_without_an_address_cannot_be_sent_a_link():
    with pytest.raises(DomainError, match="no email address"):
        actions.create_client_user(by=None, first_name="Kim", last_name="Ash", email="", site=SITE)


def test_a_manager_cannot_invite_a_client():
    with pytest.raises(NotAllowed):
        actions.create_client_user(by=person(Role.MANAGER), first_name="Kim", last_name="Ash", email="")


def test_an_edit_changes_names_role_and_teams(administrator):
    north, south, west = team(), team(), team()
    user = person(Role.ESW, north, south)
    since = Membership.objects.get(user=user, team=south).since
    edit(user, administrator, role=Role.TEAM_LEAD, last_name="Moss", teams=[south, west])
    user.refresh_from_db()
    assert (user.role, user.last_name, user.version) == (Role.TEAM_LEAD, "Moss", 2)
    assert set(user.teams.all()) == {south, west}
    assert Membership.objects.get(user=user, team=south).since == since
    assert {"user.edited", "membership.ended", "membership.begun"} <= set(verbs())


def test_the_second_of_two_edits_is_refused_and_changes_nothing(administrator):
    user = person(Role.ESW)
    edit(user, administrator, last_name="First", expected=1)
    with pytest.raises(StaleSave) as stale:
        edit(user, administrator, last_name="Second", expected=1, teams=[team()])
    assert stale.value.current.last_name == "First"
    assert User.objects.get(pk=user.pk).last_name == "First"
    assert user.memberships.count() == 1


def addresses(user):
    return list(
        EmailAddress.objects.filter(user=user, primary=True, verified=True).values_list("email", flat=True)
    )


def test_an_old_address_no_longer_opens_the_account(administrator):
    user = person(Role.MANAGER, email="Old@example.org")
    assert addresses(user) == ["old@example.org"]
    edit(user, administrator, email="new@example.org")
    assert addresses(user) == ["new@example.org"]
    edit(user, administrator, email="")
    assert addresses(user) == []


def test_an_unchanged_address_stays_as_the_sign_in_library_knows_it(administrator):
    user = person(Role.MANAGER, email="kept@example.org")
    before = EmailAddress.objects.get(user=user).pk
    edit(user, administrator, last_name="Moss")
    assert EmailAddress.objects.get(user=user).pk == before


def test_an_administrator_cannot_change_their_own_role_or_end_their_own_account(administrator):
    with pytest.raises(DomainError, match="your own role"):
        edit(administrator, administrator, role=Role.MANAGER)
    with pytest.raises(DomainError, match="your own account"):
        actions.deactivate(administrator, by=administrator)
    assert edit(administrator, administrator, last_name="Moss").last_name == "Moss"


def test_a_clients_account_is_out_of_an_administrators_reach(administrator):
    client = person(Role.CLIENT)
    for act in (
        lambda: edit(client, administrator, role=Role.ESW),
        lambda: actions.deactivate(client, by=administrator),
        lambda: actions.reactivate(client, by=administrator),
    ):
        with pytest.raises(DomainError, match="client's account"):
            act()


def test_only_an_administrator_edits_ends_and_reopens_accounts():
    lead, user = person(Role.TEAM_LEAD), person(Role.ESW)
    for act in (
        lambda: edit(user, lead, last_name="Moss"),
        lambda: actions.deactivate(user, by=lead),
        lambda: actions.reactivate(user, by=lead),
        lambda: actions.set_membership(user, by=lead, teams=[]),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_ended_account_can_be_opened_again(administrator):
    user = actions.deactivate(person(Role.ESW), by=administrator)
    assert not User.objects.get(pk=user.pk).is_active
    with pytest.raises(DomainError, match="no longer sign in"):
        actions.deactivate(user, by=administrator)
    actions.reactivate(user, by=administrator)
    assert User.objects.get(pk=user.pk).is_active
    assert verbs()[-2:] == ["user.deactivated", "user.reactivated"]


def test_a_new_password_is_stored_hashed_and_traced_without_it():
    user = person(password=PASSWORD)
    assert user.check_password(PASSWORD)
    event = AuditEvent.objects.get(verb="user.password_set")
    assert event.fields == []


# Teams


def test_a_team_is_made_and_renamed(administrator):
    made = actions.create_team("North", by=administrator, kind=Team.Kind.PAIN_CLINIC)
    actions.edit_team(made, by=administrator, expected=1, name="North West", kind=Team.Kind.OTHER)
    made.refresh_from_db()
    assert (made.name, made.kind, made.version) == ("North West", "other", 2)


def test_team_names_are_told_apart(administrator):
    team("North")
    with pytest.raises(DomainError, match="already a team"):
        actions.create_team("NORTH", by=administrator)
    south = team("South")
    with pytest.raises(DomainError, match="already a team"):
        actions.edit_team(south, by=administrator, expected=1, name="north", kind=south.kind)
    assert (
        actions.edit_team(south, by=administrator, expected=1, name="SOUTH", kind=south.kind).name == "SOUTH"
    )


def test_a_stale_team_edit_is_refused(administrator):
    north = team("North")
    actions.edit_team(north, by=administrator, expected=1, name="North A", kind=north.kind)
    with pytest.raises(StaleSave):
        actions.edit_team(north, by=administrator, expected=1, name="North B", kind=north.kind)


def test_only_an_administrator_makes_and_edits_teams():
    lead = person(Role.TEAM_LEAD)
    with pytest.raises(NotAllowed):
        actions.create_team("North", by=lead)
    with pytest.raises(NotAllowed):
        actions.edit_team(lead.teams.get(), by=lead, expected=1, name="X", kind="other")


# Cover


@pytest.fixture
def crew():
    """A lead and three ESWs of one team."""
    north = team()
    return person(Role.TEAM_LEAD, north), *(person(Role.ESW, north) for _ in range(3))


MAY = (date(2026, 5, 4), date(2026, 5, 8))


def cover(lead, absent, covering, starts_on=MAY[0], ends_on=MAY[1]):
    return actions.set_cover(
        absent, by=lead, covering=covering, starts_on=starts_on, ends_on=ends_on, reason="leave"
    )


def test_a_lead_sets_cover_for_dates(crew):
    lead, absent, covering, _ = crew
    made = cover(lead, absent, covering)
    assert made.set_by == lead
    assert list(Cover.objects.on(MAY[1])) == [made]
    assert not Cover.objects.on(date(2026, 5, 9)).exists()
    assert verbs()[-1] == "cover.set"


def test_cover_set_by_the_product_names_the_absent_person(crew):
    _, absent, covering, _ = crew
    assert cover(None, absent, covering).set_by == absent


def test_overlapping_cover_is_refused_on_the_shared_day_and_allowed_after_it(crew):
    lead, absent, covering, third = crew
    cover(lead, absent, covering)
    with pytest.raises(DomainError, match="already covered"):
        cover(lead, absent, third, MAY[1], date(2026, 5, 12))
    assert cover(lead, absent, third, date(2026, 5, 9), date(2026, 5, 12)).pk


def test_nobody_covers_while_away_and_nobody_is_away_while_covering(crew):
    lead, first, second, third = crew
    cover(lead, first, second)
    with pytest.raises(DomainError, match="is away"):
        cover(lead, third, first)
    with pytest.raises(DomainError, match="covers for someone else"):
        cover(lead, second, third)


def test_one_esw_may_cover_two_colleagues(crew):
    lead, first, second, third = crew
    cover(lead, first, third)
    assert cover(lead, second, third).covering == third


def test_cover_needs_two_active_esws_of_one_team_and_dates_in_order(crew):
    lead, absent, covering, _ = crew
    stranger, hcp = person(Role.ESW), person(Role.HCP, *lead.teams.all())
    away = person(Role.ESW, *lead.teams.all())
    actions.deactivate(away, by=None)
    for other, field in ((stranger, "covering"), (hcp, "covering"), (away, "covering"), (absent, "covering")):
        with pytest.raises(DomainError) as refusal:
            cover(lead, absent, other)
        assert refusal.value.field == field
    with pytest.raises(DomainError) as refusal:
        cover(lead, hcp, covering)
    assert refusal.value.field == "absent"
    with pytest.raises(DomainError) as refusal:
        cover(lead, absent, covering, MAY[1], MAY[0])
    assert refusal.value.field == "ends_on"


def test_only_their_lead_sets_and_ends_cover(crew):
    lead, absent, covering, _ = crew
    with pytest.raises(NotAllowed):
        cover(person(Role.TEAM_LEAD), absent, covering)
    made = cover(lead, absent, covering)
    with pytest.raises(NotAllowed):
        actions.end_cover(made, by=covering)


def test_ending_a_running_cover_takes_the_rights_today(crew):
    lead, absent, covering, _ = crew
    made = cover(lead, absent, covering)
    with clock.at(date(2026, 5, 6)):
        actions.end_cover(made, by=lead)
        assert not Cover.objects.on(clock.today()).exists()
    made.refresh_from_db()
    assert made.ends_on == date(2026, 5, 5)


def test_ending_a_cover_that_has_not_run_takes_it_away(crew):
    lead, absent, covering, _ = crew
    made = cover(lead, absent, covering)
    with clock.at(MAY[0]):
        actions.end_cover(made, by=lead)
    assert not Cover.objects.exists()
    assert verbs()[-1] == "cover.ended"


def test_a_cover_that_is_over_stays_as_it_was(crew):
    lead, absent, covering, _ = crew
    made = cover(lead, absent, covering)
    with clock.at(date(2026, 5, 9)), pytest.raises(DomainError, match="already over"):
        actions.end_cover(made, by=lead)
