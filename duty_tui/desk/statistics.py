"""The figures of a period, group by group. What each counts, exactly: docs/statistics.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from duty_tui.desk.desk import Desk
from duty_tui.desk.duty import (
    CIRCULATED,
    CONFERENCE,
    HELD,
    NEXT,
    SEEN,
    TOLD,
    Duty,
    Families,
    by_the_last,
    family_of,
    verdict,
)
from duty_tui.desk.figures import Judged, behind, duty_case, figure, middle, said, seen_case
from duty_tui.desk.past import Past
from duty_tui.desk.story import Deed, Gap, Meeting, Story, story_of
from duty_tui.domain.period import Period, day_of_due
from duty_tui.domain.times import day_words, due_words, london_date, moment_words
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.words import wait_words
from duty_tui.store.rows import GONE
from duty_tui.views.statistics import Case, Figure, FigureGroup, Statistics, Verdict

_QUORATE: Mapping[Verdict, str] = {
    "met": "quorate",
    "missed": "NOT quorate",
    "open": "still going on",
    "not known": "not known whether quorate",
}
_NO_RULE = "The adopted policies have no rule for this."


class Stories(Past[Story]):
    """Every concern as the figures need it, kept from one look at the figures to the next."""

    def __init__(self) -> None:
        families = Families()
        super().__init__(lambda read, book: story_of(read, book, families))


def statistics(desk: Desk, stories: Stories, period: Period, at: datetime) -> Statistics:
    """The figures of `period` as they stand at the UTC instant `at`, from stories that were read to the end."""
    room = _Room(tuple(stories.kept), desk.rulebook, period, at, desk.actor)
    unread = sum(bool(story.unread) for story in room.stories)
    note = f"{unread} concern{'s have' if unread > 1 else ' has'} entries that cannot be read here, or no longer."
    gone = desk.store.counts().get(GONE, 0)
    were = "concerns were" if gone > 1 else "concern was"
    destroyed = f"{gone} {were} destroyed under a retention rule, and counted in the number of all concerns alone."
    return Statistics(
        period,
        at,
        (
            room.held(),
            room.family("told", "NEED TO KNOW SUBMITTED BEFORE THE LIMIT PASSED", TOLD, "submitted"),
            room.family("seen", "CHILD SEEN IN TIME", SEEN, "seen"),
            room.family("circulated", "RECORD CIRCULATED IN TIME", CIRCULATED, "circulated"),
            room.quorum(),
            room.series(),
            room.family("conference", "CONFERENCE WITHIN ITS LIMIT", CONFERENCE, "held"),
            room.actions(),
        ),
        len(room.stories) + gone,
        (*((note,) if unread else ()), *((destroyed,) if gone else ())),
    )


@dataclass(frozen=True)
class _Room:
    """Where the figures of one period are put together."""

    stories: Sequence[Story]
    book: Rulebook
    period: Period
    at: datetime
    actor: str

    # -- duties with a limit

    def held(self) -> FigureGroup:
        """Discussions: all, by the last limit, by band of urgency, by week."""
        group = self.family("held", "STRATEGY DISCUSSIONS HELD IN TIME", HELD, "held")
        found = [one for one in self._judged(HELD, "held") if one.duty and one.duty.due]
        bands = [
            figure(f"band-{rank}", band.label, [one for one in found if one.duty and one.duty.rank == rank])
            for rank, band in enumerate(self.book.vocabulary.urgency, 1)
        ]
        weeks = [
            figure(f"week-{week.begin}", f"Week of {day_words(week.begin)}", [one for one in found if one.day in week])
            for week in self.period.weeks
        ]
        shown = [one for one in bands if one.cases or one.others]
        return group._replace(figures=(*group.figures, *shown, *weeks))

    def family(self, key: str, heading: str, family: str, did: str) -> FigureGroup:
        """Everything owed that is met by one kind of event."""
        if not self._has(family):
            return FigureGroup(key, heading, (), _NO_RULE)
        found = self._judged(family, did)
        return FigureGroup(key, heading, tuple(self._timed(found, family, did)))

    def _timed(self, found: Sequence[Judged], family: str, did: str) -> Iterator[Figure]:
        numbered = [one for one in found if one.duty and one.duty.due]
        yield figure("all", "All", numbered)
        last = [one for one in self._judged(family, did, last=True) if one.duty and one.duty.due]
        if any(one.duty and one.duty.last_due != one.duty.due for one in last):
            yield figure("last", "Within the last limit", last)
        done = [one for one in numbered if one.duty and one.duty.met_at]
        yield said("middle", "The middle one", middle(done), done)
        if plain := [one for one in found if one.duty and not one.duty.due]:
            number = Counter(one.case.verdict for one in plain)
            closed = f", {number['ended']} closed without" if number["ended"] else ""
            words = f"{number['done']} {did}, {number['waiting']} waiting{closed}"
            yield said("no-number", "No number stated", words, plain)

    def _case(self, story: Story, duty: Duty, found: Verdict, did: str) -> Case:
        return duty_case(story, duty, found, at=self.at, actor=self.actor, did=did)

    def _has(self, family: str) -> bool:
        obligations = (family_of(rule) for pack in self.book.active for rule in pack.obligation)
        escalations = (family_of(rule) for pack in self.book.active for rule in pack.escalation)
        return family in {*obligations, *escalations}

    def _judged(self, family: str, did: str, *, last: bool = False) -> list[Judged]:
        return [one for story in self.stories for one in self._of_story(story, family, did, last=last)]

    def _of_story(self, story: Story, family: str, did: str, *, last: bool) -> Iterator[Judged]:
        for duty in story.duties.get(family, ()):
            day = day_of_due(duty.due) if duty.due else london_date(duty.start)
            if day in self.period:
                judge = by_the_last if last else verdict
                found = judge(duty, self.at, story.closed_at)
                if found is not None:
                    yield Judged(day, self._case(story, duty, found, did), duty)

    # -- discussions

    def quorum(self) -> FigureGroup:
        """Discussions that were quorate, and which agency was missing from the others."""
        held = [(story, one) for story in self.stories for one in story.meetings if london_date(one.at) in self.period]
        asked = [(story, one) for story, one in held if one.asked]
        note = "" if asked or not held else "The adopted policies name no minimum."
        figures = [figure("all", "Quorate", [self._meeting(story, one) for story, one in asked])]
        short = [(story, one) for story, one in asked if one.quorate is False]
        for agency in sorted({agency for _, one in short for agency in one.missing}):
            found = [self._meeting(story, one) for story, one in short if agency in one.missing]
            figures.append(behind(Figure(f"missing-{agency}", f"{agency} missing", len(found), len(short)), found))
        return FigureGroup("quorum", "DISCUSSIONS THAT WERE QUORATE", tuple(figures), note)

    def _meeting(self, story: Story, one: Meeting) -> Judged:
        came: Verdict = "met" if one.quorate else "missed" if one.quorate is False else "not known"
        found: Verdict = came if one.ended else "open"
        gone = f": {', '.join(one.missing)} missing" if one.missing else ""
        words = f"discussion {one.number}, {moment_words(one.at)}, {_QUORATE[found]}{gone}"
        return Judged(london_date(one.at), seen_case(story, found, self.actor, lambda: words))

    def series(self) -> FigureGroup:
        """Whether the next discussion of a series came in time, and how long the longest wait was."""
        gaps = [(story, gap) for story in self.stories for gap in story.gaps if london_date(gap.end) in self.period]
        gaps.sort(key=lambda pair: pair[1].end - pair[1].begin, reverse=True)
        longest = wait_words(gaps[0][1].end - gaps[0][1].begin) if gaps else "none"
        found = [self._gap(story, gap) for story, gap in gaps]
        group = self.family("series", "NEXT DISCUSSION OF A SERIES IN TIME", NEXT, "held")
        words = f"{longest}, of {len(gaps)}" if gaps else longest
        return group._replace(figures=(*group.figures, said("longest", "Longest time between", words, found)))

    def _gap(self, story: Story, gap: Gap) -> Judged:
        words = f"discussion {gap.number}, {wait_words(gap.end - gap.begin)} after the one before"
        return Judged(london_date(gap.end), seen_case(story, "done", self.actor, lambda: words))

    # -- actions

    def actions(self) -> FigureGroup:
        """Agreed actions by agency: done in time, and how many wait past their time."""
        found = [
            (deed, self._deed(story, deed, deed.due))
            for story in self.stories
            for deed in story.deeds
            if deed.due and day_of_due(deed.due) in self.period
        ]
        agencies = {deed.agency.casefold(): deed.agency for deed, _ in found}
        figures = [self._agency("all", "All", found)]
        for key in sorted(agencies):
            own = [(deed, one) for deed, one in found if deed.agency.casefold() == key]
            figures.append(self._agency(f"agency-{key}", agencies[key], own))
        untimed = sum(not deed.done and deed.due is None for story in self.stories for deed in story.deeds)
        note = f"{untimed} still to be done without a time, at any age." if untimed else ""
        return FigureGroup("actions", "ACTIONS DONE IN TIME, BY AGENCY", tuple(figures), note)

    def _agency(self, key: str, label: str, found: Iterable[tuple[Deed, Judged]]) -> Figure:
        pairs = list(found)
        overdue = sum(not deed.done and one.case.verdict == "missed" for deed, one in pairs)
        return figure(key, label, [one for _, one in pairs], f"{overdue} overdue" if overdue else "")

    def _deed(self, story: Story, deed: Deed, due: datetime) -> Judged:
        came: Verdict = ("missed" if deed.late else "met") if deed.done else "missed" if self.at >= due else "open"
        how = f"done {moment_words(deed.done)}" if deed.done else "NOT done" if came == "missed" else "not done yet"
        words = f"{deed.what}: {how}, due {due_words(due)}"
        return Judged(day_of_due(due), seen_case(story, came, self.actor, lambda: words))
