"""A record carried to another place: the same numbers, the same queue, and nothing recorded by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def database(home: Path) -> Path:
    return home / "data" / "desks" / "desk.db"


def test_a_copy_shows_the_same_queue_and_is_brought_up_to_its_record(desk: Run, database: Path) -> None:
    head = desk("verify").lines
    ended = desk("database", "copy", database, "away/copy.db")
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines == ["copy away/copy.db", *head, "brought 10", "drafts 0"]
    for command in (("queue", "--json"), ("why", "C1"), ("log", "C2"), ("actions",)):
        assert desk("--database", "away/copy.db", *command).out == desk(*command).out, command
    assert desk("--database", "away/copy.db", "verify").lines == head
    assert desk("closure", "add", "2026-11-23", "Staff day").status == 0
    ended = desk("database", "copy", "--quick", database, "away/copy.db")
    assert ended.lines[3] == f"brought {int(desk('verify').lines[0].split()[1]) - 10}"
    assert desk("--database", "away/copy.db", "queue", "--json").out == desk("queue", "--json").out
    assert desk("--database", "away/copy.db", "verify").lines == desk("verify").lines, "making rows recorded nothing"


def test_the_way_back(desk: Run, database: Path) -> None:
    assert desk("database", "copy", database, "copy.db").status == 0
    assert desk("--database", "copy.db", "closure", "add", "2026-11-23", "Staff day").status == 0
    assert desk("--database", "copy.db", "verify").status == 0
    assert desk("verify").status == 1, "this terminal has seen more than the first one holds"
    assert desk("database", "copy", "copy.db", database).status == 0
    assert desk("queue", "--json").out == desk("--database", "copy.db", "queue", "--json").out


def test_the_practice_desk_stays_one(run: Run, home: Path) -> None:
    assert run("queue").status == 0
    [practice] = (home / "data").rglob("practice*.db")
    ended = run("database", "copy", practice, "copy.db")
    assert (ended.status, ended.err.splitlines()[0][:8]) == (0, "PRACTICE")
    queue = run("--database", "copy.db", "queue", "--json", "--at", "2026-11-20T18:00")
    assert queue.err.startswith("PRACTICE")
    assert queue.out == run("queue", "--json", "--at", "2026-11-20T18:00").out


def test_what_is_refused(desk: Run, database: Path, tmp_path: Path) -> None:
    assert desk("--database", "other.db", "init").status == 0
    ended = desk("database", "copy", database, "other.db")
    assert (ended.status, "is another record" in ended.err) == (1, True)
    ended = desk("database", "copy", database, database)
    assert (ended.status, "same record" in ended.err) == (1, True)
    ended = desk("database", "copy", "none.db", "copy.db")
    assert (ended.status, "no database at none.db" in ended.err) == (1, True)
    assert not (tmp_path / "copy.db").exists()
    (tmp_path / "letter.db").write_text("Dear Ann" * 1000)
    ended = desk("database", "copy", database, "letter.db")
    assert (ended.status, "cannot be opened with this key" in ended.err) == (1, True)
    assert (tmp_path / "letter.db").read_text() == "Dear Ann" * 1000


def test_a_copy_that_was_cut_short_opens_for_nobody_until_it_is_finished(
    desk: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("duty_tui.store.copying._take_drafts", full)
        assert desk("database", "copy", database, "copy.db").status == 1
    for command in ("queue", "verify", "handover"):
        ended = desk("--database", "copy.db", command)
        assert (ended.status, ended.out, "not whole yet" in ended.err) == (1, "", True)
    assert desk("database", "copy", database, "copy.db").lines[3] == "brought 0"
    assert desk("--database", "copy.db", "queue").out == desk("queue").out


def test_a_service_with_policies_of_its_own_is_told_to_bring_them(desk: Run, database: Path, tmp_path: Path) -> None:
    from duty_tui.wiring import POLICIES

    own = database.with_name("policies") / "our-own"
    own.mkdir(parents=True)
    text = (POLICIES / "action-note-003" / "pack.toml").read_text("utf-8").replace("action-note-003", "our-own")
    (own / "pack.toml").write_text(text, "utf-8")
    ended = desk("policy", "adopt", "our-own", "--from", "2026-11-01", "--yes")
    assert ended.status == 0, ended.err
    ended = desk("database", "copy", database, "away/copy.db")
    assert ended.status == 0
    assert "The copy is whole. Its queue is made when it is next opened, with away/policies there." in ended.err
    own.parent.rename(tmp_path / "away" / "policies")
    assert desk("--database", "away/copy.db", "queue").status == 0
