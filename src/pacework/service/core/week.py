"""A usual week typed in boxes: from and to for each day, and again for days with more than one shift."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.text import capfirst

from pacework.service.core.forms import Clock, FieldView, PageForm
from pacework.service.core.presenters import DAY_KEYS, DAYS, days_words

USUAL_PARTS = 2
_BOX = re.compile(rf"({'|'.join(DAY_KEYS)})_(?:start|end)(\d)")
_NAMED = re.compile(rf"({'|'.join(DAYS)}) (?:from|to)(?:, shift \d)?: (.*)")


class WeekForm(PageForm):
    """A form with a week in it. Cleaned, ``shifts`` lists ``{"day", "start", "end"}`` from Monday on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = filter(None, map(_BOX.fullmatch, {*(self.initial or {}), *self.data}))
        self.parts = range(max([USUAL_PARTS, *(int(box[2]) + 1 for box in boxes)]))
        for key, name in zip(DAY_KEYS, DAYS, strict=True):
            for part in self.parts:
                again = f", shift {part + 1}" if part else ""
                self.fields[f"{key}_start{part}"] = Clock(label=f"{name} from{again}", required=False)
                self.fields[f"{key}_end{part}"] = Clock(label=f"{name} to{again}", required=False)

    @property
    def week_boxes(self) -> list[str]:
        """Names of all boxes."""
        return [name for name in self.fields if _BOX.fullmatch(name)]

    def boxes(self, part: int) -> list[tuple[str, FieldView, FieldView]]:
        """Each day with its two boxes, as the template places them."""
        return [
            (name, self._box(f"{key}_start{part}", "From", name), self._box(f"{key}_end{part}", "To", name))
            for key, name in zip(DAY_KEYS, DAYS, strict=True)
        ]

    def _box(self, field: str, label: str, day: str) -> FieldView:
        """A box under the name of its day: a sentence beside it need not name the day again."""
        box = self.short(field, label)
        box.errors = [capfirst(sentence.removeprefix(f"{day}: ")) for sentence in box.errors]
        return box

    def mistakes(self) -> Iterator[tuple[str, str]]:
        """As everywhere, but a sentence that names its day needs no box's name before it."""
        for sentence, target in super().mistakes():
            found = _NAMED.fullmatch(sentence)
            yield (found[2] if found and found[1] in found[2] else sentence), target

    @property
    def more_touched(self) -> bool:
        """Whether a day has more than one shift."""
        return any(start.touched for part in self.parts[1:] for _, start, _ in self.boxes(part))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["shifts"] = shifts = []
        for key in DAY_KEYS:
            for part in self.parts:
                names = [f"{key}_{edge}{part}" for edge in ("start", "end")]
                start, end = (data.pop(name, None) for name in names)
                if start is not None and end is not None:
                    shifts.append({"day": key, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"})
                elif start != end and not self.errors.keys() & set(names):
                    self.add_error(names[0 if start is None else 1], "A shift has a start and an end.")
        return data

    def box_of(self, sentence: str) -> str:
        """The box that a refusal about the shifts is about: it names the day."""
        named = (key for key, name in zip(DAY_KEYS, DAYS, strict=True) if name in sentence)
        return f"{next(named, DAY_KEYS[0])}_start0"


def times_words(shift: Mapping[str, str]) -> str:
    """9:00 to 17:00; midnight is 0:00."""
    hours = (shift[edge].split(":") for edge in ("start", "end"))
    return " to ".join(f"{int(hour) % 24}:{minute}" for hour, minute in hours)


def week_words(shifts: Iterable[Mapping[str, str]]) -> str:
    """Monday to Friday 9:00 to 17:00; Saturday 9:00 to 13:00. Empty for no shifts."""
    by_day: dict[str, list[str]] = {}
    for shift in shifts:
        by_day.setdefault(shift["day"], []).append(times_words(shift))
    by_times: dict[str, list[int]] = {}
    for number, key in enumerate(DAY_KEYS):
        if key in by_day:
            by_times.setdefault(" and ".join(by_day[key]), []).append(number)
    return "; ".join(f"{days_words(days)} {times}" for times, days in by_times.items())


def typed_week(shifts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Shifts as they stand in the boxes; midnight at the end of a day is typed as 00:00."""
    filled: dict[str, str] = {}
    told = dict.fromkeys(DAY_KEYS, 0)
    for shift in shifts:
        day = shift["day"]
        filled[f"{day}_start{told[day]}"] = shift["start"]
        filled[f"{day}_end{told[day]}"] = shift["end"].replace("24:00", "00:00")
        told[day] += 1
    return filled
