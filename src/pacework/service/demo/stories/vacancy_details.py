"""What a worker finds out about a vacancy in the list: its shifts, and some of what the work asks for."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from pacework.service.demo.words import Row, chance
from pacework.service.demo.world import World
from pacework.service.employers import actions as employers
from pacework.service.employers.models import Vacancy, demands
from pacework.service.people.models import User

# The data takes this off the paid hours of a shift of six hours or more.
BREAK_MINUTES = 30
LONG = 6 * 60
LIGHT = 3  # kg
DAY = 24 * 60


def find_out(world: World, vacancy: Vacancy, data: Row, by: User) -> None:
    """Confirm the shifts of nearly all, and the demands that somebody has seen of some."""
    rng = world.rng(f"details of {data['key']}")
    if chance(rng, 0.9):
        _shifts(vacancy, data, by, rng)
    if chance(rng, 0.5) or "seen" in data:
        _demands(vacancy, data, by, rng)


def _shifts(vacancy: Vacancy, data: Row, by: User, rng: Random) -> None:
    shifts = [{"day": day, "start": times[:5], "end": times[6:]} for day, times in data["shifts"].items()]
    long = all((_minutes(shift["end"]) - _minutes(shift["start"])) % DAY >= LONG for shift in shifts)
    employers.set_shifts(
        vacancy,
        by=by,
        shifts=shifts,
        hours_a_week=Decimal(str(data["hours"])),
        break_minutes=BREAK_MINUTES if long else 0,
        shifts_vary=chance(rng, 0.2),
        swap_days=rng.choice((True, False, None)),
    )


def _minutes(moment: str) -> int:
    return int(moment[:2]) * 60 + int(moment[3:])


def _demands(vacancy: Vacancy, data: Row, by: User, rng: Random) -> None:
    """Some of the guesses were right, and the employer said what could change."""
    guessed = demands.guesses([vacancy.occupation]).get(vacancy.occupation, {})
    levels = demands.guessed_levels(vacancy.occupation)
    seen = [key for key in demands.DEMANDS if key in guessed and chance(rng, 0.4)]
    said: dict[str, dict[str, Any]] = {
        key: {"share": levels[key], "change": rng.choice(("yes", "no", ""))} for key in seen
    }
    # Where the job is unlike others of its kind, somebody has seen that.
    unlike = data.get("seen", {})
    said |= {key: {"share": share, "change": ""} for key, share in unlike.items()}
    if "lifting" in said:
        said["lifting"]["load_kg"] = LIGHT if "lifting" in unlike else guessed["lifting"].load_kg
    if said:
        employers.confirm_demands(vacancy, by=by, said=said)
