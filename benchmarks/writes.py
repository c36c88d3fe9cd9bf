"""How long the acts that write most at once keep everybody else from writing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management import call_command

from pacework.service.core import clock
from tests.service.core.long_acts import ACTS, writer_held
from tests.service.work.build import REFERRED


def run() -> dict[str, Any]:
    """Seconds of the longest transaction of each act."""
    found = {}
    with clock.at(REFERRED + timedelta(weeks=30)):
        for prepare in ACTS:
            call_command("flush", verbosity=0, interactive=False)
            act = prepare()
            with writer_held() as held:
                act()
            name = prepare.__name__.replace("_", " ")
            found[name] = max(one.seconds for one in held)
            print(f"    {name}: {found[name] * 1000:.0f} ms", flush=True)
    return {"writes": found}
