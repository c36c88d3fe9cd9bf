"""The room's pages as a browser gets them: what is on them, what a form refuses, and who gets none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.employers import actions
from pacework.service.employers.models import (
    DisclosurePlan,
    Employer,
    EmployerContact,
    LogReview,
    PlacementWait,
    Travel,
    Vacancy,
)
from tests.service.build import close, give_consent, lead_of, make_user
from tests.service.employers.build import (
    agree,
    log,
    log_about,
    make_carried_client,
    make_employer,
    make_manager,
    make_opportunity,
    make_site,
    make_vacancy,
    posted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    client, esw = make_carried_client(account=True, first_name="Wren", last_name="Tallow")
    return client, esw


def text(response):
    return response.content.decode()


CONTACT = {"mode": "phone", "purpose": "learn_needs"}


# Employers


def test_employers_are_found_by_name_site_sector_and_openings(client_for):
    browser = client_for(make_user("esw"))
    shop = make_employer("Wendle Wholefoods", sector="retail")
    make_site(shop, "Depot", postcode="CW4 1TT")
    make_employer("Elm House", sector="care")
    make_vacancy(shop)
    for query in ("q=wendle", "q=cw4", "q=depot+wholefoods", "sector=retail", "has=vacancy"):
        page = text(browser.get(f"/employers/?{query}"))
        assert "Wendle Wholefoods" in page, query
        assert "Elm House" not in page, query
    assert "Elm House" in text(browser.get("/employers/?sector=nonsense&sort=-contact"))
    assert "No employer fits" in text(browser.get("/employers/?q=zzz"))
    assert "No employer fits" in text(browser.get("/employers/?has=placement"))


def test_typing_a_known_name_shows_it_before_a_new_one_is_added(client_for):
    browser = client_for(make_user("esw"))
    make_employer("Wendle Wholefoods")
    assert "Is it one of these?" in text(browser.get("/employers/new/?name=Wendel+wholefoods"))
    data = {"name": "Wendel Wholefoods", "disability_confident": "unknown", "website": "www.example.org"}
    asked = browser.post("/employers/new/", data)
    assert asked.status_code == 422
    assert "Mine is another one" in text(asked)
    assert Employer.objects.count() == 1
    assert browser.post("/employers/new/", data | {"confirmed": "on"}).status_code == 302
    assert Employer.objects.latest("pk").website == "https://www.example.org"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Enter the name of the employer"),
        ({"name": "x" * 121}, "Use 120 characters or fewer"),
        ({"website": "not a website"}, "Enter a website"),
        ({"disability_confident": "gold"}, "Choose one from the list"),
        ({"disability_confident_until": "31/02/2027", "disability_confident": "leader"}, "real date"),
        ({"disability_confident_until": "2027-03-01", "disability_confident": "none"}, "Only a level"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_keeps_what_was_typed(client_for, changes, sentence):
    data = {"name": "Quill", "disability_confident": "unknown", "about": "Kept & <b>safe</b>"} | changes
    page = client_for(make_user("esw")).post("/employers/new/", data)
    assert page.status_code == 422
    assert sentence in text(page)
    assert "Kept &amp; &lt;b&gt;safe&lt;/b&gt;" in text(page)
    assert not Employer.objects.exists()


def test_an_employers_page_hides_contacts_about_other_workers_clients(client_for, case):
    client, esw = case
    employer = make_employer()
    agree(client, esw)
    log_about(client, employer, esw, note="Would like to meet", client_named=True)
    log(employer, esw, note="They start at six", next_step="Send leaflet", next_step_on=clock.today())
    own = text(client_for(esw).get(f"/employers/{employer.pk}/"))
    assert "Wren Tallow" in own
    assert "Would like to meet" in own
    other = text(client_for(make_user("esw", client.team)).get(f"/employers/{employer.pk}/"))
    assert "Wren" not in other
    assert "Would like to meet" not in other
    assert "They start at six" in other
    assert "1 more contact" in other
    manager = text(client_for(make_user("manager")).get(f"/employers/{employer.pk}/"))
    assert "Log a contact" not in manager
    assert "Wren" not in manager


def test_a_stale_save_shows_both_texts(client_for):
    employer = make_employer("Quill", about="Old")
    esw = make_user("esw")
    browser = client_for(esw)
    data = {"name": "Quill", "disability_confident": "unknown", "about": "Mine", "version": "1"}
    actions.edit_employer(
        employer, by=esw, expected=1, name="Quill", sector="", phone="", website="", about="Theirs",
        disability_confident="unknown", disability_confident_until=None,
    )  # fmt: skip
    page = browser.post(f"/employers/{employer.pk}/edit/", data)
    assert page.status_code == 409
    assert "Theirs" in text(page)
    assert "Mine" in text(page)
    employer.refresh_from_db()
    assert employer.about == "Theirs"


def test_sites_and_people_are_kept_on_their_own_employer(client_for):
    browser = client_for(make_user("esw"))
    employer, other = make_employer(), make_employer()
    base = f"/employers/{employer.pk}"
    assert browser.post(f"{base}/sites/new/", {"name": "Depot"}).status_code == 302
    site = employer.sites.get()
    assert browser.post(f"{base}/people/new/", {"name": "Ottilie", "site": site.pk}).status_code == 302
    person = employer.people.get()
    assert browser.post(f"{base}/sites/{site.pk}/", {"name": "Yard", "version": 1}).status_code == 302
    left = {"name": "Ottilie", "version": 1, "left_on": clock.today().isoformat()}
    assert browser.post(f"{base}/people/{person.pk}/", left).status_code == 302
    assert "No longer there" in text(browser.get(f"{base}/"))
    assert browser.get(f"/employers/{other.pk}/sites/{site.pk}/").status_code == 404
    assert browser.get(f"/employers/{other.pk}/people/{person.pk}/").status_code == 404
    assert browser.post(f"{base}/people/new/", {"name": "X", "site": make_site(other).pk}).status_code == 422


# Contacts


def test_a_contact_without_a_client_needs_three_answers(client_for):
    employer, esw = make_employer(), make_user("esw")
    address = f"/employers/{employer.pk}/contacts/new/"
    browser = client_for(esw)
    page = text(browser.get(address))
    assert "Match a person" not in page
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, posted(on=clock.today(), **CONTACT)).status_code == 302
    assert EmployerContact.objects.get().client is None
    future = posted(on=clock.today() + timedelta(days=1), **CONTACT)
    assert "in the future" in text(browser.post(address, future))


def test_a_double_send_writes_one_contact(client_for):
    employer = make_employer()
    browser = client_for(make_user("esw"))
    data = posted(on=clock.today(), submission="5d6c1a52-2a52-4b40-8cdb-2f9f4f1f0f11", **CONTACT)
    for _ in range(2):
        assert browser.post(f"/employers/{employer.pk}/contacts/new/", data).status_code == 302
    assert EmployerContact.objects.count() == 1


def test_the_basis_stands_above_the_form_and_what_it_forbids_is_not_on_it(client_for, case):
    client, esw = case
    employer = make_employer("Wendle Wholefoods")
    address = reverse("client-employer-contact-write", args=[client.pk, employer.pk])
    browser = client_for(esw)
    refused = text(browser.get(address))
    assert "has not said yet" in refused
    assert "What was said" not in refused
    agree(client, esw, who="unnamed", must_not_say="my divorce\nmy old job")
    unnamed = text(browser.get(address))
    assert "Wren Tallow may be mentioned to Wendle Wholefoods without a name." in unnamed
    assert "my divorce; my old job" in unnamed
    assert unnamed.index("without a name") < unnamed.index("What was said")
    assert "client_named" not in unnamed
    agree(client, esw, who="named", what="condition", employer=employer)
    named = text(browser.get(address))
    assert "may be named to Wendle Wholefoods" in named
    assert "client_named" in named
    assert "for Wendle Wholefoods only" in named


def test_a_note_beyond_the_answer_is_asked_about_once(client_for, case):
    client, esw = case
    employer = make_employer()
    agree(client, esw, who="unnamed")
    browser = client_for(esw)
    address = reverse("client-employer-contact-write", args=[client.pk, employer.pk])
    assert "id_confirmed" not in text(browser.get(address))
    data = posted(
        on=clock.today(), mode="phone", purpose="match", match="not_asked", note="Wren has arthritis"
    )
    asked = browser.post(address, data)
    assert asked.status_code == 422
    assert "id_confirmed" in text(asked)
    assert "Wren has arthritis" in text(asked)
    assert browser.post(address, data | {"confirmed": "on"}).status_code == 302
    assert EmployerContact.objects.get().confirmed_words == ["wren", "arthritis"]


def test_choosing_an_employer_offers_a_contact_only_where_it_is_possible(client_for, case):
    client, esw = case
    yes, no = make_employer("Quill Yes"), make_employer("Quill No")
    agree(client, esw)
    agree(client, esw, who="not_at_all", employer=no)
    page = text(client_for(esw).get(f"/people/{client.pk}/employer-contacts/new/?q=quill"))
    write = "client-employer-contact-write"
    assert reverse(write, args=[client.pk, yes.pk]) in page
    assert reverse(write, args=[client.pk, no.pk]) not in page
    assert "Ask first" in page


def test_a_promise_is_marked_as_done_and_going_back_stays_on_this_site(client_for, case):
    client, esw = case
    employer = make_employer()
    contact = log(employer, esw, next_step="Call", next_step_on=clock.today())
    browser = client_for(esw)
    assert "Call" in text(browser.get("/employer-contacts/mine/"))
    address = f"/employer-contacts/{contact.pk}/done/"
    assert browser.post(address, {"next": "https://example.org/"}).url == f"/employers/{employer.pk}/"
    contact.refresh_from_db()
    assert contact.next_step_done_on == clock.today()
    again = browser.post(address, {"next": "/employer-contacts/mine/"}, follow=True)
    assert "already marked as done" in text(again)
    agree(client, esw)
    about = log_about(client, employer, esw, next_step="Call")
    stranger = client_for(make_user("esw", client.team))
    assert stranger.post(f"/employer-contacts/{about.pk}/done/").status_code == 404
    reader = make_user("esw", client.team)
    close(client.episode)
    assert client_for(reader).post(f"/employer-contacts/{about.pk}/done/").status_code == 403


# The weekly review


def test_the_lead_reads_a_week_and_marks_it_as_reviewed(client_for, case):
    client, esw = case
    lead = lead_of(client.team)
    employer = make_employer("Wendle Wholefoods")
    agree(client, esw, what="condition")
    log_about(client, employer, esw, note="Knows Wren has arthritis", match="does_not", match_why="Too far")
    log(employer, esw, mode="phone", note="Someone with arthritis?", confirmed=True)
    browser = client_for(lead)
    week = clock.monday(clock.today()).isoformat()
    listed = text(browser.get("/log-review/"))
    assert "To review" in listed
    assert "0 of 1 (0%)" in listed
    address = f"/log-review/{esw.pk}/{week}/"
    page = text(browser.get(address))
    for words in (
        "Face to face",
        "Too far",
        "By name",
        "Adjustments and the condition",
        "confirmed: arthritis",
    ):
        assert words in page, words
    assert browser.post(address, {"note": "Good"}).status_code == 302
    assert LogReview.objects.get().note == "Good"
    assert "Reviewed" in text(browser.get("/log-review/"))
    log(employer, esw)
    assert "1 contact since" in text(browser.get("/log-review/"))
    assert "Good" in text(browser.get(address))
    assert "Good" in text(client_for(esw).get("/employer-contacts/mine/"))


def test_a_review_address_that_names_no_week_or_no_own_worker_is_refused(client_for, case):
    client, esw = case
    browser = client_for(lead_of(client.team))
    monday = clock.monday(clock.today())
    for week in ("2026-03-10", "nonsense", (monday + timedelta(days=7)).isoformat()):
        assert browser.get(f"/log-review/{esw.pk}/{week}/").status_code == 404
        assert browser.get(f"/log-review/?week={week}").status_code == 404
    earlier = (monday - timedelta(days=7)).isoformat()
    assert "Week after" in text(browser.get(f"/log-review/?week={earlier}"))
    other = make_user("esw", make_carried_client()[0].team)
    assert browser.get(f"/log-review/{other.pk}/{earlier}/").status_code == 403


# What may be said


def test_staff_record_an_answer_and_the_earlier_one_stays_in_the_history(client_for, case):
    client, esw = case
    browser = client_for(esw)
    address = f"/people/{client.pk}/disclosure/edit/"
    data = posted(who="named", what="adjustments", agreed_on=clock.today(), agreed_how="spoken")
    assert browser.post(address, data | {"what": ""}).status_code == 422
    assert browser.post(address, data | {"may_say": "Likes mornings"}).status_code == 302
    assert browser.post(address, data | {"who": "not_at_all"}).status_code == 302
    current = client.disclosure_plans.current().get()
    assert (current.who, current.what) == ("not_at_all", "nothing")
    page = text(browser.get(f"/people/{client.pk}/disclosure/"))
    assert "does not want to be mentioned to employers" in page
    assert "Likes mornings" in page
    assert "All answers so far (2)" in page


def test_an_answer_for_one_employer_is_recorded_and_taken_away(client_for, case):
    client, esw = case
    employer = make_employer("Wendle Wholefoods")
    browser = client_for(esw)
    assert "Wendle Wholefoods" in text(browser.get(f"/people/{client.pk}/disclosure/employer/?q=wendle"))
    address = f"/people/{client.pk}/disclosure/employer/{employer.pk}/"
    data = posted(who="unnamed", what="nothing", agreed_on=clock.today(), agreed_how="signed")
    assert browser.post(address, data).status_code == 302
    assert "Use the answer for all employers" in text(browser.get(address))
    assert browser.get(f"{address}end/").status_code in (404, 405)
    assert browser.post(f"{address}end/").status_code == 302
    assert not client.disclosure_plans.current().exists()
    assert browser.post(f"{address}end/").status_code == 404


def test_the_client_reads_and_changes_their_own_choice_in_sentences(client_for, case):
    client, _ = case
    employer = make_employer("Wendle Wholefoods")
    browser = client_for(client.user)
    assert "You have not told us yet" in text(browser.get("/my/employers/"))
    data = {"who": "named", "what": "adjustments", "who_tells": "together", "must_not_say": "My divorce"}
    assert browser.post("/my/employers/all/", data).status_code == 302
    page = text(browser.get("/my/employers/"))
    for words in (
        "We may tell employers your name.",
        "We do not say why.",
        "You tell them together.",
        "My divorce",
    ):
        assert words in page, words
    assert browser.post(f"/my/employers/one/{employer.pk}/", {"who": "not_at_all"}).status_code == 302
    assert "We do not talk about you with Wendle Wholefoods." in text(browser.get("/my/employers/"))
    own = client.disclosure_plans.current().get(employer=employer)
    assert (own.agreed_how, own.recorded_by) == ("online", client.user)
    assert browser.get(f"/my/employers/one/{employer.pk}/end/").status_code == 302
    assert client.disclosure_plans.current().count() == 2
    browser.post(f"/my/employers/one/{employer.pk}/end/")
    assert client.disclosure_plans.current().count() == 1
    assert "Wendle" in text(browser.get("/my/employers/one/?q=wen"))
    assert browser.post("/my/employers/all/", {"who": "named"}).status_code == 422


def test_without_consent_the_client_is_told_that_nothing_is_said(client_for):
    client, _ = make_carried_client(consent=False, account=True)
    page = text(client_for(client.user).get("/my/employers/"))
    assert "You have not said yes to us talking with employers" in page


def test_after_closing_the_choice_can_be_read_and_not_changed(client_for, case):
    client, esw = case
    agree(client, esw)
    close(client.episode)
    browser = client_for(client.user)
    assert "Change this" not in text(browser.get("/my/employers/"))
    assert browser.post("/my/employers/all/", {"who": "not_at_all"}).status_code == 403
    assert DisclosurePlan.objects.current().get(client=client).who == "named"


def test_an_hcp_reads_what_may_be_said_and_changes_nothing(client_for, case):
    client, esw = case
    employer = make_employer()
    agree(client, esw)
    log_about(client, employer, esw, next_step="Call")
    hcp = client_for(make_user("hcp", client.team))
    assert hcp.get(f"/people/{client.pk}/disclosure/").status_code == 404
    give_consent(client)
    page = text(hcp.get(f"/people/{client.pk}/disclosure/"))
    assert "may be named to employers" in page
    assert "Mark as done" not in page
    assert "Record a change" not in page
    assert hcp.get(f"/people/{client.pk}/disclosure/edit/").status_code == 404


# Openings, waiting, travel


VACANCY = {"title": "Shelf filler", "source": "advert", "home_working": "none"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hours_a_week": "169"}, "Enter a number from 0.5 to 168"),
        ({"hours_a_week": "lots"}, "Enter a number"),
        ({"pay": "12.60"}, "an hour, a day, a week"),
        ({"pay": "-1", "pay_period": "hour"}, "from 0.01 to"),
        ({"other_code": "92"}, "4 numbers"),
        ({"title": ""}, "Enter the job title."),
        ({"closes_on": "2026-13-01"}, "real date"),
    ],
)
def test_a_vacancy_with_a_wrong_answer_is_not_added(client_for, changes, sentence):
    employer = make_employer()
    page = client_for(make_user("esw")).post(f"/employers/{employer.pk}/vacancies/new/", VACANCY | changes)
    assert page.status_code == 422
    assert sentence in text(page)
    assert not Vacancy.objects.exists()


def test_a_vacancy_is_added_found_changed_and_filled(client_for):
    employer = make_employer("Quill")
    browser = client_for(make_user("esw"))
    data = VACANCY | {"pay": "£12.60", "pay_period": "hour", "other_code": "9999", "hours_a_week": "16"}
    page = browser.post(f"/employers/{employer.pk}/vacancies/new/", data, follow=True)
    assert "£12.60 an hour" in text(page)
    assert "Unit group 9999" in text(page)
    vacancy = Vacancy.objects.get()
    assert "9999" in text(browser.get(f"/vacancies/{vacancy.pk}/edit/"))
    assert browser.post(f"/vacancies/{vacancy.pk}/edit/", VACANCY | {"version": 1}).status_code == 302
    assert "Hours not known" in text(browser.get("/vacancies/?q=shelf+quill&home=none"))
    assert "No vacancy fits" in text(browser.get("/vacancies/?home=all"))
    assert browser.post(f"/vacancies/{vacancy.pk}/step/", {"to": "filled", "version": 2}).status_code == 302
    # One thing only can happen now: it is chosen already.
    assert 'value="open" checked' in text(browser.get(f"/vacancies/{vacancy.pk}/step/"))
    assert "No open vacancy" in text(browser.get("/vacancies/"))
    assert "Filled" in text(browser.get("/vacancies/?status=filled"))
    assert browser.post(f"/vacancies/{vacancy.pk}/step/", {"to": "filled"}).status_code == 422


def test_a_placement_opportunity_walks_its_steps(client_for):
    employer = make_employer()
    manager = make_manager(employer)
    browser = client_for(make_user("esw"))
    data = {"title": "Stock room", "places": "2", "named_manager": manager.pk, "lead_days": "14"}
    browser.post(f"/employers/{employer.pk}/placement-opportunities/new/", data)
    opportunity = employer.placement_opportunities.get()
    base = f"/placement-opportunities/{opportunity.pk}"
    assert "2 if agreed" in text(browser.get("/placement-opportunities/"))
    assert browser.post(f"{base}/step/", {"to": "agreed"}).status_code == 422
    for version, to in enumerate(("asked", "agreed"), 1):
        assert browser.post(f"{base}/step/", {"to": to, "version": version}).status_code == 302
    assert "2 of 2" in text(browser.get(f"{base}/"))
    assert browser.post(f"{base}/edit/", data | {"places": "0", "version": 3}).status_code == 422
    assert browser.post(f"{base}/edit/", data | {"places": "3", "version": 3}).status_code == 302
    assert "3 of 3" in text(browser.get("/placement-opportunities/?state=agreed&q=stock"))
    assert "No placement opportunity fits" in text(browser.get("/placement-opportunities/?state=ended"))


def test_someone_is_put_on_a_list_told_and_taken_off(client_for, case):
    client, esw = case
    opportunity = make_opportunity(state="agreed")
    browser = client_for(esw)
    address = f"/placement-opportunities/{opportunity.pk}/wait/"
    data = posted(client=client.pk, since=clock.today())
    assert browser.post(address, data).status_code == 302
    assert browser.post(address, data).status_code == 422
    other = make_carried_client()[0]
    assert browser.post(address, data | {"client": other.pk}).status_code == 422
    wait = PlacementWait.objects.get()
    base = f"/placement-opportunities/{opportunity.pk}/"
    assert "Not told yet" in text(browser.get(base))
    stranger = text(client_for(make_user("esw", client.team)).get(base))
    assert "Wren" not in stranger
    assert "1 more person" in stranger
    edit = f"/people/{client.pk}/placement-wait/{wait.pk}/"
    told = posted(step="told", told_on=clock.today(), words="Two weeks more")
    assert browser.post(edit, told).status_code == 302
    assert "Two weeks more" in text(browser.get("/placement-opportunities/"))
    assert browser.post(edit, {"step": "placed"}).status_code == 302
    assert "Has a place" in text(browser.get(f"/people/{client.pk}/disclosure/"))
    again = posted(opportunity=opportunity.pk, since=clock.today())
    assert browser.post(f"/people/{client.pk}/placement-wait/", again).status_code == 302


def test_travel_time_may_stay_unknown(client_for, case):
    client, esw = case
    site = make_site(make_employer())
    browser = client_for(esw)
    base = f"/people/{client.pk}/travel/"
    assert browser.post(base, {"site": site.pk}).url == f"{base}{site.pk}/"
    assert browser.post(base, {}).status_code == 422
    assert browser.post(f"{base}{site.pk}/", {"minutes": "601"}).status_code == 422
    assert browser.post(f"{base}{site.pk}/", {"minutes": ""}).status_code == 302
    assert Travel.objects.get().minutes is None
    assert browser.post(f"{base}{site.pk}/", {"minutes": "35", "version": "1"}).status_code == 302
    assert browser.post(f"{base}{site.pk}/", {"minutes": "50", "version": "1"}).status_code == 409
    assert "35 minutes" in text(browser.get(f"/people/{client.pk}/disclosure/"))
