"""What stands beside a call, or in four lines above its entry: who is here, decided, to do, still to answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from duty_tui.desk.calling import Call
from duty_tui.domain.call_setting import Point
from duty_tui.domain.times import london
from duty_tui.views.discussion import ActionLine, ChildTab, PersonLine
from duty_tui.widgets.safe import Part, content, elide, width
from duty_tui.widgets.wrapping import wrap

_HEAD = "bold $key-fg"
_GOOD, _BAD, _FAINT = "bold $good", "bold $bad", "$faint"


def strip_lines(call: Call, cells: int) -> list[Content]:
    """Four lines for narrow terminals; F5 and Tab lead to the rest."""
    view = call.view
    here: list[Part] = [("HERE ", "bold"), (quorum_words(call), quorum_style(call)), "  "]
    here.append("  ".join(f"{_mark(person)} {person.name}" for person in view.people))
    decided: list[Part] = [("DECIDED ", "bold"), decided_count(call), "  "]
    decided += [" · ".join(_child(child) for child in view.children if child.included)]
    open_points = _open(call)
    points: list[Part] = [("TO ANSWER ", "bold"), (str(len(open_points)), _BAD if open_points else _GOOD), "  "]
    points.append(" · ".join(f"/{number} {point.text}" for number, point in open_points))
    lacking = sum(bool(action.lacks) for action in view.actions)
    actions: list[Part] = [("ACTIONS ", "bold"), str(len(view.actions))]
    actions += [(f"  {lacking} lack something", _BAD)] if lacking else []
    actions += ["  ", " · ".join(_short(action) for action in reversed(view.actions))]
    return [_cut(one, cells) for one in (here, decided, actions, points)]


def _cut(parts: Sequence[Part], cells: int) -> Content:
    """The parts on one line; the last that does not fit is cut."""
    room, kept = cells, list[Part]()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else (str(part[0]), str(part[1]))
        shown = elide(words, max(0, room)) if words.strip() else words
        room -= width(shown)
        kept.append((shown, style))
    return content(*kept)


def panel_lines(call: Call, cells: int) -> list[Content]:
    """Everything, in sections one below the other."""
    return [line for section in _sections(call, cells) for line in section]


def _sections(call: Call, cells: int) -> Iterator[list[Content]]:
    view = call.view
    yield [content(("HERE  ", _HEAD), (quorum_words(call), quorum_style(call))), *_people(call, cells)]
    if view.due_words:
        late = _BAD if view.late else ""
        yield [content(("DUE  ", _HEAD), (elide(view.due_words, cells - 5), late))]
    yield [content(), content(("DECIDED  ", _HEAD), decided_count(call)), *_decided(call, cells)]
    yield [content(), content(("ACTIONS  ", _HEAD), str(len(view.actions))), *_actions(call, cells)]
    waiting = _open(call)
    yield [content(), content(("STILL TO ANSWER  ", _HEAD), (str(len(waiting)), _BAD if waiting else _GOOD))]
    for number, point in waiting:
        yield _wrapped(f"/{number}", _point(point, call), cells)
    for number, point in enumerate(call.setting.points, 1):
        if point.answer:
            yield _wrapped(f"/{number}", f"✓ {_point(point, call)}: {point.answer}", cells, _FAINT)
    if view.clocks:
        yield [content(), content(("CLOCKS", _HEAD))]
        for clock in view.clocks:
            yield _wrapped("", clock, cells)
    if view.sharing:
        yield [content(), content(("FAMILY TOLD", _HEAD))]
        for said in view.sharing:
            yield _wrapped("", said, cells)


def quorum_words(call: Call) -> str:
    """How many of those needed are here, and who is missing."""
    return call.view.quorum.words.replace(" here", "", 1)


def quorum_style(call: Call) -> str:
    """Green when quorate, red when not; nothing while a question decides."""
    return {True: _GOOD, False: _BAD, None: "bold"}[call.view.quorum.quorate]


def decided_count(call: Call) -> Part:
    """For how many of the children something is decided."""
    included = [child for child in call.view.children if child.included]
    done = sum(bool(child.decided) for child in included)
    return f"{done} of {len(included)}", _GOOD if done == len(included) else _BAD


def _open(call: Call) -> list[tuple[int, Point]]:
    return [(number, point) for number, point in enumerate(call.setting.points, 1) if not point.answer]


def _point(point: Point, call: Call) -> str:
    about = call.setting.name_of(point.child) if point.child else point.agency
    return f"{point.text} ({about})" if about else point.text


def _mark(person: PersonLine) -> str:
    return "●" if person.present else "○"


def _people(call: Call, cells: int) -> Iterator[Content]:
    for person in call.view.people:
        what = ", ".join(filter(None, (person.job, person.agency)))
        said = "" if person.standing == "here" else f": {person.standing}"
        why = f" ({person.reason})" if person.reason else ""
        yield content(elide(f"{_mark(person)} {person.name}  {what}{said}{why}", cells))
    for title in call.view.quorum.missing:
        yield content((elide(f"○ {title}: not here", cells), _BAD))


def _child(child: ChildTab) -> str:
    said = "; ".join(elide(label, 22) for label in child.decided) or "none yet"
    return f"{child.name.split()[0] if child.name else child.number}: {said}"


def _decided(call: Call, cells: int) -> Iterator[Content]:
    for number, one in enumerate(call.view.decisions, 1):
        yield from _wrapped(str(number), f"{one.label}: {one.whom}", cells, "bold")
        yield from _wrapped("", one.reason, cells)
        for dissent in one.dissent:
            yield from _wrapped("✗", dissent, cells, _BAD)
    for child in call.view.undecided:
        yield content((elide(f"○ {child.name}: nothing decided yet", cells), _BAD))


def _short(action: ActionLine) -> str:
    due = f" {london(action.due):%a %H:%M}" if action.due else " no time"
    return f"{action.who or 'nobody'}: {elide(action.what, 24)}{due}"


def _actions(call: Call, cells: int) -> Iterator[Content]:
    for number, action in enumerate(call.view.actions, 1):
        due = f"by {london(action.due):%a %d %b %H:%M}" if action.due else "no time set"
        yield from _wrapped(str(number), f"{action.who or 'nobody named'}: {action.what}, {due} ({action.whom})", cells)
        if action.lacks:
            yield content("  ", (elide("lacks " + "; ".join(action.lacks), cells - 2), _BAD))


def _wrapped(mark: str, text: str, cells: int, style: str = "") -> list[Content]:
    """The text in lines behind its mark."""
    room = max(width(mark) + 1, 2)
    return [
        content((mark.ljust(room) if not at else " " * room, _HEAD if not at else ""), (part, style))
        for at, part in enumerate(wrap(text, max(1, cells - room), 8))
    ]
