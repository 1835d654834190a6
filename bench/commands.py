"""How long a command takes from nothing, beside a Python that does nothing; taken in turn, medians."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.first_paint import a_home
from bench.queue_record import make_record
from bench.table import Row, against

ROUNDS = 15


def once(arguments: Sequence[str], environ: Mapping[str, str]) -> float:
    """Milliseconds from start to end of one process."""
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], env=environ, stdout=subprocess.DEVNULL, check=True)
    return (perf_counter() - start) * 1000


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        home = a_home(Path(folder) / "home")
        database = make_record(Path(folder) / "desk.db", 200, 20_000)
        environ = {**os.environ, "DUTY_TUI_HOME": str(home), "DUTY_TUI_DATABASE": str(database)}
        commands = {
            "bare": ["-c", "pass"],
            "--help": ["-m", "duty_tui", "--help"],
            "queue": ["-m", "duty_tui", "queue"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(ROUNDS + 1):
            for name, arguments in commands.items():
                taken = once(arguments, environ)
                if turn:
                    times[name].append(taken)
        bare = median(times["bare"])
        yield against("duty-tui --help", median(times["--help"]), bare, 5)
        yield against("duty-tui queue, 200 open of 20,000", median(times["queue"]), bare, 15)
