"""Something owed, ready to show: by whom, by when, met or late, and how it is met."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

#: "rule" of a policy; "action" agreed at a discussion; "prompt": a question to a named person, with nothing owed yet;
#: "offer": what a policy allows and does not ask for.
Kind = Literal["rule", "action", "prompt", "offer"]
#: "owed" certainly; "unless" while a question could rule it out; "waiting" for what it counts from; "met"; "closed":
#: not done when the concern was closed, and owed by nobody since.
Standing = Literal["owed", "unless", "waiting", "met", "closed"]
#: Where it is met: "time" is one key and a moment; the others are the screens on which the thing itself is recorded.
Place = Literal["time", "visit", "note", "agree", "call", "sign", "actions", "form", "judge", "orders", "circulate"]


class MeetBy(NamedTuple):
    """One event that meets it."""

    event: str
    label: str
    #: A date people set, which may lie ahead.
    planned: bool
    #: Whether it happens to the concern, to one child or at one discussion.
    scope: Literal["concern", "child", "discussion"] = "concern"


class ObligationLine(NamedTuple):
    """One thing owed on one concern, for one child or discussion where it runs for one."""

    concern: str
    reference: str
    #: The version of the concern it was read from: what `Desk.do` takes as `seen_version`.
    version: int
    #: The concern's children or family, as lists name it.
    title: str
    kind: Kind
    #: `pack/rule`; of an action `discussion/action id`.
    rule: str
    #: The clock that governs, by its id in the pack; empty where there is none.
    clock: str
    #: What to do, in the imperative, and in two or three words.
    do: str
    label: str
    #: None for all children; an action names its children in `whom` alone.
    child: int | None
    #: The child's first name, empty where it is owed for all; of an action all it is still to be done for.
    whom: str
    discussion: int | None
    #: Who owes it, by the document's own title; `also` a second one the document names. Of an action the agency.
    owner: str
    also: str
    #: "must", "should", "target", "prefer" or "may"; "agreed" of an action.
    strength: str
    standing: Standing
    #: Counted from (of a prompt: asked since); None while waiting.
    start: datetime | None
    due: datetime | None
    #: "end of Mon 23 Nov 2026", "without delay, for 5 hours", "waiting for …", "met Fri 20 Nov 2026 14:02, late".
    due_words: str
    #: "at the latest end of Tue 24 Nov 2026 (must), passed": the last limit, where the one that governs is another.
    latest: str
    #: Its due has passed unmet, or it was met after it. A prompt is never late.
    late: bool
    met_at: datetime | None
    #: Why it was late, as recorded, with what kept the child safe; empty when nobody said.
    late_reason: str
    late_safety: str
    #: Questions that could rule it out, in two or three words each.
    unless: tuple[str, ...]
    met_by: tuple[MeetBy, ...]
    place: Place
    #: The form of the vocabulary it is met with; empty where there is none.
    form: str
    #: The fact a prompt asks; empty for anything else.
    asks: str
    provisional: bool
    #: Roles of the vocabulary that may approve another due; empty where the policy names none.
    varied_by: tuple[str, ...]
    #: The due before it was varied or moved; None when it was not.
    first_due: datetime | None
    cite: str

    @property
    def open(self) -> bool:
        """Still to be done (or asked)."""
        return self.standing in ("owed", "unless")


class ObligationList(NamedTuple):
    """What is owed on one concern, or across the desk, in the order it falls due."""

    lines: tuple[ObligationLine, ...]
    as_of: datetime
    #: When the list next changes by time alone: something falls due, or is asked. None when nothing will.
    until: datetime | None = None
    #: What was left open when the concern was closed, a sentence each, so that it is not lost.
    left: tuple[str, ...] = ()

    @property
    def late(self) -> int:
        """How many are overdue and open."""
        return sum(line.open and line.late for line in self.lines)
