"""Where each thing owed is done: a dialogue over the list, or the screen on which the thing itself is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from duty_tui.screens.call_open import Call
from duty_tui.screens.discussion_acts import Actions, Agree, Circulation, Orders, Sign
from duty_tui.views.obligation import ObligationLine, Place

if TYPE_CHECKING:
    from duty_tui.screens.obligations import ObligationsScreen


def open_place(screen: ObligationsScreen, line: ObligationLine) -> None:
    """Open what meets the line."""
    _OPENERS[line.place](screen, line)


def _dialogue(kind: str) -> Callable[[ObligationsScreen, ObligationLine], None]:
    def opened(screen: ObligationsScreen, line: ObligationLine) -> None:
        from duty_tui.screens import obligation_meet

        made: Any = getattr(obligation_meet, kind)
        screen.open_dialogue(line, made)

    return opened


def _way(command: type[Any]) -> Callable[[ObligationsScreen, ObligationLine], None]:
    """The same as its letter, which works on the line under the cursor."""

    def opened(screen: ObligationsScreen, line: ObligationLine) -> None:
        del line
        why = command().why_not(screen)
        if why:
            screen.refuse(why)
        else:
            command().run(screen)

    return opened


def _form(screen: ObligationsScreen, line: ObligationLine) -> None:
    from duty_tui.screens.escalate import open_escalation

    open_escalation(screen, line.concern, line.rule, line.child, line.discussion)


def _judge(screen: ObligationsScreen, line: ObligationLine) -> None:
    from duty_tui.screens.judge import JudgeDialog

    screen.open_dialogue(line, JudgeDialog)


_OPENERS: dict[Place, Callable[[ObligationsScreen, ObligationLine], None]] = {
    "time": _dialogue("MeetDialog"),
    "visit": _dialogue("VisitDialog"),
    "note": _dialogue("NoteDialog"),
    "agree": _way(Agree),
    "call": _way(Call),
    "sign": _way(Sign),
    "actions": _way(Actions),
    "orders": _way(Orders),
    "circulate": _way(Circulation),
    "form": _form,
    "judge": _judge,
}
