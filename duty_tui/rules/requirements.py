"""What of a discussion's record answers the points of the policies, and what a child's record still lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from duty_tui.domain.discussion import Action, Discussion
from duty_tui.domain.people import Child
from duty_tui.rules.clauses import AnsweredBy
from duty_tui.rules.conditions import FactLookup
from duty_tui.rules.points import Point

#: What of the record answers these points may also be that there is none, said in words.
_MAY_BE_NONE: frozenset[AnsweredBy] = frozenset({"actions", "challenge"})
#: What an action needs to be specific, measurable, agreed and timed, where no policy asks for more.
SMART = ("what", "who", "agency", "due", "check")
#: What each of an action's fields is called when it is missing.
_MISSING = {
    "what": "what is done",
    "who": "who does it",
    "agency": "which agency",
    "due": "by when",
    "check": "how it is checked",
    "contingency": "what if it fails",
    "where": "where",
}


class Lack(NamedTuple):
    """Something a record lacks: the point that asks for it, what is wanting, and where it is put right."""

    point: Point
    words: str
    #: An `AnsweredBy`, or `points` for what is answered in words.
    place: str


def action_fields(asked: Iterable[Point]) -> tuple[str, ...]:
    """What an action needs to be complete: what makes it specific and timed, and what the policies ask besides."""
    more = (name for point in asked if point.answered_by == "actions" for name in point.fields)
    return tuple(dict.fromkeys((*SMART, *more)))


def action_lacks(action: Action, fields: Iterable[str] = SMART) -> tuple[str, ...]:
    """What an action does not say yet, in words."""
    return tuple(_MISSING.get(name, name.replace("_", " ")) for name in fields if not _has(action, name))


def _has(action: Action, field: str) -> bool:
    return bool(getattr(action, field) if field in action._fields else action.details.get(field))


def missing(point: Point, discussion: Discussion, child: Child) -> tuple[str, ...]:
    """What a point that is answered from the record still wants for one child, in words; empty when it is met.

    Raises KeyError for a point that is answered in words.
    """
    if point.answered_by is None:
        raise KeyError(point.item)
    return tuple(dict.fromkeys(_CHECKS[point.answered_by](point, discussion, child)))


def answer_to(point: Point, discussion: Discussion, child: int | None, agency: str = "") -> str:
    """What was said to a point, for one child or agency where it is asked so; empty when nothing was."""
    return next(
        (
            answer.text
            for answer in reversed(discussion.answers)
            if (answer.item, answer.child, answer.agency) == (point.item, child, agency)
        ),
        "",
    )


def lacks(
    asked: Iterable[Point], discussion: Discussion, child: Child, look: FactLookup, labels: Mapping[str, str]
) -> Iterator[Lack]:
    """What the record of one child lacks by the requirements of the record; `look` answers facts about that child.

    A requirement whose condition is not known is asked for "if": unknown is not no. `labels` names facts in words.
    """
    for point in asked:
        verdict = point.applies(look)
        if point.kind != "record" or verdict is False:
            continue
        for words in _wanting(point, discussion, child):
            if isinstance(verdict, tuple):
                asks = " or ".join(labels[name] for name in verdict)
                yield Lack(point, f"{point.text} (if {asks})", "questions")
                break
            yield Lack(point, words, point.answered_by or "points")


def _wanting(point: Point, discussion: Discussion, child: Child) -> Iterator[str]:
    if point.answered_by is not None:
        yield from missing(point, discussion, child)
    elif not any(answer.item == point.item and answer.child in (None, child.number) for answer in discussion.answers):
        yield point.text


# -- what answers a point

_Check = Callable[[Point, Discussion, Child], Iterator[str]]


def _attendance(_point: Point, discussion: Discussion, _child: Child) -> Iterator[str]:
    if not discussion.people:
        yield "nobody is recorded"
    for person in discussion.people:
        for field in ("job", "agency"):
            if not getattr(person, field):
                yield f"{field} of {person.name}"
        if person.standing == "apologies" and not person.reason:
            yield f"why {person.name} sent apologies"


def _seniority(_point: Point, discussion: Discussion, _child: Child) -> Iterator[str]:
    for person in discussion.present:
        if person.senior is None:
            yield f"whether {person.name} can decide for their agency"


def _decisions_made(_point: Point, discussion: Discussion, child: Child) -> Iterator[str]:
    if not discussion.decided_for(child.number):
        yield "no decision yet"


def _reasons(point: Point, discussion: Discussion, child: Child) -> Iterator[str]:
    # A decision cannot be recorded without its reason.
    yield from _decisions_made(point, discussion, child)


def _actions(point: Point, discussion: Discussion, child: Child) -> Iterator[str]:
    found = [action for action in discussion.actions if child.number in action.children]
    if not found and not _said_none(point, discussion, child):
        yield "no action yet"
    for action in found:
        for words in action_lacks(action, point.fields or SMART):
            yield f"“{action.what}”, {words}"


def _said_none(point: Point, discussion: Discussion, child: Child) -> bool:
    return point.answered_by in _MAY_BE_NONE and any(
        answer.item == point.item and answer.child in (None, child.number) for answer in discussion.answers
    )


def _sharing(_point: Point, discussion: Discussion, child: Child) -> Iterator[str]:
    found = [sharing for sharing in discussion.sharing if child.number in sharing.children]
    if not found:
        yield "what the family is told, or why it is withheld"
    if found and found[-1].what and not found[-1].when:
        yield "when the family is told"


def _challenge(point: Point, discussion: Discussion, child: Child) -> Iterator[str]:
    if not discussion.dissent and not _said_none(point, discussion, child):
        yield "challenge, or that there was none"


def _of_form(form: str, discussion: Discussion, child: Child) -> list[Action]:
    return [action for action in discussion.actions if action.form == form and child.number in action.children]


def _medical(point: Point, discussion: Discussion, child: Child) -> Iterator[str]:
    found = _of_form("medical", discussion, child)
    if not found:
        yield "no examination is arranged"
    for action in found:
        yield from action_lacks(action, point.fields)


def _interview(_point: Point, discussion: Discussion, child: Child) -> Iterator[str]:
    found = _of_form("interview", discussion, child)
    if not found:
        yield "no interview is arranged"
    for details in (action.details for action in found if not action.details.get("plan_completed")):
        if not details.get("plan_due"):
            yield "when the plan will be completed"
        if not details.get("plan_owner"):
            yield "by whom the plan will be completed"


def _purpose(point: Point, discussion: Discussion, _child: Child) -> Iterator[str]:
    if not discussion.reason and not any(answer.item == point.item for answer in discussion.answers):
        yield "why the discussion is held"


def _child(_point: Point, _discussion: Discussion, child: Child) -> Iterator[str]:
    if not child.name:
        yield "the child's name"


def _signature(_point: Point, discussion: Discussion, child: Child) -> Iterator[str]:
    if not discussion.is_signed(child.number):
        yield "not signed"


def _desk(_point: Point, _discussion: Discussion, _child: Child) -> Iterator[str]:
    yield from ()


_CHECKS: Mapping[AnsweredBy, _Check] = {
    "attendance": _attendance,
    "seniority": _seniority,
    "decisions": _decisions_made,
    "reasons": _reasons,
    "actions": _actions,
    "sharing": _sharing,
    "challenge": _challenge,
    "medical": _medical,
    "interview": _interview,
    "purpose": _purpose,
    "child": _child,
    "signature": _signature,
    "desk": _desk,
}
