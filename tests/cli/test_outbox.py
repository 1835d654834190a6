"""`duty-tui outbox`: what waits on this machine, listed, sent and taken back; also while the record is away."""

from __future__ import annotations

import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from duty_tui.cli import key as key_command
from duty_tui.cli import passphrase
from duty_tui.cli.open_app import open_app
from duty_tui.domain.commands import AddNote, ChangeOwner, Command
from duty_tui.domain.written_commands import write_command
from duty_tui.errors import BadFile, Unavailable, Waits, WrongDatabase
from duty_tui.opening import Opening, opening, outbox_left, outbox_of, with_key
from duty_tui.store.address import read_address
from duty_tui.store.keyfile import kept_before
from duty_tui.store.memory import MemoryStore
from duty_tui.store.outbox import Outbox, Waiting, outbox_key, outboxes_under
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import open_desk
from tests.builders import raise_concern
from tests.cli.conftest import Run, running

TYPED = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
#: Where no server answers.
SERVER = "postgresql://ann@127.0.0.1:1/duty?sslmode=disable&schema=one"
MARK, NEXT = "a" * 32, "b" * 32


def how() -> Opening:
    return opening(None, None, TYPED)


def keep(command: Command, concern: str, mark: str = MARK, why: str = "", actor: str | None = None) -> None:
    """Put an act into the outbox of the own desk, as a program that was open when the record went would have."""
    with closing(open_desk(how()).store) as store, closing(outbox_of(with_key(how()), store)) as outbox:
        outbox.put(Waiting(mark, concern, actor or how().settings.name, TYPED, None, write_command(command), None, why))


def concern(number: int = 1) -> str:
    desk = open_desk(how())
    with closing(desk.store):
        return desk.find(f"C{number}").id


def away(home: Path) -> Path:
    """Move the record away; where it is now."""
    aside = home / "data" / "desks" / "aside.db"
    (home / "data" / "desks" / "desk.db").rename(aside)
    return aside


def test_nothing_waits_on_a_desk_that_was_never_away(desk: Run, home: Path) -> None:
    assert desk("outbox").out == "Nothing waits: all that you typed here is recorded.\n"
    assert desk("outbox", "--json").json == []
    assert not (home / "state" / "outbox").exists()


def test_what_waits_is_listed_and_sent(desk: Run) -> None:
    keep(AddNote(text="Rang the school."), concern())
    keep(raise_concern(), "c" * 32, NEXT)
    listed = desk("outbox")
    assert listed.lines[0] == "  1  C1  Fri 20 Nov 2026 14:02  Rang the school.  NOT RECORDED"
    assert listed.lines[1].startswith("  2  new  Fri 20 Nov 2026 14:02  Concern raised (telephone)")
    first = desk("outbox", "--json").json[0]
    assert first == {
        "number": 1,
        "entry": MARK,
        "concern": concern(),
        "reference": "C1",
        "typed": "2026-11-20T14:02:00Z",
        "words": ["Rang the school."],
        "why": None,
        "behind": False,
        "recorded": False,
    }
    assert desk("outbox", "send").lines == ["recorded 2", "waiting 0"]
    assert "Rang the school. · Typed 20 Nov 14:02, sent" in desk("log", "C1").out
    assert desk("log", "C1", "--json").json[-1]["typed"] == "2026-11-20T14:02:00Z"
    assert desk("verify").status == 0
    assert desk("outbox").lines == ["Nothing waits: all that you typed here is recorded."]


def test_while_something_still_waits_sending_ends_with_1(desk: Run) -> None:
    keep(AddNote(text="x"), concern(), why="Ben was faster.")
    ended = desk("outbox", "send")
    assert (ended.status, ended.lines[:2]) == (1, ["recorded 0", "waiting 1"])
    assert "NOT RECORDED: Ben was faster." in ended.lines[2]


def test_another_person_does_not_see_it(desk: Run) -> None:
    keep(AddNote(text="x"), concern(), actor="Somebody Else")
    assert desk("outbox", "--json").json == []


def test_the_list_is_there_while_the_record_is_away(desk: Run, home: Path) -> None:
    keep(AddNote(text="Rang the school."), concern())
    aside = away(home)
    own = home / "data" / "desks" / "desk.db"
    ended = desk("--database", own, "outbox")
    assert (ended.status, "Rang the school." in ended.out) == (0, True)
    assert "There is no database" in ended.err
    assert "NOT RECORDED" in ended.err
    assert desk("--database", own, "outbox", "send").status == 1
    aside.rename(own)
    assert desk("outbox", "send").lines == ["recorded 1", "waiting 0"]


def test_no_practice_desk_opens_in_place_of_ones_own_that_something_waits_for(desk: Run, home: Path) -> None:
    keep(AddNote(text="Rang the school."), concern())
    aside = away(home)
    ended = desk("queue")
    assert (ended.status, ended.out) == (1, "")
    assert "There is no database" in ended.err
    assert "Rang the school." in desk("outbox").out
    assert not (home / "data" / "practice").exists()
    assert "PRACTICE" in desk("demo").out
    aside.rename(home / "data" / "desks" / "desk.db")
    assert desk("outbox", "send").lines == ["recorded 1", "waiting 0"]


def test_a_record_that_is_away_and_has_no_outbox_is_said_as_ever(desk: Run, home: Path) -> None:
    away(home)
    ended = desk("--database", home / "data" / "desks" / "desk.db", "outbox")
    assert (ended.status, ended.out) == (1, "")
    assert "There is no database" in ended.err


def test_the_outbox_of_another_record_is_not_taken_for_ones_own(desk: Run, home: Path, tmp_path: Path) -> None:
    keep(AddNote(text="x"), concern())
    ended = desk("--database", tmp_path / "other.db", "outbox")
    assert (ended.status, ended.out) == (1, "")


def test_what_waits_is_not_sent_into_a_backup_that_is_opened_meanwhile(desk: Run, home: Path, tmp_path: Path) -> None:
    keep(AddNote(text="Rang the school."), concern())
    copy = tmp_path / "copy.db"
    assert desk("backup", copy).status == 0
    listed = desk("--database", copy, "outbox")
    assert "Nothing is sent: what waits was typed for the record at" in listed.err
    assert listed.lines[0].endswith("Rang the school.  NOT RECORDED")
    ended = desk("--database", copy, "outbox", "send")
    assert (ended.status, ended.lines[:2]) == (1, ["recorded 0", "waiting 1"])
    own = home / "data" / "desks" / "desk.db"
    assert str(own) in ended.err
    assert str(copy) in ended.err
    assert "outbox send --here" in ended.err
    assert "Rang the school." not in desk("--database", copy, "log", "C1").out
    assert desk("outbox", "send", "--here").lines == ["recorded 1", "waiting 0"]
    assert "Rang the school." in desk("log", "C1").out


def test_what_waits_for_a_record_that_was_moved_is_sent_there_when_it_is_said(desk: Run, home: Path) -> None:
    keep(AddNote(text="Rang the school."), concern())
    aside = away(home)
    assert desk("--database", aside, "outbox", "send").status == 1
    assert desk("--database", aside, "outbox", "send", "--here").lines == ["recorded 1", "waiting 0"]
    assert "Rang the school." in desk("--database", aside, "log", "C1").out


def test_an_entry_is_taken_back_after_asking(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(raise_concern(), "c" * 32)
    keep(AddNote(text="later"), "c" * 32, NEXT)
    refused = desk("outbox", "drop", "1")
    assert (refused.status, "Add --yes" in refused.err) == (1, True)
    assert "1 later on the same new concern go with it." in refused.err
    monkeypatch.setattr(passphrase, "somebody_there", lambda: True)
    assert desk("outbox", "drop", "2", text="n\n").status == 1
    assert desk("outbox", "drop", "2", text="y\n").lines[-1] == "taken back 1"
    assert desk("outbox", "drop", "1", "--yes").lines == ["taken back 1"]
    gone = desk("outbox", "drop", "1", "--yes")
    assert (gone.status, "There is no entry 1" in gone.err) == (1, True)
    assert desk("outbox", "--json").json == []


def test_json_is_for_the_list_alone(desk: Run) -> None:
    assert desk("outbox", "--json", "send").status == 2


def test_an_outbox_that_cannot_be_read_says_so(desk: Run, home: Path) -> None:
    keep(AddNote(text="x"), concern())
    [file] = (home / "state" / "outbox").iterdir()
    file.write_bytes(b"no database" * 1000)
    ended = desk("outbox")
    assert "cannot be opened with this key" in ended.err
    assert ended.out == "Nothing can be listed here.\n"
    assert desk("outbox", "send").status == 1


def test_no_new_key_while_something_waits_under_the_old_one(desk: Run, home: Path) -> None:
    keep(AddNote(text="x"), concern())
    refused = desk("key", "rotate")
    assert (refused.status, "outbox send" in refused.err) == (1, True)
    desk("outbox", "send")
    assert desk("key", "rotate").status == 0
    assert list((home / "state" / "outbox").iterdir()) == []
    keep(AddNote(text="y"), concern())
    assert desk("outbox", "send").lines == ["recorded 1", "waiting 0"]


def test_nothing_can_be_put_in_while_the_key_is_changed(desk: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(AddNote(text="x"), concern())
    desk("outbox", "send")
    [file] = (home / "state" / "outbox").iterdir()
    other = Outbox(file, outbox_key(with_key(how()).key or b""), patience=0.0)
    assert other.is_empty
    keeps = key_command._keep
    told: list[str] = []

    def meanwhile(*given: Any) -> None:
        with pytest.raises(Unavailable) as caught:
            other.put(Waiting(NEXT, "c1", how().settings.name, TYPED, None, write_command(AddNote(text="y")), None))
        told.append(caught.value.what)
        keeps(*given)

    monkeypatch.setattr(key_command, "_keep", meanwhile)
    assert desk("key", "rotate").status == 0
    assert len(told) == 1
    assert list((home / "state" / "outbox").iterdir()) == []
    other.close()


def test_one_left_under_an_earlier_key_is_said_and_can_be_listed_with_it(desk: Run, home: Path) -> None:
    keep(AddNote(text="Rang the school."), concern())
    key_file = home / "config" / "keys" / "desk.key"
    [kept] = (home / "state" / "outbox").iterdir()
    before, old = kept.read_bytes(), key_file.read_text()
    desk("outbox", "send")
    desk("key", "rotate")
    kept.write_bytes(before)  # as on the machine of somebody else, who was away when the key was changed
    ended = desk("outbox")
    assert str(kept) in ended.err
    assert "all that you typed here is recorded" not in ended.out
    [old_file] = kept_before(key_file)
    assert old_file.read_text() == old
    assert f"`duty-tui --key-file {old_file} outbox` lists it" in ended.err
    assert "Rang the school." in desk("--key-file", old_file, "outbox").out
    assert desk("key", "rotate").status == 0
    assert ", ".join(str(one) for one in kept_before(key_file)) in desk("outbox").err


def test_a_window_that_was_open_while_the_key_was_changed_loses_nothing_it_keeps_after(desk: Run, home: Path) -> None:
    open_window = open_desk(how())
    with closing(open_window.store):
        assert open_window.outbox
        number = open_window.find("C1").id
        assert desk("key", "rotate").status == 0
        with pytest.raises(Waits):
            open_window.do(number, AddNote(text="Rang the school."))
        open_window.outbox.close()
    ended = desk("outbox")
    assert "all that you typed here is recorded" not in ended.out
    [kept] = kept_before(home / "config" / "keys" / "desk.key")
    assert "Rang the school." in desk("--key-file", kept, "outbox").out


def test_a_desk_that_is_opened_has_the_outbox_of_its_record(desk: Run) -> None:
    opened = open_desk(how())
    with closing(opened.store):
        assert opened.outbox
        key = outbox_key(with_key(how()).key or b"")
        assert outbox_left(how()) is None
        opened.outbox.put(Waiting(MARK, "c1", "Ann", TYPED, None, write_command(AddNote(text="x")), None))
        assert [opened.outbox.path] == outboxes_under(how().places.outbox, key)
        left = outbox_left(how())
        assert isinstance(left, Outbox)
        left.close()
        opened.do(opened.find("C1").id, ChangeOwner(owner="Jo Park"))
        opened.outbox.close()


@pytest.mark.parametrize("fails", ["look_back", "outbox_of", "desk_of"])
def test_a_desk_that_cannot_be_opened_is_let_go_of(desk: Run, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    closed: list[str] = []
    for kind in (SqliteStore, Outbox):
        monkeypatch.setattr(kind, "close", lambda self: closed.append(type(self).__name__))

    def no(*_: object) -> None:
        raise BadFile("The settings are broken.")

    monkeypatch.setattr(f"duty_tui.wiring.{fails}", no)
    with pytest.raises(BadFile):
        open_desk(how())
    assert closed == (["Outbox", "SqliteStore"] if fails == "desk_of" else ["SqliteStore"])


def test_a_desk_whose_settings_cannot_be_read_is_let_go_of(
    desk: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    monkeypatch.setattr(Outbox, "close", lambda self: closed.append(type(self).__name__))
    settings = home / "config" / "settings.toml"
    settings.write_text("name = ", encoding="utf-8")
    with pytest.raises(BadFile):
        open_desk(how())
    assert len(closed) == 1


def test_a_start_while_the_record_is_away_says_what_waits(desk: Run, home: Path) -> None:
    own = home / "data" / "desks" / "desk.db"
    keep(AddNote(text="x"), concern())
    keep(AddNote(text="y"), concern(), NEXT, actor="Somebody Else")
    away(home)
    how_named = replace(how(), database=own, practice=False)
    with pytest.raises(
        WrongDatabase, match="1 entry of yours waits on this machine, NOT RECORDED: `duty-tui outbox` lists"
    ):
        open_app(how_named)
    outbox = outbox_left(how_named)
    assert outbox
    outbox.put(Waiting("c" * 32, "c1", how().settings.name, TYPED, None, write_command(AddNote(text="z")), None))
    with pytest.raises(WrongDatabase, match="2 entries of yours wait"):
        open_app(how_named)
    for one in outbox.waiting(how().settings.name):
        outbox.end(one.id)
    outbox.close()
    with pytest.raises(WrongDatabase) as caught:
        open_app(how_named)
    assert "NOT RECORDED" not in str(caught.value)
    with pytest.raises(WrongDatabase) as caught:
        open_app(replace(how_named, database=own.with_name("never.db")))
    assert "NOT RECORDED" not in str(caught.value)


def test_the_outbox_of_a_record_on_a_server_has_a_key_of_its_own(home: Path) -> None:
    address = read_address(SERVER)
    server = opening(address, None, TYPED)
    assert with_key(server) is server
    with MemoryStore() as store:
        for outbox in (outbox_of(server, store), outbox_of(server, store)):
            outbox.put(Waiting(MARK, "c1", "ann", TYPED, None, write_command(AddNote(text="x")), None))
            outbox.close()
    file = home / "config" / "keys" / "outbox.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    left = outbox_left(server)
    assert left
    assert left.home == address.shown
    assert len(left.waiting("ann")) == 1
    left.close()
    listed = running("--database", SERVER, "outbox")
    assert (listed.status, listed.out.count("NOT RECORDED")) == (0, 1)
