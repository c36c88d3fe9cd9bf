"""What an adjustment is: an operation on a job that says in words what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from pacework.science.capacity.job import Job


@dataclass(frozen=True, slots=True)
class Change:
    """What an adjustment does to one job.

    Attributes
    ----------
    job
        The job with it; the same object where it changes nothing.
    words
        What it changes, such as "Start at 10:00 instead of 9:00", or why it changes nothing.
    """

    job: Job
    words: str


class Adjustment:
    """An operation on a job. Subclasses are small frozen records; `change` does the work.

    Attributes
    ----------
    key
        Short stable name, for the register of adjustments.
    kind
        What it is about; two of one kind are not tried together.
    title
        Name for a list, without the job.
    """

    __slots__ = ()
    kind: ClassVar[str]

    @property
    def key(self) -> str:
        """Short stable name."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """Name for a list."""
        raise NotImplementedError

    def change(self, job: Job) -> Change:
        """Return the job with the adjustment, and what that changes."""
        raise NotImplementedError

    def apply(self, job: Job) -> Job:
        """Return the job with the adjustment."""
        return self.change(job).job

    def words(self, job: Job) -> str:
        """Return what it changes in this job, or why it changes nothing."""
        return self.change(job).words

    def changes(self, job: Job) -> bool:
        """Return whether it changes this job at all."""
        return self.change(job).job is not job


def nothing(job: Job, why: str) -> Change:
    """Return the job as it is, and why."""
    return Change(job, f"Would change nothing: {why}")


def middle_of_longest_run(days: Iterable[int]) -> int:
    """Return the day in the middle of the longest run of days in a row."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    longest = max(runs, key=len)
    return longest[len(longest) // 2]
