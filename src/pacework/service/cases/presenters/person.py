"""How a client, their support and their consents are said on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.urls import NoReverseMatch, reverse

from pacework.science.measures.stages import Stage
from pacework.service.cases.models import Assignment, Client, Consent, Episode
from pacework.service.cases.wording import closing_reasons
from pacework.service.core import clock
from pacework.service.core.presenters import ago, count, day, listed
from pacework.service.people.models import Cover

STAGE_COLOURS = {
    "referred": "yellow",
    "accepted": "white",
    "engaged": "aqua-green",
    "preparing": "purple",
    "job_search": "blue",
    "in_work": "green",
    "closed": "grey",
}
# The sections of a person's record. One whose room is not installed is left out.
SECTIONS = (
    ("person", "Overview"),
    ("profile", "Situation"),
    ("diary", "Diary"),
    ("plan", "Plan"),
    ("contacts", "Contacts"),
    ("disclosure", "Employers"),
    ("matches", "Matches"),
    ("work", "Work"),
    ("client-details", "Details"),
    ("sharing", "Sharing"),
)


def stage_words(stage: str) -> str:
    """The stage as the screen says it."""
    return Stage(stage).label


def stage_tag(stage: str) -> dict[str, str]:
    """The stage as a table cell."""
    return {"text": stage_words(stage), "tag": STAGE_COLOURS[stage]}


def closing_words(reason: str) -> str:
    found = closing_reasons().get(reason)
    return found.label if found else ""


def age_on(birth: date | None, today: date) -> int | None:
    """Whole years."""
    if birth is None:
        return None
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def birth_words(birth: date | None) -> str:
    age = age_on(birth, clock.today())
    return "" if birth is None else f"{day(birth).split(' ', 1)[1]} ({age})"


def nhs_words(number: str) -> str:
    """999 123 4567."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if len(number) == 10 else number


def days_waited(since: date) -> int:
    return (clock.today() - since).days


def limit_words(episode: Episode) -> str:
    """How many days a programme's time limit leaves. It opens a review and never closes anything."""
    programme = episode.programme
    if episode.closed_on is not None:
        return ""
    since: date | None
    if episode.in_work_since is not None:
        weeks, since, what = programme.in_work_limit_weeks, episode.in_work_since, "in-work support"
    else:
        weeks, since, what = programme.search_limit_weeks, episode.accepted_on, "job search support"
    if weeks is None or since is None:
        return ""
    left = weeks * 7 - days_waited(since)
    if left >= 0:
        return f"{count(left, 'day')} left of the {weeks} weeks of {what}. Then a review, not an end."
    past = count(-left, "day")
    return f"The {weeks} weeks of {what} ended {past} ago: hold a review. Support goes on until then."


def sharing_sentences(answers: Iterable[Consent]) -> list[str]:
    """What may be shared, in the fewest words, from the answers that stand."""
    standing = [row for row in answers if row.withdrawn_on is None]
    health = [row for row in standing if row.layer == Consent.Layer.HEALTH_SHARING]
    team_yes = any(row.given for row in health if row.recipient_id is None)
    named = [str(row.recipient) for row in health if row.recipient_id is not None and row.given]
    refused = [str(row.recipient) for row in health if row.recipient_id is not None and not row.given]
    if team_yes:
        found = [
            "Shared with the health team" + (f", but not with {listed(refused, 'or')}" if refused else "")
        ]
    elif named:
        found = [f"Shared with {listed(named)} only"]
    else:
        found = ["Not shared with the health team"]
    employers = any(row.given for row in standing if row.layer == Consent.Layer.EMPLOYER_CONTACT)
    found.append(
        "Employers may be contacted, within the disclosure plan" if employers else "No contact with employers"
    )
    return found


Flags = Callable[[Client, Any], list[str]]
_flags: list[Flags] = []


def add_flags(flags: Flags) -> None:
    """Let a room above say a few words in the header of a record, to each reader what they may know."""
    if flags not in _flags:
        _flags.append(flags)


class Person:
    """The header and the section tabs of a person's pages. Asks the database four times at most."""

    def __init__(self, client: Client, reader: Any) -> None:
        self.client = client
        self.reader = reader

    @cached_property
    def assignment(self) -> Assignment | None:
        """The named ESW, with who covers today."""
        episode = self.client.episode
        if episode is None:
            return None
        cover = (
            Cover.objects.on(clock.today())
            .filter(absent=OuterRef("esw"))
            .annotate(name=Concat(F("covering__first_name"), Value(" "), F("covering__last_name")))
        )
        return (
            episode.assignments.open()
            .select_related("esw")
            .annotate(covered_by=Subquery(cover.values("name")[:1]))
            .first()
        )

    @cached_property
    def consents(self) -> list[Consent]:
        return list(self.client.consents.filter(withdrawn_on__isnull=True).select_related("recipient"))

    @property
    def worker(self) -> str:
        """The named ESW in words."""
        found = self.assignment
        if found is None:
            return "Nobody yet" if self.is_open else "–"
        words = str(found.esw)
        if found.accepted_on is None:
            words += " (asked, not answered yet)"
        covered = getattr(found, "covered_by", None)
        return f"{words} (away: {covered} covers)" if covered else words

    @property
    def is_open(self) -> bool:
        episode = self.client.episode
        return episode is not None and episode.closed_on is None

    @property
    def strip(self) -> dict[str, Any]:
        """The header as the shell places it."""
        client, episode = self.client, self.client.episode
        stage = getattr(episode, "stage", "") if episode is not None else ""
        return {
            "name": client.name,
            "href": address("person", client.pk),
            "pronouns": client.pronouns,
            "stage": stage_words(stage) if stage else "No support open",
            "stage_colour": STAGE_COLOURS.get(stage, "grey"),
            "restricted": client.restricted,
            "closed": episode is not None and episode.closed_on is not None,
            "flags": self.flags,
            "facts": self.facts,
            "sharing": sharing_sentences(self.consents),
        }

    @cached_property
    def flags(self) -> list[str]:
        """What rooms above have to say to this reader."""
        return [words for flags in _flags for words in flags(self.client, self.reader)]

    @property
    def facts(self) -> list[tuple[str, str]]:
        found = [("ESW", self.worker)]
        if self.client.birth_date is not None:
            found.append(("Born", birth_words(self.client.birth_date)))
        if self.client.preferred_name and self.client.preferred_name != self.client.first_name:
            found.append(("Full name", f"{self.client.first_name} {self.client.last_name}"))
        return found

    @property
    def warnings(self) -> list[str]:
        """What everybody who opens the record has to know first."""
        client, episode = self.client, self.client.episode
        found = []
        if client.do_not_contact:
            found.append("Do not contact. The client asked for this, or it was recorded for them.")
        if client.restricted:
            found.append(
                "Restricted record: only the named ESW, the team lead and the people listed can open it."
            )
        if episode is not None and episode.closed_on is not None:
            why = closing_words(episode.close_reason)
            when = f"{ago(episode.closed_on)}, on {day(episode.closed_on)}"
            found.append(f"Closed {when}: {why}. It can be read, not changed.")
        if self.reader.role == "manager":
            found.append(
                "You can read this record for one hour after stating your reason. The client sees it."
            )
        return found

    @property
    def can_edit(self) -> bool:
        """Whether the details' own links to change them are worth showing."""
        return self.reader.role in ("esw", "team_lead") and (self.client.episode is None or self.is_open)

    @property
    def shows_diary(self) -> bool:
        """Whether the client shows their diary to this role, in open support: else there is no tab."""
        wanted = {"esw": Consent.Layer.DIARY_SHARING, "hcp": Consent.Layer.DIARY_HEALTH}.get(self.reader.role)
        return self.is_open and any(row.given and row.layer == wanted for row in self.consents)

    def tabs(self, section: str = "") -> list[dict[str, Any]]:
        """The sections of the record that are installed; the present one is marked."""
        found = []
        for name, label in SECTIONS:
            href = address(name, self.client.pk)
            if name == "diary" and not self.shows_diary:
                continue
            if href and may_open(name, self.reader.role):
                found.append({"label": label, "href": href, "current": name == section})
        return found


def may_open(name: str, role: str) -> bool:
    """Whether the page's own rule lets this role read it."""
    from pacework.service.core.access import rules

    rule = rules().get(name)
    return rule is None or role in rule.get


def address(name: str, *args: Any) -> str:
    """The address of a page that a room above may or may not bring; "" without it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
