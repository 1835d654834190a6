"""What the figures need of one concern, small enough to keep ten thousand: duties, discussions, actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import NamedTuple

from duty_tui.desk.duty import Duty, Families, duties
from duty_tui.desk.named import names_of
from duty_tui.desk.past import Read
from duty_tui.desk.quoracy import attend_clauses, quorum_of
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.times import london, london_date
from duty_tui.rules.conditions import FactLookup, Kleene
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.situation import Situation


class Meeting(NamedTuple):
    """One discussion that was held: when it began, and whether all were there whom the policies require."""

    number: int
    at: datetime
    #: None while it is not known: a question decides it, nobody recorded who came, or it has not ended.
    quorate: Kleene
    #: Agencies of the roles that were certainly missing.
    missing: tuple[str, ...]
    ended: bool
    #: Whether the policies in force that day name a minimum at all.
    asked: bool


class Gap(NamedTuple):
    """The time from one discussion of a series to the next."""

    number: int
    begin: datetime
    end: datetime


class Deed(NamedTuple):
    """One agreed action: when it was done for the last of its children, None while one waits."""

    discussion: int
    what: str
    agency: str
    due: datetime | None
    done: datetime | None
    late: bool


class Story(NamedTuple):
    """One concern as the figures see it."""

    concern: str
    number: int
    title: str
    #: Names of those who may see it; None when it is not restricted.
    restricted_to: tuple[str, ...] | None
    closed_at: datetime | None
    #: The children's names by number.
    names: Mapping[int, str]
    duties: Mapping[str, Sequence[Duty]]
    meetings: Sequence[Meeting]
    gaps: Sequence[Gap]
    deeds: Sequence[Deed]
    #: Entries of it that cannot be read here, or no longer.
    unread: int


def story_of(read: Read, book: Rulebook, families: Families) -> Story:
    """The story of one concern."""
    row, concern, situation, deadlines = read
    return Story(
        *(concern.id, row.number, row.family, concern.restricted_to, concern.closed_at, names_of(concern)),
        duties(deadlines, book, families),
        *(tuple(_meetings(concern, situation, book)), tuple(_gaps(concern)), tuple(_deeds(concern))),
        concern.unread + concern.destroyed,
    )


def _meetings(concern: Concern, situation: Situation, book: Rulebook) -> Iterator[Meeting]:
    known = {one.number for one in concern.discussions if one.started}
    for one in concern.milestones:
        if one.event == "discussion_held" and one.discussion is not None and one.discussion not in known:
            yield Meeting(one.discussion, one.at, None, (), True, True)
    for discussion in concern.discussions:
        if discussion.started:
            yield _meeting(discussion, discussion.started, book, book.look(situation, None, discussion.number))


def _meeting(discussion: Discussion, began: datetime, book: Rulebook, look: FactLookup) -> Meeting:
    words = book.vocabulary
    packs = book.in_force(london_date(discussion.ended or began))
    asked = any(clause.need == "minimum" for clause in attend_clauses(packs))
    found = quorum_of(discussion, packs, look, words)
    known = bool(discussion.ended and discussion.people)
    missing = dict.fromkeys(words.role[gap.role].agency for gap in found.missing if not gap.unless)
    return Meeting(
        *(discussion.number, began, found.quorate if known else None, tuple(missing) if known else ()),
        *(discussion.ended is not None, asked),
    )


def _gaps(concern: Concern) -> Iterator[Gap]:
    for later in concern.discussions:
        before = concern.discussion(later.follows) if later.follows else None
        if before and before.started and later.started:
            yield Gap(later.number, before.started, later.started)


def _deeds(concern: Concern) -> Iterator[Deed]:
    for discussion in concern.discussions:
        for action in discussion.actions:
            done = None if set(action.children) - set(action.done) else max(at for at, _ in action.done.values())
            # The agency alone may say whom an allegation is about: a nursery, a church.
            agency = action.agency if concern.restricted_to is None else "restricted concerns"
            yield Deed(
                *(discussion.number, action.what, agency or "no agency named", action.due, done),
                _after(action.due, done),
            )


def _after(due: datetime | None, done: datetime | None) -> bool:
    """Whether it was done after its due; the midnight that ends a day is no part of it."""
    if due is None or done is None:
        return False
    return done > due or (done == due and london(due).time() == time())
