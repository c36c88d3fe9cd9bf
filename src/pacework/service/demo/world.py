"""The demo service itself: its teams, its people at work, the days they work, and what the stories share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

from pacework.service.cases import actions as cases
from pacework.service.cases.models import Client, Episode, Programme
from pacework.service.contacts.models import Appointment
from pacework.service.core import clock
from pacework.service.demo.cast import Cast
from pacework.service.demo.journey import Journey
from pacework.service.demo.timeline import DAY, Story, Timeline, known
from pacework.service.demo.words import Row, chance, rows
from pacework.service.people import actions as people
from pacework.service.people.models import Role, Team, User

if TYPE_CHECKING:
    from pacework.service.demo.stories.openings import Workplace
    from pacework.service.employers.models import Vacancy

MAIL = "wendle-work.example"
WEEKDAYS = frozenset(range(5))


@dataclass(eq=False)
class Case:
    """One client on their way: the record as far as it is written, and the journey it follows."""

    journey: Journey
    client: Client
    rng: Random
    esw: User | None = None
    referrer: User | None = None
    open: bool = True
    next_meeting: Appointment | None = None
    # What was written of them and where they applied already: neither comes twice.
    noted: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    # What begins anew when support does.
    afresh: tuple[Callable[[World, Case], Story], ...] = ()

    @property
    def episode(self) -> Episode:
        """The open episode, the same object for every story, so that they see each other's milestones."""
        return known(self.client.episode)

    @property
    def name(self) -> str:
        """What notes call the client."""
        return self.client.preferred_name or self.client.first_name


@dataclass
class World:
    """Everything the stories share."""

    seed: int
    today: date
    timeline: Timeline
    cast: Cast
    teams: dict[str, Team] = field(default_factory=dict)
    staff: dict[str, User] = field(default_factory=dict)
    key_of: dict[int, str] = field(default_factory=dict)
    covered: list[tuple[str, str, date, date]] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    workplaces: dict[str, Workplace] = field(default_factory=dict)
    vacancies: list[Vacancy] = field(default_factory=list)
    busy: dict[tuple[int, date], set[int]] = field(default_factory=lambda: defaultdict(set))
    taken: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def rng(self, name: str) -> Random:
        """A random source of one story's own, so that one story's draws never change another's."""
        return Random(f"{self.seed}:{name}")  # noqa: S311 - invented people, no secrets

    def of_role(self, role: str, team: str) -> list[User]:
        """Staff of a team in one role, in the order of the data."""
        return [
            self.staff[one["key"]]
            for one in rows("staff")
            if one["role"] == role and one.get("team") == team and one["key"] in self.staff
        ]

    def lead(self, team: str) -> User:
        """Who leads this team."""
        return self.of_role(Role.TEAM_LEAD, team)[0]

    def hcp(self, team: str, rng: Random) -> User:
        """Somebody of the team's health professionals."""
        return rng.choice(self.of_role(Role.HCP, team))

    def working_day(self, user: User, day: date) -> date:
        """This day, or the next one on which this person works."""
        days = frozenset(self._row(user).get("days", WEEKDAYS))
        while day.weekday() not in days:
            day += DAY
        return day

    def is_kept(self, due: date, rng: Random) -> bool:
        """Whether what was due on that day is done: what is long past is, some of the last days is not."""
        return due < self.today - timedelta(days=12) or chance(rng, 0.72)

    def at_work(self, case: Case) -> User:
        """Who meets the client today: their ESW, or whoever covers for them."""
        esw = known(case.esw)
        day, key = clock.today(), self.key_of[esw.pk]
        for absent, covering, first, last in self.covered:
            if absent == key and first <= day <= last:
                return self.staff[covering]
        return esw

    def free_hour(self, user: User, day: date, rng: Random) -> int:
        """An hour of that day in which this person meets nobody else."""
        taken = self.busy[user.pk, day]
        free = [hour for hour in range(9, 17) if hour not in taken and hour != 12] or [16]
        hour = rng.choice(free)
        taken.add(hour)
        return hour

    def _row(self, user: User) -> Row:
        key = self.key_of[user.pk]
        return next(one for one in rows("staff") if one["key"] == key)


def set_up(world: World) -> None:
    """Teams, accounts and programmes, as an administrator makes them on the first day."""
    for team in rows("practices", "teams"):
        world.teams[team["key"]] = people.create_team(team["name"], by=None, kind=team["kind"])
    for one in rows("staff"):
        world.staff[one["key"]] = _account(world, one)
        world.key_of[world.staff[one["key"]].pk] = one["key"]
    administrator = world.staff["administrator"]
    cases.save_programme(
        Programme(name="Work and health: routine service", preset="routine", is_default=True),
        by=administrator,
    )
    cases.save_programme(
        Programme(name="Pain and work study", preset="reise", search_limit_weeks=39), by=administrator
    )


def _account(world: World, one: dict[str, Any]) -> User:
    titled = [part for part in one["name"].split() if part != "Dr"]
    first, last = titled[0], " ".join(titled[1:])
    mail = "".join(
        letter
        for letter in f"{first}.{last}".lower()
        if letter.isascii() and letter in "abcdefghijklmnopqrstuvwxyz.-"
    )
    team = one.get("team")
    return people.create_user(
        by=None,
        role=one["role"],
        first_name=first,
        last_name=last,
        email=f"{mail}@{MAIL}",
        username=f"demo-{one['role']}" if one.get("demo") else "",
        phone=world.cast.phone(),
        job_title=one.get("profession", ""),
        weekly_hours=Decimal(str(one["hours"])) if one["role"] == Role.ESW else None,
        teams=[world.teams[team]] if team else [],
    )


def weeks_before(day: date, number: int) -> date:
    """The Monday so many weeks before the week of this day."""
    return clock.monday(day) - timedelta(weeks=number)
