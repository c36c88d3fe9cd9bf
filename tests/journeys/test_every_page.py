"""Every page, as every role that may open it: it opens, fits its window, and breaks no accessibility rule.

The addresses come from the access table, so a new page is swept on the day it is added. What an address names
comes from ``story.py``, else from the builders of the access matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page

from pacework.service.cases.matrix import expected
from pacework.service.cases.models import Client
from pacework.service.core.access import ANONYMOUS, ROLES, Row
from tests.guards.matrix_objects import Case
from tests.guards.test_access_matrix import builder_of, kwargs_in, ours
from tests.journeys.conftest import DESKTOP, NARROWEST, PHONE, Shot, too_wide, violations
from tests.journeys.steps import fill
from tests.journeys.story import Told, tell

PASSWORD = "teapot meadow lantern"

# A form is the same for all who may send it: the first of these sends it empty. The wide screen likewise.
FIRST_READERS = (ANONYMOUS, "client", "hcp", "administrator", "manager", "esw", "team_lead", "researcher")


@pytest.fixture
def told(transactional_db: Any) -> Told:
    """The service that is walked through."""
    return tell()


def opens(row: Row, role: str, method: str = "GET") -> bool:
    return row.access is not None and expected(row.access, role, "own", method) == "page"


def address(row: Row, told: Told, role: str) -> str:
    """The page's address in the story."""
    values = {}
    for name in kwargs_in(row):
        value = told.value(row.name, name)
        if value is None:
            builder = builder_of(row, name)
            assert builder, f"{row.name}: neither the story nor the matrix makes {name}"
            client = Client.objects.get(pk=told.value(row.name, "client_id"))
            user = told.people[role]
            value = builder(Case("own", role, user, client, told.people["esw"], client.team))
        values[name] = value
    return reverse(row.name, kwargs=values)


def pages_of(role: str, told: Told) -> Iterator[tuple[Row, str]]:
    for row in ours():
        if opens(row, role):
            yield row, address(row, told, role)


def faults_of(page: Page, role: str, *, again: bool = False) -> Iterator[str]:
    """What is wrong with an open page, at every width its readers have.

    ``again``: another role's sweep judges this page by all rules on a wide screen; here its width is enough.
    """
    if (headings := page.locator("h1").count()) != 1:
        yield f"{headings} first-level headings"
    yield from (f"phone: {line}" for line in violations(page))
    if role in (ANONYMOUS, "client"):
        page.set_viewport_size(NARROWEST)
        yield from (f"320 px: {line}" for line in too_wide(page))
    page.set_viewport_size(DESKTOP)
    yield from (f"desktop: {line}" for line in (too_wide(page) if again else violations(page)))
    page.set_viewport_size(PHONE)


FILE = -1


def opened(page: Page, path: str) -> int | None:
    """Go there: the status of the answer, or FILE where it is no page: to keep, or for a script to read."""
    try:
        response = page.goto(path)
    except Error as refusal:
        if "Download is starting" not in str(refusal):
            raise
        return FILE
    if response and response.ok and "text/html" not in response.headers.get("content-type", ""):
        return FILE
    return response.status if response else None


@pytest.mark.parametrize("role", [ANONYMOUS, *ROLES])
def test_every_page_opens_fits_and_is_accessible(
    role: str, told: Told, open_browser: Callable[..., Page], shot: Shot
) -> None:
    page = open_browser(told.people[role], viewport=PHONE)
    found = []
    for row, path in pages_of(role, told):
        status = opened(page, path)
        if status == FILE:
            continue
        if status != 200:
            found.append(f"{row.name} ({path}): status {status}")
            continue
        again = role != next(one for one in FIRST_READERS if opens(row, one))
        found += [f"{row.name} ({path}): {fault}" for fault in faults_of(page, role, again=again)]
        shot(page, f"phone/{role}-{row.name}")
        page.set_viewport_size(DESKTOP)
        shot(page, f"desktop/{role}-{row.name}")
        page.set_viewport_size(PHONE)
    assert not found, "\n".join(found)


BEFORE_SIGNING_IN = (
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
)
ONCE_SIGNED_IN = (
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
)
# Those left out here need something that this account does not have: a letter, a second step, a provider.


@pytest.mark.parametrize("names", [BEFORE_SIGNING_IN, ONCE_SIGNED_IN], ids=["signed out", "signed in"])
def test_the_pages_of_signing_in_open_fit_and_are_accessible(
    names: tuple[str, ...], told: Told, open_browser: Callable[..., Page], shot: Shot
) -> None:
    page = open_browser(viewport=PHONE)
    if names == ONCE_SIGNED_IN:
        user = told.people["administrator"]
        user.set_password(PASSWORD)
        user.save()
        page.goto(reverse("account_login"))
        fill(page, {"Email address or username": user.username, "Password": PASSWORD})
        page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/today/")
    found = []
    for name in names:
        status = opened(page, reverse(name))
        found += [f"{name}: status {status}"] if status != 200 else []
        found += [f"{name} ({page.url}): {fault}" for fault in faults_of(page, ANONYMOUS)]
        shot(page, f"phone/{name}")
    assert not found, "\n".join(found)


# Forms sent empty


def forms_of(role: str) -> list[Row]:
    """The form pages that this role, and none before it in FIRST_READERS, opens and sends."""
    found = []
    for row in ours():
        able = [one for one in FIRST_READERS if opens(row, one) and opens(row, one, "POST")]
        if able and able[0] == role:
            found.append(row)
    return found


EMPTY_THE_FORM = """form => {
    for (const one of form.elements) {
        if (["hidden", "submit", "button"].includes(one.type)) continue;
        if (one.type === "checkbox" || one.type === "radio") one.checked = false;
        else if (one.tagName === "SELECT") one.selectedIndex = one.querySelector("option[value='']") ? 0 : -1;
        else one.value = "";
    }
}"""

WHAT_THE_SUMMARY_SAYS = """() => {
    const summary = document.querySelector(".nhsuk-error-summary");
    if (!summary) return ["no error summary"];
    const said = [];
    if (document.activeElement !== summary) said.push("the error summary does not have the focus");
    if (!document.title.startsWith("Error:")) said.push(`the title does not say Error: ${document.title}`);
    for (const link of summary.querySelectorAll("a")) {
        const target = document.querySelector(link.hash);
        if (!target) said.push(`the error leads nowhere: ${link.outerHTML}`);
        else if (!target.matches("input, select, textarea, button")) said.push(`cannot type at ${link.hash}`);
        else if (!target.getClientRects().length) said.push(`the error leads nowhere seen: ${link.hash}`);
    }
    return said;
}"""


def sent_empty(page: Page) -> int | None:
    """Empty the page's form and send it: the status of the answer, or None if there is no form to send."""
    form = page.locator("main form[novalidate]:has(button.nhsuk-button)").first
    if not form.count():
        return None
    form.evaluate(EMPTY_THE_FORM)
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        form.locator("button.nhsuk-button").first.click()
    page.wait_for_load_state("load")
    return posted.value.status


@pytest.mark.parametrize("role", [role for role in FIRST_READERS if role != "researcher"])
def test_every_form_sent_empty_says_what_is_missing(
    role: str, told: Told, open_browser: Callable[..., Page], shot: Shot
) -> None:
    page = open_browser(told.people[role], viewport=PHONE)
    found = []
    for row in forms_of(role):
        before = opened(page, address(row, told, role))
        if before == FILE:
            continue
        if before != 200:
            found.append(f"{row.name}: status {before} before sending")
            continue
        status = sent_empty(page)
        if status != 422:
            if status is not None and status >= 400:
                found.append(f"{row.name}: status {status} after sending nothing")
            continue  # no question needs an answer
        # The summary takes the focus when the components have started.
        page.wait_for_function(
            "document.querySelector('[data-nhsuk-error-summary-init], .nhsuk-error-summary')"
        )
        page.wait_for_timeout(50)
        found += [f"{row.name}: {fault}" for fault in page.evaluate(WHAT_THE_SUMMARY_SAYS)]
        found += [f"{row.name}: {fault}" for fault in violations(page)]
        shot(page, f"errors/{row.name}")
    assert not found, "\n".join(found)
