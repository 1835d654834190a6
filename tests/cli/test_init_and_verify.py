from __future__ import annotations

import json
import re
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_new_desk_has_its_key_apart_and_says_what_it_adopted(run: Run, home: Path) -> None:
    ended = run("init")
    assert ended.status == 0
    database, key, *policies = (line.split(" ", 1) for line in ended.lines)
    assert database == ["database", str(home / "data" / "desks" / "desk.db")]
    assert key == ["key", str(home / "config" / "keys" / "desk.key")]
    assert [policy[1].split()[0] for policy in policies] == ["action-note-003", "ics-record", "children-act-orders"]
    for file in (database[1], key[1]):
        assert stat.S_IMODE(Path(file).stat().st_mode) == 0o600
    assert [file.name for file in (home / "data" / "desks").iterdir()] == ["desk.db"]
    assert "Back up both files" in ended.err


def test_a_file_that_is_there_is_never_touched(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Dear Ann")
    ended = run("init", letter)
    assert (ended.status, ended.out) == (1, "")
    assert "There is already a file" in ended.err
    assert letter.read_text() == "Dear Ann"
    dangling = tmp_path / "dangling.db"
    dangling.symlink_to(tmp_path / "nowhere")
    assert run("init", dangling).status == 1


def test_a_desk_is_made_where_it_is_told(run: Run, tmp_path: Path) -> None:
    assert run("--database", tmp_path / "a.db", "init").status == 0
    assert run("init", tmp_path / "b" / "b.db").status == 0
    assert (tmp_path / "a.db").exists()
    assert (tmp_path / "b" / "b.db").exists()
    assert run("--database", tmp_path / "a.db", "queue").lines[-1] == "No concern is open."


def test_somebody_quicker_keeps_the_place(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", "theirs.db")

    def quicker(how: object, today: object) -> list[object]:
        shutil.copy("theirs.db", "mine.db")
        return []

    monkeypatch.setattr("duty_tui.wiring.default_adoptions", lambda today: quicker(None, today))
    before = Path("theirs.db").read_bytes()
    assert run("init", "mine.db").status == 1
    assert Path("mine.db").read_bytes() == before
    assert not [file for file in Path().iterdir() if file.name.startswith(".")]


def test_a_disk_without_links_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", "other.db")  # so that the key is there

    def refused(self: Path, target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    ended = run("init", "new.db")
    assert ended.status == 1
    assert "Operation not supported" in ended.err
    assert not Path("new.db").exists()


def test_a_whole_record_verifies(desk: Run) -> None:
    ended = desk("verify")
    assert ended.status == 0
    assert ended.lines[0] == "entries 10"
    assert len(ended.lines[1].removeprefix("head ")) == 64
    assert "This cannot see:" in ended.err
    found = desk("verify", "--json").json
    assert list(found) == ["entries", "head", "checked", "not_covered"]


def test_practice_is_verified_and_said(run: Run) -> None:
    run("queue")
    ended = run("verify")
    assert ended.status == 0
    assert ended.err.startswith("PRACTICE")


def test_one_changed_byte_is_found_wherever_it_is(desk: Run, home: Path) -> None:
    database = home / "data" / "desks" / "desk.db"
    whole = database.read_bytes()
    assert desk("verify").status == 0
    for place in range(40, len(whole), len(whole) // 40):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        database.write_bytes(damaged)
        ended = desk("verify")
        assert (ended.status, ended.out) == (1, ""), place
        assert re.search(r"(for|first) page( \d+\.)?", ended.err), place
        assert "Run `duty-tui verify`" not in ended.err, place
        assert "incident" not in ended.err, place
    database.write_bytes(whole)
    assert desk("verify").status == 0


def test_an_end_cut_off_since_the_last_look_is_found(desk: Run, home: Path) -> None:
    database = home / "data" / "desks" / "desk.db"
    shorter = database.read_bytes()
    desk("closure", "add", "2026-11-24", "Staff day")
    assert desk("verify").status == 0
    database.write_bytes(shorter)
    ended = desk("verify")
    assert ended.status == 1
    assert "seen before and is now gone" in ended.err


def test_what_this_terminal_saw_is_kept_apart(desk: Run, home: Path) -> None:
    found = desk("verify", "--json").json
    (kept,) = (home / "state" / "witness").iterdir()
    assert json.loads(kept.read_text()) == [found["entries"], found["head"]]


def test_a_file_cut_short_is_found_and_verify_does_not_send_anybody_to_verify(desk: Run, home: Path) -> None:
    database = home / "data" / "desks" / "desk.db"
    whole = database.read_bytes()
    for size, said in ((len(whole) - 5000, "invalid size"), (4096 * 3, "damaged")):
        database.write_bytes(whole[:size])
        ended = desk("verify")
        assert (ended.status, ended.out) == (1, "")
        assert said in ended.err
        assert "Run `duty-tui verify`" not in ended.err
        assert "call whoever holds the backups" in ended.err


def test_a_name_too_long_for_the_disk_is_said(run: Run) -> None:
    ended = run("init", "x" * 300)
    assert ended.status == 1
    assert "File name too long" in ended.err


def test_where_this_terminal_can_note_nothing_no_desk_is_made(run: Run, home: Path) -> None:
    (home / "state").mkdir(parents=True)
    (home / "state" / "witness").write_text("in the way")
    ended = run("init", "new.db")
    assert ended.status == 1
    assert "cannot" in ended.err
    assert not Path("new.db").exists()


def test_what_a_record_that_is_gone_left_beside_is_not_read_into_a_new_one(run: Run, tmp_path: Path) -> None:
    left = tmp_path / "a.db-wal"
    left.write_bytes(b"frames of a record that is gone")
    ended = run("init", "a.db")
    assert (ended.status, ended.out) == (1, "")
    assert "is what a record that is gone left there" in ended.err
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(("a.db", "."))] == [left.name]
    left.unlink()
    assert run("init", "a.db").status == 0
