"""`make bench`: every budget, each against a floor of the same run. `ARGS=--json` prints it for machines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator

from bench import append, call, clocks, commands, documents, first_paint, idle, keys, order, past, propagation, scale
from bench.table import Row, against, plain, printed


def painting() -> Iterator[Row]:
    for found in first_paint.measure():
        name = str(found["name"])
        yield against(name, float(found["ms"]), float(found["floor_ms"]), float(found["budget"]))
        peak = name.replace("first paint", "peak memory")
        yield against(peak, float(found["mb"]), float(found["floor_mb"]), float(found["memory_budget"]), "MB")


def pressing() -> Iterator[Row]:
    for found in keys.measure():
        yield against(str(found["name"]), float(found["ms"]), float(found["floor_ms"]), float(found["budget"]))


def calling() -> Iterator[Row]:
    for found in call.measure():
        name, taken, budget = str(found["name"]), float(found["ms"]), float(found["budget"])
        if "floor_ms" in found:
            yield against(name, taken, taken / float(found["ratio"]), budget)
        else:
            yield plain(name, taken, budget, "ms")


def idling() -> Iterator[Row]:
    for found in idle.measure():
        share, budget = float(found["share"]) * 100, float(found["budget"]) * 100
        yield plain("idle, live queue of 200, share of a core", share, budget, "%")


def appending() -> Iterator[Row]:
    fresh, grown = append.fresh(), append.grown()
    yield against("durable append, median", fresh["append_ms"], fresh["bare_ms"], 2)
    pages = "  beside an insert with one index, and an update of one row"
    yield against(pages, fresh["append_ms"], fresh["same_pages_ms"], None)
    yield against("durable append after 2 million entries", grown["append_ms"], fresh["append_ms"], 1.3)


#: What is measured, in the order of the table; a name to ask for one alone.
PARTS: dict[str, Callable[[], Iterable[Row]]] = {
    "paint": painting,
    "keys": pressing,
    "call": calling,
    "clocks": clocks.measure,
    "order": order.measure,
    "past": past.measure,
    "documents": documents.measure,
    "commands": commands.measure,
    "append": appending,
    "scale": scale.measure,
    "propagation": propagation.measure,
    "idle": idling,
}


def main() -> int:
    """Measure, print a row each, and end with 1 when a budget is not kept."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--json", action="store_true", help="one list, for machines")
    chosen = parser.parse_args()
    if unknown := [part for part in chosen.parts if part not in PARTS]:
        parser.error(f"there is no part called {unknown[0]}")
    rows: list[Row] = []
    for part in chosen.parts or PARTS:
        for row in PARTS[part]():
            rows.append(row)
            if not chosen.json:
                print(printed(row), flush=True)
    if chosen.json:
        print(json.dumps([row.as_dict() for row in rows], indent=1))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
