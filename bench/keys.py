"""From a key to what it changes on the screen, in a queue of 10,000, beside the floor app."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bench.first_paint import a_home
from bench.in_terminal import InTerminal
from bench.queue_record import make_record

KEYS = 150
DOWN, UP = b"\x1b[B", b"\x1b[A"
QUIET = 0.02
BUDGET = 1.5


def settle(app: InTerminal, quiet: float) -> None:
    """Wait until nothing has been written for `quiet` seconds."""
    while app.read(quiet):
        continue


def times(app: InTerminal, keys: int = KEYS) -> list[float]:
    """Seconds from each key to the first that is written for it: down through several screens, and up again."""
    found = []
    settle(app, 1.5)
    for number in range(keys):
        start = perf_counter()
        app.press(DOWN if number % 50 < 40 else UP)
        if app.read(2.0):
            found.append(perf_counter() - start)
        settle(app, QUIET)
    return found


def measure(keys: int = KEYS) -> list[dict[str, float | str]]:
    """A dict each for the median and the 95th percentile: ms, the floor's, ratio, budget."""
    with tempfile.TemporaryDirectory() as folder:
        home = a_home(Path(folder) / "home")
        database = make_record(Path(folder) / "desk.db", 10_000, 20_000)
        with InTerminal(["-m", "bench.floor_app"]) as app:
            app.until(b"Okafor 0")
            base = times(app, keys)
        arguments = ["-m", "duty_tui", "--database", str(database)]
        with InTerminal(arguments, environ={"DUTY_TUI_HOME": str(home)}) as app:
            app.until(b"LATE")
            mine = times(app, keys)
    return [
        {
            "name": f"key to repaint, 10,000 open, {name}",
            "floor_ms": of(base) * 1000,
            "ms": of(mine) * 1000,
            "ratio": of(mine) / of(base),
            "budget": BUDGET,
        }
        for name, of in (("median", median), ("p95", lambda times: quantiles(times, n=20)[-1]))
    ]


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
