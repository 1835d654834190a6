"""The way into a call, for the queue and the concern: `c` starts a discussion, or leads back into the one going on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.desk.calling import Standing
    from duty_tui.screens.call_start import Next
    from duty_tui.screens.desk_screen import AtTheDesk


class KnowsDiscussion(Protocol):
    """A screen that knows which concern is meant."""

    def discussion_at(self) -> tuple[str, int | None] | None:
        """The concern's id and the discussion's number; None where nothing is selected."""
        ...


class Call(Command[Any, Any]):
    """Start a strategy discussion, or go back into it."""

    id, keys, label, title, group, priority = (
        "discussion.call",
        "c",
        "call",
        "Call: strategy discussion",
        "This concern",
        8,
    )
    help = "Start a strategy discussion of this concern, or go back into the one that is going on."

    def why_not(self, view: KnowsDiscussion) -> str | None:
        """Nothing is selected."""
        return None if view.discussion_at() else "No concern is selected: choose one with the arrow keys first."

    def run(self, screen: Any) -> None:
        """Open what fits."""
        found = screen.discussion_at()
        if found is not None:
            open_call(screen, found[0])


def open_call(screen: AtTheDesk, concern_id: str) -> None:
    """The call going on; else the question whether to hold one; else, after one has ended, which of the two."""
    screen.begin(_open(screen, concern_id), alone="open-call")


async def _open(screen: AtTheDesk, concern_id: str) -> None:
    from duty_tui.desk.calling import where_it_stands

    now = screen.now()
    found = await screen.ask(lambda desk: where_it_stands(desk, concern_id, now))
    if found is None:
        return
    waiting = any(one.number == found.next for one in found.concern.discussions)
    if found.going_on is not None:
        _show(screen, concern_id, found.going_on)
    elif found.ended is not None and not waiting:
        _record_or_further(screen, found)
    else:
        _start(screen, found)


def _show(screen: AtTheDesk, concern_id: str, number: int) -> None:
    from duty_tui.screens.call import CallScreen

    beneath = screen.app.screen_stack[-2:-1]
    if any(isinstance(one, CallScreen) and (one.concern_id, one.number) == (concern_id, number) for one in beneath):
        screen.leave_with(None)  # the call it was opened from, the line in it as it was
    else:
        screen.app.push_screen(CallScreen(concern_id, number))


def _start(screen: AtTheDesk, found: Standing) -> None:
    from duty_tui.screens.call_start import StartCall

    def started(then: Next | None) -> None:
        if isinstance(then, int):
            _show(screen, found.concern.id, then)
        elif then is not None:
            screen.app.push_screen(then)

    screen.app.push_screen(StartCall(found), started)


def _record_or_further(screen: AtTheDesk, found: Standing) -> None:
    from duty_tui.screens.concern_ask import Ask, Way

    ended = found.ended

    def chosen(way: str | None) -> None:
        if way == "record" and ended is not None:
            _show(screen, found.concern.id, ended)
        elif way == "further":
            _start(screen, found)

    ways = [
        Way("1", "record", f"Open the record of discussion {ended}"),
        Way("2", "further", f"Hold a further discussion, number {found.next}"),
    ]
    names = ", ".join(child.called for child in found.concern.children)
    screen.app.push_screen(Ask(f"Discussion {ended} has ended", [names], ways), chosen)
