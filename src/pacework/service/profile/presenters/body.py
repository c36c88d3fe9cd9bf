"""The body map as a picture and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pacework.service.core.codes import codes, document
from pacework.service.core.presenters import ago, count, listed, moment
from pacework.service.core.typed import lower_first
from pacework.service.profile.models import BodyMap
from pacework.service.profile.presenters.words import author

# Which of a pair is drawn as it is; the other one is its mirror image.
DRAWN_SIDE = {"front": "right", "back": "left"}


@dataclass(frozen=True, slots=True)
class Shape:
    """One region as the picture draws it."""

    key: str
    label: str
    path: str
    mirrored: bool


@dataclass(frozen=True, slots=True)
class View:
    """One side of the body. ``left`` and ``right`` are the words at that edge of the picture."""

    key: str
    label: str
    left: str
    right: str
    shapes: tuple[Shape, ...]
    lines: tuple[str, ...]


@cache
def size() -> tuple[int, int]:
    drawn = document("profile", "body_shapes")
    return drawn["width"], drawn["height"]


@cache
def views() -> tuple[View, ...]:
    """Front and back, region by region, in the order of the list."""
    drawn, regions = document("profile", "body_shapes"), codes("profile", "body_regions", "regions")
    found = []
    for view in document("profile", "body_regions")["views"]:
        key, shapes = view["key"], []
        for name, region in regions.items():
            if region["view"] != key:
                continue
            shape = name.removeprefix(f"{key}_").removesuffix(f"_{region['side']}")
            mirrored = region["side"] not in ("middle", DRAWN_SIDE[key])
            shapes.append(Shape(name, region["label"], drawn[key][shape], mirrored))
        left, right = ("Right", "Left") if key == "front" else ("Left", "Right")
        found.append(View(key, view["label"], left, right, tuple(shapes), tuple(drawn["details"][key])))
    return tuple(found)


def region_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The same regions as a list with headings."""
    return [(view.label, [(shape.key, shape.label) for shape in view.shapes]) for view in views()]


def in_words(keys: Iterable[str]) -> str:
    """Marked regions as a sentence."""
    regions = codes("profile", "body_regions", "regions")
    names = [regions.label(key) for key in keys]
    if not names:
        return "Nothing is marked."
    return f"{count(len(names), 'place')} marked: {listed([names[0], *map(lower_first, names[1:])])}."


def picture(drawn: BodyMap | None) -> dict[str, Any]:
    """A map as the template places it; without one, an empty outline."""
    keys = list(drawn.regions) if drawn is not None else []
    width, height = size()
    return {
        "views": views(),
        "width": width,
        "height": height,
        "marked": frozenset(keys),
        "words": in_words(keys),
        "note": drawn.note if drawn is not None else "",
        "when": moment(drawn.drawn_at) if drawn is not None else "",
        "ago": ago(drawn.drawn_at) if drawn is not None else "",
        "by": author(drawn.by) if drawn is not None else "",
        "title": f"Body map, {moment(drawn.drawn_at)}" if drawn is not None else "Body map",
    }
