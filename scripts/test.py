"""All tests: science, guards and service on SQLite; the service on PostgreSQL; journeys in a browser.

The last line sums up the three, and the exit code is not 0 when anything failed, was missing or did not run.
The first stage reaches nearly every line; it also measures the branch coverage that pyproject.toml asks for.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

import system
import with_postgres

ROOT = Path(__file__).parents[1]


@dataclass
class Count:
    """What the stages so far came to."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    trouble: list[str] = field(default_factory=list)

    def add(self, report: Path, stage: str, code: int) -> None:
        """Add one stage's report. A stage that ended without one, or ran nothing, is itself a failure."""
        suites = list(ET.parse(report).getroot().iter("testsuite")) if report.exists() else []

        def total(name: str) -> int:
            return sum(int(suite.get(name, 0)) for suite in suites)

        tests, bad, skipped = total("tests"), total("failures") + total("errors"), total("skipped")
        self.passed += tests - bad - skipped
        self.failed += bad
        self.skipped += skipped
        if code and not bad:
            self.failed += 1
            self.trouble.append(f"{stage}: pytest ended with code {code} ({tests} tests ran)")

    def lost(self, stage: str, why: str) -> None:
        """A stage that could not run at all."""
        self.failed += 1
        self.trouble.append(f"{stage}: {why}")


class Run:
    """One run of everything."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pacework-tests-"))
        self.count = Count()

    def stage(self, name: str, *arguments: str, **settings: str) -> None:
        """Run pytest once, in test mode, with its own data folder."""
        print(f"\n== {name}", flush=True)
        started = time.monotonic()
        slug = name.split(maxsplit=1)[0].lower().strip(",:")
        report = self.folder / f"{slug}.xml"
        data = self.folder / slug
        data.mkdir()
        surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PACEWORK_")}
        surroundings |= {"PACEWORK_MODE": "test", "PACEWORK_DATA": str(data), **settings}
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", "-q", *arguments]
        surroundings["COVERAGE_FILE"] = str(self.folder / "coverage")
        ended = subprocess.run(command, cwd=ROOT, env=surroundings, stdin=subprocess.DEVNULL, check=False)
        self.count.add(report, name, ended.returncode)
        print(f"({time.monotonic() - started:.0f} s)", flush=True)

    def postgres(self) -> None:
        """The service on PostgreSQL, in a cluster of its own."""
        name = "PostgreSQL: service"
        try:
            with with_postgres.cluster() as url:
                self.stage(
                    name, "tests/service", "-m", "not sqlite_only", "-n", "2", "--dist", "worksteal",
                    PACEWORK_DATABASE_URL=url,
                )  # fmt: skip
        except system.Missing as missing:
            self.count.lost(name, str(missing))

    def journeys(self) -> None:
        """Journeys in a real browser."""
        name = "Browser: journeys"
        try:
            browser = system.chromium()
        except system.Missing as missing:
            self.count.lost(name, str(missing))
            return
        self.stage(name, "tests/journeys", CHROMIUM=str(browser))

    def everything(self) -> int:
        """All stages; the exit code."""
        try:
            self.stage(
                "SQLite: science, guards, service", "tests/science", "tests/guards", "tests/service",
                "-n", "2", "--dist", "worksteal", "--cov", "--cov-branch", "--cov-report=",
            )  # fmt: skip
            self.postgres()
            self.journeys()
            self.gate()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        count = self.count
        print()
        for sentence in count.trouble:
            print(sentence)
        skipped = f", {count.skipped} skipped" if count.skipped else ""
        print(f"{count.passed} passed, {count.failed} failed{skipped}", flush=True)
        return 1 if count.failed or not count.passed else 0

    def gate(self) -> None:
        """Hold the branch coverage to what pyproject.toml asks."""
        print("\n== Coverage", flush=True)
        surroundings = {**os.environ, "COVERAGE_FILE": str(self.folder / "coverage")}
        report = self.folder / "report.json"
        write = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(report)]
        gate = [sys.executable, str(ROOT / "scripts" / "coverage_gate.py"), str(report)]
        # The second is not run when the first fails: `any` stops there.
        commands = (write, gate)
        if any(subprocess.run(one, cwd=ROOT, env=surroundings, check=False).returncode for one in commands):
            self.count.lost("Coverage", "some parts are not covered as far as they must be")


def main() -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with_postgres.stop_on_signals()
    os.chdir(ROOT)
    return Run().everything()


if __name__ == "__main__":
    sys.exit(main())
