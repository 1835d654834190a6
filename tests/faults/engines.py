"""The engines a record can be kept in, by name: made empty for the trial, and reached by their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duty_tui.store.address import is_address, read_address
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store
from duty_tui.wiring import default_adoptions
from tests.desk.conftest import Hands, make_desk
from tests.faults.server_process import ServerProcess
from tests.store.examples import KEY

ENGINES = ("sqlite", "postgres")
#: Before the address of a server that does not prove which one it is: the wheel's speaks no TLS, and what is tried over
#: a network of the trial's own is the way and not who answers.
UNPROVEN = "unproven+"
#: Seconds everybody waits for somebody else's lock.
PATIENCE = 60.0


def reach(place: str, *, create: bool = False) -> Store:
    """The store at a place: a path, or the address of a server."""
    address = place.removeprefix(UNPROVEN)
    if not is_address(address):
        return SqliteStore(Path(place), KEY, create=create, patience=PATIENCE)
    from duty_tui.store.postgres import PostgresStore

    where = read_address(address)
    if place.startswith(UNPROVEN):
        where = where._replace(strict=False)
    return PostgresStore(where, create=create, patience=PATIENCE)


def begin(place: str) -> None:
    """Make a record there, with the default policies adopted."""
    with reach(place, create=True) as store:
        make_desk(store, Hands()).decide(default_adoptions(Hands().now.date()))


@contextmanager
def made(engine: str, folder: Path) -> Iterator[str]:
    """A new record with the default policies adopted; its place. Raises ImportError where there is no server."""
    if engine == "sqlite":
        begin(str(folder / "duty.db"))
        yield str(folder / "duty.db")
        return
    server = ServerProcess(folder / "server")
    server.start()
    try:
        begin(server.address("trial"))
        yield server.address("trial")
    finally:
        server.stop("immediate")
