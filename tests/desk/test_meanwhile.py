"""Two people record at once: only an entry about the same matter stands in the way of another."""

from __future__ import annotations

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.meanwhile import about_the_same, beside
from duty_tui.desk.reading import timeline
from duty_tui.domain.commands import (
    AddNote,
    AnswerQuestions,
    CloseConcern,
    CorrectDetails,
    RecordChild,
    Withdraw,
)
from duty_tui.domain.decision_events import (
    ActionAgreed,
    ActionDone,
    ChildPlaced,
    DecisionMade,
    DissentRecorded,
    RecordAddedTo,
    SharingDecided,
)
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import (
    AttemptLogged,
    DiscussionAgreed,
    DiscussionBooked,
    DiscussionStarted,
    LineNoted,
    PersonInvited,
    PersonRecorded,
    PointAnswered,
    RoleInformed,
)
from duty_tui.domain.events import EntryWithdrawn, Event, MilestoneRecorded, NoteAdded, QuestionsAnswered
from duty_tui.errors import Conflict, Refused
from duty_tui.store.memory import MemoryStore
from duty_tui.views.beside import Theirs
from tests.builders import a_caller, a_child, raise_concern
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
    done = desk.do(ID, AtDiscussion(event=decided(1)), seen_version=seen)
    assert len(done.concern.discussions[0].decisions) == 2


def test_of_the_same_child_both_stand_side_by_side_and_nothing_is_recorded(desk: Desk, other: Desk) -> None:
    seen, mine = desk.concern(ID).version, AtDiscussion(event=decided(1))
    say(other, decided(1, 2, label="Police investigation"))
    with pytest.raises(Conflict, match="Bo Lind recorded this") as told:
        desk.do(ID, mine, seen_version=seen)
    assert "because" not in str(told.value)
    both = beside(desk, ID, mine, told.value)
    assert both.theirs == (
        Theirs("Bo Lind", NOW, ("Decided for children 1 and 2: Police investigation. Reason: because",)),
    )
    assert both.mine == ("Decided for child 1: Section 47. Reason: because",)
    assert not both.cannot
    assert len(desk.concern(ID).discussions[0].decisions) == 1


def test_what_is_recorded_after_reading_anothers_says_so_for_good(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    theirs = say(other, decided(1))
    each = AllAtDiscussion(each=(AtDiscussion(event=decided(1)), AtDiscussion(event=LineNoted(discussion=1, text="x"))))
    with pytest.raises(Conflict) as told:
        desk.do(ID, each, seen_version=seen)
    assert told.value.entries == (theirs,)
    done = desk.do(ID, each, seen_version=told.value.current, after=told.value.entries)
    assert len(done.concern.discussions[0].decisions) == 2
    mine, line = done.concern.history[-2:]
    assert mine.event
    assert line.event
    assert (mine.event.after, line.event.after) == (theirs, "")
    [*_, shown, plain] = timeline(other.concern(ID))
    assert shown.words.endswith("Reason: because (knowing of what Bo Lind recorded Fri 20 Nov 2026 18:05)")
    assert plain.words == "x"


def test_somebody_who_records_while_theirs_is_read_is_asked_about_too(desk: Desk, other: Desk) -> None:
    seen, mine = desk.concern(ID).version, AtDiscussion(event=decided(1))
    say(other, decided(1))
    with pytest.raises(Conflict) as told:
        desk.do(ID, mine, seen_version=seen)
    second = say(other, decided(1, 2))
    with pytest.raises(Conflict) as again:
        desk.do(ID, mine, seen_version=told.value.current, after=told.value.entries)
    assert again.value.entries == (second,)


def test_what_another_took_back_again_is_not_shown(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    entry = say(other, decided(1))
    other.do(ID, Withdraw(entry=entry))
    assert desk.do(ID, AtDiscussion(event=decided(1)), seen_version=seen).concern.version == seen + 3


def test_ones_own_earlier_entry_is_no_conflict_but_that_of_ones_other_terminal_is(
    store: MemoryStore, hands: Hands, desk: Desk, other: Desk
) -> None:
    seen = desk.concern(ID).version
    say(desk, decided(1))
    assert desk.do(ID, AtDiscussion(event=decided(1)), seen_version=seen).concern.version == seen + 2
    say(make_desk(store, hands, desk.actor), decided(1))
    with pytest.raises(Conflict, match=desk.actor):
        desk.do(ID, AtDiscussion(event=decided(1)), seen_version=seen)


def test_two_notes_are_two_things(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    other.do(ID, AddNote(text="theirs"))
    assert desk.do(ID, AddNote(text="mine"), seen_version=seen).concern.notes == 2


def test_two_answers_to_one_question_are_a_conflict(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    other.do(ID, AnswerQuestions(answers={"complex_abuse": "no"}))
    for child in (None, 2):
        with pytest.raises(Conflict):
            desk.do(ID, AnswerQuestions(answers={"complex_abuse": "yes"}, child=child), seen_version=seen)
    desk.do(ID, AnswerQuestions(answers={"organised_abuse": "yes"}), seen_version=seen)


def test_who_is_refused_because_somebody_else_did_it_is_told_who_and_sees_it(desk: Desk, other: Desk) -> None:
    seen, mine = desk.concern(ID).version, CloseConcern(reason="Not our authority.")
    other.do(ID, CloseConcern(reason="Passed to Leeds."))
    with pytest.raises(Conflict, match="Bo Lind recorded this while you were typing: concern closed") as told:
        desk.do(ID, mine, seen_version=seen)
    both = beside(desk, ID, mine, told.value)
    assert both.theirs[0].said == ("Closed. Reason: Passed to Leeds.",)
    assert (both.mine, both.cannot) == (("Closed. Reason: Not our authority.",), "The concern is already closed.")


def test_who_is_refused_for_another_reason_is_told_that(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    other.do(ID, AddNote(text="theirs"))
    with pytest.raises(Refused, match="reason"):
        desk.do(ID, CloseConcern(reason=""), seen_version=seen)
    with pytest.raises(Refused, match="not on this concern"):
        desk.do(ID, Withdraw(entry="e" * 32), seen_version=seen)


def test_putting_right_what_another_took_back_shows_that_it_was(desk: Desk, other: Desk) -> None:
    entry = say(desk, action("See the child"))
    seen = desk.concern(ID).version
    other.do(ID, Withdraw(entry=entry))
    mine = AtDiscussion(event=action("See her at home", action=entry))
    with pytest.raises(Conflict) as told:
        desk.do(ID, mine, seen_version=seen)
    both = beside(desk, ID, mine, told.value)
    assert both.theirs[0].said[0].startswith("Withdrawn: Action for child 1")
    assert both.mine == ("Action for child 1: nobody named: See her at home, no time set",)


def test_of_two_who_put_one_line_right_the_text_is_shown_and_not_that_the_old_one_goes(desk: Desk, other: Desk) -> None:
    entry = say(desk, LineNoted(discussion=1, text="Arm broken"))
    seen = desk.concern(ID).version
    other.do(ID, AtDiscussion(event=LineNoted(discussion=1, text="Arm bruised"), instead_of=entry))
    mine = AtDiscussion(event=LineNoted(discussion=1, text="Arm grazed"), instead_of=entry)
    with pytest.raises(Conflict) as told:
        desk.do(ID, mine, seen_version=seen)
    assert beside(desk, ID, mine, told.value).mine == ("Arm grazed",)


def test_two_who_each_add_a_child_add_two(desk: Desk, other: Desk) -> None:
    seen = desk.concern(ID).version
    other.do(ID, RecordChild(child=a_child(3, name="Zoe Okoye"), adds=True), seen_version=seen)
    done = desk.do(
        ID, RecordChild(child=a_child(3, name="Ife Okoye"), reason="Told late", adds=True), seen_version=seen
    )
    assert [child.name for child in done.concern.children[2:]] == ["Zoe Okoye", "Ife Okoye"]
    with pytest.raises(Conflict):
        desk.do(ID, RecordChild(child=a_child(3, name="zoe okoye"), adds=True), seen_version=seen)


def test_two_who_correct_different_parts_of_the_caller_both_stand(desk: Desk, other: Desk) -> None:
    other.do(ID, CorrectDetails(reason="x", caller=a_caller(telephone="0161 4960000"), of_caller=("telephone",)))
    mine = CorrectDetails(reason="y", caller=a_caller(role="Head"), of_caller=("role",))
    caller = desk.do(ID, mine).concern.caller
    assert (caller.role, caller.telephone, caller.name) == ("Head", "0161 4960000", "Ms P. Lund")


def test_a_second_attempt_with_the_same_mark_records_nothing_twice(desk: Desk, other: Desk) -> None:
    seen, mark = desk.concern(ID).version, "a" * 32
    for _attempt in range(2):
        desk.do(ID, AtDiscussion(event=decided(1)), seen_version=seen, mark=mark)
    assert len(desk.concern(ID).discussions[0].decisions) == 1


def action(what: str, **known: str) -> ActionAgreed:
    return ActionAgreed.model_validate({"discussion": 1, "what": what, "children": (1,), **known})


def told(role: str) -> RoleInformed:
    return RoleInformed(discussion=1, role=role, title="LADO", at=NOW)


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
    (told("lado"), told("lado")),
    (
        DiscussionAgreed(discussion=1, format="telephone", reason="x"),
        MilestoneRecorded(event="discussion_decided_on", label="Decided", at=NOW),
    ),
    (EntryWithdrawn(entry="e1", said="x"), here("Dr Fry", person="e1")),
    (DiscussionBooked(discussion=1, at=NOW), DiscussionBooked(discussion=1, at=NOW, place="room 2")),
    (
        ChildPlaced(discussion=1, child=2, included=False, reason="x"),
        ChildPlaced(discussion=1, child=2, included=True, reason="y"),
    ),
]

OTHER: list[tuple[Event, Event]] = [
    (LineNoted(discussion=1, text="a"), LineNoted(discussion=1, text="a")),
    (RecordAddedTo(discussion=1, child=1, text="a"), RecordAddedTo(discussion=1, child=1, text="a")),
    (told("lado"), told("legal")),
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
def test_the_about_the_same(one: Event, other: Event) -> None:
    assert about_the_same(one, other)
    assert about_the_same(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_matter(one: Event, other: Event) -> None:
    assert not about_the_same(one, other)
    assert not about_the_same(other, one)
