"""The same over a wire to a PostgreSQL server: cut before, within and after what is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.drafts import drafts_of, keep_draft
from duty_tui.desk.outgoing import send, waiting
from duty_tui.domain.commands import AddNote, CloseConcern
from duty_tui.errors import Unavailable, Waits
from duty_tui.store.outbox import Outbox
from duty_tui.store.rows import Draft
from duty_tui.wiring import default_adoptions
from tests.builders import raise_concern
from tests.desk.conftest import NOW, Hands, make_desk
from tests.postgres import fresh, open_at, socket_of
from tests.wire import Wire

KEY = b"k" * 32


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[tuple[Desk, Wire]]:
    """A desk over a wire that can be cut; concern c1 is in the record."""
    address = fresh()
    with open_at(address) as store:
        other = make_desk(store, Hands())
        other.decide(default_adoptions(NOW.date()))
        other.do("c1", raise_concern())
    with Wire(socket_of(address)) as wire, open_at(wire.address(address), create=False, patience=1.0) as store:
        desk = make_desk(store, Hands())
        desk.outbox = Outbox(tmp_path / "mine.outbox", KEY)
        assert desk.concern("c1").version
        yield desk, wire
        desk.outbox.close()


def notes(desk: Desk) -> list[str]:
    return [entry.data["text"] for entry in desk.store.stream("c1") if entry.kind == "note-added"]


def cut(wire: Wire, *, dead: bool = True) -> None:
    wire.dead = dead
    wire.cut()


def test_what_is_typed_while_the_server_is_away_is_recorded_once_and_in_order(ours: tuple[Desk, Wire]) -> None:
    desk, wire = ours
    cut(wire)
    for text in ("one", "two"):
        with pytest.raises(Waits):
            desk.do("c1", AddNote(text=text))
    with pytest.raises(Unavailable, match="cannot wait on this machine"):
        desk.do("c1", CloseConcern(reason="x"))
    assert not keep_draft(desk, Draft("d1", "note", "c1", "Ann Osei", "here", NOW, {"text": "x"}))
    assert [one.id for one in drafts_of(desk)] == ["d1"]
    assert send(desk).recorded == []
    wire.dead = False
    assert len(send(desk).recorded) == 2
    assert (notes(desk), waiting(desk)) == (["one", "two"], [])
    assert [one.id for one in desk.store.drafts()] == ["d1"]


@pytest.mark.parametrize("answered", [False, True])
def test_cut_while_it_is_recorded_nothing_is_lost_and_nothing_twice(ours: tuple[Desk, Wire], answered: bool) -> None:
    desk, wire = ours
    wire.cut_at, wire.answered, wire.dead = b"COMMIT", answered, True
    with pytest.raises(Waits):
        desk.do("c1", AddNote(text="one"))
    wire.dead = False
    assert len(send(desk).recorded) == 1
    assert (notes(desk), waiting(desk)) == (["one"], [])


@pytest.mark.parametrize("answered", [False, True])
def test_of_what_may_not_wait_it_is_said_too_that_nobody_knows_whether_it_is_recorded(
    ours: tuple[Desk, Wire], answered: bool
) -> None:
    desk, wire = ours
    wire.cut_at, wire.answered, wire.dead = b"COMMIT", answered, True
    with pytest.raises(Unavailable, match=r"is NOT known.*recorded once, however often you try"):
        desk.do("c1", CloseConcern(reason="x"))
    wire.dead = False
    assert waiting(desk) == []
