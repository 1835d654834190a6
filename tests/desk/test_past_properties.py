"""Whatever happened: every figure adds up, figures and breach file agree, and what is settled stays settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from duty_tui.desk.breaches import Breaches, breach_file
from duty_tui.desk.desk import Desk
from duty_tui.desk.statistics import Stories, statistics
from duty_tui.domain.commands import CloseConcern, Command, RecordMilestone
from duty_tui.domain.concern import Answer
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionBooked
from duty_tui.domain.period import Period
from duty_tui.domain.service import PolicyAdopted
from duty_tui.store.memory import MemoryStore
from duty_tui.views.breach import BreachFile
from duty_tui.views.statistics import Figure, Statistics
from duty_tui.wiring import default_adoptions
from tests.builders import a_child, raise_concern
from tests.desk.conftest import Hands, make_desk
from tests.past_desk import SETTLED

FIRST = datetime(2026, 10, 5, 9, tzinfo=UTC)
LAST = FIRST + timedelta(days=60)
#: Every week in which anything of these concerns can fall due.
ALL = Period(FIRST.date() - timedelta(days=7), LAST.date() + timedelta(days=60))
#: What the breach file calls the rules behind the figures.
RULES = {
    "held": ("discussion",),
    "seen": ("child-seen",),
    "circulated": ("circulate",),
    "conference": ("icpc",),
    "series": ("next-in-series",),
}


class Course(NamedTuple):
    """One concern in hours after the first moment: received, and what happened so many hours later."""

    received: int
    children: int
    answers: dict[str, Answer]
    booked: bool
    held: int | None
    seen: Sequence[int]
    circulated: int | None
    closed: int | None


answers = st.fixed_dictionaries(
    {
        name: st.sampled_from(["yes", "no", "unknown"])
        for name in ("reasonable_cause", "serious_risk_of_harm", "immediate_risk", "outcome_s47")
    }
)
courses = st.builds(
    Course,
    received=st.integers(0, 900),
    children=st.integers(1, 3),
    answers=answers,
    booked=st.booleans(),
    held=st.none() | st.integers(1, 150),
    seen=st.lists(st.integers(151, 400), max_size=3),
    circulated=st.none() | st.integers(151, 300),
    closed=st.none() | st.integers(10, 500),
)


def acts(course: Course) -> Sequence[tuple[int, Command]]:
    """What was done, and how many hours after it was received."""
    done: list[tuple[int, Command]] = []
    at = FIRST + timedelta(hours=course.received)

    def happened(event: str, after: int, **more: int) -> None:
        moment = at + timedelta(hours=after)
        done.append((after, RecordMilestone(event=event, label=event, at=moment, **more)))  # type: ignore[arg-type]

    if course.booked:
        done.append((1, AtDiscussion(event=DiscussionBooked(discussion=1, at=at + timedelta(hours=30)))))
    if course.held is not None:
        happened("discussion_held", course.held, discussion=1)
        for child, after in enumerate(course.seen[: course.children], 1):
            happened("child_seen", after, child=child)
        if course.circulated is not None:
            happened("record_circulated", course.circulated, discussion=1)
    if course.closed is not None:
        done.append((course.closed, CloseConcern(reason="Done")))
    # A closed concern takes no more entries.
    done.sort(key=lambda one: one[0])
    return [one for one in done if course.closed is None or one[0] <= course.closed]


@cache
def adoptions() -> list[PolicyAdopted]:
    return default_adoptions((FIRST - timedelta(days=300)).date())


def desk_of(found: Sequence[Course], packs: Sequence[str]) -> Desk:
    """A desk on which all of it happened, under the default policies and some others."""
    hands = Hands(FIRST - timedelta(days=300))
    desk = make_desk(MemoryStore(), hands)
    desk.decide(adoptions())
    if packs:
        desk.decide([PolicyAdopted(pack=pack, from_day=hands.now.date()) for pack in packs])
    for number, course in enumerate(found):
        name = f"concern-{number}"
        hands.now = FIRST + timedelta(hours=course.received)
        children = [a_child(child, name=f"Child {child}") for child in range(1, course.children + 1)]
        told = {**SETTLED, **course.answers}
        desk.do(name, raise_concern(*children, family=name, received=hands.now, answers=told))
        for after, command in acts(course):
            hands.now = FIRST + timedelta(hours=course.received + after)
            desk.do(name, command)
    return desk


def looked_at(desk: Desk, at: datetime, period: Period = ALL) -> tuple[Statistics, BreachFile]:
    stories, breaches = Stories(), Breaches()
    stories.read_all(desk)
    breaches.read_all(desk)
    return statistics(desk, stories, period, at), breach_file(desk, breaches, period, at)


def all_of(found: Statistics) -> Sequence[Figure]:
    """The figures of judged cases; what is missing from whom, and figures of words, are of another kind."""
    return [
        figure
        for group in found.groups
        for figure in group.figures
        if figure.counts and not figure.key.startswith("missing-")
    ]


packs = st.sampled_from([(), ("three-working-days",), ("twenty-four-hours", "seven-minute-briefing")])
many = st.lists(courses, max_size=3)
moments = st.integers(0, 60 * 24).map(lambda hours: FIRST + timedelta(hours=hours))


@settings(max_examples=60)
@given(many, packs, moments)
def test_every_figure_adds_up(found: list[Course], adopted: Sequence[str], at: datetime) -> None:
    figures, _ = looked_at(desk_of(found, adopted), at)
    for figure in all_of(figures):
        verdicts = Counter(case.verdict for case in figure.cases)
        assert figure.good == verdicts["met"]
        assert figure.of == verdicts["met"] + verdicts["missed"]
        assert figure.open == verdicts["open"] + verdicts["not known"]
        assert figure.unknown == verdicts["not known"]
        assert figure.of + figure.open + figure.ended == len(figure.cases)
    for group in figures.groups:
        whole = {figure.key: figure for figure in group.figures}
        for part in ("band-", "week-", "agency-"):
            parts = [figure for key, figure in whole.items() if key.startswith(part)]
            if parts:
                sums = [sum(numbers) for numbers in zip(*(one[2:7] for one in parts), strict=True)]
                every = whole["all"]
                assert sums == [every.good, every.of, every.open, every.unknown, every.ended]


@settings(max_examples=60)
@given(many, packs, moments)
def test_what_is_late_in_a_figure_is_a_row_of_the_file_and_the_other_way_round(
    found: list[Course], adopted: Sequence[str], at: datetime
) -> None:
    """Rows that an unanswered question could still rule out are `not known` in the figures, never in time."""
    figures, file = looked_at(desk_of(found, adopted), at)
    for key, rules in RULES.items():
        figure = figures.figure(f"{key}/all")
        cases = [] if figure is None else figure.cases
        late = {case.concern for case in cases if case.verdict == "missed"}
        in_time = {case.concern for case in cases} - {
            case.concern for case in cases if case.verdict in ("missed", "not known")
        }
        rows = {row.concern for row in file.rows if row.rule.rpartition("/")[2] in rules}
        assert late <= rows
        assert not rows & in_time
        if key == "held":
            unsure = {case.concern for case in cases if case.verdict == "not known"}
            assert rows <= late | unsure
    for row in file.rows:
        assert row.due is not None
        assert row.due <= at
        assert row.actual is None or row.actual >= row.due
        assert row.late
        assert row.cite
        assert row.owner
        assert row.child


@settings(max_examples=40)
@given(many, moments, st.integers(0, 500))
def test_what_was_missed_stays_missed_and_what_was_met_stays_met(found: list[Course], at: datetime, hours: int) -> None:
    desk = desk_of(found, ())
    later = at + timedelta(hours=hours)
    (before, file), (after, longer) = looked_at(desk, at), looked_at(desk, later)
    for key in ("held/all", "held/last", "seen/all"):
        one, other = before.figure(key), after.figure(key)
        if one is None or other is None:
            continue
        assert one.good <= other.good
        assert one.of - one.good <= other.of - other.good
    assert {row.key for row in file.rows} <= {row.key for row in longer.rows}


@settings(max_examples=40)
@given(many, moments, st.integers(0, 60))
def test_periods_side_by_side_are_the_period_of_both(found: list[Course], at: datetime, days: int) -> None:
    desk = desk_of(found, ())
    middle = ALL.begin + timedelta(days=days + 1)
    parts = [looked_at(desk, at, period) for period in (Period(ALL.begin, middle), Period(middle, ALL.end))]
    whole, file = looked_at(desk, at)
    for key in ("held/all", "seen/all", "told/all"):
        figure, halves = whole.figure(key), [part.figure(key) for part, _ in parts]
        assert figure is not None
        both = [one for one in halves if one is not None]
        assert figure.good == sum(one.good for one in both)
        assert figure.of == sum(one.of for one in both)
        assert figure.open == sum(one.open for one in both)
    assert {row.key for row in file.rows} == {row.key for _, part in parts for row in part.rows}
