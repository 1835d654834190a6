"""Commands as plain JSON values, and back: for acts that are kept before they are done.

A name once written is read for good: a class here is never renamed without its old name being read too.
"""

from __future__ import annotations

from typing import Any

from duty_tui.domain.commands import (
    AddNote,
    AnswerQuestions,
    Command,
    CorrectDetails,
    RaiseConcern,
    RecordChild,
    RecordMilestone,
)
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.history import read_event, write_event
from duty_tui.domain.order_acts import RecordOrder
from duty_tui.domain.owed_commands import ExplainLateness, MeetObligation

#: Those that say all of themselves in their fields.
_PLAIN: dict[str, type[Command]] = {
    command.__name__: command
    for command in (
        RaiseConcern,
        AddNote,
        AnswerQuestions,
        RecordChild,
        CorrectDetails,
        RecordMilestone,
        RecordOrder,
        MeetObligation,
        ExplainLateness,
    )
}


def write_command(command: Command) -> dict[str, Any]:
    """A command as JSON values; what is unset is left out. Raises KeyError for one that is never kept."""
    match command:
        case AllAtDiscussion():
            return {"name": "AllAtDiscussion", "each": [write_command(one) for one in command.each]}
        case AtDiscussion():
            return {"name": "AtDiscussion", "kind": command.event.kind, "event": write_event(command.event)}
    name = type(command).__name__
    return {"name": name, "is": _PLAIN[name].model_dump(command, mode="json", exclude_defaults=True)}


def read_command(written: dict[str, Any]) -> Command:
    """The command `write_command` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    name = written["name"]
    if name == "AllAtDiscussion":
        return AllAtDiscussion(each=tuple(read_command(one) for one in written["each"]))
    if name == "AtDiscussion":
        event = read_event(written["kind"], written["event"])
        if not isinstance(event, DiscussionEvent):
            raise ValueError(written["kind"])
        return AtDiscussion(event=event)
    return _PLAIN[name].model_validate(written["is"])
