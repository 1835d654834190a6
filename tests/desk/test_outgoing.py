"""What is done while the record is away: kept, shown NOT RECORDED, and sent when it is back, in order and once each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from duty_tui.desk.act import Act
from duty_tui.desk.desk import Desk, Done
from duty_tui.desk.outgoing import Sent, send, waiting
from duty_tui.desk.reading import timeline
from duty_tui.domain.commands import AddNote, AnswerQuestions, ChangeOwner, CloseConcern, Command
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import LineNoted, PersonRecorded
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.errors import BadFile, Conflict, Refused, Unavailable, Waits
from duty_tui.store.memory import MemoryStore
from duty_tui.store.outbox import Outbox
from duty_tui.store.rows import Draft
from tests.builders import raise_concern
from tests.desk.away import AWAY, KEY, DyingOutbox, Killed, Line, away_desk
from tests.desk.conftest import NOW, Hands, make_desk

MARK = "a" * 32


@pytest.fixture
def ours(desk: Desk, store: MemoryStore, hands: Hands, tmp_path: Path) -> Iterator[tuple[Desk, Line]]:
    """A desk over a line that can be cut; concern c1 is in the record."""
    desk.do("c1", raise_concern())
    mine, line = away_desk(store, hands, tmp_path / "mine.outbox")
    mine.catch_up()
    outbox = mine.outbox
    assert outbox
    yield mine, line
    outbox.close()


def notes(store: MemoryStore, concern: str = "c1") -> list[str]:
    return [entry.data["text"] for entry in store.stream(concern) if entry.kind == "note-added"]


def keep(desk: Desk, text: str, concern: str = "c1", mark: str | None = None) -> None:
    with pytest.raises(Waits):
        desk.do(concern, AddNote(text=text), mark=mark)


def test_a_desk_without_an_outbox_refuses_as_ever(store: MemoryStore, hands: Hands, ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    mine.outbox = None
    line.cut = True
    with pytest.raises(Unavailable, match="NOT recorded") as caught:
        mine.do("c1", AddNote(text="x"))
    assert not isinstance(caught.value, Waits)
    assert (waiting(mine), send(mine)) == ([], Sent([]))


def test_while_the_record_is_there_no_outbox_is_made(ours: tuple[Desk, Line]) -> None:
    mine, _ = ours
    mine.do("c1", AddNote(text="x"))
    assert mine.outbox
    assert not mine.outbox.path.exists()


def test_a_record_that_can_only_be_read_keeps_nothing(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    store.read_only, line.cut = True, True
    with pytest.raises(Unavailable) as caught:
        mine.do("c1", AddNote(text="x"))
    assert not isinstance(caught.value, Waits)


def test_what_may_wait_is_kept_and_said_to_be_not_recorded(ours: tuple[Desk, Line], hands: Hands) -> None:
    mine, line = ours
    line.cut = True
    with pytest.raises(Waits, match=f"Your entry is NOT RECORDED. It waits on this machine .*{AWAY}"):
        mine.do("c1", AddNote(text="x"), mark=MARK, seen_version=1, draft="d1")
    [kept] = waiting(mine)
    assert (kept.id, kept.concern, kept.actor, kept.typed) == (MARK, "c1", "Ann Osei", hands.now)
    assert (kept.seen, kept.draft, kept.why, kept.sending) == (1, "d1", "", False)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (CloseConcern(reason="x"), "a decision"),
        (ChangeOwner(owner="Ann Osei"), "whose it is"),
        (RestrictConcern(names=("Ann Osei",), reason="x"), "who may see"),
        (AnswerQuestions(answers={"outcome_s47": "yes"}), "a decision"),
    ],
)
def test_what_needs_the_record_to_answer_first_is_refused_and_says_why(
    ours: tuple[Desk, Line], command: Command, why: str
) -> None:
    mine, line = ours
    line.cut = True
    with pytest.raises(Unavailable, match=f"NOT recorded. It cannot wait on this machine: .*{why}") as caught:
        mine.do("c1", command)
    assert not isinstance(caught.value, Waits)
    assert waiting(mine) == []


def test_what_waits_is_recorded_in_order_when_the_record_is_back(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    line.cut = True
    for text in ("one", "two", "three"):
        keep(mine, text)
    assert send(mine) == ([], AWAY)
    line.cut = False
    sent = send(mine)
    assert ([len(done.entries) for done in sent.recorded], sent.away) == ([1, 1, 1], "")
    assert notes(store) == ["one", "two", "three"]
    assert waiting(mine) == []
    assert send(mine) == ([], "")


def test_it_counts_from_when_it_was_typed_and_the_journal_says_when_it_came(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    line.cut = True
    typed = hands.now
    with pytest.raises(Waits):
        mine.do("c1", AnswerQuestions(answers={"child_could_be_harmed_by_delay": "yes"}))
    came = hands.on(minutes=29)
    line.cut = False
    [done] = send(mine).recorded
    entry = store.stream("c1")[-1]
    assert entry.at == came
    [answered] = mine.concern("c1").answers["child_could_be_harmed_by_delay"]
    assert answered.since == typed
    assert done.concern == mine.concern("c1")
    line_of = list(timeline(done.concern))[-1]
    assert (line_of.at, line_of.typed) == (came, typed)
    assert line_of.words.endswith("Typed 18:05, sent 18:34 when the record was back.")


def test_a_new_concern_waits_with_what_is_said_on_it_and_runs_from_when_it_was_taken(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    line.cut = True
    with pytest.raises(Waits):
        mine.do("c2", raise_concern(received=hands.now))
    taken = hands.now
    hands.on(minutes=10)
    keep(mine, "rang back", "c2")
    assert store.row("c2") is None
    line.cut = False
    hands.on(minutes=10)
    send(mine)
    assert mine.concern("c2").raised_at == taken
    row = store.row("c2")
    assert row
    assert (row.number, notes(store, "c2")) == (2, ["rang back"])


def test_a_clock_put_back_since_makes_nothing_come_before_it_was_typed(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "x")
    hands.now = NOW - timedelta(hours=1)
    line.cut = False
    send(mine)
    stamp = mine.concern("c1").history[-1].stamp
    assert (stamp.at, stamp.sent) == (hands.now, None)


def test_nothing_on_the_same_concern_overtakes(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "one")
    line.cut = False
    mine.do("c1", AddNote(text="two"))
    assert notes(store) == ["one", "two"]


def test_an_act_that_waits_is_recorded_by_doing_it_again(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "one", mark=MARK)
    keep(mine, "one", mark=MARK)
    line.cut = False
    mine.do("c1", AddNote(text="one"), mark=MARK)
    assert (notes(store), waiting(mine)) == (["one"], [])


def test_a_lost_answer_records_nothing_twice(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    line.loses_answer = True
    keep(mine, "one")
    assert notes(store) == ["one"]
    line.cut = False
    assert len(send(mine).recorded) == 1
    assert (notes(store), waiting(mine)) == (["one"], [])


def test_killed_between_recording_and_noting_it_records_nothing_twice(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "one")
    keep(mine, "two")
    line.cut = False
    assert isinstance(mine.outbox, DyingOutbox)
    mine.outbox.dies = True
    with pytest.raises(Killed):
        send(mine)
    after, _ = away_desk(store, hands, mine.outbox.path)
    assert [one.sending for one in waiting(after)] == [True, False]
    send(after)
    assert (notes(store), waiting(after)) == (["one", "two"], [])


def test_an_outbox_that_cannot_note_it_sends_it_once_more(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "one", mark=MARK)
    line.cut = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DyingOutbox, "end", _cannot)
        assert mine.do("c1", AddNote(text="one"), mark=MARK).entries == [MARK]
        assert len(send(mine).recorded) == 1
    assert len(waiting(mine)) == 1
    send(mine)
    assert (notes(store), waiting(mine)) == (["one"], [])


def _cannot(*_: object) -> None:
    raise Unavailable("The disk is full.")


def test_two_programs_of_one_person_send_each_once_and_in_order(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    assert mine.outbox
    line.cut = True
    for text in ("one", "two", "three"):
        keep(mine, text)
    line.cut = False
    second, _ = away_desk(store, hands, mine.outbox.path)
    begin = mine.outbox.begin

    def interrupted(act: str) -> bool:
        """The other program comes first at every step."""
        send(second)
        return begin(act)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mine.outbox, "begin", interrupted)
        send(mine)
    assert (notes(store), waiting(mine)) == (["one", "two", "three"], [])


def test_each_sees_and_sends_what_is_their_own(ours: tuple[Desk, Line], store: MemoryStore, hands: Hands) -> None:
    mine, line = ours
    assert mine.outbox
    line.cut = True
    keep(mine, "one")
    other, _ = away_desk(store, hands, mine.outbox.path, "Ben Adeyemi")
    assert (waiting(other), send(other)) == ([], ([], ""))
    assert notes(store) == []


# What somebody else did meanwhile, and what is refused


def answer(value: str) -> AnswerQuestions:
    return AnswerQuestions.model_validate({"answers": {"child_could_be_harmed_by_delay": value}})


def test_what_another_said_of_the_same_meanwhile_stops_that_concern_alone(
    ours: tuple[Desk, Line], desk: Desk, store: MemoryStore
) -> None:
    mine, line = ours
    desk.do("c2", raise_concern())
    ben = make_desk(store, Hands(), "Ben Adeyemi")
    line.cut = True
    with pytest.raises(Waits):
        mine.do("c1", answer("yes"), seen_version=mine_version(desk))
    keep(mine, "after it")
    keep(mine, "elsewhere", "c2")
    ben.do("c1", answer("no"))
    line.cut = False
    assert len(send(mine).recorded) == 1
    assert (notes(store), notes(store, "c2")) == ([], ["elsewhere"])
    stopped, behind = waiting(mine)
    assert "Ben Adeyemi recorded this" in stopped.why
    assert (behind.why, stopped.sending) == ("", False)
    with pytest.raises(Waits, match="An earlier entry of yours"):
        mine.do("c1", AddNote(text="much later"))
    assert [one.why for one in waiting(mine)] == [stopped.why, "", ""]


def test_a_note_stands_beside_anothers_and_an_answer_after_ones_own(
    ours: tuple[Desk, Line], desk: Desk, store: MemoryStore
) -> None:
    mine, line = ours
    ben = make_desk(store, Hands(), "Ben Adeyemi")
    line.cut = True
    for command in (AddNote(text="mine"), answer("yes"), answer("no")):
        with pytest.raises(Waits):
            mine.do("c1", command, seen_version=mine_version(desk))
    ben.do("c1", AddNote(text="Ben's"))
    line.cut = False
    assert len(send(mine).recorded) == 3
    assert notes(store) == ["Ben's", "mine"]
    assert [one.value for one in mine.concern("c1").answers["child_could_be_harmed_by_delay"]] == [False]


def test_a_line_of_a_call_stands_beside_anothers_and_the_same_person_does_not(
    ours: tuple[Desk, Line], desk: Desk, store: MemoryStore
) -> None:
    mine, line = ours
    ben = make_desk(store, Hands(), "Ben Adeyemi")
    noted = AtDiscussion(event=LineNoted(discussion=1, text="said"))
    came = AtDiscussion(
        event=PersonRecorded(discussion=1, name="DS Patel", role="police", agency="Police", standing="present")
    )
    line.cut = True
    for command in (noted, came):
        with pytest.raises(Waits):
            mine.do("c1", command, seen_version=mine_version(desk))
    ben.do("c1", noted)
    ben.do("c1", came)
    line.cut = False
    assert len(send(mine).recorded) == 1
    assert [one.why != "" for one in waiting(mine)] == [True]


def test_what_its_person_recorded_meanwhile_at_another_terminal_is_no_news_to_them(
    ours: tuple[Desk, Line], desk: Desk, store: MemoryStore
) -> None:
    mine, line = ours
    line.cut = True
    with pytest.raises(Waits):
        mine.do("c1", answer("yes"), seen_version=mine_version(desk))
    make_desk(store, Hands(), "Ann Osei").do("c1", answer("no"))
    line.cut = False
    assert len(send(mine).recorded) == 1
    assert waiting(mine) == []


def mine_version(desk: Desk) -> int:
    return desk.concern("c1").version


def test_what_waits_on_a_restricted_concern_is_sent_and_a_look_never_waits_behind_it(
    ours: tuple[Desk, Line], desk: Desk, store: MemoryStore
) -> None:
    mine, line = ours
    desk.do("c1", RestrictConcern(names=("Ann Osei", "Ben Adeyemi"), reason="x"))
    line.cut = True
    with pytest.raises(Waits):
        mine.do("c1", answer("yes"), seen_version=mine_version(desk))
    make_desk(store, Hands(), "Ben Adeyemi").do("c1", answer("no"))
    line.cut = False
    assert send(mine) == ([], "")
    assert "Ben Adeyemi recorded this" in waiting(mine)[0].why
    assert store.stream("c1")[-1].kind == "record-viewed"
    assert mine.concern("c1").restricted_to


def test_what_is_refused_when_it_is_sent_says_why_and_stops_that_concern(ours: tuple[Desk, Line], desk: Desk) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "x")
    desk.actor = "Ben Adeyemi"
    desk.do("c1", RestrictConcern(names=("Ben Adeyemi",), reason="x"))
    line.cut = False
    assert send(mine) == ([], "")
    [stopped] = waiting(mine)
    assert "restricted to named people" in stopped.why


def test_others_who_were_faster_time_and_again_only_put_it_off(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "x")
    line.cut = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mine, "record", _busy)
        assert send(mine) == ([], "")
    assert [(one.why, one.sending) for one in waiting(mine)] == [("", False)]
    assert len(send(mine).recorded) == 1


def _busy(*_: object) -> None:
    raise Conflict("c1", 1, 2)


def test_what_this_version_cannot_read_says_so_and_is_kept(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    assert mine.outbox
    line.cut = True
    keep(mine, "x")
    [kept] = waiting(mine)
    mine.outbox.take_back(kept.id)
    mine.outbox.put(kept._replace(command={"name": "FromTomorrow", "is": {}}))
    line.cut = False
    assert send(mine) == ([], "")
    assert "cannot read it" in waiting(mine)[0].why


# An outbox with troubles of its own


def test_an_outbox_that_cannot_be_read_keeps_nobody_from_recording(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    assert mine.outbox
    mine.outbox.path.write_bytes(b"no database" * 1000)
    mine.do("c1", AddNote(text="one"))
    assert notes(store) == ["one"]
    line.cut = True
    with pytest.raises(Unavailable, match="NOT recorded, nor kept on this machine") as caught:
        mine.do("c1", AddNote(text="two"))
    assert not isinstance(caught.value, Waits)
    with pytest.raises(Exception, match="cannot be opened"):
        send(mine)


def test_while_the_outbox_is_put_away_what_is_typed_is_said_to_be_kept_nowhere(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    assert mine.outbox
    path = mine.outbox.path
    mine.outbox = Outbox(path, KEY, patience=0.0)
    line.cut = True
    with Outbox(path, KEY).put_away():
        with pytest.raises(Unavailable, match="NOT recorded, nor kept on this machine") as caught:
            mine.do("c1", AddNote(text="x"))
        assert not isinstance(caught.value, Waits)
    assert waiting(mine) == []


def test_the_record_going_away_while_it_is_sent_leaves_the_rest_waiting(
    ours: tuple[Desk, Line], store: MemoryStore
) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "one")
    keep(mine, "two")
    line.cut, line.loses_answer = False, True
    assert send(mine) == ([], AWAY)
    assert [one.sending for one in waiting(mine)] == [True, False]
    line.cut = False
    assert len(send(mine).recorded) == 2
    assert notes(store) == ["one", "two"]


def test_what_an_attempt_did_not_record_can_be_taken_back(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    assert mine.outbox
    line.cut = True
    keep(mine, "one", mark=MARK)
    line.cut = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mine, "record", _locked)
        assert send(mine) == ([], "Locked.")
    assert [one.sending for one in waiting(mine)] == [False]
    assert mine.outbox.take_back(MARK)
    assert (notes(store), waiting(mine)) == ([], [])


def _locked(*_: object) -> None:
    raise Unavailable("Locked.")


def test_what_an_attempt_recorded_although_it_failed_is_sent_once_more(
    ours: tuple[Desk, Line], store: MemoryStore
) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "one", mark=MARK)
    line.cut = False
    record = mine.record

    def recorded_unheard(act: Act, typed: datetime | None = None) -> Done:
        record(act, typed)
        raise Unavailable("Locked.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mine, "record", recorded_unheard)
        assert send(mine) == ([], "Locked.")
    assert [one.sending for one in waiting(mine)] == [True]
    assert len(send(mine).recorded) == 1
    assert (notes(store), waiting(mine)) == (["one"], [])


def test_an_outbox_that_cannot_note_that_it_was_not_recorded_leaves_it_on_its_way(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "one", mark=MARK)
    line.cut = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mine, "record", _locked)
        patch.setattr(DyingOutbox, "stop", _cannot)
        assert send(mine) == ([], "Locked.")
    assert [one.sending for one in waiting(mine)] == [True]


def test_a_damaged_record_is_not_taken_for_one_that_is_away(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    line.cut = True
    keep(mine, "x")
    line.cut = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mine, "record", _damaged)
        with pytest.raises(BadFile):
            send(mine)
    assert len(waiting(mine)) == 1


def _damaged(*_: object) -> None:
    raise BadFile("A policy file is broken.")


def test_sending_one_concern_leaves_the_others_and_the_drafts(ours: tuple[Desk, Line], desk: Desk) -> None:
    mine, line = ours
    assert mine.outbox
    desk.do("c2", raise_concern())
    line.cut = True
    keep(mine, "one")
    keep(mine, "two", "c2")
    mine.outbox.save_draft(Draft("d1", "note", "c1", "Ann Osei", "here", NOW, {"text": "x"}))
    line.cut = False
    send(mine, "c2")
    assert [one.concern for one in waiting(mine)] == ["c1"]
    assert len(mine.outbox.drafts()) == 1


def test_a_refusal_of_what_is_done_now_is_a_refusal(ours: tuple[Desk, Line]) -> None:
    mine, _ = ours
    with pytest.raises(Refused):
        mine.do("c1", AddNote(text=""))
