"""Two people at two desks on one record: different things both stand, of the same thing the second hears of the first.

What is the same thing is not asked of the program: two acts are about different things when it does not matter which of
them is recorded first.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from duty_tui.desk.desk import Desk
from duty_tui.domain import commands as act
from duty_tui.domain import escalation_commands as escalate
from duty_tui.domain.commands import Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import (
    ActionAgreed,
    ActionDone,
    ChildPlaced,
    DecisionMade,
    DissentRecorded,
    SharingDecided,
)
from duty_tui.domain.discussion_acts import HoldNoDiscussion
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import (
    DiscussionBooked,
    DiscussionEnded,
    LineNoted,
    PersonInvited,
    PersonRecorded,
    PointAnswered,
    RoleInformed,
)
from duty_tui.domain.owed_commands import ExplainLateness
from duty_tui.errors import Conflict, Refused
from duty_tui.store.memory import MemoryStore
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store
from tests.builders import FRIDAY_SIX, a_caller, a_child
from tests.desk.conftest import Hands, make_desk
from tests.discussions import CONCERN, action, began, decided, siblings

FIRST, SECOND = "Ann Osei", "Bo Lind"
LATER = FRIDAY_SIX + timedelta(minutes=30)

words = st.sampled_from(["one", "another", "a third"])
child = st.integers(1, 3)
children = st.sets(child, min_size=1).map(lambda found: tuple(sorted(found)))
maybe_child = st.none() | child
times = st.integers(16, 29).map(lambda minutes: FRIDAY_SIX + timedelta(minutes=minutes))
answer = st.sampled_from(["yes", "no", "unknown"])


class Began(NamedTuple):
    """What both desks have in front of them: the names of what was recorded, and the version."""

    version: int
    person: str
    action: str
    decision: str
    line: str


def in_the_discussion(known: Began) -> list[st.SearchStrategy[DiscussionEvent]]:
    """Anything that can be said at discussion 1, of one of the few things there are."""
    here = {"discussion": st.just(1)}
    person = st.sampled_from(["", known.person])
    doing = st.sampled_from(["", known.action])
    return [
        st.builds(DecisionMade, **here, children=children, box=words, label=words, reason=words),
        st.builds(ActionAgreed, **here, action=doing, what=words, children=st.just((1, 2, 3)), check=words),
        st.builds(ActionDone, **here, action=st.just(known.action), child=child, at=times, how=words),
        st.builds(
            PersonRecorded, **here, person=person, name=words, role=words, standing=st.just("present"), reason=words
        ),
        st.builds(PersonInvited, **here, name=words, role=words, contact=words),
        st.builds(PointAnswered, **here, item=words, text=words, child=maybe_child),
        st.builds(LineNoted, **here, text=words, at=times),
        st.builds(RoleInformed, **here, role=words, title=words, at=times),
        st.builds(SharingDecided, **here, children=children, what=words),
        st.builds(DissentRecorded, **here, decision=st.just(known.decision), who=words, text=words),
        st.builds(ChildPlaced, **here, child=child, included=st.just(False), reason=words),
        st.builds(DiscussionEnded, **here, at=times, further=st.booleans()),
        st.builds(DiscussionBooked, discussion=st.just(2), at=times, place=words),
    ]


def acts(known: Began) -> list[st.SearchStrategy[Command]]:
    """Anything somebody may do with the concern as both of them see it."""
    entries = st.sampled_from(known[1:])
    told = st.sampled_from(["name", "role", "telephone"])
    return [
        st.builds(act.AnswerQuestions, answers=st.dictionaries(words, answer, min_size=1), child=maybe_child),
        st.builds(act.CorrectDetails, reason=words, what=words),
        st.builds(act.CorrectDetails, reason=words, received=times, happened=words),
        st.builds(
            lambda part, said: act.CorrectDetails(reason="x", caller=a_caller(**{part: said}), of_caller=(part,)),
            told,
            words,
        ),
        st.builds(
            lambda number, said: act.RecordChild(child=a_child(number, name=said), reason="Misheard"), child, words
        ),
        st.builds(lambda said: act.RecordChild(child=a_child(4, name=said), adds=True), words),
        st.builds(act.ChangeOwner, owner=words, note=words),
        st.builds(act.AddNote, text=words),
        st.builds(act.RecordMilestone, event=words, label=words, at=times, child=maybe_child, note=words),
        st.builds(act.CloseConcern, reason=words),
        st.builds(act.Withdraw, entry=entries, reason=words),
        st.builds(HoldNoDiscussion, reason=words, decided=words, reasoned=words),
        st.builds(ExplainLateness, rule=words, label=words, reason=words, child=maybe_child),
        st.builds(escalate.AcknowledgeEscalation, escalation=st.just(1), by=words, at=st.just(LATER)),
        st.builds(escalate.TakeUp, escalation=st.just(1), said=words, who=words, at=st.just(LATER)),
        st.builds(escalate.ConcludeEscalation, escalation=st.just(1), outcome=words, at=st.just(LATER)),
        *(st.builds(AtDiscussion, event=said) for said in in_the_discussion(known)),
        st.builds(
            AtDiscussion,
            event=st.builds(
                DecisionMade, discussion=st.just(1), children=children, box=words, label=words, reason=words
            ),
            instead_of=st.just(known.decision),
        ),
        st.builds(
            AtDiscussion,
            event=st.builds(LineNoted, discussion=st.just(1), text=words),
            instead_of=st.just(known.line),
        ),
    ]


def pairs(of: list[st.SearchStrategy[Command]]) -> st.SearchStrategy[tuple[Command, Command]]:
    """Two acts, as often of one kind as of any two."""
    return st.one_of(st.tuples(st.one_of(of), st.one_of(of)), st.one_of([st.tuples(one, one) for one in of]))


#: Under these ids the things they have in front of them are recorded.
KNOWN = Began(0, "b" * 32, "c" * 32, "d" * 32, "e" * 32)


def opened(store: Store) -> tuple[Desk, Desk, int]:
    """Two desks with the same concern in front of them, a discussion and an escalation going on; its version."""
    hands = Hands(LATER)
    one, other = make_desk(store, hands, FIRST), make_desk(store, hands, SECOND)
    one.do(CONCERN, siblings())
    for mark, said in (
        ("a" * 32, began()),
        (KNOWN.person, PersonRecorded(discussion=1, name="PC Hale", role="police", standing="present")),
        (KNOWN.action, action(1, 2, 3)),
        (KNOWN.decision, decided(1)),
        (KNOWN.line, LineNoted(discussion=1, text="Arm broken")),
    ):
        one.do(CONCERN, AtDiscussion(event=said), mark=mark)
    raised = escalate.SubmitEscalation(ladder="p/ladder", label="Form", who="Di Marsh", at=FRIDAY_SIX)
    return one, other, one.do(CONCERN, raised).concern.version


def state(concern: Concern) -> list[str]:
    """What the entries add up to, in whatever order and under whatever ids they were recorded."""
    left_out = {"history", "version"}
    found = [(one.name, getattr(concern, one.name)) for one in fields(concern) if one.name not in left_out]
    return [f"{name}: {_plain(value)}" for name, value in found]


def _plain(value: object) -> str:
    """Readable and without order; the ids of new entries, which differ by who was first, are left out."""
    if isinstance(value, dict):
        return str(sorted(f"{key}: {_plain(one)}" for key, one in value.items()))
    if hasattr(value, "__dataclass_fields__"):
        return str([_plain(getattr(value, one)) for one in value.__dataclass_fields__])
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return str(sorted(map(_plain, value)))
    if isinstance(value, tuple):
        return str([_plain(one) for one in value])
    return "<id>" if isinstance(value, str) and len(value) == 32 else str(value)


def in_either_order(first: Command, second: Command) -> bool:
    """Whether it does not matter which is recorded first, by one person who reads everything, where both can be."""
    found = []
    for pair in ((first, second), (second, first)):
        desk, _other, _version = opened(MemoryStore())
        try:
            for command in pair:
                desk.do(CONCERN, command)
        except Refused:  # what ends something comes last; that overwrites nothing
            return True
        found.append(state(desk.concern(CONCERN)))
    # Two children who are added get their numbers when they are recorded: which is which tells who was first.
    adding = all(isinstance(one, act.RecordChild) and one.adds for one in (first, second))
    return found[0] == found[1] or adding


def kinds(command: Command, concern: Concern) -> set[str]:
    """The kinds of entries an act makes."""
    return {made.kind for made in command.events(concern, LATER)}


#: Kinds that speak of entries of another kind: an undo of what it undoes, one end of a step of the other.
ABOUT_OTHERS = {"entry-withdrawn", "escalation-step-ended", "escalation-concluded"}


def two_record(store: Store, first: Command, second: Command) -> None:
    """One records, then the other, who has not read it: what must hold whatever they do."""
    one, other, version = opened(store)
    before = one.concern(CONCERN)
    try:
        done = one.do(CONCERN, first, seen_version=version)
    except Refused:
        assume(False)
    told = None
    try:
        also = other.do(CONCERN, second, seen_version=version)
    except Refused:
        event("refused")
        assert other.concern(CONCERN).version == done.concern.version
        return
    except Conflict as conflict:
        told = conflict
    if told is None:
        event("both recorded")
        assert {*done.entries, *also.entries} <= {item.stamp.entry for item in also.concern.history}
        assert in_either_order(first, second), "the second overwrote the first without a word"
        return
    event("told of the other")
    assert FIRST in str(told)
    assert set(told.entries) <= set(done.entries)
    assert other.concern(CONCERN).version == done.concern.version, "nothing of the second is recorded"
    mine, theirs = kinds(second, before), kinds(first, before)
    assert mine & theirs or (mine | theirs) & ABOUT_OTHERS, "entries of different kinds never conflict"
    recorded_after(other, second, told)


def recorded_after(desk: Desk, second: Command, told: Conflict) -> None:
    """Who has read theirs may record their own all the same, where it can still be said, and it says so."""
    try:
        done = desk.do(CONCERN, second, seen_version=told.current, after=told.entries)
    except Refused:
        return
    assert {item.event.after for item in done.concern.history if item.event} & set(told.entries)


@given(pairs(acts(KNOWN)))
@settings(max_examples=500)
def test_no_two_acts_overwrite_each_other_without_a_word(both: tuple[Command, Command]) -> None:
    two_record(MemoryStore(), *both)


@given(pairs(acts(KNOWN)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_nor_on_one_file(both: tuple[Command, Command]) -> None:
    with TemporaryDirectory() as folder, SqliteStore(Path(folder) / "duty.db", b"k" * 32, create=True) as store:
        two_record(store, *both)
