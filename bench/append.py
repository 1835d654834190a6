"""What a durable append costs beside a bare insert into a plain table, encrypted and synced alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from duty_tui.store import journal
from duty_tui.store.cipher import connect
from duty_tui.store.journal import NewEntry
from duty_tui.store.rows import ConcernRow
from duty_tui.store.sqlite import SqliteStore

KEY = b"\xab" * 32
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
#: An entry the size of a note, so that a bare row holds as many bytes as the body.
BODY = {"text": "x" * 580}
ROUNDS = 600
#: Past the first lap of the WAL: from then on it is written over and no longer grows, as at any desk in use.
WARM_UP = 1100


def row(concern: str, version: int) -> ConcernRow:
    return ConcernRow(
        *(concern, version, "open", 1, 1_795_000_000, 1_794_990_000, True, False, "Strategy discussion", "Book it"),
        *(None, "Example", "example", 2, "2020-01-01", "2018-01-01", "Bruise to the arm", "School", "New"),
        *("example bruise to the arm school", False),
    )


def bare(path: Path) -> Callable[[int], object]:
    path.touch(0o600)
    connection = connect(path, KEY, patience=5, read_only=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE plain(seq INTEGER PRIMARY KEY, body TEXT)")
    body = journal.canonical(BODY)
    return lambda _: connection.execute("INSERT INTO plain(body) VALUES (?)", (body,))


def same_pages(path: Path, streams: int = 200) -> Callable[[int], object]:
    """The least with which an entry is found again by its concern and the concern's row follows: an index and a row."""
    path.touch(0o600)
    connection = connect(path, KEY, patience=5, read_only=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE entry(seq INTEGER PRIMARY KEY, concern TEXT, version INT, body TEXT)")
    connection.execute("CREATE UNIQUE INDEX by_concern ON entry(concern, version)")
    connection.execute("CREATE TABLE row(concern TEXT PRIMARY KEY, version INT, shown TEXT)")
    names, body, shown = [journal.new_id() for _ in range(streams)], journal.canonical(BODY), "x" * 300
    connection.executemany("INSERT INTO row VALUES (?, 0, ?)", [(name, shown) for name in names])

    def act(turn: int) -> None:
        concern, version = names[turn % streams], turn // streams
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entry(concern, version, body) VALUES (?, ?, ?)", (concern, version, body))
        connection.execute("UPDATE row SET version = ?, shown = ? WHERE concern = ?", (version, shown, concern))
        connection.execute("COMMIT")

    return act


def appending(store: SqliteStore, turns: int, streams: int) -> Callable[[int], object]:
    """A note on one of `streams` concerns in turn, with the row that follows from it; both are made beforehand."""
    names = [journal.new_id() for _ in range(streams)]
    entries = [NewEntry(names[turn % streams], turn // streams, "noted", BODY) for turn in range(turns)]
    rows = [row(entry.stream, entry.expected + 1) for entry in entries]
    return lambda turn: store.append([entries[turn]], actor="A. Worker", at=NOW, rows=[rows[turn]])


def timed(act: Callable[[int], object], turn: int) -> float:
    start = perf_counter()
    act(turn)
    return (perf_counter() - start) * 1000


def measure(store: SqliteStore, folder: Path) -> dict[str, float]:
    """Medians in milliseconds, all taken in turn so that whatever else the machine does meets each."""
    acts = {
        "append_ms": appending(store, WARM_UP + ROUNDS, 200),
        "bare_ms": bare(folder / "bare.db"),
        "same_pages_ms": same_pages(folder / "pages.db"),
    }
    for act in acts.values():
        for turn in range(WARM_UP):
            act(turn)
    times: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(WARM_UP, WARM_UP + ROUNDS):
        for name, act in acts.items():
            times[name].append(timed(act, turn))
    return {name: median(taken) for name, taken in times.items()}


def fresh() -> dict[str, float]:
    """A store nearly empty. Budget: append at most 2 × bare."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with closing(SqliteStore(folder / "duty.db", KEY, create=True)) as store:
            return measure(store, folder)


def grown(events: int = 2_000_000) -> dict[str, float]:
    """The same with `events` entries already there. Budget: append at most 1.3 × that of a fresh store."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with closing(SqliteStore(folder / "duty.db", KEY, create=True)) as store:
            grow(store, events)
            return measure(store, folder)


def grow(store: SqliteStore, events: int, per_stream: int = 40, batch: int = 20_000) -> None:
    """Fill a store through `append`, whole concerns at a time, as an import would."""
    made = 0
    while made < events:
        streams = [journal.new_id() for _ in range(batch // per_stream)]
        entries = [NewEntry(stream, version, "noted", BODY) for stream in streams for version in range(per_stream)]
        store.append(entries, actor="A. Worker", at=NOW, rows=[row(stream, per_stream) for stream in streams])
        made += len(entries)


if __name__ == "__main__":
    for name, taken in (("fresh", fresh()), ("2,000,000 entries", grown())):
        ratio = taken["append_ms"] / taken["bare_ms"]
        print(f"{name}: append {taken['append_ms']:.3f} ms, bare {taken['bare_ms']:.3f} ms, {ratio:.2f} ×")
