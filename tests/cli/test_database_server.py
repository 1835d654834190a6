from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from duty_tui.store import postgres_schema
from duty_tui.store.address import Address
from tests.cli.conftest import TABLE, Ended, Run
from tests.postgres import as_login, by_hand, fresh


def named(address: Address) -> str:
    return f"{address.url}&schema={address.schema}"


@pytest.fixture
def address() -> Iterator[Address]:
    address = fresh()
    yield address
    with by_hand(address) as hand:
        hand.execute(f"DROP SCHEMA IF EXISTS {address.schema} CASCADE; DROP ROLE IF EXISTS ann, bo")


@pytest.fixture
def owner(run: Run, address: Address) -> Run:
    """A command of whoever owns a new record."""

    def as_owner(*words: str) -> Ended:
        return run("--database", named(address), *words)

    assert as_owner("database", "create").lines == [f"database {address.shown}"]
    return as_owner


def test_it_is_about_a_server(run: Run) -> None:
    for words in (("create",), ("migrate",), ("grants",), ("check",)):
        ended = run("--database", "desk.db", "database", *words)
        assert (ended.status, ended.out) == (2, "")
        assert "--database postgresql://" in ended.err


def test_a_record_is_made_once(owner: Run) -> None:
    again = owner("database", "create")
    assert (again.status, again.out) == (1, "")
    assert "There is already a record" in again.err


def test_who_records_in_it_does_not_make_it_again(owner: Run, address: Address, run: Run) -> None:
    owner("database", "grants", "--login", "ann")
    again = run("--database", named(as_login(address, "ann")), "init")
    assert (again.status, again.out) == (1, "")
    assert "There is already a record" in again.err


def test_people_are_let_in_and_record_under_their_names(owner: Run, address: Address, run: Run) -> None:
    printed = owner("database", "grants", "--login", "ann", "--print")
    assert 'CREATE ROLE "ann" LOGIN' in printed.out
    assert owner("database", "grants", "--login", "ann", "--login", "bo").lines[1:] == ["in ann", "in bo"]
    ann = named(as_login(address, "ann"))
    assert run("--database", ann, "import", "-", text=TABLE).status == 0
    assert "ann" in owner("log", "C1").out
    assert owner("database", "grants", "--leave", "ann").lines[1:] == ["out ann"]
    assert run("--database", ann, "queue").status == 1
    assert owner("database", "grants", "--leave", "ann", "--leave", "bo").lines[1:] == ["not in ann", "out bo"]


def test_a_restricted_concern_is_for_those_named(owner: Run, address: Address, run: Run) -> None:
    owner("database", "grants", "--login", "ann", "--login", "bo")
    ann, bo = (named(as_login(address, name)) for name in ("ann", "bo"))
    run("--database", ann, "import", "-", text=TABLE)
    assert run("--database", ann, "restrict", "C1", "--to", "ann", "--reason", "Works here").status == 0
    assert "Works here" in run("--database", ann, "log", "C1").out
    queue = run("--database", bo, "queue").lines
    assert queue[-1].split() == ["C1", "RESTRICTED"]
    for words in (("why", "C1"), ("show", "C1"), ("log", "C1"), ("obligations", "C1"), ("export", "data", "C1")):
        ended = run("--database", bo, *words)
        assert (ended.status, ended.out) == (1, "")
        assert "ask ann, who restricted it" in ended.err
    for listing in (
        ("stats",),
        ("breaches",),
        ("handover",),
        ("board",),
        ("obligations",),
        ("export", "data", "--all"),
    ):
        ended = run("--database", bo, *listing)
        assert ended.status == 0
        assert "Okafor" not in ended.out
    verified = run("--database", bo, "verify")
    assert "restricted to others: 1. Their links are checked" in verified.err
    assert run("--database", bo, "closure", "add", "2026-11-23", "Flood").status == 0
    assert "Okafor" in run("--database", ann, "queue").out
    assert run("--database", ann, "restrict", "C1", "--lift", "--reason", "Over").status == 0
    assert "Works here" in run("--database", bo, "log", "C1").out
    assert "Okafor" in run("--database", bo, "queue").out


def test_check_says_what_is_wrong(owner: Run, address: Address) -> None:
    right = owner("database", "check", "--json")
    assert right.json["right"] is True
    with by_hand(address) as hand:
        hand.execute("ALTER TABLE journal DISABLE TRIGGER journal_link")
    ended = owner("database", "check")
    assert ended.status == 1
    assert f"WRONG {address.shown}: the guards of the journal were changed or taken away." in ended.lines
    assert "1 of" in ended.err
    assert owner("database", "check", "--json").json["right"] is False


def test_migrate_says_what_it_did(owner: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    del tmp_path
    assert "of this version already" in owner("database", "migrate").err
    monkeypatch.setattr(postgres_schema, "MIGRATIONS", (*postgres_schema.MIGRATIONS, ("2 more", lambda _: "SELECT 1")))
    monkeypatch.setattr(postgres_schema, "VERSION", postgres_schema.VERSION + 1)
    ended = owner("database", "migrate")
    assert ended.lines == ["migrated 2 more"]
    assert "grants` again" in ended.err
