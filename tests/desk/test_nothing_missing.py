"""Whatever happened to a concern, what the policies make owed is on both lists, once, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from duty_tui.desk.asking import UNCONFIRMED
from duty_tui.desk.desk import Desk
from duty_tui.desk.obligations import all_obligations, obligations_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.commands import AnswerQuestions, CloseConcern, Command, RecordMilestone
from duty_tui.domain.decision_events import ActionAgreed
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionStarted
from duty_tui.domain.service import PolicyAdopted
from duty_tui.errors import Refused
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.loader import builtin_names, load_vocabulary
from duty_tui.rules.pack import Escalation
from duty_tui.store.memory import MemoryStore
from duty_tui.views.obligation import ObligationLine
from tests.builders import FRIDAY_SIX
from tests.desk.conftest import Hands, make_desk
from tests.discussions import CONCERN, siblings
from tests.domain.discussion_strategies import commands as at_discussions

WORDS = load_vocabulary()
#: Hours from the receipt, many of them near it.
hours = st.integers(0, 60) | st.integers(0, 24 * 120)
moments = hours.map(lambda after: FRIDAY_SIX + timedelta(hours=after))
child, number = st.none() | st.integers(1, 3), st.none() | st.integers(1, 2)


@st.composite
def milestones(draw: st.DrawFn) -> RecordMilestone:
    event = draw(st.sampled_from(sorted(set(WORDS.event) - {"referral_received", "concern_identified"})))
    scope = WORDS.event[event].scope
    return RecordMilestone(
        event=event,
        label=event,
        at=draw(moments),
        child=draw(child) if scope == "child" else None,
        discussion=draw(number) if scope == "discussion" else None,
        planned=True,
    )


@st.composite
def answers(draw: st.DrawFn) -> AnswerQuestions:
    fact = draw(st.sampled_from(sorted(WORDS.fact)))
    scope = WORDS.fact[fact].scope
    return AnswerQuestions(
        answers={fact: draw(st.sampled_from(["yes", "yes", "no", "unknown"]))},
        child=draw(child) if scope == "child" else None,
        discussion=draw(number) if scope == "discussion" else None,
    )


#: Most rules count from a discussion, and some run for each.
held = st.builds(RecordMilestone, event=st.just("discussion_held"), label=st.just("held"), at=moments)
agreed = st.builds(
    AtDiscussion,
    event=st.builds(
        ActionAgreed,
        discussion=st.just(1),
        what=st.just("Ring the school"),
        children=st.just((1, 3)),
        due=st.none() | moments,
    ),
)
began = AtDiscussion(
    event=DiscussionStarted(discussion=1, at=FRIDAY_SIX, chair="Ann", format="virtual", children=(1, 3))
)
acts: st.SearchStrategy[Command] = st.one_of(milestones(), held, answers(), at_discussions, st.just(began), agreed)
#: Nearly always open.
closed = st.sampled_from([False, False, False, True])


def desk_after(done: Iterable[Command]) -> Desk:
    """A desk that works to every policy there is, after what was done to one concern, an hour apart."""
    hands = Hands(FRIDAY_SIX)
    desk = make_desk(MemoryStore(), hands)
    desk.decide([PolicyAdopted(pack=pack, from_day=date(2026, 1, 1)) for pack in builtin_names()])
    desk.do(CONCERN, siblings(), mark="entry-1")
    for command in done:
        hands.on(hours=1)
        try:
            desk.do(CONCERN, command, mark=f"entry-{desk.concern(CONCERN).version + 1}")
        except Refused:
            continue
    return desk


def asked(deadline: Deadline, at: datetime) -> bool:
    """Whether it stands at `at`: begun, and where it is a question with a time of its own, asked."""
    rule = deadline.obligation
    timed = isinstance(rule, Escalation) and rule.prompt_only and deadline.due is not None
    begins = deadline.due if timed else deadline.start
    return begins is not None and begins <= at


def key(line: ObligationLine) -> tuple[str, int | None, int | None]:
    return line.rule, line.child, line.discussion


def owed_by_the_rules(desk: Desk, at: datetime) -> Counter[tuple[str, int | None, int | None]]:
    """What governs and runs at `at`, asked of the rulebook itself, and the actions not done for every child."""
    concern = desk.concern(CONCERN)
    deadlines = desk.rulebook.deadlines(situation_of(concern, desk.rulebook)) if concern.is_open else []
    found = Counter(
        (f"{one.pack.pack.id}/{one.obligation.id}", one.child, one.discussion)
        for one in deadlines
        if one.open and asked(one, at)
    )
    found.update(
        (f"{discussion.number}/{action.id}", None, discussion.number)
        for discussion in concern.discussions
        for action in discussion.actions
        if set(action.children) - set(action.done)
    )
    return found


@settings(max_examples=150)
@given(st.lists(acts, max_size=14), closed, moments)
def test_nothing_owed_is_missing_from_either_list_and_nothing_is_there_twice(
    done: list[Command], close: bool, at: datetime
) -> None:
    desk = desk_after([*done, CloseConcern(reason="Moved away")] if close else done)
    owed = owed_by_the_rules(desk, at)
    own, across = obligations_of(desk, CONCERN, at), all_obligations(desk, at)
    asked = Counter(key(line) for line in own.lines if line.rule == UNCONFIRMED)
    assert Counter(key(line) for line in own.lines if line.open) == owed + asked
    assert Counter(map(key, across.lines)) == owed + asked
    assert set(owed.values()) <= {1}
    assert max(Counter(map(key, own.lines)).values(), default=1) == 1


@settings(max_examples=60)
@given(st.lists(acts, max_size=14), moments)
def test_until_its_next_change_the_list_says_the_same_of_the_same(done: list[Command], at: datetime) -> None:
    desk = desk_after(done)
    found = obligations_of(desk, CONCERN, at)
    if found.until is not None:
        before = obligations_of(desk, CONCERN, found.until - timedelta(seconds=1))
        assert told(found.lines) == told(before.lines)


def told(lines: Iterable[ObligationLine]) -> set[tuple[object, ...]]:
    """Where each stands, apart from how long ago it began."""
    return {(*key(line), line.standing, line.late, line.start, line.due) for line in lines}
