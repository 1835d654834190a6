"""Somebody who only looks: hears that the record was written and reads what is new, whatever happens to the way."""

from __future__ import annotations

import json
import os
import select

from duty_tui.errors import Unavailable
from duty_tui.store.store import Store, Watcher
from tests.faults.engines import reach
from tests.faults.judge import Said


def run(place: str, ear: int, mouth: int) -> None:
    """Say `[number, id]` of every entry, in order as it is read, until `ear` ends."""
    read, store, watcher = 0, None, None

    def enough(seconds: float) -> bool:
        return bool(select.select([ear], [], [], seconds)[0])

    while not enough(0):
        try:
            store = store or reach(place)
            if watcher is None or watcher.changed(0.2):
                watcher = watcher or store.watcher()
                for batch in store.follow(read):
                    for entry in batch:
                        os.write(mouth, json.dumps([entry.seq, entry.id]).encode() + b"\n")
                    read = batch[-1].seq
        except Unavailable:
            _let_go(watcher)
            watcher = None
            enough(0.05)
    _let_go(watcher, store)


def _let_go(*ends: Watcher | Store | None) -> None:
    for end in ends:
        if end is not None:
            end.close()


def missed(said: Said, store: Store) -> int:
    """How many entries a listener did not hear of, or heard out of order or twice."""
    wanted = [[entry.seq, entry.id] for batch in store.follow() for entry in batch]
    return sum(heard != there for heard, there in zip(said.lines, wanted, strict=False)) + abs(
        len(wanted) - len(said.lines)
    )
