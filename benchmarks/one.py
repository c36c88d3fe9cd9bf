"""One step of the bench in a process of its own: python -m benchmarks.one STEP NUMBER FILE.

fill N      make a service of N clients in an empty database
pages N     N repeats of every page
lists N     a referral list of N rows
writes 0    the acts that write most at once, in an empty database
matching 0  one person's matches among 100,000 vacancies, in an empty database
demo N      the demo service of N clients
science 0   forecasts, weeks at a job, shortlists, each beside plain ways
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import django


def step(name: str, number: int) -> dict[str, Any]:
    """Do one step and say what was measured."""
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    started = time.perf_counter()
    found: dict[str, Any] = {}
    if name in ("fill", "writes", "matching", "demo"):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        started = time.perf_counter()
    if name == "fill":
        from django.db import connection

        from benchmarks.fill import Fill

        Fill(number).run()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    elif name == "demo":
        from pacework.service.demo import seed

        seed.make(clients=number)
    elif name == "pages":
        from benchmarks import pages

        found = pages.run(number)
    elif name == "lists":
        from benchmarks import lists

        found = lists.run(number)
    elif name == "writes":
        from benchmarks import writes

        found = writes.run()
    elif name == "matching":
        from benchmarks import matching

        found = matching.run()
    elif name == "science":
        from benchmarks import capacity, jobs

        found = {"rows": [*capacity.rows(), *jobs.rows()], "memory": capacity.memory()}
    else:
        raise SystemExit(__doc__)
    return found | {"seconds": time.perf_counter() - started}


if __name__ == "__main__":
    django.setup()
    measured = step(sys.argv[1], int(sys.argv[2]))
    Path(sys.argv[3]).write_text(json.dumps(measured))
