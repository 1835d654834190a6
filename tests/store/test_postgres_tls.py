"""What is sent to a server elsewhere is encrypted, and the server proves which one it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from duty_tui.errors import Unavailable, UsageError
from duty_tui.store.address import read_address
from duty_tui.store.postgres_check import check
from duty_tui.store.postgres_rights import grant
from tests.postgres import fresh, open_at, socket_of
from tests.store.examples import AT, note
from tests.tls_server import NAME, TlsServer, tls_server
from tests.wire import Wire


@pytest.fixture(scope="module")
def server() -> Iterator[TlsServer]:
    with tls_server() as server:
        yield server


def test_with_the_right_authority_everything_works(server: TlsServer) -> None:
    owner = read_address(server.address())
    assert owner.strict
    open_at(owner).close()
    grant(owner, ["ann"], [])
    ann = read_address(server.address("ann"))
    with open_at(ann, create=False) as store:
        store.append([note()], actor="ann", at=AT)
        assert store.verify().seq == 1
        [(encrypted,)] = store._read("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        assert encrypted
    assert [one.what for one in check(ann) if not one.right] == []
    assert "the way there is encrypted" in [one.what for one in check(ann)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ca": "other.pem"}, "not signed by anybody who counts here"),
        ({"ca": "nowhere.pem"}, "no file says whose certificates count"),
        ({"host": "elsewhere.example"}, "its certificate is for another name"),
        ({"login": "eve"}, "asks for a password|does not know this name"),
        ({"more": "&passfile=nowhere"}, "asks for a password|does not know this name"),
    ],
    ids=lambda changes: next(iter(changes.values())) if isinstance(changes, dict) else "",
)
def test_otherwise_nothing_is_sent(server: TlsServer, changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(Unavailable, match=sentence):
        open_at(read_address(server.address(**changes)), create=False)


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_less_than_that_is_refused_here(server: TlsServer, mode: str) -> None:
    with pytest.raises(UsageError, match="does not have to prove which one it is"):
        read_address(server.address(more=f"&sslmode={mode}"))


def test_a_plain_connection_is_refused_there(server: TlsServer) -> None:
    plain = f"postgresql://owner@127.0.0.1:{server.port}/duty?sslmode=disable&passfile={server.folder / 'passwords'}"
    with pytest.raises(Unavailable, match="lets nobody in from here under this name, or not without TLS"):
        open_at(read_address(plain), create=False)
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(plain)


def test_a_server_that_does_not_speak_tls_is_told_nothing(tmp_path: Path) -> None:
    address = fresh()
    with Wire(socket_of(address)) as wire:
        port = wire.address(address).url.rpartition(":")[2].partition("/")[0]
        words = f"hostaddr=127.0.0.1&sslrootcert={tmp_path / 'ca.pem'}"
        (tmp_path / "ca.pem").write_text("")
        with pytest.raises(Unavailable, match="does not speak TLS"):
            open_at(read_address(f"postgresql://postgres@{NAME}:{port}/postgres?{words}"))
