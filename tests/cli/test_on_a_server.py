"""The commands on a record that is on a PostgreSQL server."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from duty_tui.clock import system_clock
from duty_tui.desk.outgoing import send
from duty_tui.domain.commands import AddNote
from duty_tui.errors import Waits
from duty_tui.opening import opening, outbox_left
from duty_tui.store.address import Address
from duty_tui.wiring import open_desk
from tests.cli.conftest import TABLE, Run
from tests.postgres import by_hand, fresh, open_at, socket_of
from tests.wire import Wire


@pytest.fixture
def address() -> Address:
    return fresh()


@pytest.fixture
def there(run: Run, home: Path, address: Address, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command on a new record with three concerns."""
    del home
    monkeypatch.setenv("DUTY_TUI_DATABASE", f"{address.url}&schema={address.schema}")
    assert run("init").status == 0
    assert run("import", "-", text=TABLE).status == 0
    return run


def test_a_new_record_is_made_once(run: Run, address: Address) -> None:
    named = f"{address.url}&schema={address.schema}"
    ended = run("init", named)
    assert ended.status == 0
    assert ended.lines[0] == f"database {address.shown}"
    assert "policy action-note-003" in ended.out
    assert "key" not in ended.out
    again = run("--database", named, "init")
    assert (again.status, again.out) == (1, "")
    assert f"already a record at {address.shown}" in again.err


def test_a_start_that_was_cut_off_is_gone_on_with(run: Run, address: Address) -> None:
    open_at(address).close()
    assert run("--database", f"{address.url}&schema={address.schema}", "init").status == 0


def test_what_is_recorded_there_is_read_there(there: Run, address: Address) -> None:
    assert len(there("queue", "--json").json) == 3
    assert there("import", "-", text=TABLE).lines[-1] == "duplicates 0"
    verified = there("verify")
    assert verified.status == 0
    assert "every page of the file" not in verified.err
    with open_at(address) as store:
        assert {entry.actor for entry in store.since(0)} == {address.login}


def test_the_name_is_that_of_the_login(there: Run, home: Path, address: Address) -> None:
    settings = home / "config" / "settings.toml"
    settings.parent.mkdir(exist_ok=True, parents=True)
    settings.write_text('name = "Somebody Else"\n', encoding="utf-8")
    assert there("closure", "add", "2026-12-24", "Christmas Eve").status == 0
    with open_at(address) as store:
        assert store.since(store.head().seq - 1)[0].actor == address.login


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("backup", "x.db"), "duty-tui database copy"),
        (("restore", "x.db"), "duty-tui database copy"),
        (("key", "rotate"), "no key of this program"),
        (("key", "export-recovery"), "no key of this program"),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_what_needs_a_file_says_what_to_use_instead(there: Run, words: tuple[str, ...], sentence: str) -> None:
    ended = there(*words)
    assert (ended.status, ended.out) == (1, "")
    assert sentence in ended.err


def test_a_checkpoint_is_sealed_with_this_machines_own_key(there: Run, home: Path) -> None:
    line = there("checkpoint").out
    assert there("checkpoint", "--check", line).status == 0
    (home / "config" / "keys" / "desk.key").unlink()
    ended = there("checkpoint", "--check", line)
    assert ended.status == 1
    assert "still holds entry" in ended.out
    assert "not one of the key in use" in ended.err


def test_what_is_typed_while_the_server_is_away_waits_here_and_is_sent_once(
    there: Run, address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del there
    with Wire(socket_of(address)) as wire:
        how = opening(wire.address(address), None, system_clock())
        desk = open_desk(how)
        desk.catch_up()
        concern = desk.rows()[0].id
        wire.dead = True
        wire.cut()
        with pytest.raises(Waits):
            desk.do(concern, AddNote(text="The school called."))
        monkeypatch.chdir(tmp_path.parent)
        left = outbox_left(how)
        assert left is not None, "wherever the program is started"
        left.close()
        wire.dead = False
        assert len(send(desk).recorded) == 1
        assert not send(desk).recorded
        desk.store.close()
    with open_at(address) as store:
        assert [entry.kind for entry in store.stream(concern)].count("note-added") == 1


def test_guards_that_are_gone_are_found(there: Run, address: Address) -> None:
    with by_hand(address) as hand:
        hand.execute("ALTER TABLE journal DISABLE TRIGGER journal_link")
    ended = there("verify")
    assert (ended.status, ended.out) == (1, "")
    assert "the guards of the journal were changed or taken away" in ended.err


def test_what_its_owner_can_put_right_is_said_by_verify(there: Run, address: Address) -> None:
    with by_hand(address) as hand:
        hand.execute("ALTER TABLE draft DISABLE ROW LEVEL SECURITY")
    ended = there("verify")
    assert (ended.status, ended.out) == (1, "")
    assert "Have whoever owns the record on the server put it right." in ended.err


def test_own_policies_lie_in_the_configuration_folder(there: Run, home: Path) -> None:
    ended = there("policy", "adopt", "ours")
    assert ended.status != 0
    from duty_tui.wiring import own_policies

    with open_at(fresh()) as store:
        assert own_policies(store) == home / "config" / "policies"


def test_who_is_known_by_another_name_is_told(run: Run, address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duty_tui.store.postgres_sql.WHO_AND_WHAT", "SELECT 'UTF8', 'on', false, 'eve', true, true")
    ended = run("--database", f"{address.url}&schema={address.schema}", "init")
    assert (ended.status, ended.out) == (1, "")
    assert "The server knows you as eve, and the address names postgres" in ended.err


def test_without_what_speaks_to_a_server_it_is_said(
    run: Run, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duty_tui.store.postgres", None)
    ended = run("--database", address.url, "queue")
    assert (ended.status, ended.out) == (1, "")
    assert "Install duty-tui[postgres]" in ended.err
