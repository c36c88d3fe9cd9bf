"""Who comes to the demo service and what becomes of them: days only, before anything is written.

Most journeys are drawn; a few are set so that every page has something to show today. Nothing here is a claim
about how many people with pain find or keep work.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from pacework.service.demo.journey import Job, Journey
from pacework.service.demo.staging import SPECIALS, STAGINGS, TENURE
from pacework.service.demo.timeline import known
from pacework.service.demo.words import chance, fitting, rows, weighted

MONTHS = 18
LENGTH = timedelta(days=MONTHS * 30 + 7)
CLIENTS = 180
CLOSED, WAITING, ON_LISTS = 33, 12, 210

ROUTES: dict[str, dict[str, float]] = {
    "gp_network": {
        "record_search": 0.16,
        "consultation": 0.52,
        "self": 0.14,
        "jobcentre": 0.1,
        "poster_text": 0.04,
        "other": 0.04,
    },
    "pain_clinic": {
        "pain_service": 0.72,
        "self": 0.12,
        "jobcentre": 0.06,
        "record_search": 0.06,
        "other": 0.04,
    },
}
DISCLOSURE = {
    "": 0.07,
    "not_at_all/nothing": 0.13,
    "unnamed/nothing": 0.3,
    "unnamed/adjustments": 0.2,
    "named/nothing": 0.1,
    "named/adjustments": 0.16,
    "named/condition": 0.04,
}
CLOSE_REASONS = {
    "chose_to_stop": 0.28,
    "health_first": 0.24,
    "life_first": 0.16,
    "moved_away": 0.1,
    "other_service": 0.08,
    "retired": 0.06,
    "agreed_time_ended": 0.05,
    "died": 0.03,
}
END_REASONS = {
    "contract_ended": 0.2,
    "pain": 0.2,
    "did_not_suit": 0.14,
    "hours_changed": 0.1,
    "adjustments_missing": 0.08,
    "better_job": 0.08,
    "travel": 0.06,
    "other_health": 0.05,
    "probation": 0.05,
    "caring": 0.04,
}


def esws() -> list[dict[str, Any]]:
    """The employment support workers of the data, in order."""
    return list(fitting("staff", "staff", role="esw"))


class Plot:
    """Draws the journeys of a service of a given size, anchored on one day."""

    def __init__(self, rng: Random, today: date, clients: int = CLIENTS) -> None:
        self.rng = rng
        self.today = today
        self.share = clients / CLIENTS
        self.start = today - LENGTH
        self.journeys: list[Journey] = []
        out, working = (list(fitting("profiles", "profiles", status=status)) for status in ("out", "in"))
        rng.shuffle(out)
        rng.shuffle(working)
        self._out, self._working = out, working

    def draw(self) -> list[Journey]:
        """All journeys, in the order of their first day."""
        teams = {team["key"]: team["kind"] for team in rows("practices", "teams")}
        staff = esws()
        for worker in staff:
            for number in range(self.scaled(worker["active"])):
                self._active(worker, teams, number)
        carrying = [worker for worker in staff if worker["active"]]
        for _ in range(self.scaled(CLOSED)):
            self._closed(self.rng.choice(carrying), teams)
        names = list(teams)
        for number in range(self.scaled(WAITING)):
            self._waiting(names[number % len(names)], teams, number)
        self.journeys.sort(key=lambda journey: (journey.entered, journey.number))
        return self.journeys

    def scaled(self, number: int) -> int:
        """A number of the full demo, for one of this size."""
        return max(1, round(number * self.share)) if number else 0

    def ago(self, days: float) -> date:
        """So many days before today."""
        return self.today - timedelta(days=round(days))

    def _persona(self, status: str) -> dict[str, Any]:
        """One of the written people, the least used first."""
        pool = self._working if status == "in" else self._out
        found = pool.pop(0)
        pool.append(found)
        return dict(found)

    def _new(self, team: str, kind: str, entered: date, *, status: str = "out") -> Journey:
        journey = Journey(
            number=len(self.journeys),
            team=team,
            route=weighted(self.rng, ROUTES[kind]),
            entered=max(entered, self.start + timedelta(days=2)),
            persona=self._persona(status),
            disclosure=weighted(self.rng, DISCLOSURE),
            may_talk=chance(self.rng, 0.88),
            shares=chance(self.rng, 0.92),
            account=chance(self.rng, 0.1),
        )
        self.journeys.append(journey)
        return journey

    # Somebody on a caseload today

    def _active(self, worker: dict[str, Any], teams: dict[str, str], number: int) -> None:
        rng = self.rng
        special = SPECIALS.get((worker["key"], number), "")
        tenure = rng.triangular(6, 480, 110)
        if worker["key"] == "esw_obi":
            tenure = rng.triangular(6, 190, 60)
        if special:
            tenure = TENURE.get(special, 200)
        nadias = worker["key"] in ("esw_obi", "esw_stefan") and number < 3
        if nadias:
            tenure = rng.randint(150, 320)
        journey = self._new(
            worker["team"],
            teams[worker["team"]],
            self.ago(tenure + rng.randint(4, 24)),
            status="in" if special == "entry_job" or chance(rng, 0.06) else "out",
        )
        journey.special = special
        journey.esw = worker["key"]
        journey.first_esw = "esw_nadia" if nadias else worker["key"]
        self._begin(journey, self.ago(tenure))
        self._go_on(journey)
        if special:
            self._stage_for_today(journey)
        elif not nadias and tenure > 120 and chance(rng, 0.04):
            others = [
                one for one in esws() if one["team"] == worker["team"] and one["active"] and one is not worker
            ]
            journey.first_esw = rng.choice(others)["key"]
            journey.handover = self.ago(rng.randint(20, 90))

    def _begin(self, journey: Journey, accepted: date) -> None:
        rng = self.rng
        journey.accepted = max(accepted, journey.entered + timedelta(days=2))
        journey.offered = max(journey.accepted - timedelta(days=rng.randint(0, 4)), journey.entered)
        journey.met = journey.accepted + timedelta(days=rng.randint(2, 8))
        journey.profile = journey.met + timedelta(days=rng.randint(3, 16))
        if chance(rng, 0.36):
            first = journey.profile + timedelta(days=rng.randint(3, 20))
            journey.preparing = (first, first + timedelta(days=rng.randint(40, 130)))
        # Employer search may run beside preparing; for most who prepare it begins towards the end of it.
        beside = journey.preparing is None or chance(rng, 0.35)
        journey.searching = journey.profile + timedelta(days=rng.randint(8, 32))
        if not beside and journey.preparing is not None:
            journey.searching = journey.preparing[1] - timedelta(days=rng.randint(0, 12))

    def _go_on(self, journey: Journey) -> None:
        """Search, perhaps a placement, perhaps a job, perhaps a second one."""
        rng = self.rng
        if journey.persona["status"] == "in":
            years = journey.persona["work_history"][0]["lasted"]
            end = journey.entered + timedelta(days=rng.randint(60, 200)) if chance(rng, 0.25) else None
            hours = float(journey.persona.get("hours_start", 16))
            journey.jobs.append(
                Job(
                    journey.entered - timedelta(days=years * 360 + rng.randint(1, 90)),
                    end,
                    "pain",
                    hours,
                    held=True,
                )
            )
            if end is None:
                return
            journey.searching = end + timedelta(days=rng.randint(7, 20))
        else:
            chances = rng.random()
            journey.waits_for_place = chances < 0.1
            if 0.1 <= chances < 0.28:
                journey.placement = known(journey.searching) + timedelta(days=rng.randint(20, 60))
        start = known(journey.searching) + timedelta(days=round(rng.triangular(35, 380, 120)))
        if journey.placement:
            start = max(start, journey.placement + timedelta(days=rng.randint(35, 60)))
        for _ in range(2):
            if chance(rng, 0.34):
                return
            job = self.job(journey, start)
            journey.jobs.append(job)
            if job.end is None:
                return
            start = job.end + timedelta(days=round(rng.triangular(20, 140, 50)))

    def job(self, journey: Journey, start: date, *, lasts: int | None = None) -> Job:
        """A job from this day on; ``lasts`` days, or as drawn."""
        rng = self.rng
        if lasts is None and chance(rng, 0.45):
            lasts = round(rng.triangular(12, 210, 70))
        flares = frozenset(week for week in range(80) if chance(rng, 0.09))
        return Job(
            start=start,
            end=None if lasts is None else start + timedelta(days=lasts),
            end_reason="" if lasts is None else weighted(rng, END_REASONS),
            hours=float(max(6, journey.persona.get("hours_start", 16) + rng.choice((-4, 0, 0, 2, 4)))),
            found="own" if chance(rng, 0.25) else "vacancy",
            flares=flares,
        )

    # Somebody who has left, or waits

    def _closed(self, worker: dict[str, Any], teams: dict[str, str]) -> None:
        rng = self.rng
        length = rng.randint(70, 340)
        entered = self.ago(rng.randint(length + 25, LENGTH.days - 10))
        journey = self._new(worker["team"], teams[worker["team"]], entered)
        journey.esw = journey.first_esw = worker["key"]
        journey.account = False
        self._begin(journey, entered + timedelta(days=rng.randint(3, 20)))
        self._go_on(journey)
        journey.closed = min(entered + timedelta(days=length), self.ago(4))
        working = [
            job
            for job in journey.jobs
            if job.start < journey.closed and (job.end or date.max) > journey.closed
        ]
        if not working and chance(rng, 0.2):
            # Most who leave well leave in work, after some months of it.
            begun = max(journey.closed - timedelta(days=rng.randint(110, 180)), entered + timedelta(days=60))
            if begun < journey.closed - timedelta(days=30):
                journey.jobs = [self.job(journey, begun)]
                journey.jobs[0].end, working = None, journey.jobs
        journey.close_reason = "in_work_support_ended" if working else weighted(rng, CLOSE_REASONS)
        journey.jobs = [job for job in journey.jobs if job.start < journey.closed]

    def _waiting(self, team: str, teams: dict[str, str], number: int) -> None:
        journey = self._new(team, teams[team], self.ago(self.rng.randint(1, 46)))
        if number in (0, 4):
            workers = {"wendle": "esw_bethan", "coast": "esw_corinne", "pain": "esw_gwen"}
            journey.first_esw = workers[team]
            journey.entered = self.ago(9)
            journey.offered = self.ago(1)
        elif number == 7:
            journey.special = "declined"
            journey.entered = self.ago(24)

    # So that today has something of everything

    def _stage_for_today(self, journey: Journey) -> None:
        STAGINGS[journey.special](self, journey)
