"""From the start of the process to the first concern on the screen, and the memory it took, beside the floor app."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from statistics import median

from bench.in_terminal import InTerminal
from bench.queue_record import KEY, make_record

ROUNDS = 9
STAY = 3.0
#: Open concerns of all, and the budgets: time and peak memory as multiples of the floor's.
SIZES = ((200, 20_000, 1.4, 1.5), (10_000, 20_000, 1.8, 2.5))


def floor(stay: float = 0.0) -> tuple[float, int]:
    """Seconds to the first row, and the bytes of memory it had at most until `stay` seconds later."""
    with InTerminal(["-m", "bench.floor_app"]) as app:
        seconds = app.until(b"Okafor 0")
        app.spend(stay)
    return seconds, app.peak_bytes


def ours(database: Path, home: Path, stay: float = 0.0) -> tuple[float, int]:
    """The same for the queue of `database`; the key and everything else of this person is under `home`.

    Within the second after, the pane has asked the desk about the first concern: the policies have been read.
    """
    arguments = ["-m", "duty_tui", "--database", str(database)]
    with InTerminal(arguments, environ={"DUTY_TUI_HOME": str(home)}) as app:
        seconds = app.until(b"LATE")
        app.spend(stay)
    return seconds, app.peak_bytes


def a_home(folder: Path) -> Path:
    """A person's folders, with the key of the measured records."""
    from duty_tui.places import HOME, places

    key = places({HOME: str(folder)}).key_file
    key.parent.mkdir(parents=True, mode=0o700)
    key.touch(0o600)
    key.write_text(KEY.hex() + "\n", "ascii")
    return folder


def measure(rounds: int = ROUNDS) -> list[dict[str, float | str]]:
    """A dict for each size: medians in ms and MB, ratios to the floor of the same rounds, budgets."""
    found: list[dict[str, float | str]] = []
    with tempfile.TemporaryDirectory() as folder:
        home = a_home(Path(folder) / "home")
        for open_ones, total, budget, memory_budget in SIZES:
            database = make_record(Path(folder) / f"{open_ones}.db", open_ones, total)
            ours(database, home)
            floors, app = [], []
            for _ in range(rounds):
                floors.append(floor())
                app.append(ours(database, home))
            base, mine = (median(seconds for seconds, _ in runs) for runs in (floors, app))
            base_peak, peak = floor(STAY)[1], ours(database, home, STAY)[1]
            found.append({
                "name": f"first paint, {open_ones:,} open of {total:,}",
                "floor_ms": base * 1000,
                "ms": mine * 1000,
                "ratio": mine / base,
                "budget": budget,
                "floor_mb": base_peak / 1e6,
                "mb": peak / 1e6,
                "memory_ratio": peak / base_peak,
                "memory_budget": memory_budget,
            })  # fmt: skip
    return found


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
