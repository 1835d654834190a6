"""Debian's PostgreSQL server with a certificate of its own, where there is one: the server of the wheel has no TLS."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

NO_TLS_SERVER = "there is no PostgreSQL server under /usr/lib/postgresql, or no openssl: nothing here speaks TLS"
#: The name the server's certificate is for. Nobody has it: the address says where it is.
NAME = "db.example"


class TlsServer(NamedTuple):
    """A server that lets people in with TLS and a password alone."""

    port: int
    folder: Path
    """Holds `ca.pem`, whose certificate the server has, `other.pem`, of somebody else, and `passwords`."""

    def address(self, login: str = "owner", host: str = NAME, ca: str = "ca.pem", more: str = "") -> str:
        words = f"hostaddr=127.0.0.1&sslrootcert={self.folder / ca}&passfile={self.folder / 'passwords'}"
        return f"postgresql://{login}@{host}:{self.port}/duty?{words}{more}"


def _unprivileged() -> str | None:
    """Whom the server runs as where we are root, which it refuses to be."""
    if os.geteuid() != 0:
        return None
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(*command: str | Path, user: str | None = None) -> None:
    done = subprocess.run(
        [*map(str, command)], user=user, cwd="/", capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def _authority(folder: Path, name: str) -> None:
    _run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"),
        *("-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"),
    )


def _certificate(folder: Path) -> None:
    (folder / "name.cnf").write_text(f"subjectAltName=DNS:{NAME}\n")
    _run(
        *("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}"),
        *("-keyout", folder / "server.key", "-out", folder / "server.csr"),
    )
    _run(
        *("openssl", "x509", "-req", "-in", folder / "server.csr", "-CA", folder / "ca.pem", "-days", "2"),
        *("-CAkey", folder / "ca.key", "-CAcreateserial", "-extfile", folder / "name.cnf"),
        *("-out", folder / "server.crt"),
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@contextmanager
def tls_server() -> Iterator[TlsServer]:
    """Start it, and stop it; skips the test where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found or not shutil.which("openssl"):
        pytest.skip(NO_TLS_SERVER)
    # In a folder of its own: those of the tests are closed to whom the server runs as.
    with TemporaryDirectory(prefix="duty") as folder:
        yield from _running(Path(folder), found[-1])


def _running(folder: Path, programs: Path) -> Iterator[TlsServer]:
    user, port = _unprivileged(), _free_port()
    _authority(folder, "ca")
    _authority(folder, "other")
    _certificate(folder)
    (folder / "passwords").write_text("*:*:*:owner:a word\n*:*:*:ann:another word\n")
    (folder / "passwords").chmod(0o600)
    data = folder / "data"
    data.mkdir(mode=0o700)
    for place in (folder, data, folder / "server.key", folder / "server.crt"):
        if user:
            shutil.chown(place, user)
    _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", user=user)
    (data / "pg_hba.conf").write_text("local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n")
    settings = {
        "ssl": "on",
        "ssl_cert_file": folder / "server.crt",
        "ssl_key_file": folder / "server.key",
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
    }
    told = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    _run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", " ".join(told), "start", user=user)
    try:
        made = (
            "CREATE ROLE owner LOGIN CREATEROLE PASSWORD 'a word'",
            "CREATE ROLE ann LOGIN PASSWORD 'another word'",
            "CREATE DATABASE duty OWNER owner",
        )
        said = [word for one in made for word in ("-c", one)]
        _run("psql", "-h", folder, "-p", str(port), "-U", "postgres", "-d", "postgres", *said)
        yield TlsServer(port, folder)
    finally:
        _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop", user=user)
