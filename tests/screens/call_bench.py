"""A call that is going on: three children, a chair, and a hand that types."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from duty_tui.desk.desk import Desk
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionStarted, PersonRecorded
from duty_tui.screens.call import CallScreen
from duty_tui.widgets.call_entry import CallEntry
from tests.builders import a_child, raise_concern
from tests.desk.conftest import Hands
from tests.pilot import some_turns, until, widget_text
from tests.screens.at_a_desk import ME, Bench, shown

CONCERN = "c1"
NAMES = ("Amara Okafor", "Kofi Okafor", "Ama Okafor")


def raised(desk: Desk) -> None:
    """A concern about three children."""
    children = [a_child(number, name=name) for number, name in enumerate(NAMES, 1)]
    desk.do(CONCERN, raise_concern(*children, family="Okafor"))


def begun(desk: Desk) -> None:
    """A discussion of it that has just begun, with its chair."""
    raised(desk)
    at(
        desk,
        DiscussionAgreed(discussion=1, format="telephone", reason="a bruise"),
        DiscussionStarted(discussion=1, at=desk.clock(), chair=ME, format="telephone", children=(1, 2, 3)),
        PersonRecorded(
            discussion=1, name=ME, job="chair", agency="children's social care", role="sw_manager", standing="present"
        ),
    )


def at(desk: Desk, *events: DiscussionEvent) -> None:
    """Record these at the discussion."""
    desk.do(CONCERN, AllAtDiscussion(each=tuple(AtDiscussion(event=event) for event in events)))


class OnCall:
    """The call screen with its desk, and the words a test asks of it."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    @property
    def screen(self) -> CallScreen:
        return self.calls[-1]

    @property
    def calls(self) -> list[CallScreen]:
        return [screen for screen in self.bench.app.screen_stack if isinstance(screen, CallScreen)]

    @property
    def entry(self) -> CallEntry:
        return self.screen.entry

    @property
    def text(self) -> str:
        return self.bench.text

    @property
    def discussion(self) -> Discussion:
        found = self.bench.desk.concern(CONCERN).discussion(1)
        assert found is not None
        return found

    @property
    def log(self) -> list[str]:
        """The log as words and texts."""
        return [f"{row.word} {row.text}" for row in self.screen.log_shown.rows]

    @property
    def border(self) -> str:
        """What stands on the lower border of the entry."""
        words = self.screen.query_one("#line")._border_subtitle
        return words.plain.strip() if words else ""

    @property
    def title(self) -> str:
        """What stands on its upper border."""
        words = self.screen.query_one("#line")._border_title
        return words.plain.strip() if words else ""

    @property
    def reading(self) -> list[str]:
        """The two lines under the entry."""
        return [line.strip() for line in widget_text(self.screen.query_one("#reading"))]

    async def press(self, *keys: str) -> None:
        await self.bench.press(*keys)
        await self.read()

    async def type(self, text: str) -> None:
        """Type letter by letter."""
        await self.bench.type(text)
        await self.read()

    async def put(self, text: str) -> None:
        """Have the text in the entry, as a paste puts it there."""
        self.entry.put(text)
        await self.read()

    async def read(self) -> None:
        """Wait until what is typed has been read."""
        await until(lambda: not any(screen._unread for screen in self.calls))
        await some_turns()

    async def record(self, text: str) -> None:
        """Type a line, press Enter, wait until it is recorded and the screen has read it."""
        before = self.bench.desk.concern(CONCERN).version
        await self.put(text)
        await self.press("enter")
        await self.settled(before)

    async def settled(self, before: int) -> None:
        """Wait until something after version `before` is recorded, and shown."""
        desk, screen = self.bench.desk, self.screen

        def done() -> bool:
            version = desk.concern(CONCERN).version
            return version > before and screen.call is not None and screen.call.view.version == version

        await until(done)
        await some_turns()

    async def undisturbed(self) -> None:
        """Let everything that was set off come to rest on the desk's thread."""
        await self.bench.app.session.ask(lambda _desk: None)
        await some_turns()

    def draft(self) -> dict[str, Any] | None:
        """What is kept of the line on the disk."""
        drafts = self.bench.desk.store.drafts()
        return drafts[0].body if drafts else None


@asynccontextmanager
async def on_call(
    *events: DiscussionEvent, size: tuple[int, int] = (80, 24), hands: Hands | None = None, first: Any = begun
) -> AsyncIterator[OnCall]:
    """The call screen, read, after `events` were recorded."""

    def before(desk: Desk) -> None:
        first(desk)
        if events:
            at(desk, *events)

    async with shown(lambda: CallScreen(CONCERN, 1), before=before, size=size, hands=hands) as bench:
        call = OnCall(bench)
        await until(lambda: call.screen.call is not None)
        await some_turns()
        yield call
