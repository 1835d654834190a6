"""A concern with three children and a discussion going on, for the screens of a discussion."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from textual.screen import Screen
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted, PersonRecorded
from duty_tui.screens.discussion_form import DiscussionForm
from duty_tui.widgets.statusline import StatusLine
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands
from tests.pilot import some_turns, until
from tests.screens.at_a_desk import ME, Bench, shown

CONCERN = "c" * 32


def raised(desk: Desk) -> None:
    """A concern about three children."""
    children = (
        a_child(1, name="Amara Okoye"),
        a_child(2, name="Kofi Okoye", born=date(2021, 5, 6)),
        a_child(3, name="Ife Okoye", born=date(2024, 1, 2)),
    )
    desk.do(CONCERN, raise_concern(*children, family="Okoye", received=NOW))


def say(desk: Desk, event: DiscussionEvent) -> str:
    """Record an event; the id of its entry."""
    return desk.do(CONCERN, AtDiscussion(event=event)).entries[0]


def begun(desk: Desk) -> None:
    """The concern, and a discussion by telephone that has just begun, about all three."""
    raised(desk)
    say(desk, DiscussionStarted(discussion=1, at=NOW, chair=ME, format="telephone", children=(1, 2, 3)))


def person(name: str, role: str, **known: Any) -> PersonRecorded:
    """Somebody present, unless said otherwise."""
    return PersonRecorded(**{"discussion": 1, "name": name, "role": role, "standing": "present", **known})


def quorate(desk: Desk) -> None:
    """Begun, with everybody there whom the policy requires."""
    begun(desk)
    say(desk, person("Ann Osei", "social_worker", job="Team manager", agency="children's social care"))
    say(desk, person("Dr Lena Fry", "health", job="Paediatrician", agency="health"))
    say(desk, person("PC Tom Hale", "police", job="Constable", agency="police"))


def ended(desk: Desk) -> None:
    """Quorate, and over."""
    quorate(desk)
    say(desk, DiscussionEnded(discussion=1, at=NOW, further=False))


def of(desk: Desk) -> Discussion:
    """The discussion as recorded."""
    found = desk.concern(CONCERN).discussion(1)
    assert found is not None
    return found


def concern(desk: Desk) -> Concern:
    return desk.concern(CONCERN)


@asynccontextmanager
async def at(
    make: Callable[..., Screen[Any]],
    before: Callable[[Desk], object] = quorate,
    *,
    number: int | None = 1,
    size: tuple[int, int] = (80, 24),
    hands: Hands | None = None,
) -> AsyncIterator[Bench]:
    """A screen of the discussion, once it has been read."""
    async with shown(lambda: make(CONCERN, number), before=before, size=size, hands=hands) as bench:
        await until(lambda: getattr(bench.app.screen, "read", None) is not None)
        await some_turns()
        yield bench


async def form(bench: Bench) -> DiscussionForm:
    """The form on top, once it is ready to be typed in."""

    def ready() -> bool:
        top = bench.app.screen
        return isinstance(top, DiscussionForm) and top._ready

    await until(ready)
    top = bench.app.screen
    assert isinstance(top, DiscussionForm)
    return top


async def closed(bench: Bench, top: Screen[Any]) -> None:
    """Wait until a dialogue has gone and the screen beneath was read anew."""
    await until(lambda: bench.app.screen is not top)
    await some_turns()
    await until(lambda: not bench.app.screen.workers._workers or all(w.is_finished for w in bench.app.screen.workers))
    await some_turns()


async def record(bench: Bench) -> None:
    """Ctrl+S, and wait until it is on the disk."""
    top = bench.app.screen
    await bench.press("ctrl+s")
    await closed(bench, top)


async def put(bench: Bench, part: str, words: str) -> None:
    """Type into one part of the form."""
    bench.app.screen.query_one(f"#{part}", Input).focus()
    await some_turns()
    await bench.type(words)


def status(bench: Bench) -> str:
    """What stands on the status line."""
    return bench.app.screen.query_one(StatusLine).words
