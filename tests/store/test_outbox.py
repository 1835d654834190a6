"""The outbox: what was typed while the record was away, on this machine, encrypted, in order."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from duty_tui.errors import Unavailable, WrongDatabase
from duty_tui.store.outbox import Outbox, Waiting, any_outbox, others_of, outbox_file, outbox_key, outboxes_under
from tests.store.examples import AT, KEY, draft

ME = "Ann Osei"
WHEN = AT.replace(microsecond=123_000)


def act(name: str = "a", concern: str = "amara", **changes: object) -> Waiting:
    plain = Waiting(name * 32, concern, ME, WHEN, 3, {"name": "AddNote", "is": {"text": "Bruise seen. Ünïcode"}})
    return plain._replace(**changes)  # type: ignore[arg-type]  # by name, for the tests alone


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "record-0.outbox"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    outbox = Outbox(path, KEY)
    yield outbox
    outbox.close()


def test_nothing_is_made_until_something_is_kept(outbox: Outbox, path: Path) -> None:
    assert (outbox.waiting(ME), outbox.drafts(), outbox.is_empty, outbox.home) == ([], [], True, "")
    outbox.drop_draft("d1")
    assert not path.parent.exists()


def test_what_is_kept_is_read_back_in_order_by_its_person_alone(outbox: Outbox, path: Path) -> None:
    acts = [
        act("b"),
        act("a", "kofi", seen=None, draft="d1"),
        act("c", why="Somebody was faster.", kept=draft(updated=WHEN), after=("e1", "e2")),
    ]
    for one in acts:
        outbox.put(one)
    outbox.put(act("d", actor="Ben Adeyemi"))
    other = Outbox(path, KEY)
    assert other.waiting(ME) == outbox.waiting(ME) == acts
    assert [one.id for one in other.waiting("Ben Adeyemi")] == ["d" * 32]
    assert not other.is_empty
    other.close()


def test_an_act_kept_twice_waits_once_and_as_it_was_first(outbox: Outbox) -> None:
    outbox.put(act("a"))
    outbox.put(act("b"))
    outbox.put(act("a", command={"name": "other"}))
    assert outbox.waiting(ME) == [act("a"), act("b")]


def test_what_is_sent_waits_no_longer(outbox: Outbox) -> None:
    outbox.put(act("a"))
    outbox.put(act("b"))
    assert outbox.begin("a" * 32)
    assert [one.sending for one in outbox.waiting(ME)] == [True, False]
    outbox.end("a" * 32)
    assert outbox.waiting(ME) == [act("b")]
    assert not outbox.begin("a" * 32)


def test_what_was_not_recorded_says_why_until_it_is_to_be_sent_again(outbox: Outbox) -> None:
    outbox.put(act())
    outbox.begin("a" * 32)
    outbox.stop("a" * 32, "Somebody was faster.")
    assert outbox.waiting(ME) == [act(why="Somebody was faster.")]
    outbox.again("a" * 32, 7)
    assert outbox.waiting(ME) == [act(seen=7)]


def test_what_is_just_being_sent_cannot_be_taken_back(outbox: Outbox) -> None:
    outbox.put(act())
    outbox.begin("a" * 32)
    assert not outbox.take_back("a" * 32)
    outbox.stop("a" * 32, "no")
    assert outbox.take_back("a" * 32)
    assert not outbox.take_back("a" * 32)


def test_drafts_are_kept_replaced_and_dropped(outbox: Outbox) -> None:
    first, later = draft("d1", updated=WHEN), draft("d2", updated=WHEN + timedelta(minutes=1))
    for one in (first, later, first._replace(body={"text": "more"})):
        outbox.save_draft(one)
    assert outbox.drafts() == [later, first._replace(body={"text": "more"})]
    assert not outbox.is_empty
    for name in ("d1", "d2", "d3"):
        outbox.drop_draft(name)
    assert outbox.is_empty


def test_it_is_encrypted_and_its_owners_alone(outbox: Outbox, path: Path) -> None:
    outbox.put(act())
    outbox.save_draft(draft(body={"text": "Bruise seen."}))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not any(b"Bruise" in file.read_bytes() for file in path.parent.iterdir())
    with pytest.raises(WrongDatabase):
        Outbox(path, bytes(32)).waiting(ME)


def test_it_says_where_its_record_was(outbox: Outbox) -> None:
    outbox.put(act())
    assert outbox.home == ""
    for home in ("/old/desk.db", "/new/desk.db"):
        opened = Outbox(outbox.path, KEY, home)
        opened.put(act("b"))
        assert (outbox.home, opened.home, opened.here) == (home, home, home)
        for one in outbox.waiting(ME):
            outbox.end(one.id)
        opened.close()


def test_while_something_waits_for_one_place_nothing_is_put_in_for_another(path: Path) -> None:
    there, here = Outbox(path, KEY, "/there/desk.db"), Outbox(path, KEY, "/here/desk.db")
    assert (there.elsewhere, here.elsewhere) == ("", "")
    there.put(act())
    assert (there.elsewhere, here.elsewhere) == ("", "/there/desk.db")
    with pytest.raises(Unavailable, match=r"was typed for /there/desk.db, and /here/desk.db is open\."):
        here.put(act("b"))
    with pytest.raises(Unavailable, match=r"was typed for /there/desk.db"):
        here.save_draft(draft())
    there.put(act("c"))
    assert Outbox(path, KEY).elsewhere == ""
    here.bring_here()
    assert (there.elsewhere, here.elsewhere, here.home) == ("/here/desk.db", "", "/here/desk.db")
    here.put(act("b"))
    assert [one.id[0] for one in here.waiting(ME)] == ["a", "c", "b"]


def test_a_draft_alone_belongs_to_its_place_too(path: Path) -> None:
    there, here = Outbox(path, KEY, "/there/desk.db"), Outbox(path, KEY, "/here/desk.db")
    there.save_draft(draft())
    assert here.elsewhere == "/there/desk.db"
    there.drop_draft(draft().id)
    here.put(act())
    assert (here.elsewhere, there.elsewhere) == ("", "/here/desk.db")


def test_a_place_is_the_same_by_whatever_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "desks").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "desks")
    Outbox(path, KEY, str(tmp_path / "desks" / "desk.db")).put(act())
    assert Outbox(path, KEY, str(tmp_path / "link" / "desk.db")).elsewhere == ""


def test_one_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    with pytest.raises(Unavailable):
        Outbox(tmp_path / "state" / "x.outbox", KEY).put(act())


def test_one_that_is_put_away_meanwhile_is_made_anew(outbox: Outbox, path: Path) -> None:
    outbox.put(act("a"))
    path.unlink()
    assert outbox.waiting(ME) == []
    outbox.put(act("b"))
    assert [one.id for one in Outbox(path, KEY).waiting(ME)] == ["b" * 32]


def test_one_that_is_put_away_under_a_write_is_not_written_to(
    outbox: Outbox, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.put(act("a"))
    path.rename(path.with_name("aside"))
    monkeypatch.setattr(outbox._place, "is_same", lambda: True)
    with pytest.raises(Unavailable):
        outbox.put(act("b"))
    monkeypatch.undo()
    path.with_name("aside").rename(path)
    assert outbox.waiting(ME) == [act("a")]


def test_while_it_is_put_away_nothing_is_put_in_and_it_is_gone_at_the_end(outbox: Outbox, path: Path) -> None:
    outbox.put(act("a"))
    outbox.end("a" * 32)
    mine, other = Outbox(path, KEY), Outbox(path, KEY, patience=0.0)
    assert other.waiting(ME) == []
    with mine.put_away() as empty:
        assert empty
        with pytest.raises(Unavailable, match="locked"):
            other.put(act("b"))
    assert not path.exists()
    other.put(act("b"))
    assert [one.id for one in outbox.waiting(ME)] == ["b" * 32]


def test_one_that_holds_something_is_not_put_away(outbox: Outbox, path: Path) -> None:
    outbox.put(act("a"))
    with Outbox(path, KEY).put_away() as empty:
        assert not empty
    assert outbox.waiting(ME) == [act("a")]


def test_one_that_was_never_made_is_put_away_too(outbox: Outbox, path: Path) -> None:
    with outbox.put_away() as empty:
        assert empty
        assert path.exists()
    assert not path.exists()


@pytest.mark.parametrize("late", [False, True])
def test_where_no_open_file_can_be_taken_away_it_is_once_it_is_closed_unless_something_came(
    outbox: Outbox, path: Path, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    unlink = Path.unlink

    def on_windows(self: Path, *, missing_ok: bool = False) -> None:
        if outbox._open is not None:
            raise PermissionError
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", on_windows)
    with outbox.put_away():
        pass
    assert not path.exists()
    if late:
        is_empty = Outbox.is_empty
        answers = iter([True, False])
        monkeypatch.setattr(Outbox, "is_empty", property(lambda _: next(answers)))
        with outbox.put_away():
            pass
        monkeypatch.setattr(Outbox, "is_empty", is_empty)
        assert path.exists()


def test_a_file_that_is_half_made_is_let_go_of(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duty_tui.store.outbox._SCHEMA", "CREATE NONSENSE")
    with pytest.raises(Unavailable, match="refused"):
        outbox.put(act())
    monkeypatch.undo()
    outbox.put(act())
    assert outbox.waiting(ME) == [act()]


def test_an_error_of_the_database_leaves_no_transaction_open(outbox: Outbox, path: Path) -> None:
    outbox.put(act("a"))
    other = Outbox(path, KEY, patience=0.0)
    connection = other._opened(make=False)
    assert connection is not None
    connection.execute("BEGIN IMMEDIATE")
    impatient = Outbox(path, KEY, patience=0.0)
    assert impatient.waiting(ME) == [act("a")]
    with pytest.raises(Unavailable, match="locked"):
        impatient.put(act("b"))
    connection.execute("ROLLBACK")
    impatient.put(act("b"))
    assert outbox.waiting(ME) == [act("a"), act("b")]


def test_each_key_has_a_file_of_its_own(tmp_path: Path) -> None:
    mine, before = (outbox_file(tmp_path, "ab" * 16, outbox_key(key)) for key in (KEY, bytes(32)))
    elsewhere = outbox_file(tmp_path, "cd" * 16, outbox_key(KEY))
    assert len({mine, before, elsewhere}) == 3
    for file in (mine, before, elsewhere):
        file.touch()
    assert others_of(mine) == [before]
    assert others_of(elsewhere) == []
    assert outboxes_under(tmp_path, outbox_key(KEY)) == sorted([mine, elsewhere])
    assert outboxes_under(tmp_path / "nowhere", KEY) == []
    assert [any_outbox(folder) for folder in (tmp_path, tmp_path / "nowhere")] == [True, False]
    assert outbox_key(KEY) != KEY


_KEEPS_AND_DIES = """
import os, signal, sys
from pathlib import Path
from duty_tui.store.outbox import Outbox
from tests.store.test_outbox import act
from tests.store.examples import KEY
outbox = Outbox(Path(sys.argv[1]), KEY)
for name in "abc":
    outbox.put(act(name))
    print(name, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_said_to_be_kept_is_there_after_kill_9(path: Path) -> None:
    died = subprocess.run(
        [sys.executable, "-c", _KEEPS_AND_DIES, str(path)], capture_output=True, text=True, check=False
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert died.stdout.split() == ["a", "b", "c"]
    assert Outbox(path, KEY).waiting(ME) == [act("a"), act("b"), act("c")]
