"""A record full of hostile words on every screen: drawn as text, obeyed by nothing, read as no markup."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from duty_tui.store.journal import new_id
from duty_tui.store.memory import MemoryStore
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import default_adoptions
from tests.desk.conftest import make_desk
from tests.hostile import MARK, TEXTS, fill, obeyed, spoilt
from tests.pilot import screen_text, some_turns, until
from tests.screens.conftest import KEY, Office

#: Screens and dialogues of the queue and of a concern, by the keys that open them.
QUEUE = ("W", "Z", "E", "H", "T", "M", "D", "v", "slash", "question_mark", "o", "e", "d", "y", "g", "ctrl+p")
CONCERN = ("W", "z", "e", "E", "t", "m", "o", "a", "A", "F", "P", "S", "h", "w", "R", "u", "question_mark", "y", "x")


@pytest.fixture
def hostile(office: Office, request: pytest.FixtureRequest) -> Office:
    """The office with a record that was written by other means."""
    texts = TEXTS[request.param :] + TEXTS[: request.param]
    with MemoryStore() as marked:
        desk = make_desk(marked, office.hands)
        desk.decide(default_adoptions(office.hands.now.date()))
        fill(desk, office.hands.now, new_id())
        office.path = office.folder / "hostile.db"
        with SqliteStore(office.path, KEY, create=True) as store:
            store.adopt(spoilt(marked.since(0), texts), database=new_id())
            make_desk(store, office.hands).make_rows()
    return office


def looked_at(pilot: Pilot[int]) -> str:
    """What stands there; nothing in it may be obeyed, and the program goes on."""
    text = screen_text(pilot.app)
    assert obeyed(text) == []
    assert obeyed(pilot.app.title) == obeyed(pilot.app.sub_title) == []
    assert pilot.app.return_code is None
    return text


async def back_to(pilot: Pilot[int], depth: int) -> None:
    for _ in range(6):
        if len(pilot.app.screen_stack) <= depth:
            return
        await pilot.press("escape")
        await some_turns()


async def open_each(pilot: Pilot[int], keys: tuple[str, ...]) -> str:
    """Open what each key opens, look at it and go back; everything that was seen."""
    depth, seen = len(pilot.app.screen_stack), looked_at(pilot)
    for key in keys:
        await pilot.press(key)
        for _ in range(10):
            await some_turns()
        seen += looked_at(pilot)
        await back_to(pilot, depth)
        seen += looked_at(pilot)
    return seen


TURNS = pytest.mark.parametrize(
    ("hostile", "size"), [(0, (80, 24)), (15, (132, 43)), (30, (80, 24))], indirect=["hostile"]
)


@TURNS
async def test_the_queue_and_what_opens_from_it(hostile: Office, size: tuple[int, int]) -> None:
    async with hostile.at_work(size=size) as pilot:
        await until(lambda: MARK in screen_text(pilot.app))
        assert (await open_each(pilot, QUEUE)).count(MARK) > 20


@TURNS
async def test_a_concern_and_what_opens_from_it(hostile: Office, size: tuple[int, int]) -> None:
    async with hostile.at_work(size=size) as pilot:
        await until(lambda: MARK in screen_text(pilot.app))
        await pilot.press("enter")
        await until(lambda: len(pilot.app.screen_stack) > 1 and MARK in screen_text(pilot.app))
        assert (await open_each(pilot, CONCERN)).count(MARK) > 20
