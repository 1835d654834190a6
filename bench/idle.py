"""What a live queue of 200 costs while nobody touches it: the share of one core, over half a minute."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from time import perf_counter

from bench.first_paint import a_home
from bench.in_terminal import InTerminal
from bench.queue_record import make_record

SECONDS = 30.0
WARM_UP = 3.0
BUDGET = 0.01


def measure(seconds: float = SECONDS) -> list[dict[str, float | str]]:
    """One dict: the share of a core, its budget, and the bytes written a second."""
    with tempfile.TemporaryDirectory() as folder:
        home = a_home(Path(folder) / "home")
        database = make_record(Path(folder) / "desk.db", 200, 20_000)
        arguments = ["-m", "duty_tui", "--database", str(database)]
        with InTerminal(arguments, environ={"DUTY_TUI_HOME": str(home)}) as app:
            app.until(b"LATE")
            app.spend(WARM_UP)
            written, used, began = len(app.written), app.cpu_seconds(), perf_counter()
            app.spend(seconds)
            took = perf_counter() - began
            share = (app.cpu_seconds() - used) / took
    return [
        {
            "name": "idle, live queue of 200, share of a core",
            "share": share,
            "ratio": share / BUDGET,
            "budget": BUDGET,
            "bytes_a_second": (len(app.written) - written) / took,
        }
    ]


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
