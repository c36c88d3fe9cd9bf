"""Several people at once: real threads, each with its own connection to the database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

LONGEST_WAIT = 60


def together(*steps: Callable[[], Any]) -> list[Any]:
    """Run each step in its own thread, begun at the same moment; what each returned or raised."""
    results: list[Any] = [None] * len(steps)
    start = threading.Barrier(len(steps))

    def run(number: int, step: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(LONGEST_WAIT)
            results[number] = step()
        except BaseException as error:  # noqa: BLE001 (the test looks at whatever it was)
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_WAIT)
    assert not any(thread.is_alive() for thread in threads), "two of them wait for each other for ever"
    return results


def errors(results: list[Any]) -> list[BaseException]:
    """What went wrong, in the order of the steps."""
    return [result for result in results if isinstance(result, BaseException)]


def only_one(results: list[Any]) -> BaseException:
    """All but one went well; the error of the one that came second."""
    found = errors(results)
    assert len(found) == 1, results
    return found[0]


class Meeting:
    """A place where the first waits a moment for the second, so that both are under way at the same time."""

    def __init__(self, seconds: float = 0.4) -> None:
        self.seconds = seconds
        self.barrier = threading.Barrier(2)

    def wait(self) -> None:
        """Go on together; alone if the other is held up elsewhere (which may be what is right)."""
        try:
            self.barrier.wait(self.seconds)
        except threading.BrokenBarrierError:
            pass

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, after meeting."""

        def met(*args: Any, **kwargs: Any) -> Any:
            self.wait()
            return function(*args, **kwargs)

        return met
