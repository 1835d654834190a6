"""A fresh SQLite store, and where it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from duty_tui.store.sqlite import SqliteStore
from tests.store.examples import note, open_file, record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "duty.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with open_file(path) as store:
        record(store, note())
        yield store
