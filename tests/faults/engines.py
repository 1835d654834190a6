"""The engines a record can be kept in, by name: made empty for the trial, and reached by their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store
from duty_tui.wiring import default_adoptions
from tests.desk.conftest import Hands, make_desk
from tests.store.examples import KEY

ENGINES = ("sqlite",)


def reach(place: str) -> Store:
    """The store at a place: a path."""
    return SqliteStore(Path(place), KEY, patience=60)


@contextmanager
def made(engine: str, folder: Path) -> Iterator[str]:
    """A new record with the default policies adopted; its place."""
    del engine
    path = folder / "duty.db"
    with SqliteStore(path, KEY, create=True) as store:
        make_desk(store, Hands()).decide(default_adoptions(Hands().now.date()))
    yield str(path)
