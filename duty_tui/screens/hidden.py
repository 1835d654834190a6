"""A concern became restricted while somebody who is not named had it open: its screens close, and it is said why."""

from __future__ import annotations

from collections.abc import Collection

from textual.screen import Screen

from duty_tui.errors import DutyError
from duty_tui.screens.desk_screen import AtTheDesk, Host

_KEPT = "What you had typed is kept as a draft of yours."


def about_of(screen: Screen[object]) -> str | None:
    """The id of the concern a screen or dialogue is about; None when it is about none."""
    behind = getattr(screen, "behind", None)
    found: str | None = getattr(screen, "concern_id", None) or getattr(behind, "concern_id", None)
    return found


def leave_hidden(host: Host, hidden: Collection[str]) -> None:
    """Close every screen about one of these concerns with whatever lies above it; what was typed stays a draft."""
    stack = host.screen_stack
    about = next(((at, one) for at, screen in enumerate(stack[1:], 1) if (one := about_of(screen)) in hidden), None)
    if about is None:
        return
    lowest, concern = about
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
        beneath.begin(_say_why(beneath, str(concern), words))


async def _say_why(screen: AtTheDesk, concern: str, words: str) -> None:
    try:
        await screen.session.ask(lambda desk: desk.concern(concern))
    except DutyError as error:
        screen.refuse(f"{error} {words}")
