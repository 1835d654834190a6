"""Two people record at once: only an entry about the same matter stands in the way of another."""

from __future__ import annotations

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.meanwhile import Meanwhile, put_down, same_matter
from duty_tui.domain.commands import AddNote, AnswerQuestions, ChangeOwner, Withdraw
from duty_tui.domain.decision_events import (
    ActionAgreed,
    ActionDone,
    ChildPlaced,
    DecisionMade,
    DissentRecorded,
    SharingDecided,
)
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import (
    AttemptLogged,
    DiscussionBooked,
    DiscussionStarted,
    LineNoted,
    PersonInvited,
    PersonRecorded,
    PointAnswered,
)
from duty_tui.domain.events import Event, NoteAdded, QuestionsAnswered
from duty_tui.errors import Conflict
from duty_tui.store.memory import MemoryStore
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands, make_desk

ID = "c" * 32


@pytest.fixture
def other(store: MemoryStore, hands: Hands, desk: Desk) -> Desk:
    """Somebody else's desk on the same record, with a discussion about two children going on."""
    desk.do(ID, raise_concern(a_child(1), a_child(2, name="Kofi Okoye")))
    say(desk, DiscussionStarted(discussion=1, at=NOW, chair="Ann Osei", format="telephone", children=(1, 2)))
    return make_desk(store, hands, "Bo Lind")


def say(desk: Desk, event: DiscussionEvent) -> str:
    return desk.do(ID, AtDiscussion(event=event)).entries[0]


def decided(*children: int, label: str = "Section 47") -> DecisionMade:
    return DecisionMade(discussion=1, children=children, box="p/b", label=label, reason="because")


def here(name: str, **known: str) -> PersonRecorded:
    return PersonRecorded.model_validate(
        {"discussion": 1, "name": name, "role": "health", "standing": "present", **known}
    )


def test_what_another_recorded_about_another_child_does_not_stand_in_the_way(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    say(other, decided(2))
    done = put_down(desk, ID, AtDiscussion(event=decided(1)), seen=seen)
    assert len(done.concern.discussions[0].decisions) == 2


def test_what_another_recorded_about_the_same_child_is_shown_and_nothing_recorded(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    say(other, decided(1, 2, label="Police investigation"))
    with pytest.raises(Meanwhile) as told:
        put_down(desk, ID, AtDiscussion(event=decided(1)), seen=seen)
    assert told.value.others == ("Bo Lind: Decided for children 1 and 2: Police investigation. Reason: because",)
    assert "your text is kept" in str(told.value)
    assert len(desk.concern(ID).discussions[0].decisions) == 1
    done = put_down(desk, ID, AtDiscussion(event=decided(1)), seen=told.value.version)
    assert len(done.concern.discussions[0].decisions) == 2


def test_what_another_took_back_again_is_not_shown(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    entry = say(other, decided(1))
    other.do(ID, Withdraw(entry=entry))
    assert put_down(desk, ID, AtDiscussion(event=decided(1)), seen=seen).concern.version == seen + 3


def test_ones_own_earlier_entry_is_no_conflict(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    say(desk, decided(1))
    assert put_down(desk, ID, AtDiscussion(event=decided(1)), seen=seen).concern.version == seen + 2


def test_what_has_nothing_to_do_with_a_discussion_is_told_as_before(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    other.do(ID, AddNote(text="theirs"))
    assert put_down(desk, ID, AddNote(text="mine"), seen=seen).concern.notes == 2
    other.do(ID, ChangeOwner(owner="Bo Lind"))
    assert put_down(desk, ID, ChangeOwner(owner="Ann Osei"), seen=seen).concern.owner == "Ann Osei"


def test_two_answers_to_one_question_are_a_conflict(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    other.do(ID, AnswerQuestions(answers={"complex_abuse": "no"}))
    with pytest.raises(Meanwhile):
        put_down(desk, ID, AnswerQuestions(answers={"complex_abuse": "yes"}), seen=seen)
    put_down(desk, ID, AnswerQuestions(answers={"organised_abuse": "yes"}), seen=seen)


def test_a_second_attempt_with_the_same_mark_records_nothing_twice(desk: Desk, other: Desk) -> None:
    seen, mark = desk.concern(ID).version, "a" * 32
    for _attempt in range(2):
        put_down(desk, ID, AtDiscussion(event=decided(1)), seen=seen, mark=mark)
    assert len(desk.concern(ID).discussions[0].decisions) == 1


def action(what: str, **known: str) -> ActionAgreed:
    return ActionAgreed.model_validate({"discussion": 1, "what": what, "children": (1,), **known})


def answered(item: str, **known: object) -> PointAnswered:
    return PointAnswered.model_validate({"discussion": 1, "item": item, "text": "yes", **known})


SAME: list[tuple[Event, Event]] = [
    (here("Dr Lena Fry"), here("dr léna fry")),
    (here("Dr Fry", person="e1"), here("Dr Lena Fry", person="e1")),
    (PersonInvited(discussion=1, role="police"), PersonInvited(discussion=1, role="police")),
    (PersonInvited(discussion=1, role="police", person="e1"), PersonInvited(discussion=1, role="btp", person="e1")),
    (action("See the child"), action("see the child ")),
    (action("See the child", action="e1"), action("See her", action="e1")),
    (answered("p/i", child=1), answered("p/i", child=1)),
    (
        ActionDone(discussion=1, action="e1", child=1, at=NOW),
        ActionDone(discussion=1, action="e1", child=1, at=NOW, how="seen"),
    ),
    (
        DissentRecorded(discussion=1, decision="e1", who="PC Hale", text="no"),
        DissentRecorded(discussion=1, decision="e1", who="pc hale", text="too soon"),
    ),
    (SharingDecided(discussion=1, children=(1, 2), what="all"), SharingDecided(discussion=1, children=(2,), what="x")),
    (DiscussionBooked(discussion=1, at=NOW), DiscussionBooked(discussion=1, at=NOW, place="room 2")),
    (
        ChildPlaced(discussion=1, child=2, included=False, reason="x"),
        ChildPlaced(discussion=1, child=2, included=True, reason="y"),
    ),
]

OTHER: list[tuple[Event, Event]] = [
    (LineNoted(discussion=1, text="a"), LineNoted(discussion=1, text="a")),
    (AttemptLogged(discussion=1, whom="Health"), AttemptLogged(discussion=1, whom="Health")),
    (here("Dr Lena Fry"), here("Dr Ola Ray")),
    (here("Dr Lena Fry", person="e1"), here("Dr Ola Ray", person="e2")),
    (PersonInvited(discussion=1, role="police"), PersonInvited(discussion=1, role="health")),
    (action("See the child"), action("Ring the school")),
    (answered("p/i", child=1), answered("p/i", child=2)),
    (answered("p/i", agency="health"), answered("p/i", agency="police")),
    (decided(1), decided(2)),
    (decided(1), DecisionMade(discussion=2, children=(1,), box="p/b", label="x", reason="y")),
    (decided(1), action("See the child")),
    (NoteAdded(text="a"), NoteAdded(text="a")),
    (QuestionsAnswered(answers={"a": "yes"}, child=1), QuestionsAnswered(answers={"a": "yes"}, child=2)),
    (
        DissentRecorded(discussion=1, who="PC Hale", text="no"),
        DissentRecorded(discussion=1, who="Dr Fry", text="no"),
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_matter(one: Event, other: Event) -> None:
    assert same_matter(one, other)
    assert same_matter(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_matter(one: Event, other: Event) -> None:
    assert not same_matter(one, other)
    assert not same_matter(other, one)


def test_a_conflict_of_another_kind_is_still_one() -> None:
    assert not issubclass(Meanwhile, Conflict)
