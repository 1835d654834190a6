"""What the screens of a strategy discussion show, ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class PersonLine(NamedTuple):
    """Somebody at the discussion, or missing from it."""

    id: str
    name: str
    job: str
    agency: str
    role: str
    #: The role in words.
    part: str
    #: "here", "left 14:32", "apologies", "did not attend", "report only".
    standing: str
    present: bool
    senior: bool | None
    reason: str


class QuorumLine(NamedTuple):
    """The quorum rule in words, and whether it is met; None while a question decides."""

    quorate: bool | None
    #: "3 of 4 here: police missing".
    words: str
    #: Titles of the roles missing, most needed first.
    missing: tuple[str, ...]


class LogLine(NamedTuple):
    """One line of the call as it happened; `word` is JOIN, NOTE, DECIDE, ACTION, ANSWER, CALL and so on."""

    entry: str
    at: datetime
    by: str
    word: str
    text: str
    #: Why it cannot be put right, or None.
    fixed: str | None


class DecisionLine(NamedTuple):
    """A decision and whom it is for, with dissent beside it."""

    id: str
    label: str
    children: tuple[int, ...]
    #: "Amara and Kofi".
    whom: str
    reason: str
    dissent: tuple[str, ...]


class ActionLine(NamedTuple):
    """An action, and what it still lacks to be specific, measurable, agreed, realistic and timed."""

    concern: str
    reference: str
    discussion: int
    id: str
    what: str
    who: str
    agency: str
    due: datetime | None
    whom: str
    children: tuple[int, ...]
    #: Children for whom it is done.
    done: tuple[int, ...]
    overdue: bool
    form: str
    lacks: tuple[str, ...]


class PointLine(NamedTuple):
    """A point of agenda, checklist or record: what is asked, of whom, and whether it is answered."""

    #: `pack/item`.
    item: str
    text: str
    group: str
    child: int | None
    child_name: str
    answer: str
    #: Why it is there: "agenda", "decide", "record must", "record should".
    kind: str
    needs_reason: bool
    #: Where it is answered: "points" in words, else "attendance", "decisions", "actions", "sharing" …
    place: str = "points"
    #: The agency it is asked of; empty where it is not asked per agency.
    agency: str = ""
    #: "action" when answering it makes an action; the fact its answer sets, or empty.
    makes: str = ""
    sets: str = ""
    #: Why it may not apply: the questions that decide, in words; empty when it certainly does.
    unless: str = ""
    #: What it still wants, for one answered from the record: "by when" …
    wants: tuple[str, ...] = ()


class BoxLine(NamedTuple):
    """A decision that can be ticked, by its number on the list."""

    #: `pack/box`.
    box: str
    label: str
    sets: tuple[str, ...]
    #: Boxes that ask for a confirmation when both are ticked for one child.
    confirm_with: tuple[str, ...]
    #: Children it is ticked for.
    ticked: tuple[int, ...] = ()


class ChildTab(NamedTuple):
    """A child of the concern, at this discussion."""

    number: int
    name: str
    age: str
    #: Why it is not part of the discussion; empty when it is.
    dropped: str
    included: bool
    decided: tuple[str, ...]
    signed: str
    #: What the record still lacks, in words, with where to put it right: "attendance", "seniority", "decisions",
    #: "reasons", "actions", "sharing", "challenge", "medical", "interview", "purpose", "child", "signature", "points"
    #: (answered in words), "questions" (a question of the concern decides whether it is wanted).
    lacks: tuple[tuple[str, str], ...]


class InviteLine(NamedTuple):
    """A role to be asked: must, may, inform or never; and who has been asked for it."""

    need: str
    role: str
    title: str
    #: Asked, coming, not coming, not asked yet; in words.
    standing: str
    #: Why only perhaps: the question that decides.
    unless: str
    cite: str


@dataclass(frozen=True, slots=True)
class DiscussionView:
    """One discussion, everything the call, attendance, decisions, actions and signing screens show."""

    concern: str
    reference: str
    version: int
    title: str
    number: int
    #: "not agreed", "agreed", "booked", "in progress", "ended", "signed".
    stage: str
    format: str
    agreed: str
    booked: datetime | None
    started: datetime | None
    ended: datetime | None
    chair: str
    follows: int | None
    #: The due of holding it, and in words; for the bar.
    due: datetime | None
    due_words: str
    late: bool
    quorum: QuorumLine
    emergency: str
    people: tuple[PersonLine, ...]
    invite: tuple[InviteLine, ...]
    attempts: tuple[str, ...]
    log: tuple[LogLine, ...]
    boxes: tuple[BoxLine, ...]
    decisions: tuple[DecisionLine, ...]
    actions: tuple[ActionLine, ...]
    points: tuple[PointLine, ...]
    children: tuple[ChildTab, ...]
    sharing: tuple[str, ...]
    #: Clocks that began with this discussion: "See the child: end of Fri 20 Nov 2026 (Amara)".
    clocks: tuple[str, ...]
    further: bool | None
    as_of: datetime
    #: Only named people may see it.
    restricted: bool = False

    @property
    def open_points(self) -> tuple[PointLine, ...]:
        """Points not answered yet."""
        return tuple(point for point in self.points if not point.answer)

    @property
    def undecided(self) -> tuple[ChildTab, ...]:
        """Children of the discussion without a decision."""
        return tuple(child for child in self.children if child.included and not child.decided)


class SeriesLine(NamedTuple):
    """One discussion of a concern, in the list of them."""

    number: int
    #: A stage of `DiscussionView`, or "date only" where nothing but the day it was held is recorded.
    stage: str
    #: When it was held, is booked for, or was agreed; None when none of these is known.
    when: datetime | None
    chair: str
    #: The one it follows in the same series; None for the first of a series.
    follows: int | None
    #: The numbers of its series up to this one.
    series: tuple[int, ...]
    children: int
    signed: int
