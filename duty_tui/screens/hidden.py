"""A concern became restricted while somebody who is not named had it open: its screens close, and it is said why."""

from __future__ import annotations

from collections.abc import Collection

from textual.screen import Screen

from duty_tui.errors import DutyError
from duty_tui.screens.desk_screen import AtTheDesk, Host

_KEPT = "What you had typed is kept as a draft of yours."


def concerns_of(screen: Screen[object]) -> set[str]:
    """The ids of the concerns a screen or dialogue is about, and would go on showing: its `concern_id`, or `shows`.

    A dialogue is about the concern `behind` it. Lists across concerns that are read anew at every change name none.
    """
    behind = getattr(screen, "behind", None)
    one = getattr(screen, "concern_id", None) or getattr(behind, "concern_id", None)
    return {*getattr(screen, "shows", ()), *([one] if one else [])}


def leave_hidden(host: Host, hidden: Collection[str]) -> None:
    """Close every screen about one of these concerns with whatever lies above it; what was typed stays a draft."""
    stack = host.screen_stack
    found = ((at, concerns_of(screen).intersection(hidden)) for at, screen in enumerate(stack[1:], 1))
    lowest, closed = next(((at, those) for at, those in found if those), (0, set[str]()))
    if not closed:
        return
    words = _KEPT
    for screen in reversed(stack[lowest:]):
        if isinstance(screen, AtTheDesk):
            try:
                screen.keep_draft()
            except DutyError as error:
                words = f"What you had typed could NOT be kept: {error.what}"
        host.pop_screen()
    beneath = host.screen
    if isinstance(beneath, AtTheDesk):
        beneath.begin(_say_why(beneath, min(closed), words))


async def _say_why(screen: AtTheDesk, concern: str, words: str) -> None:
    try:
        await screen.session.ask(lambda desk: desk.concern(concern))
    except DutyError as error:
        screen.refuse(f"{error} {words}")
