"""A desk on its own thread: asked from an event loop, and telling of changes from anywhere."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.session import Changes, DeskSession
from duty_tui.domain.commands import ChangeOwner
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service import ClosureAdded
from duty_tui.errors import Refused, Unavailable
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store, Watcher
from duty_tui.store.witness import Witness
from duty_tui.wiring import default_adoptions
from tests.builders import raise_concern
from tests.desk.conftest import NOW, Hands, make_desk

KEY = b"k" * 32


def rename(path: Path, name: Path) -> None:
    path.rename(name)


class Told:
    """What a session told of, in order, waited for and never slept for."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Changes] = queue.Queue()

    def __call__(self, changes: Changes) -> None:
        self._queue.put(changes)

    def until(self, wanted: Callable[[Changes], object]) -> Changes:
        while True:
            changes = self._queue.get(timeout=10)
            if wanted(changes):
                return changes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def elsewhere(path: Path) -> Iterator[Desk]:
    """A desk on another terminal, on the same file."""
    with SqliteStore(path, KEY, create=True) as store:
        desk = make_desk(store, Hands(), "Ben Adeyemi")
        desk.decide(default_adoptions(NOW.date()))
        yield desk


@pytest.fixture
def session(path: Path, elsewhere: Desk) -> Iterator[DeskSession]:
    session = DeskSession(lambda: make_desk(SqliteStore(path, KEY), Hands()))
    yield session
    session.close()


async def test_the_desk_answers_on_its_own_thread(session: DeskSession) -> None:
    name = await session.ask(lambda desk: f"{desk.actor} {threading.current_thread().name}")
    assert name.startswith("Ann Osei desk")
    assert threading.current_thread().name not in name


async def test_a_refusal_comes_back_to_who_asked(session: DeskSession) -> None:
    with pytest.raises(Refused):
        await session.ask(lambda desk: desk.concern("nowhere"))


def test_a_draft_can_be_kept_while_the_program_is_ending(session: DeskSession) -> None:
    assert session.ask_and_wait(lambda desk: desk.actor) == "Ann Osei"


async def test_what_was_recorded_elsewhere_is_told_and_by_whom(session: DeskSession, elsewhere: Desk) -> None:
    told = Told()
    session.watch(told, await session.ask(lambda desk: desk.store.head().seq))
    elsewhere.do("c1", raise_concern())
    changes = told.until(lambda changes: changes.rows)
    assert [row.id for row in changes.rows] == ["c1"]
    assert (changes.actors, changes.everything, changes.trouble) == (("Ben Adeyemi",), False, "")


async def test_what_was_recorded_here_comes_the_same_way(session: DeskSession, elsewhere: Desk) -> None:
    elsewhere.do("c1", raise_concern())
    told = Told()
    session.watch(told, await session.ask(lambda desk: desk.store.head().seq))
    await session.ask(lambda desk: desk.do("c1", ChangeOwner(owner="Ann Osei")))
    changes = told.until(lambda changes: changes.rows)
    assert (changes.rows[0].owner, changes.actors) == ("Ann Osei", ("Ann Osei",))


async def test_nothing_falls_between_reading_the_rows_and_watching(session: DeskSession, elsewhere: Desk) -> None:
    seq = await session.ask(lambda desk: desk.store.head().seq)
    elsewhere.do("c1", raise_concern())
    told = Told()
    session.watch(told, seq)
    assert [row.id for row in told.until(lambda changes: changes.rows).rows] == ["c1"]


async def test_a_decision_of_the_service_touches_everything(session: DeskSession, elsewhere: Desk) -> None:
    assert await session.ask(lambda desk: dict(desk.books.service.closures)) == {}
    told = Told()
    session.watch(told, await session.ask(lambda desk: desk.store.head().seq))
    elsewhere.decide([ClosureAdded(day=date(2026, 12, 24), name="Christmas Eve")])
    told.until(lambda changes: changes.everything)
    assert await session.ask(lambda desk: dict(desk.books.service.closures)) == {date(2026, 12, 24): "Christmas Eve"}


async def test_rows_made_anew_are_told_though_nothing_is_recorded_with_them(
    session: DeskSession, elsewhere: Desk
) -> None:
    told = Told()
    session.watch(told, await session.ask(lambda desk: desk.store.head().seq))
    told.until(lambda changes: changes == Changes())
    elsewhere.store.reproject([], "under other rules")
    assert told.until(lambda changes: changes.everything) == Changes(everything=True)


async def test_trouble_is_told_and_so_is_its_end(session: DeskSession, elsewhere: Desk, path: Path) -> None:
    told = Told()
    session.watch(told, await session.ask(lambda desk: desk.store.head().seq))
    aside = path.with_suffix(".aside")
    rename(path, aside)
    assert str(path) in told.until(lambda changes: changes.trouble).trouble
    rename(aside, path)
    assert told.until(lambda changes: not changes.trouble) == Changes()


async def test_a_watcher_that_cannot_be_had_is_asked_for_again(
    session: DeskSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    had = SqliteStore.watcher
    refusals = iter([Unavailable("The server is away.")])

    def watcher(store: SqliteStore) -> Watcher:
        for refusal in refusals:
            raise refusal
        return had(store)

    monkeypatch.setattr(SqliteStore, "watcher", watcher)
    told = Told()
    session.watch(told, 0)
    assert "away" in told.until(lambda changes: changes.trouble).trouble
    assert told.until(lambda changes: not changes.trouble).everything


@pytest.mark.parametrize("kept", [True, False])
async def test_what_nobody_foresaw_is_told_in_words_once_each_and_the_watching_goes_on(
    session: DeskSession, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    had = SqliteStore.watcher
    failures = iter([ValueError("Amara"), ValueError("Amara"), KeyError("Amara")])
    noted: list[Exception] = []

    def watcher(store: SqliteStore) -> Watcher:
        for failure in failures:
            raise failure
        return had(store)

    def note(error: Exception) -> str:
        noted.append(error)
        return f"Incident {len(noted)}."

    monkeypatch.setattr(SqliteStore, "watcher", watcher)
    told = Told()
    if kept:
        session.watch(told, 0, note)
    else:
        session.watch(told, 0)
    said = [told.until(lambda changes: changes.trouble).trouble for _ in range(3)]
    assert "Amara" not in "".join(said)
    assert [type(one) for one in noted] == ([ValueError, KeyError] if kept else [])
    plain = "Something went wrong in duty-tui itself."
    assert said == (["Incident 1.", "Incident 1.", "Incident 2."] if kept else [plain] * 3)
    assert told.until(lambda changes: not changes.trouble).everything
    elsewhere.do("c1", raise_concern())
    assert [row.id for row in told.until(lambda changes: changes.rows).rows] == ["c1"]


async def test_what_fails_because_it_ends_is_not_told(
    session: DeskSession, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, told = threading.Event(), list[Changes]()

    def watcher(_store: SqliteStore) -> Watcher:
        begun.set()
        session._stop.wait(10)
        raise RuntimeError

    monkeypatch.setattr(SqliteStore, "watcher", watcher)
    session.watch(told.append, elsewhere.store.head().seq)
    assert begun.wait(10)
    session._stop.set()
    assert session._watching
    session._watching.join(10)
    assert told == []


def test_a_desk_that_cannot_be_opened_says_so_and_ends_cleanly(tmp_path: Path) -> None:
    def refuse() -> Desk:
        raise Refused("There is no desk here.")

    session = DeskSession(refuse)
    with pytest.raises(Refused):
        session.ask_and_wait(lambda desk: desk.actor)
    session.close()


async def test_the_record_is_looked_at_before_any_desk_is_opened(path: Path, elsewhere: Desk) -> None:
    elsewhere.do("concern-1", raise_concern())
    opened: list[str] = []

    def open_desk() -> Desk:
        opened.append("desk")
        return make_desk(store(), Hands())

    store = cache(lambda: SqliteStore(path, KEY))
    session = DeskSession(open_desk, store)
    told = Told()
    try:
        assert [row.id for row in await session.look(lambda store: store.rows())] == ["concern-1"]
        head = await session.look(lambda store: store.head().seq)
        session.watch(told, head)
        elsewhere.decide([ClosureAdded(day=date(2026, 12, 24), name="Office closed")])
        assert told.until(lambda changes: changes.everything).actors == ("Ben Adeyemi",)
        assert opened == []
        assert await session.ask(lambda desk: desk.concern("concern-1").id) == "concern-1"
        assert opened == ["desk"]
    finally:
        session.close()


async def test_a_record_that_is_not_the_one_seen_before_is_said_and_goes_on_being_said(
    path: Path, elsewhere: Desk, tmp_path: Path
) -> None:
    witness = Witness(tmp_path / "seen")

    def look_back(store: Store) -> None:
        witness.check(store)

    session = DeskSession(lambda: make_desk(SqliteStore(path, KEY), Hands()), look_back=look_back)
    told = Told()
    try:
        session.watch(told, 0)
        told.until(lambda changes: changes.everything)
        elsewhere.do("c1", raise_concern())
        told.until(lambda changes: changes.rows)
        seen = witness.seen(elsewhere.store)
        assert seen == elsewhere.store.head()
        (tmp_path / "seen" / f"{elsewhere.store.meta('database')}.json").write_text(json.dumps([99, "f" * 64]))
        elsewhere.do("c1", ChangeOwner(owner="Ben Adeyemi"))
        assert "seen before" in told.until(lambda changes: changes.trouble).trouble
        assert "seen before" in told.until(lambda changes: changes.trouble).trouble
    finally:
        session.close()


async def test_that_somebody_looked_is_no_news(session: DeskSession, elsewhere: Desk) -> None:
    elsewhere.do("c1", raise_concern())
    elsewhere.do("c1", RestrictConcern(names=("Ben Adeyemi", "Ann Osei"), reason="x"))
    told = Told()
    session.watch(told, await session.ask(lambda desk: desk.store.head().seq))
    elsewhere.concern("c1")
    elsewhere.do("c2", raise_concern())
    changes = told.until(lambda changes: changes.rows)
    assert [row.id for row in changes.rows] == ["c2"]
    assert elsewhere.store.stream("c1")[-1].kind == "record-viewed"


async def test_who_records_on_a_restricted_concern_is_told_to_those_named_alone(
    session: DeskSession, elsewhere: Desk
) -> None:
    elsewhere.do("c1", raise_concern())
    told = Told()
    session.watch(told, await session.ask(lambda desk: desk.store.head().seq))
    elsewhere.do("c1", RestrictConcern(names=("Ben Adeyemi", "Jo Park"), reason="x"))
    changes = told.until(lambda changes: changes.rows)
    assert (changes.rows[0].hidden, changes.hidden, changes.actors) == (True, ("c1",), ())
    elsewhere.do("c1", RestrictConcern(names=("Ben Adeyemi", "Ann Osei"), reason="x"))
    changes = told.until(lambda changes: changes.rows and not changes.hidden)
    assert (changes.rows[0].hidden, changes.hidden, changes.actors) == (False, (), ("Ben Adeyemi",))


@pytest.mark.parametrize(("actor", "hidden"), [(None, True), ("", True), ("Ben Adeyemi", False)])
async def test_before_the_desk_is_open_rows_are_read_for_whoever_is_named_to_the_session(
    path: Path, elsewhere: Desk, actor: str | None, hidden: bool
) -> None:
    def open_desk() -> Desk:
        raise AssertionError("nobody asked the desk")

    elsewhere.do("c1", raise_concern())
    session = DeskSession(open_desk, lambda: SqliteStore(path, KEY), actor=actor)
    try:
        told = Told()
        session.watch(told, await session.look(lambda store: store.head().seq))
        elsewhere.do("c1", RestrictConcern(names=("Ben Adeyemi", "Jo Park"), reason="x"))
        assert told.until(lambda changes: changes.rows).rows[0].hidden == hidden
    finally:
        session.close()
