"""Records that cannot be opened: every command says so in a sentence, with what to do, and changes nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from duty_tui.store.keyfile import read_key
from tests.cli.conftest import Ended, Run
from tests.store.examples import by_hand

#: Commands that open the record.
OPENING = [("queue",), ("why", "C1"), ("verify",), ("closure", "list"), ("import", "-"), ()]


@pytest.fixture(params=OPENING, ids=lambda command: " ".join(command) or "(none)")
def command(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """One of the commands that open the record."""
    found: tuple[str, ...] = request.param
    return found


@pytest.fixture
def database(desk: Run, home: Path) -> Path:
    """The file of a desk with three concerns."""
    return home / "data" / "desks" / "desk.db"


def refused(ended: Ended, *said: str) -> None:
    """Told in a sentence; no traceback, no name of a child, no data."""
    assert ended.status == 1
    assert ended.out == ""
    assert ended.err.startswith("duty-tui: ")
    for words in said:
        assert words in ended.err
    for never in ("Traceback", "incident", "Amara", "Okafor", "Kofi", "[/]"):
        assert never not in ended.err


def test_a_missing_record(desk: Run, command: tuple[str, ...]) -> None:
    refused(desk("--database", "nowhere.db", *command), "There is no database at nowhere.db", "duty-tui init")


@pytest.mark.parametrize(
    "content", [b"", b"short", b"\x00" * 8192, os.urandom(20_000), b"SQLite format 3\x00" + b"\x01" * 9000]
)
def test_a_file_that_is_no_record(desk: Run, command: tuple[str, ...], tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "garbage.db"
    file.write_bytes(content)
    refused(desk("--database", file, *command), "garbage.db")
    assert file.read_bytes() == content


def test_a_folder_for_a_record(desk: Run, command: tuple[str, ...], tmp_path: Path) -> None:
    refused(desk("--database", tmp_path, *command))


def test_another_key(desk: Run, command: tuple[str, ...], home: Path, database: Path) -> None:
    key = home / "config" / "keys" / "desk.key"
    key.write_text("ab" * 32 + "\n")
    key.chmod(0o600)
    before = database.read_bytes()
    refused(desk(*command), "cannot be opened with this key")
    assert database.read_bytes() == before


@pytest.mark.parametrize("content", ["rubbish\n", ""])
def test_a_key_file_that_is_none(desk: Run, command: tuple[str, ...], home: Path, content: str) -> None:
    key = home / "config" / "keys" / "desk.key"
    key.write_text(content)
    key.chmod(0o600)
    refused(desk(*command), "is not a key file")


def test_a_missing_key(desk: Run, command: tuple[str, ...], home: Path, database: Path) -> None:
    refused(desk("--key-file", "nowhere.key", *command), "The key file nowhere.key is missing")


def test_a_key_others_can_read(desk: Run, command: tuple[str, ...], home: Path, database: Path) -> None:
    (home / "config" / "keys" / "desk.key").chmod(0o644)
    refused(desk(*command), "can be read by others", "chmod 600")


def test_a_record_of_a_newer_version(desk: Run, command: tuple[str, ...], home: Path, database: Path) -> None:
    with by_hand(database, read_key(home / "config" / "keys" / "desk.key")) as connection:
        connection.execute("PRAGMA user_version = 99")
    refused(desk(*command), "is of version 99", "Install the newer duty-tui")


def test_settings_that_are_not_right(desk: Run, home: Path, database: Path) -> None:
    settings = home / "config" / "settings.toml"
    settings.write_text('nam = "Ann"\n')
    refused(desk("why", "C1"), "nam: there is no such setting; did you mean name?")
    settings.write_text("name = \n")
    refused(desk("closure", "list"), "are not TOML")
    settings.write_bytes(b"\xff\xfe")
    refused(desk("closure", "list"), "are not TOML")


def test_a_record_that_may_only_be_read_is_shown_and_not_changed(
    desk: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duty_tui.store.place.may_write", lambda _path: False)
    before = database.read_bytes()
    assert len(desk("queue", "--json").json) == 3
    assert desk("why", "C1").status == 0
    refused(desk("closure", "add", "2026-11-24", "Staff day"), "can only be read from here")
    assert database.read_bytes() == before


def test_a_folder_that_may_not_be_written_has_no_desk_made_in_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> int:
        raise PermissionError(13, "Permission denied")

    run("init", "other.db")
    monkeypatch.setattr("duty_tui.store.place.os.open", refuse)
    ended = run("init", "new.db")
    refused(ended, "No database can be made at new.db: Permission denied")


def test_a_terminal_that_cannot_note_what_it_saw(desk: Run, home: Path, database: Path) -> None:
    (home / "state").mkdir(exist_ok=True)
    shutil.rmtree(home / "state")
    (home / "state").write_text("a file where a folder should be")
    refused(desk("verify"), "cannot")


def test_names_that_obey_nothing(run: Run) -> None:
    run("init")
    headings = "reference,received,family,child name,what happened"
    hostile = "\x1b]0;owned\x07[/]\u202egnp.exe" + "x" * 300
    assert run("import", "-", text=f'{headings}\nR1,2026-11-20,"{hostile}","{hostile}","{hostile}"\n').status == 0
    for arguments in (("queue",), ("queue", "--json"), ("queue", "--csv"), ("why", "C1"), ("why", "C1", "--json")):
        shown = run(*arguments).out
        assert not set(shown) & {"\x1b", "\x07", "\u202e"}, arguments
    assert "[/]" in run("queue", "--json").json[0]["family"]
