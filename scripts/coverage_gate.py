"""Compares a coverage report (JSON) with the percentages that pyproject.toml asks for."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def share(summaries: list[dict[str, Any]]) -> float:
    """Covered lines and branches together, in per cent of all."""
    reached = sum(s["covered_lines"] + s["covered_branches"] for s in summaries)
    there = sum(s["num_statements"] + s["num_branches"] for s in summaries)
    return 100.0 * reached / there if there else 100.0


def missed(entry: dict[str, Any]) -> str:
    """Which lines and branches of a file no test took."""
    lines = [str(line) for line in entry["missing_lines"]]
    branches = [f"{start}→{'end' if end < 0 else end}" for start, end in entry["missing_branches"]]
    shown = (lines + branches)[:20]
    return ", ".join(shown) + (" …" if len(lines) + len(branches) > 20 else "")


def faults(files: dict[str, Any], asked: dict[str, Any]) -> list[str]:
    """What falls short, in sentences."""
    found = []
    strict = {str(path.relative_to(ROOT)) for pattern in asked["full"] for path in ROOT.glob(pattern)}
    for name in sorted(strict):
        entry = files.get(name)
        if entry is None:
            found.append(f"{name}: no test imports it (100 % asked)")
        elif share([entry["summary"]]) < 100:
            found.append(f"{name}: {share([entry['summary']]):.1f} % (100 % asked): {missed(entry)}")
    whole = share([entry["summary"] for entry in files.values()])
    print(f"Branch coverage of the whole: {whole:.1f} % (at least {asked['whole']} % asked)")
    if whole < asked["whole"]:
        found.append(f"the whole: {whole:.1f} %; the files that lack most:")
        lack = sorted(
            ((e["summary"]["missing_lines"] + e["summary"]["missing_branches"], n) for n, e in files.items()),
            reverse=True,
        )
        found += [f"    {name}: {count} lines and branches" for count, name in lack[:15] if count]
    return found


def main() -> int:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pacework"]["coverage"]
    report = json.loads(Path(sys.argv[1]).read_text())
    found = faults(report["files"], asked)
    for sentence in found:
        print(sentence)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
