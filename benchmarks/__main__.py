"""python -m benchmarks: fill, measure, and write docs/bench.md.

With a PostgreSQL address in PACEWORK_DATABASE_URL, that database is emptied and measured as well.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.report import report

SMALL, LARGE = 1_000, 10_000


def run(step: str, number: int, folder: Path, url: str) -> dict[str, Any]:
    """One step in its own process, so that memory and caches are its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PACEWORK_")}
    environment |= {
        "PACEWORK_MODE": "test",
        "PACEWORK_DATA": str(folder),
        "PACEWORK_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }
    result = folder / "result.json"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.one", step, str(number), str(result)], env=environment, check=True
    )
    return json.loads(result.read_text())


def empty(url: str, folder: Path) -> None:
    """Take everything out of the database: each size starts from nothing."""
    if not url:
        for file in folder.glob("pacework.sqlite3*"):
            file.unlink()
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
        connection.execute("CREATE SCHEMA public")


def measure(name: str, url: str, args: argparse.Namespace) -> dict[str, Any]:
    """Both sizes, the list and the demo on one database."""
    found: dict[str, Any] = {"name": name, "sizes": {}}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for size in (args.small, args.large):
            empty(url, folder)
            print(f"{name}: filling {size:,} clients ...", flush=True)
            run("fill", size, folder, url)
            print(f"{name}: pages", flush=True)
            found["sizes"][str(size)] = run("pages", args.repeats, folder, url)
        print(f"{name}: a list of {args.rows:,} rows", flush=True)
        found["list"] = run("lists", args.rows, folder, url)
        print(f"    {found['list']}", flush=True)
        empty(url, folder)
        print(f"{name}: long writes", flush=True)
        found["writes"] = run("writes", 0, folder, url)["writes"]
        empty(url, folder)
        print(f"{name}: matches", flush=True)
        found |= run("matching", 0, folder, url)
        empty(url, folder)
        print(f"{name}: the demo", flush=True)
        found["demo"] = run("demo", 180, folder, url)["seconds"]
        print(f"    {found['demo']:.1f} s", flush=True)
    return found


def main() -> None:
    """Measure what there is, and write it down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--small", type=int, default=SMALL)
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--repeats", type=int, default=40)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--write", type=Path, default=Path("docs/bench.md"))
    parser.add_argument("--keep", type=Path, help="the figures as JSON")
    args = parser.parse_args()
    url = os.environ.get("PACEWORK_DATABASE_URL", "")
    found = [measure("SQLite", "", args)]
    if url.startswith("postgres"):
        found.append(measure("PostgreSQL", url, args))
    print("Science ...", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        science = run("science", 0, Path(temporary), "")
    if args.keep:
        args.keep.write_text(json.dumps([*found, science], indent=1))
    args.write.write_text(report(found, science, small=args.small, large=args.large, load=os.getloadavg()[1]))
    print(f"Written to {args.write}.")


if __name__ == "__main__":
    main()
