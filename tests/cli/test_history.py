"""Whether the record is still the one it was: verified, marked with a line, copied, put back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from duty_tui.cli.verify import lost
from duty_tui.store.journal import START, Head
from tests.cli.conftest import Run


@pytest.fixture
def database(home: Path) -> Path:
    return home / "data" / "desks" / "desk.db"


def test_a_quick_look_begins_where_the_last_one_ended(desk: Run) -> None:
    assert desk("verify").status == 0
    assert desk("closure", "add", "2026-12-24", "Staff day").status == 0
    ended = desk("verify", "--quick")
    assert ended.status == 0
    assert ended.err.startswith("Nothing amiss. Checked:\n  every entry since")
    assert "duty-tui verify --whole" in ended.err
    assert desk("verify", "--whole").lines == ended.lines
    assert list(desk("verify", "--quick", "--json").json) == ["entries", "head", "checked", "not_covered"]


def test_a_line_is_held_by_the_record_it_was_made_of(desk: Run, run: Run) -> None:
    line = desk("checkpoint").out.strip()
    assert desk("checkpoint", "--json").json["line"].split()[:4] == line.split()[:4]
    assert desk("closure", "add", "2026-12-24", "Staff day").status == 0
    ended = desk("checkpoint", "--check", line)
    assert ended.status == 0
    assert ended.out.startswith("The record still holds entry 10, as it was on 20")
    assert desk("checkpoint", "--json", "--check", line).json["sealed"] is True
    assert run("--database", "other.db", "init").status == 0
    ended = run("--database", "other.db", "checkpoint", "--check", line)
    assert (ended.status, ended.out) == (1, "")
    assert "of another record" in ended.err
    assert desk("checkpoint", "--check", "x").status == 2


def test_a_line_that_was_changed_is_noticed(desk: Run) -> None:
    line = desk("checkpoint").out.strip()
    parts = line.split()
    forged = [*parts[:3], "f" * 64, *parts[4:]]
    ended = desk("checkpoint", "--check", " ".join(forged))
    assert (ended.status, ended.out) == (1, "")
    assert "Entry 10 of the journal was seen before and is now gone or changed" in ended.err
    later = [*parts[:4], "2020-01-01T00:00:00Z", parts[5]]
    ended = desk("checkpoint", "--check", " ".join(later))
    assert (ended.status, "seal of the line" in ended.err) == (1, True)
    assert desk("key", "rotate").status == 0
    ended = desk("checkpoint", "--check", line)
    assert ended.out.startswith("The record still holds entry 10")
    assert (ended.status, "before the key was rotated" in ended.err) == (1, True)


def test_a_line_of_an_empty_record(run: Run, home: Path) -> None:
    from duty_tui.clock import system_clock
    from duty_tui.opening import key_of, open_store, opening
    from duty_tui.store.checkpoint import checkpoint_of

    assert run("init").status == 0
    how = opening(None, None, system_clock())
    with open_store(how) as store:
        line = checkpoint_of(key_of(how), store.meta("database") or "", START, system_clock()).line()
    assert run("checkpoint", "--check", line).status == 0


def test_a_backup_is_made_and_put_back(desk: Run, database: Path, tmp_path: Path) -> None:
    head = desk("verify").lines
    ended = desk("backup", "copy.db")
    assert (ended.status, ended.lines) == (0, ["backup copy.db", *head])
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(("copy", ".copy"))] == ["copy.db"]
    assert desk("backup", "copy.db").status == 1
    before = desk("queue").out
    assert desk("closure", "add", "2026-12-24", "Staff day").status == 0
    entries = int(desk("verify").lines[0].split()[1])
    ended = desk("restore", "copy.db")
    assert (ended.status, "Add --replace" in ended.err) == (1, True)
    ended = desk("restore", "copy.db", "--replace")
    assert (ended.status, ended.lines) == (0, [f"database {database}", *head])
    [kept] = database.parent.glob("desk.before-*.db")
    assert f"kept as {kept}" in ended.err
    assert f"had seen {entries} entries: those after number 10 are not" in ended.err
    assert desk("queue").out == before
    assert desk("verify").lines == head
    assert desk("--database", kept, "verify", "--restored").lines[0] == f"entries {entries}"
    for file in (kept, database):
        file.unlink()
    ended = desk("restore", "copy.db")
    assert (ended.status, "kept as" in ended.err) == (0, False)
    assert desk("queue").out == before


def test_an_old_copy_put_back_by_hand_is_refused_until_it_is_meant(desk: Run, database: Path) -> None:
    shutil.copy(database, "old.db")
    assert desk("closure", "add", "2026-12-24", "Staff day").status == 0
    assert desk("verify").status == 0
    shutil.copy("old.db", database)
    for command in (("show", "C1"), ("verify",), ("verify", "--quick"), ("checkpoint",), ("backup", "copy.db")):
        ended = desk(*command)
        assert (ended.status, ended.out) == (1, ""), command
        assert "seen before and is now gone or changed" in ended.err
    assert not Path("copy.db").exists()
    assert desk("verify", "--quick", "--restored").status == 2
    ended = desk("verify", "--restored")
    assert ended.status == 0
    assert "are not in this record" in ended.err
    assert desk("verify").status == 0


def test_what_the_witness_wrote_cannot_stand_in_the_way_of_beginning_anew(desk: Run, home: Path) -> None:
    [seen] = (home / "state" / "witness").iterdir()
    seen.write_text("{")
    assert desk("verify").status == 1
    assert desk("verify", "--restored").status == 0
    assert desk("verify").status == 0


def test_what_a_restored_record_lacks_is_said() -> None:
    here = Head(5, "a")
    assert lost(here, here) == lost(START, here) == lost(Head(4, "b"), here) == ()
    assert lost(Head(5, "b"), here) == ("Entry 5 is another one than this terminal had seen.",)
    assert "those after number 5" in lost(Head(7, "b"), here)[0]


def test_practice_is_said(run: Run) -> None:
    assert run("queue").status == 0
    for command in (("checkpoint",), ("backup", "copy.db")):
        assert run(*command).err.startswith("PRACTICE")
