"""The figures as a page: what was measured, beside the bar, and whether it was met."""

from __future__ import annotations

import os
from typing import Any

CASE_BAR = 150
QUERIES, GROWTH, STAGED, COMMITTED, DEMO, HELD = 15, 1.3, 2000, 1000, 20, 250
# Where a page takes a few milliseconds, its growth is noise.
NOISE = 5

INTRO = """# Speed

What `make bench` measured. The service it fills: {large:,} clients, 20 active for each employment support
worker, 10 workers in each team, one client with 600 events, {contacts:,} contacts, {employers:,} employer
contacts; and the same at {small:,} clients. Every row is synthetic.

- Machine: {cores} cores, Linux, Python {python}, the database on the same machine.
- Load average while measuring: {load:.1f}. Above the number of cores, other programs made every time here
  longer than it is; the column "work" is the processor time of the request itself, which suffers less.
- p50 and p95 are server time in one process, without network: median and 95th percentile of the requests
  after a first one.
- Queries are those of one request, without session and transaction control.
- "Plain" is Django's admin over the same rows with its default settings, opened in the same way: a list that
  nobody has thought about. It knows no access rules.

Bars: p95 at most 150 ms for pages about cases, 300 ms for funnel and manager pages; at most 15 queries and
the same number at both sizes; case pages at most 1.3 times slower at {large:,} clients than at {small:,};
lists at least 2,000 rows a second read and checked, 1,000 a second added with audit; the demo within 20
seconds; no transaction of the acts that write most longer than 250 ms of its own work.
"""


def met(is_met: bool) -> str:
    return "met" if is_met else "**not met**"


def growth_of(large: dict[str, Any], small: dict[str, Any]) -> float:
    """By the work of the request, which other programs disturb least."""
    return large["cpu"] / small["cpu"] if small["cpu"] else 0.0


def misses(large: dict[str, Any], small: dict[str, Any]) -> list[str]:
    """Which bars this page does not meet, in words."""
    found = []
    if large["p95"] > large["bar"]:
        found.append(f"p95 {large['p95']:.0f} ms > {large['bar']} ms")
    if large["queries"] > QUERIES:
        found.append(f"{large['queries']} queries > {QUERIES}")
    if large["queries"] != small["queries"]:
        found.append(f"queries {small['queries']} → {large['queries']}")
    grown = growth_of(large, small)
    if large["bar"] == CASE_BAR and grown > GROWTH and large["cpu"] - small["cpu"] > NOISE:
        found.append(f"grows {grown:.1f}×")
    return found


HEAD = (
    "Page",
    "p50",
    "p95",
    "work",
    "queries",
    "work at {small:,}",
    "growth",
    "plain p95",
    "plain queries",
    "bars",
)


def line(*cells: object) -> str:
    """One row of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def ms(value: float) -> str:
    return f"{value:.0f} ms"


def page_table(found: dict[str, Any], small: int, large: int) -> list[str]:
    """One line a page."""
    few = {(one["name"], one["plain"]): one for one in found["sizes"][str(small)]["pages"]}
    many = found["sizes"][str(large)]["pages"]
    plain = {one["name"]: one for one in many if one["plain"] and not one["problem"]}
    lines = [line(*(name.format(small=small) for name in HEAD)), line("---", *["---:"] * 8, "---")]
    for one in many:
        if one["plain"]:
            continue
        before = few[one["name"], False]
        problem = one["problem"] or before["problem"]
        if problem:
            lines.append(line(one["name"], *[""] * 8, problem))
            continue
        missed = misses(one, before)
        other = plain.get(one["name"])
        beside = (ms(other["p95"]), other["queries"]) if other else ("", "")
        said = f"{met(not missed)}: {'; '.join(missed)}" if missed else met(True)
        lines.append(
            line(
                one["name"],
                ms(one["p50"]),
                ms(one["p95"]),
                ms(one["cpu"]),
                one["queries"],
                ms(before["cpu"]),
                f"{growth_of(one, before):.2f}×",
                *beside,
                said,
            )
        )
    return lines


def rest_table(found: dict[str, Any], large: int) -> list[str]:
    """Lists, demo, memory."""
    done, demo = found["list"], found["demo"]
    read, added = done["staged_per_second"], done["committed_per_second"]
    checked = f"List: {done['rows']:,} rows read and checked against {done['known']:,} people"
    memory = found["sizes"][str(large)]["megabytes"]
    return [
        line("", "measured", "bar", ""),
        line("---", "---:", "---:", "---"),
        line(checked, f"{read:,.0f} rows/s", f"≥ {STAGED:,}", met(read >= STAGED)),
        line(
            f"List: {done['added']:,} people added with audit",
            f"{added:,.0f} rows/s",
            f"≥ {COMMITTED:,}",
            met(added >= COMMITTED),
        ),
        line(
            "Longest transaction while adding them",
            ms(done["longest_transaction"] * 1000),
            f"≤ {HELD} ms",
            met(done["longest_transaction"] * 1000 <= HELD),
        ),
        *(
            line(f"Longest transaction: {name}", ms(held * 1000), f"≤ {HELD} ms", met(held * 1000 <= HELD))
            for name, held in found["writes"].items()
        ),
        *(
            line(
                f"Page of {row['name']}, {found['vacancies']:,} vacancies, p95",
                ms(row["p95"]),
                f"≤ {row['bar']} ms",
                f"{met(row['p95'] <= row['bar'])}; the first {row['first']:,.0f} ms",
            )
            for row in found["matching"]
        ),
        line(
            "The same page after one vacancy changed",
            ms(found["renewed"]),
            "≤ 150 ms",
            met(found["renewed"] <= 150),
        ),
        line(f"{found['vacancies']:,} vacancies read when a server starts", ms(found["started"]), "", ""),
        line("Demo service made", f"{demo:.1f} s", f"≤ {DEMO} s", met(demo <= DEMO)),
        line(f"Peak memory serving all pages, {large:,} clients", f"{memory:.0f} MB", "", ""),
    ]


def science_table(found: dict[str, Any]) -> list[str]:
    """Each measurement of the science wing, its peers beneath it."""
    lines = [line("", "measured", "bar", "", ""), line("---", "---:", "---:", "---", "---")]
    for row in found["rows"]:
        bar = "" if row["bar"] is None else f"≤ {row['bar']:,g} ms"
        said = "" if row["met"] is None else met(row["met"])
        took = f"{row['milliseconds']:,.1f} ms" if row["milliseconds"] < 1000 else ms(row["milliseconds"])
        lines.append(line(row["name"], took, bar, said, row["note"]))
    memory = found["memory"]
    held = f"{memory['people']:,.0f} people's models held"
    lines.append(line(held, f"{memory['held']:.0f} MB", "", "", f"at most {memory['most']:.0f} MB meanwhile"))
    return lines


def report(
    measured: list[dict[str, Any]], science: dict[str, Any], *, small: int, large: int, load: float
) -> str:
    """The whole page."""
    import platform

    lines = [
        INTRO.format(
            large=large,
            small=small,
            contacts=large * 10,
            employers=large * 2,
            cores=os.cpu_count(),
            python=platform.python_version(),
            load=load,
        )
    ]
    for found in measured:
        lines += [
            f"## {found['name']}",
            "",
            *page_table(found, small, large),
            "",
            *rest_table(found, large),
            "",
        ]
    lines += ["## Science", "", *science_table(science), ""]
    return "\n".join(lines)
