"""A record carried to a PostgreSQL server and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from duty_tui.store.address import Address
from tests.cli.conftest import Run
from tests.postgres import as_login, by_hand, fresh, open_at


@pytest.fixture
def address() -> Iterator[Address]:
    address = fresh()
    yield address
    with by_hand(address) as hand:
        hand.execute(f"DROP SCHEMA IF EXISTS {address.schema} CASCADE; DROP ROLE IF EXISTS cy")


def named(address: Address) -> str:
    return f"{address.url}&schema={address.schema}"


def test_a_record_goes_to_a_server_and_back(desk: Run, home: Path, address: Address) -> None:
    head = desk("verify").lines
    ended = desk("database", "copy", home / "data" / "desks" / "desk.db", named(address))
    assert ended.lines == [f"copy {address.shown}", *head, "brought 10", "drafts 0"]
    there = ("--database", named(address))
    assert desk(*there, "verify").lines == head
    for command in (("queue", "--json"), ("why", "C1"), ("log", "C2")):
        assert desk(*there, *command).out == desk(*command).out, command
    assert desk(*there, "closure", "add", "2026-11-23", "Staff day").status == 0
    back = desk("database", "copy", named(address), "back.db")
    assert (back.status, back.lines[0]) == (0, "copy back.db")
    assert desk("--database", "back.db", "queue", "--json").out == desk(*there, "queue", "--json").out
    again = desk("database", "copy", "--quick", named(address), "back.db")
    assert again.lines[3] == "brought 0"


def test_from_one_place_on_a_server_to_another(run: Run, address: Address) -> None:
    other = fresh()
    assert run("init", named(address)).status == 0
    ended = run("database", "copy", named(address), named(other))
    assert ended.status == 0
    assert run("--database", named(other), "verify").lines == run("--database", named(address), "verify").lines


def test_a_machine_without_a_key_gets_one_with_its_copy(run: Run, home: Path, address: Address) -> None:
    assert run("init", named(address)).status == 0
    assert run("database", "copy", named(address), "copy.db").status == 0
    assert (home / "config" / "keys" / "desk.key").exists()
    assert run("--database", "copy.db", "verify").status == 0


def test_only_whoever_owns_it_copies_it(run: Run, address: Address) -> None:
    assert run("init", named(address)).status == 0
    assert run("--database", named(address), "database", "grants", "--login", "cy").status == 0
    cy = named(as_login(address, "cy"))
    for pair in ((cy, "copy.db"), (named(fresh()), cy)):
        ended = run("database", "copy", *pair)
        assert (ended.status, ended.out) == (1, "")
    assert "cy is not shown everything" in run("database", "copy", cy, "copy.db").err


def test_a_copy_cut_short_is_not_opened(run: Run, address: Address) -> None:
    with open_at(address) as store:
        store.set_meta("copying", "yes")
    ended = run("--database", named(address), "queue")
    assert (ended.status, ended.out) == (1, "")
    assert f"{address.shown} is a copy that is not whole yet" in ended.err
