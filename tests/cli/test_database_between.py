"""A record moved to a PostgreSQL server and back, a standby fed, a backup brought home."""

from __future__ import annotations

from pathlib import Path

import pytest

from duty_tui.store.address import Address
from tests.cli.conftest import Run
from tests.postgres import by_hand, fresh, open_at


@pytest.fixture
def database(home: Path) -> Path:
    return home / "data" / "desks" / "desk.db"


@pytest.fixture
def address() -> Address:
    return fresh()


@pytest.fixture
def there(address: Address) -> str:
    """As it is written on the command line."""
    return f"{address.url}&schema={address.schema}"


def test_a_record_moves_to_a_server_and_back(desk: Run, database: Path, address: Address, there: str) -> None:
    head = desk("verify").lines
    ended = desk("database", "copy", database, there)
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines == [f"copy {address.shown}", *head, "brought 10", "drafts 0"]
    for command in (("queue", "--json"), ("why", "C1"), ("log", "C2"), ("export", "data", "C3")):
        assert desk("--database", there, *command).out == desk(*command).out, command
    assert desk("--database", there, "verify").lines == head
    assert desk("--database", there, "closure", "add", "2026-11-23", "Staff day").status == 0
    ended = desk("database", "copy", there, database)
    assert (ended.status, ended.lines[3]) == (0, f"brought {int(ended.lines[1].split()[1]) - 10}")
    assert desk("verify").lines == desk("--database", there, "verify").lines == ended.lines[1:3]
    assert desk("queue", "--json").out == desk("--database", there, "queue", "--json").out


def test_a_standby_on_another_server_is_fed(desk: Run, database: Path, there: str) -> None:
    standby = fresh()
    second = f"{standby.url}&schema={standby.schema}"
    assert desk("database", "copy", database, there).status == 0
    assert desk("database", "copy", there, second).status == 0
    assert (
        desk("destroy", "C1", "--authority", "Board", "--rule", "R1", "--entries", "2", "--confirm", "C1").status == 0
    )
    assert desk("database", "copy", database, there).status == 0
    ended = desk("database", "copy", "--quick", there, second)
    assert ended.lines[3] == "brought 1"
    with open_at(standby) as store:
        assert [entry.body is None for entry in store.since(0)].count(True) == 1
    assert desk("--database", second, "verify").lines == desk("verify").lines


def test_a_backup_of_a_server_brought_home_makes_its_own_key(run: Run, home: Path, desk: Run, there: str) -> None:
    assert desk("database", "copy", home / "data" / "desks" / "desk.db", there).status == 0
    key = home / "config" / "keys" / "desk.key"
    key.unlink()
    ended = run("database", "copy", there, "home.db")
    assert (ended.status, "The key of the copy is made at" in ended.err) == (0, True)
    assert run("--database", "home.db", "verify").lines == ended.lines[1:3]
    assert ended.lines[3] == "brought 10"
    key.unlink()
    ended = run("database", "copy", there, "home.db")
    assert (ended.status, "key file" in ended.err) == (1, True)


def test_what_is_refused(desk: Run, database: Path, address: Address, there: str) -> None:
    assert desk("database", "copy", there, database).status == 1
    assert desk("--database", there, "init").status == 0
    ended = desk("database", "copy", database, there)
    assert (ended.status, "is another record" in ended.err) == (1, True)
    ended = desk("database", "copy", there, there)
    assert (ended.status, "same record" in ended.err) == (1, True)
    ended = desk("database", "copy", database, "postgresql://secret:word@nowhere.example/x?sslmode=disable")
    assert (ended.status, "word" in ended.err) == (2, False)
    with by_hand(address) as hand:
        hand.execute("UPDATE meta SET value = 'yes' WHERE name = 'copying'")
        hand.execute("INSERT INTO meta VALUES ('copying', 'yes') ON CONFLICT DO NOTHING")
    ended = desk("--database", there, "queue")
    assert (ended.status, f"{address.shown} is a copy that is not whole yet" in ended.err) == (1, True)
