"""The product's own settings in test mode, in a throw-away folder.

Whatever the developer's shell sets for a running service must not reach the tests. Only a run that says
PACEWORK_MODE=test itself (scripts/test, and the parallel workers this process starts) keeps its variables.
"""

import atexit
import os
import shutil
import tempfile

# Pictures of the journeys (tests/journeys/conftest.py) are asked for by the developer's shell: no setting.
if os.environ.pop("PACEWORK_SHOTS", ""):
    os.environ["JOURNEY_SHOTS"] = "1"
if os.environ.get("PACEWORK_MODE") != "test":
    for name in [name for name in os.environ if name.startswith("PACEWORK_")]:
        del os.environ[name]
    os.environ["PACEWORK_MODE"] = "test"
if "PACEWORK_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="pacework-test-")
    os.environ["PACEWORK_DATA"] = folder
    owner = os.getpid()

    def _remove() -> None:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(_remove)

from pacework.service.settings import *  # noqa: F403
