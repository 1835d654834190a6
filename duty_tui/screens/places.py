"""Where something a record lacks is put right: each kind of place, and the screen it leads to."""

from __future__ import annotations

from typing import Any

#: What leads to the decisions, and to the actions.
_DECISIONS = frozenset({"decisions", "reasons", "challenge"})
_ACTIONS = frozenset({"actions", "medical", "interview"})
_PEOPLE = frozenset({"attendance", "seniority"})


def go_to_place(screen: Any, place: str, concern_id: str, number: int | None, child: int | None) -> None:
    """Open the screen on which `place` of `ChildTab.lacks` and `PointLine` is put right, above `screen`."""
    screen.app.push_screen(screen_of(place, concern_id, number, child))


def screen_of(place: str, concern_id: str, number: int | None, child: int | None) -> Any:
    """The screen on which `place` is put right, with the cursor there as far as it can be known."""
    from duty_tui.screens.actions import ActionsOfDiscussion
    from duty_tui.screens.attendance import AttendanceScreen
    from duty_tui.screens.concern import ConcernScreen
    from duty_tui.screens.concern_parts import CHILDREN, QUESTIONS
    from duty_tui.screens.decision_lines import CHILD, FAMILY
    from duty_tui.screens.decisions import DecisionsScreen
    from duty_tui.screens.points import PointsScreen
    from duty_tui.screens.sign import RecordsScreen

    if place in _PEOPLE:
        return AttendanceScreen(concern_id, number)
    if place in _DECISIONS:
        return DecisionsScreen(concern_id, number, f"{CHILD}{child}" if child else None)
    if place == "sharing":
        return DecisionsScreen(concern_id, number, FAMILY)
    if place in _ACTIONS:
        return ActionsOfDiscussion(concern_id, number)
    if place in ("child", "questions"):
        return ConcernScreen(concern_id, CHILDREN if place == "child" else QUESTIONS)
    if place == "signature":
        return RecordsScreen(concern_id, number)
    return PointsScreen(concern_id, number)
