"""A concern at one moment with what the policies say of it: who has to be told, who is missing, what is booked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from duty_tui.desk.desk import Desk
from duty_tui.desk.quoracy import quorum_of, unconfirmed
from duty_tui.desk.situation import situation_of
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.times import london_date
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.ladders import Ladder, ladders
from duty_tui.rules.pack import Escalation, Pack
from duty_tui.rules.plans import plans_for
from duty_tui.rules.quorum import Missing, partners_absent
from duty_tui.rules.situation import Happening, Situation
from duty_tui.rules.vocabulary import Vocabulary


@dataclass
class Case:
    """What is asked about a concern when something may have to go up; each part is worked out when first asked for."""

    desk: Desk
    concern: Concern
    at: datetime

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the policies."""
        return self.desk.rulebook.vocabulary

    @cached_property
    def packs(self) -> Sequence[Pack]:
        """The policies in force at the moment, and those the service left by which the concern is counted still."""
        now = self.desk.rulebook.in_force(london_date(self.at))
        known = {pack.pack.id for pack in now}
        left = {one.pack.pack.id: one.pack for one in self.deadlines if one.state is State.RUNNING}
        return [*now, *(pack for name, pack in left.items() if name not in known)]

    @cached_property
    def ladders(self) -> Sequence[Ladder]:
        """What can be escalated under them."""
        return ladders(self.packs)

    @cached_property
    def situation(self) -> Situation:
        """The concern as the rules see it."""
        return situation_of(self.concern, self.desk.rulebook)

    @cached_property
    def deadlines(self) -> Sequence[Deadline]:
        """Every deadline of the concern; none once it is closed."""
        return self.desk.rulebook.deadlines(self.situation) if self.concern.is_open else []

    @cached_property
    def reference(self) -> str:
        """`C12`."""
        row = self.desk.row(self.concern.id)
        return f"C{row.number}" if row else ""

    @cached_property
    def next_discussion(self) -> Discussion:
        """The discussion that is agreed or booked and has not begun; an empty one where there is none."""
        coming = [one for one in self.concern.discussions if not one.started]
        return coming[-1] if coming else Discussion(self.concern.next_discussion())

    @cached_property
    def unconfirmed(self) -> Sequence[tuple[str, str]]:
        """The roles that have to be at the next discussion and have not said yes: title, and how that stands."""
        coming = self.next_discussion
        look = self.desk.rulebook.look(self.situation, None, coming.number)
        return list(unconfirmed(coming, self.packs, look, self.vocabulary))

    def missing_at(self, number: int) -> tuple[Sequence[Missing], Sequence[str]]:
        """Who was missing from a discussion: roles its policies certainly required, and the statutory partners."""
        discussion = self.concern.discussion(number)
        if discussion is None:
            return (), ()
        packs = self.desk.rulebook.in_force(london_date(discussion.started or self.at))
        look = self.desk.rulebook.look(self.situation, None, number)
        absent = partners_absent((person.role for person in discussion.present), self.vocabulary)
        gaps = quorum_of(discussion, packs, look, self.vocabulary).missing
        return [gap for gap in gaps if not gap.unless], absent

    def whom(self, ladder: Ladder) -> Iterator[tuple[int | None, int | None]]:
        """For which child and discussion a ladder can be climbed: each, where it runs for one."""
        match ladder.per:
            case "child":
                yield from ((child.number, None) for child in self.concern.children)
            case "discussion":
                yield from ((None, one.number) for one in self.concern.discussions if one.started)
            case _:
                yield None, None

    def limits(self, rule: Escalation, pack: str) -> list[Deadline]:
        """The deadlines whose miss, passed or foreseen, calls for a rule; those ruled out are left out."""
        return [
            deadline
            for deadline in self.deadlines
            if deadline.pack.pack.id == pack
            and deadline.clock.id in rule.starts.clocks
            and deadline.state in (State.RUNNING, State.MET)
        ]

    def planned(self, limit: Deadline) -> Happening | None:
        """The date people set for what meets a deadline, the last one; None when nothing is booked."""
        dates = [
            one
            for name in plans_for(limit.pack, limit.clock.id, self.vocabulary)
            for one in self.situation.events.get(name, ())
        ]
        return dates[-1] if dates else None

    def can_be_planned(self, limit: Deadline) -> bool:
        """Whether what meets a deadline is something people book."""
        return bool(plans_for(limit.pack, limit.clock.id, self.vocabulary))
