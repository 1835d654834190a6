"""A recorded line as somebody would type it, so that it can be put right in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from duty_tui.domain.call_line import ESCALATE, CallLine, read_line
from duty_tui.domain.call_setting import Setting
from duty_tui.domain.call_words import children_mentioned
from duty_tui.domain.decision_events import ActionAgreed, ChildPlaced, DecisionMade, DissentRecorded, SharingDecided
from duty_tui.domain.discussion_events import LineNoted, PersonRecorded, PointAnswered
from duty_tui.domain.events import Event
from duty_tui.domain.times import london


def typed(event: Event, setting: Setting) -> str | None:
    """The line that says what `event` says; None where no line does (the beginning of the discussion, a signature)."""
    match event:
        case LineNoted():
            return _note(event.text)
        case DecisionMade():
            at = next((str(at) for at, tick in enumerate(setting.boxes, 1) if tick.box == event.box), event.label)
            return f"/d {at} {_names(event.children, setting)}: {event.reason}"
        case ActionAgreed():
            who = f"{event.who}: " if event.who else ""
            return f"/a {who}{event.what}{_due(event.due)}"
        case PersonRecorded():
            return _person(event)
        case PointAnswered():
            about = (event.item, event.child, event.agency)
            points = ((point.item, point.child, point.agency) for point in setting.points)
            return next((f"/{at} {event.text}" for at, point in enumerate(points, 1) if point == about), None)
        case SharingDecided():
            when = f"; {event.when}" if event.when else ""
            return f"/s withheld: {event.withheld}" if event.withheld else f"/s {event.what}{when}"
        case DissentRecorded():
            ids = [decision.id for decision in setting.decisions]
            number = f"{ids.index(event.decision) + 1} " if event.decision in ids else ""
            return f"/x {number}{event.who}: {event.text}"
        case ChildPlaced():
            return f"/c {'' if event.included else 'drop '}{event.child} {event.reason}"
    return None


def _note(text: str) -> str:
    if text.startswith(ESCALATE):
        return "/e " + text.removeprefix(ESCALATE)
    return "/" + text if text.startswith("/") else text


def _names(children: tuple[int, ...], setting: Setting) -> str:
    if children == setting.included:
        return "all"
    return " ".join(f"child {child}" for child in children)


def _due(due: datetime | None) -> str:
    """As it is typed: the day alone where the due is its end, the name of the time where the clock shows it twice."""
    if due is None:
        return ""
    local = london(due)
    if local.time() == time():
        return f" by {local.date() - timedelta(days=1):%d/%m/%Y}"
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f" by {local:%d/%m/%Y %H:%M}" + (f" {local.tzname()}" if twice else "")


def _person(event: PersonRecorded) -> str:
    said = {"present": "", "apologies": "apologies", "absent": "absent", "report": "report"}[event.standing]
    return " ".join(filter(None, ("/w", event.name, event.agency, event.job, said, event.reason)))


class Before(NamedTuple):
    """The line that is put right: its entry, when it was recorded (UTC), and what it said."""

    entry: str
    at: datetime
    event: Event


def put_right(text: str, before: Before, setting: Setting) -> CallLine:
    """What `text` says in the place of `before`: of the same person or action, at its time.

    What a line cannot say (how an action is checked, when somebody came) stays as it was; so do the children where the
    text names none. A line of another kind takes its place all the same.
    """
    line = read_line(text, setting)
    event, old = line.event, before.event
    if event is None:
        return line
    match event, old:
        case DecisionMade(), DecisionMade():
            event = event.model_copy(update={"at": old.at or before.at})
        case LineNoted(), LineNoted():
            event = event.model_copy(update={"at": old.at or before.at})
        case ActionAgreed(), ActionAgreed():
            kept = {name: getattr(old, name) for name in ("check", "contingency", "form", "details")}
            kept["action"] = old.action or before.entry
            event = event.model_copy(update={**kept, **_children(event.what, old.children, setting)})
        case PersonRecorded(), PersonRecorded():
            event = event.model_copy(update=_person_kept(old.person or before.entry, event, setting))
        case SharingDecided(), SharingDecided():
            event = event.model_copy(update=_children(text, old.children, setting))
    return replace(line, event=event)


def _children(text: str, before: tuple[int, ...], setting: Setting) -> dict[str, Any]:
    return {} if children_mentioned(text.split(), setting) else {"children": before}


def _person_kept(person: str, event: PersonRecorded, setting: Setting) -> dict[str, Any]:
    known = next((one for one in setting.people if one.id == person), None)
    if known is None:
        return {"person": person}
    return {"person": person, "senior": known.senior, "joined": event.joined or known.joined, "left": known.left}
