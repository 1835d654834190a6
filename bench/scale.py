"""What one authority's queue and entries cost on a server that a whole region shares, and in one very large file.

Two servers stand beside each other, one with an authority alone, one with that authority among 149 others as large;
both are asked in turn, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median

from bench.append import timed
from bench.commands import once
from bench.first_paint import a_home
from bench.propagation import server_in
from bench.queue_record import KEY, a_row, fill, make_record
from bench.table import Row, against
from duty_tui.store.address import read_address
from duty_tui.store.journal import NewEntry
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store

AUTHORITIES = 150
CONCERNS, ENTRIES = 100_000, 2_000_000
OPEN = 200
ROUNDS, LOOKS, WARM_UP = 400, 60, 50
BATCH = 500
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
BODY = {"text": "x" * 200}


def grow(store: Store, concerns: int, entries: int) -> None:
    """Bring a filled record up to so many concerns, all but `OPEN` of them closed, and so many entries."""
    chance, per_stream = Random(11), entries // concerns
    for start in range(OPEN + 1, concerns + 1, BATCH):
        rows = [
            a_row(number, is_open=False, at=NOW, chance=chance)._replace(id=f"{number:032x}", version=per_stream)
            for number in range(start, min(start + BATCH, concerns + 1))
        ]
        made = [NewEntry(row.id, version, "measured", BODY) for row in rows for version in range(per_stream)]
        store.append(made, actor="Ann Osei", at=NOW, rows=rows)


def one_authority(address: str) -> None:
    """An authority of an even share of the region."""
    from duty_tui.store.postgres import PostgresStore

    with closing(PostgresStore(read_address(address), create=True)) as store:
        fill(store, OPEN, OPEN, NOW)
        grow(store, CONCERNS // AUTHORITIES, ENTRIES // AUTHORITIES)


def the_others(server: str) -> None:
    """As many again of the same size: what the first one recorded, put into schemas of their own."""
    import psycopg

    from duty_tui.store.postgres import PostgresStore

    for number in range(1, AUTHORITIES):
        name = f"authority{number}"
        PostgresStore(read_address(f"{server}&schema={name}"), create=True).close()
        with psycopg.connect(server, autocommit=True) as connection:
            for table in ("journal", "concern", "identity"):
                connection.execute(f"ALTER TABLE {name}.{table} DISABLE TRIGGER USER")  # nothing is recorded there
                connection.execute(f"INSERT INTO {name}.{table} SELECT * FROM authority0.{table}")  # noqa: S608


def settled(server: str) -> None:
    """Both servers begin alike: nothing is still to be tidied or written."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def look(address: str) -> Callable[[int], object]:
    """Opens the record and reads what the queue shows."""
    from duty_tui.store.postgres import PostgresStore

    def act(_turn: int) -> None:
        with closing(PostgresStore(read_address(address))) as store:
            assert len(store.rows()) == OPEN
            store.head()

    return act


def recording(store: Store) -> Callable[[int], object]:
    """A note on the first open concern, with the row that follows from it."""
    first = store.rows()[0]
    begun = store.version(first.id)

    def act(turn: int) -> None:
        entry = NewEntry(first.id, begun + turn, "measured", BODY)
        store.append([entry], actor="Ann Osei", at=NOW, rows=[first._replace(version=begun + turn + 1)])

    return act


def paired(acts: dict[str, Callable[[int], object]], rounds: int) -> dict[str, float]:
    """Medians in milliseconds, taken in turn."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(rounds + WARM_UP):
        for name, act in acts.items():
            taken = timed(act, turn)
            if turn >= WARM_UP:
                times[name].append(taken)
    return {name: median(taken) for name, taken in times.items()}


def on_servers(folder: Path) -> Iterator[Row]:
    """One authority alone, and among the others."""
    from duty_tui.store.postgres import PostgresStore

    servers = [server_in(folder / name) for name in ("alone", "region")]
    if None in servers:
        return
    addresses = [f"{server}&schema=authority0" for server in servers]
    for address in addresses:
        one_authority(address)
    for server in servers[1:]:
        the_others(str(server))
    for server in servers:
        settled(str(server))
    alone, region = addresses
    found = paired({"alone": look(alone), "region": look(region)}, LOOKS)
    among = f"among {AUTHORITIES} authorities, {CONCERNS:,} concerns, {ENTRIES:,} entries"
    yield against(f"PostgreSQL: open a queue {among}", found["region"], found["alone"], 1.2)
    with closing(PostgresStore(read_address(alone))) as one, closing(PostgresStore(read_address(region))) as other:
        found = paired({"alone": recording(one), "region": recording(other)}, ROUNDS)
    yield against("PostgreSQL: append there, median", found["region"], found["alone"], 1.2)


def in_one_file(folder: Path) -> Iterator[Row]:
    """The command that prints the queue of `OPEN`, of a file with everything and of one with nothing else."""
    home = a_home(folder / "home")
    small = make_record(folder / "small.db", OPEN, OPEN, NOW)
    large = make_record(folder / "large.db", OPEN, OPEN, NOW)
    with closing(SqliteStore(large, KEY)) as store:
        grow(store, CONCERNS, ENTRIES)
    times: dict[Path, list[float]] = {small: [], large: []}
    for turn in range(LOOKS // 3):
        for database, taken in times.items():
            environ = {**os.environ, "DUTY_TUI_HOME": str(home), "DUTY_TUI_DATABASE": str(database)}
            spent = once(["-m", "duty_tui", "queue"], environ)
            if turn:
                taken.append(spent)
    name = f"SQLite: queue of {OPEN} in a file of {CONCERNS:,} concerns, {ENTRIES:,} entries"
    yield against(name, median(times[large]), median(times[small]), 1.3)


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as place:
        yield from on_servers(Path(place))
        yield from in_one_file(Path(place))
