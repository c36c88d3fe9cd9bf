"""Renews docs/science/capacity.md: the forecast's scores on real diaries, calibration, and what it cannot do.

    make evaluation DIARIES=daily_ratings.csv HEADACHES=KosteckiDillon.csv

The diaries do not ship with Pacework. The file has the columns person, date, item, value: daily ratings 0–10,
such as those of the MyAIGuide project on GitHub (oliviermirat/MyAIGuide, MIT), reports of a day averaged. The
headache diaries (columns id, time, headache) are the table KosteckiDillon of the R package carData (GPL);
without them the page keeps what it says about them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import capacity_headaches
import numpy as np
from capacity_invented import HISTORIES, PEOPLE, indices, invented, places, population, spread
from capacity_scoring import BASELINES, FROZEN, HORIZONS, OURS, Scores, Series, frozen, read, score, young

from pacework.science import capacity

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "science" / "capacity.md"
WORDS = Path(__file__).with_name("capacity_page.md")
BARS = {1: 5.0, 3: 3.0, 7: 1.0}


def line(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(head: tuple[str, ...], rows: list[str]) -> str:
    return "\n".join([line(*head), line("---", *["---:"] * (len(head) - 1)), *rows])


def three(values: list[float], form: str = ".3f") -> str:
    return " / ".join(format(value, form) for value in values)


def methods(scores: Scores) -> str:
    """Every method at every horizon, people counting once."""
    rows = [
        line(
            f"**{method}**" if method == OURS else method,
            *(three([scores.macro(method, h, name) for h in HORIZONS]) for name in ("mae", "crps")),
            three([scores.macro(method, h, "cover") for h in HORIZONS], ".2f"),
            three([scores.skill(method, h) for h in HORIZONS], ".2f"),
        )
        for method in (*BASELINES, OURS)
    ]
    return table(("method", "error of the median", "CRPS", "in the 80 % interval", "worse-day skill"), rows)


def bars(scores: Scores) -> str:
    """What was asked, and what came."""
    rows = []
    for days in HORIZONS:
        gain = scores.gain(days)
        worst = min(scores.people(days), key=lambda one: scores.against(BASELINES[-1], days, one))
        behind = scores.against(BASELINES[-1], days, worst)
        cover = scores.macro(OURS, days, "cover")
        good = gain >= BARS[days] and behind >= -3 and 0.76 <= cover <= 0.90
        rows.append(
            line(
                f"{days}",
                scores.best(days),
                f"{gain:+.1f} %",
                f"≥ {BARS[days]:.0f} %",
                f"{worst} {behind:+.1f} %",
                f"{cover:.2f}",
                "met" if good else "**not met**",
            )
        )
    head = ("days", "best plain method", "CRPS below it", "bar", "worst person", "80 % cover", "")
    return table(head, rows)


def people(scores: Scores) -> str:
    """Each person against each plain method, per cent of CRPS."""
    rows = []
    for days in HORIZONS:
        everyone = sorted({person for method, h, person in scores.cells if h == days and method == OURS})
        rows += [
            line(
                f"{person}, {days} d",
                scores.forecasts(days, person),
                f"{scores.person(OURS, days, person, 'crps'):.3f}",
                *(f"{scores.against(method, days, person):+.1f}" for method in BASELINES),
                "" if person in scores.people(days) else "too few",
            )
            for person in everyone
        ]
    return table(("person", "forecasts", "CRPS", *BASELINES, ""), rows)


def histogram(values: np.ndarray | list[float]) -> tuple[str, ...]:
    counts, _ = np.histogram(values, 5, (0, 1))
    return tuple(f"{100 * count / len(values):.0f} %" for count in counts)


FIFTHS = ("lowest fifth", "second", "third", "fourth", "highest fifth")


def calibration(scores: Scores) -> str:
    """Where the ratings fell within their forecasts."""
    rows = [
        line(f"{person}, {days} d", *histogram(scores.cells[OURS, days, person]["pit"]))
        for days in HORIZONS
        for person in scores.people(days)
    ]
    return table(("person", *FIFTHS), rows)


def first_days(series: Series) -> str:
    rows = [
        line(label, count, f"{ours:.3f}", "–" if np.isnan(plain) else f"{plain:.3f}", f"{alone:.3f}")
        for label, count, ours, plain, alone in young(series)
    ]
    return table(("entries so far", "forecasts", OURS, BASELINES[-1], "other people alone"), rows)


def headaches(path: Path) -> str:
    """Next days of people with headaches, Brier scores."""
    rows = [
        line(label, count, *(f"{score:.3f}" for score in scores))
        for label, count, scores in capacity_headaches.rows(path)
    ]
    return table(("entries so far", "forecasts", *capacity_headaches.METHODS), rows)


def kept(page: Path) -> str:
    """The table of headaches that the page has."""
    _, _, after = page.read_text(encoding="utf-8").partition("### People nothing was tuned on")
    return "\n".join(row for row in after.partition("\n## ")[0].splitlines() if row.startswith("|"))


def quarters() -> str:
    """13-week totals of invented people."""
    others = population()
    rows = []
    cases = [(history, "falling") for history in HISTORIES] + [(91, "worse")]
    for history, missing in cases:
        found = places(history, others, missing)
        label = f"{history}" + (", bad days missed more" if missing == "worse" else "")
        for name, column in (("pain", 0), ("flare days", 1)):
            part = found[:, column]
            inside = ((part >= 0.1) & (part <= 0.9)).mean()
            rows.append(line(f"{label}: {name}", *histogram(part), f"{inside:.2f}"))
    return table(("days of diary: total", *FIFTHS, "in the 80 % interval"), rows)


def likeness(series: Series) -> str:
    """Invented and real diaries side by side."""
    real, made = indices(list(series.values())), indices(invented())
    rows = [
        line(name, *(" / ".join(f"{part:.2f}" for part in spread(found[name])) for found in (real, made)))
        for name in real
    ]
    return table(("5th / 50th / 95th percentile", "real series", f"{PEOPLE} invented"), rows)


def numbers() -> str:
    """Every number of the forecast with its mark."""
    found = (one for one in capacity.assumptions() if one.group in ("population", "forecast"))
    rows = [line(f"{one.group}.{one.name}", f"{one.value:g}", one.mark, one.note) for one in found]
    return "\n".join(
        [line("number", "value", "mark", "what it is"), line("---", "---:", "---", "---"), *rows]
    )


def page(series: Series, of_headaches: str) -> str:
    everything, last = score(series), score(series, frozen)
    parts = {
        "BARS": bars(everything),
        "METHODS": methods(everything),
        "PEOPLE": people(everything),
        "TUNED_BARS": bars(score(series, lambda *origin: not frozen(*origin))),
        "FROZEN_BARS": bars(last),
        "FROZEN_METHODS": methods(last),
        "FROZEN_PEOPLE": people(last),
        "CALIBRATION": calibration(everything),
        "YOUNG": first_days(series),
        "HEADACHES": of_headaches,
        "QUARTERS": quarters(),
        "LIKENESS": likeness(series),
        "NUMBERS": numbers(),
        "SERIES": str(len(series)),
        "COUNT": str(len({person for person, _ in series})),
        "AVERAGED": ", ".join(everything.people(HORIZONS[-1])),
        "SET_ASIDE": ", ".join(FROZEN),
    }
    text = WORDS.read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace("{{" + name + "}}", part)
    return text


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("diaries", type=Path)
    parser.add_argument("--headaches", type=Path)
    parser.add_argument("--write", type=Path, default=PAGE)
    options = parser.parse_args()
    if not options.diaries.is_file():
        sys.exit(
            f"There are no diaries at “{options.diaries}”. See the head of this script for where to get some."
        )
    of_headaches = headaches(options.headaches) if options.headaches else kept(PAGE)
    options.write.write_text(page(read(options.diaries), of_headaches), encoding="utf-8")


if __name__ == "__main__":
    main()
