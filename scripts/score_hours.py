"""Scores the reader of free-text hours against the labels, for one half of the texts or both.

    score_hours.py [FILE.csv [develop|kept|both]] [--wrong]

FILE is the New York postings file with the column "Hours/Shift"; without it, that of the reference folder.
`--wrong` lists the misread texts of the half used for developing; those of the kept half are never listed.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from datetime import time
from pathlib import Path

from pacework.science.vacancies.hours_text import HoursProposal, read_hours

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "tests" / "science" / "vacancies" / "hours_labels.csv"
POSTINGS = ROOT.parent / "shared" / "reference" / "vacancies" / "nyc_postings_2024.csv"
FIELDS = ("weekly_hours", "days", "start", "end", "flexible")
HALVES = ("develop", "kept")


def half(key: str) -> str:
    """Which half a text belongs to: even first hex digit for developing, odd kept aside."""
    return HALVES[int(key[0], 16) % 2]


def labels(file: Path = LABELS) -> dict[str, dict[str, str]]:
    """The labels by the SHA-256 of their text."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["sha256"]: row for row in csv.DictReader(lines)}


def texts(file: Path) -> dict[str, str]:
    """The distinct texts of a postings file by their SHA-256."""
    with file.open(encoding="utf-8", newline="") as lines:
        found = {row["Hours/Shift"] for row in csv.DictReader(lines)}
    return {hashlib.sha256(text.encode()).hexdigest(): text for text in found}


def read(proposal: HoursProposal) -> dict[str, str]:
    """A proposal in the words of the labels."""
    weekly = proposal.weekly_hours
    flexible = {True: "yes", False: "no", None: ""}[proposal.flexible]
    return {
        "weekly_hours": "" if weekly is None else f"{weekly.normalize():f}",
        "days": " ".join(proposal.days),
        "start": clock(proposal.start),
        "end": clock(proposal.end),
        "flexible": flexible,
    }


def clock(moment: time | None) -> str:
    """A time as the labels write it."""
    return f"{moment:%H:%M}" if moment else ""


def score(found: dict[str, str], known: dict[str, dict[str, str]], part: str) -> dict[str, list[str]]:
    """For each field, and for all together, the texts of one half that were read otherwise than labelled."""
    wrong: dict[str, list[str]] = {name: [] for name in (*FIELDS, "all five")}
    for key in sorted(found.keys() & known.keys()):
        if half(key) != part:
            continue
        said = read(read_hours(found[key]))
        missed = [name for name in FIELDS if said[name] != known[key][name]]
        for name in missed + (["all five"] if missed else []):
            wrong[name].append(found[key])
    return wrong


def count(found: dict[str, str], known: dict[str, dict[str, str]], part: str) -> int:
    """How many labelled texts of one half were found in the file."""
    return sum(half(key) == part for key in found.keys() & known.keys())


def main(arguments: list[str]) -> int:
    words = [word for word in arguments if not word.startswith("--")]
    file = Path(words[0]) if words else POSTINGS
    if not file.is_file():
        print("Skipped: the postings file is not here. Name it as the first argument.")
        return 0
    found, known = texts(file), labels()
    parts = HALVES if words[1:] in ([], ["both"]) else tuple(words[1:])
    print("| field |" + "|".join(f" {part} ({count(found, known, part)} texts) " for part in parts) + "|")
    print("|---|" + "--:|" * len(parts))
    wrong = {part: score(found, known, part) for part in parts}
    for name in (*FIELDS, "all five"):
        cells = []
        for part in parts:
            there = count(found, known, part)
            right = there - len(wrong[part][name])
            cells.append(f" {right} of {there} ({100 * right / there:.1f} %) ")
        print(f"| {name.replace('_', ' ')} |" + "|".join(cells) + "|")
    if "--wrong" in arguments and "develop" in parts:
        for text in wrong["develop"]["all five"]:
            print(repr(text), read(read_hours(text)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
