"""The adjustments to try: of times, place, swaps, rest and the start, alone or several together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pacework.science.capacity.adjusted_times import FewerDays, LaterStart, ShorterShifts, SplitShift
from pacework.science.capacity.adjusting import Adjustment, Change, middle_of_longest_run, nothing
from pacework.science.capacity.job import NAMES, Job, days_words

# Of more days than these their names are harder to read than to guess.
MOST_DAYS_NAMED = 3


@dataclass(frozen=True, slots=True)
class HomeDays(Adjustment):
    """Work some days at home; they lie in the middle of runs of days with travel."""

    days: int = 1
    kind: ClassVar[str] = "home"

    @property
    def key(self) -> str:
        """Short stable name."""
        return f"home-days-{self.days}"

    @property
    def title(self) -> str:
        """Name for a list."""
        return "A day at home each week" if self.days == 1 else f"{self.days} days at home each week"

    def change(self, job: Job) -> Change:
        """Work up to so many further days at home."""
        if job.home_possible is False:
            return nothing(job, "the work cannot be done at home.")
        if job.commute_minutes is None:
            return nothing(job, "the travel is not known, so what it would save is not known either.")
        if not job.commute_minutes:
            return nothing(job, "there is no travel to save.")
        there = [day for day in job.working_days if not job.at_home(day)]
        if not there:
            return nothing(job, "every day is worked at home already.")
        chosen: list[int] = []
        while there and len(chosen) < self.days:
            chosen.append(middle_of_longest_run(there))
            there.remove(chosen[-1])
        at_home = [*job.home_days, *(NAMES[day] for day in chosen)]
        words = f"Work at home on {days_words(chosen)}, without the journey"
        return Change(job.changed(home_days=at_home), words)


@dataclass(frozen=True, slots=True)
class SwapInWeek(Adjustment):
    """Make up a missed shift on a later free day of the same week."""

    kind: ClassVar[str] = "swap"

    @property
    def key(self) -> str:
        """Short stable name."""
        return "swap-in-week"

    @property
    def title(self) -> str:
        """Name for a list."""
        return "Swap days within the week"

    def change(self, job: Job) -> Change:
        """Allow every spare day."""
        if not job.spare_days:
            days = "from Monday to Friday" if job.free_days else "of the week"
            return nothing(job, f"no day {days} is free.")
        if set(job.spare_days) <= set(job.swap_to):
            return nothing(job, "missed shifts may be swapped already.")
        later = [day for day in job.spare_days if day > job.working_days[0]]
        if not later:
            return nothing(job, "no day after the first shift of the week is free.")
        on = "another day" if len(later) > MOST_DAYS_NAMED else _or(later)
        words = f"Work a missed shift later in the same week, on {on}"
        # Days that are agreed already stay.
        return Change(job.changed(swap_days=[NAMES[day] for day in {*job.spare_days, *job.swap_to}]), words)


def _or(days: list[int]) -> str:
    return days_words(days).replace(" and ", " or ")


@dataclass(frozen=True, slots=True)
class RestBreaks(Adjustment):
    """Paid minutes of rest in each hour."""

    minutes: int = 10
    kind: ClassVar[str] = "rest"

    @property
    def key(self) -> str:
        """Short stable name."""
        return f"rest-breaks-{self.minutes}"

    @property
    def title(self) -> str:
        """Name for a list."""
        return f"{self.minutes} minutes’ rest each hour"

    def change(self, job: Job) -> Change:
        """Agree on at least so many minutes."""
        if job.rest_minutes >= self.minutes:
            return nothing(job, f"{job.rest_minutes:g} minutes’ rest each hour are agreed already.")
        instead = f" instead of {job.rest_minutes:g}" if job.rest_minutes else ""
        return Change(
            job.changed(rest_minutes=self.minutes), f"Rest {self.minutes} minutes in each hour{instead}"
        )


@dataclass(frozen=True, slots=True)
class BuildUp(Adjustment):
    """Begin with shorter days and reach the full hours step by step."""

    weeks: int = 4
    share: float = 0.5
    kind: ClassVar[str] = "build-up"

    @property
    def key(self) -> str:
        """Short stable name."""
        return f"build-up-{self.weeks}"

    @property
    def title(self) -> str:
        """Name for a list."""
        return f"Graded start over {self.weeks} weeks"

    def change(self, job: Job) -> Change:
        """Give the job a graded start at least so long."""
        if job.build_up_weeks >= self.weeks:
            return nothing(job, f"a graded start over {job.build_up_weeks} weeks is agreed already.")
        share = min(self.share, job.build_up_from) if job.build_up_weeks else self.share
        first = f"{share * job.hours_a_week:.3g}"
        words = (
            f"Begin with {first} {'hour' if first == '1' else 'hours'} a week and reach "
            f"{job.hours_a_week:.3g} after {self.weeks} weeks"
        )
        return Change(job.changed(build_up_weeks=self.weeks, build_up_from=share), words)


@dataclass(frozen=True, slots=True, init=False)
class Together(Adjustment):
    """Several adjustments at once, done in an order of their own: days, length, start, split, and so on."""

    parts: tuple[Adjustment, ...]
    kind: ClassVar[str] = "together"

    def __init__(self, *parts: Adjustment) -> None:
        if not parts:
            raise ValueError("At least one adjustment.")
        object.__setattr__(self, "parts", tuple(sorted(parts, key=lambda part: _ORDER.index(part.kind))))

    @property
    def key(self) -> str:
        """Keys of the parts."""
        return "+".join(part.key for part in self.parts)

    @property
    def title(self) -> str:
        """Titles of the parts."""
        return " + ".join(part.title for part in self.parts)

    def change(self, job: Job) -> Change:
        """Do one after the other; parts that change nothing are left out of the words."""
        done = self.steps(job)
        if not done:
            return nothing(job, "none of these changes anything here.")
        first, *more = (step.words for step in done)
        return Change(done[-1].job, "; ".join([first, *(words[0].lower() + words[1:] for words in more)]))

    def steps(self, job: Job) -> list[Change]:
        """Return the parts that change something, one after the other."""
        done: list[Change] = []
        for part in self.parts:
            now = done[-1].job if done else job
            step = part.change(now)
            if step.job is not now:
                done.append(step)
        return done


_ORDER = ("days", "length", "start", "split", "home", "rest", "swap", "build-up", "together")

ADJUSTMENTS: tuple[Adjustment, ...] = (
    LaterStart(60),
    LaterStart(120),
    ShorterShifts(60),
    ShorterShifts(120),
    FewerDays(1),
    SplitShift(60),
    HomeDays(1),
    HomeDays(2),
    SwapInWeek(),
    RestBreaks(10),
    BuildUp(4),
    BuildUp(8),
)
