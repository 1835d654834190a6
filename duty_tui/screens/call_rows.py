"""The log of a call as it is drawn: every entry in a few words, children by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from duty_tui.desk.calling import Call
from duty_tui.desk.pending import Unsent
from duty_tui.domain.call_line import ESCALATE
from duty_tui.domain.call_setting import Setting
from duty_tui.domain.decision_events import ActionAgreed, ActionDone, ChildPlaced, DecisionMade, SharingDecided
from duty_tui.domain.discussion_events import (
    DiscussionEnded,
    DiscussionStarted,
    LineNoted,
    PersonRecorded,
    PointAnswered,
)
from duty_tui.domain.events import Event
from duty_tui.domain.times import due_words, london, london_date
from duty_tui.views.discussion import LogLine
from duty_tui.widgets.call_log import LogRow

_TONES = {
    "JOIN": "join", "LEFT": "join", "SORRY": "join", "REPORT": "join", "ABSENT": "join", "START": "join", "END": "join",
    "DECIDE": "decide", "DISSENT": "decide", "CHILD": "decide", "ACTION": "action", "DONE": "action", "SHARE": "action",
    "QUORUM": "loud", "ESCALATE": "loud",
}  # fmt: skip


def log_rows(call: Call) -> list[LogRow]:
    """Every line of the log, in the order it happened; the day stands where another one begins."""
    events = {item.stamp.entry: item.event for item in call.concern.history}
    points = {(point.item, point.child, point.agency): point.text for point in call.setting.points}
    first = london_date(call.view.log[0].at) if call.view.log else None
    rows = []
    for line in call.view.log:
        word, text = _said(line, events.get(line.entry), call.setting, points)
        local = london(line.at)
        time = f"{local:%H:%M}" if local.date() == first else f"{local:%d/%m}"
        rows.append(LogRow(line.entry, time, word, text, _TONES.get(word, "note")))
    return rows


def unsent_rows(waits: Iterable[Unsent]) -> list[LogRow]:
    """What waits on this machine to be recorded, after all that is."""
    return [
        LogRow(line.id, f"{london(line.typed):%H:%M}", "UNSENT", f"NOT RECORDED: {'; '.join(line.words)}", "loud")
        for line in waits
    ]


def _said(
    line: LogLine,
    event: Event | None,
    setting: Setting,
    points: Mapping[tuple[str, int | None, str], str],
) -> tuple[str, str]:
    match event:
        case LineNoted() if event.text.startswith(ESCALATE):
            return "ESCALATE", event.text.removeprefix(ESCALATE)
        case DecisionMade():
            return line.word, f"{event.label}, for {setting.whom(event.children)}. Reason: {event.reason}"
        case ActionAgreed():
            return line.word, _action(event, setting)
        case ActionDone():
            how = f": {event.how}" if event.how else ""
            return line.word, f"for {setting.name_of(event.child)}{how}"
        case PointAnswered():
            asked = points.get((event.item, event.child, event.agency), event.item.rpartition("/")[2])
            about = setting.name_of(event.child) if event.child else event.agency
            return line.word, f"{asked}{f' ({about})' if about else ''}: {event.text}"
        case ChildPlaced():
            did = "joins" if event.included else "leaves"
            return line.word, f"{setting.name_of(event.child)} {did} this discussion. Reason: {event.reason}"
        case SharingDecided():
            whom = "" if event.children == setting.included else f" ({setting.whom(event.children)})"
            return line.word, event.words() + whom
        case PersonRecorded():
            return line.word, _person(event)
    return line.word, _course(line, event, setting)


def _course(line: LogLine, event: Event | None, setting: Setting) -> str:
    if isinstance(event, DiscussionStarted):
        return f"Chair {event.chair}, {event.format}, about {setting.whom(event.children)}"
    if isinstance(event, DiscussionEnded):
        more = {True: "A further one is needed.", False: "No further one is needed.", None: ""}[event.further]
        return " ".join(filter(None, (f"Ended {london(event.at):%H:%M}.", more)))
    return line.text


def _action(event: ActionAgreed, setting: Setting) -> str:
    who = f"{event.who}: " if event.who else "nobody named: "
    due = f", by {due_words(event.due)}" if event.due else ", no time set"
    whom = "" if event.children == setting.included else f" (for {setting.whom(event.children)})"
    return f"{who}{event.what}{due}{whom}"


def _person(event: PersonRecorded) -> str:
    who = ", ".join(filter(None, (event.name, event.job, event.agency)))
    left = f", left {london(event.left):%H:%M}" if event.left else ""
    return f"{who}{left}" + (f": {event.reason}" if event.reason else "")
