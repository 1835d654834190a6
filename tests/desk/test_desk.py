"""Acts on concerns: what is recorded, once, by whom, and what stands in the way."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AddNote, AnswerQuestions, ChangeOwner, CloseConcern, Withdraw
from duty_tui.domain.events import NoteAdded
from duty_tui.domain.service import ClosureAdded, ClosureRemoved, PolicyAdopted
from duty_tui.errors import Conflict, Refused, Unavailable
from duty_tui.store.journal import Entry, NewEntry
from duty_tui.store.memory import MemoryStore
from duty_tui.store.rows import Draft
from tests.builders import raise_concern
from tests.desk.conftest import Hands, make_desk


def test_a_concern_is_recorded_with_its_row_and_its_actor(desk: Desk, hands: Hands) -> None:
    done = desk.do("c1", raise_concern(owner="Ben Adeyemi"))
    assert done.row.number == 1
    assert done.row.family == "Amara Okoye"
    assert done.row.owner == "Ben Adeyemi"
    entries = desk.store.stream("c1")
    assert [entry.id for entry in entries] == list(done.entries)
    assert {(entry.actor, entry.at) for entry in entries} == {("Ann Osei", hands.now)}
    assert desk.concern("c1") == done.concern


def test_a_concern_nobody_raised_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="no such concern"):
        desk.concern("nowhere")


@pytest.mark.parametrize("words", ["C1", "c1", "1", "ab12"])
def test_a_concern_is_found_by_its_number_or_the_beginning_of_its_id(desk: Desk, words: str) -> None:
    desk.do("ab12cd", raise_concern())
    desk.do("ff00aa", raise_concern())
    assert desk.find(words).id == "ab12cd"


@pytest.mark.parametrize("words", ["C12", "12", "c12", "C9999999", "C99999999999999999999", "9" * 5000, "C١"])
def test_a_number_nobody_has_is_never_taken_for_the_beginning_of_an_id(desk: Desk, words: str) -> None:
    desk.do("c12aaa", raise_concern())
    desk.do("12aaaa", raise_concern())
    with pytest.raises(Refused, match="no concern"):
        desk.find(words)


@pytest.mark.parametrize(("words", "why"), [("", "no concern"), ("C9", "no concern"), ("a", "Several")])
def test_words_that_name_none_or_several_are_refused(desk: Desk, words: str, why: str) -> None:
    desk.do("ab12", raise_concern())
    desk.do("ab34", raise_concern())
    with pytest.raises(Refused, match=why):
        desk.find(words)


def test_a_refused_act_records_nothing(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    before = desk.store.head()
    with pytest.raises(Refused, match="reason"):
        desk.do("c1", CloseConcern(reason=""))
    assert desk.store.head() == before


def test_the_same_mark_records_once(desk: Desk) -> None:
    first = desk.do("c1", raise_concern(owner="Ben"), mark="a" * 32)
    again = desk.do("c1", raise_concern(owner="Ben"), mark="a" * 32)
    assert again.row == first.row
    assert len(desk.store.stream("c1")) == 2


def test_the_draft_goes_with_the_entry_it_became(desk: Desk, hands: Hands) -> None:
    desk.store.save_draft(Draft("d1", "intake", None, desk.actor, "desk-3", hands.now, {"what": "half a sen"}))
    desk.do("c1", raise_concern(), draft="d1")
    assert desk.store.drafts() == []


def test_a_draft_kept_again_after_its_record_goes_with_the_second_attempt(desk: Desk, hands: Hands) -> None:
    first = desk.do("c1", raise_concern(), mark="a" * 32, draft="d1")
    desk.store.save_draft(Draft("d1", "intake", None, desk.actor, "desk-3", hands.now, {"what": "half a sen"}))
    assert desk.do("c1", raise_concern(), mark="a" * 32, draft="d1").entries == first.entries
    assert desk.store.drafts() == []


def test_an_entry_of_another_kind_recorded_meanwhile_does_not_stand_in_the_way(store: MemoryStore, desk: Desk) -> None:
    seen = desk.do("c1", raise_concern()).concern.version
    other = make_desk(store, Hands(), "Ben Adeyemi")
    other.do("c1", AddNote(text="Police rang back."))
    done = desk.do("c1", ChangeOwner(owner="Ann Osei"), seen_version=seen)
    assert (done.concern.owner, done.concern.version) == ("Ann Osei", seen + 2)


def test_the_same_kind_recorded_meanwhile_is_a_conflict_and_nothing_is_overwritten(
    store: MemoryStore, desk: Desk
) -> None:
    seen = desk.do("c1", raise_concern()).concern.version
    make_desk(store, Hands(), "Ben Adeyemi").do("c1", ChangeOwner(owner="Ben Adeyemi"))
    with pytest.raises(Conflict):
        desk.do("c1", ChangeOwner(owner="Ann Osei"), seen_version=seen)
    assert desk.concern("c1").owner == "Ben Adeyemi"


def test_an_unreadable_entry_recorded_meanwhile_is_no_conflict(desk: Desk, hands: Hands) -> None:
    seen = desk.do("c1", raise_concern()).concern.version
    desk.store.append([NewEntry("c1", seen, "from-tomorrow", {})], actor="Ben", at=hands.now)
    assert desk.do("c1", AddNote(text="Seen."), seen_version=seen).concern.unread == 1


def test_a_row_is_made_by_what_another_terminal_decided_a_moment_ago(store: MemoryStore, desk: Desk) -> None:
    answers = {"reasonable_cause": "yes", "serious_risk_of_harm": "no", "penetrative_sexual_abuse": "no"}
    before = desk.do("c1", raise_concern(answers=answers)).row.due
    other = make_desk(store, Hands(), "Ben Adeyemi")
    other.decide([ClosureAdded(day=date(2026, 11, 23), name="Staff day")])
    moved = other.store.row("c1")
    after = desk.do("c1", ChangeOwner(owner="Ann Osei")).row.due
    assert moved is not None
    assert after == moved.due != before


def test_two_decisions_of_the_service_at_once_are_told_as_that(store: MemoryStore, desk: Desk) -> None:
    other = make_desk(store, Hands(), "Ben Adeyemi")
    assert other.books.service.closures == {}
    desk.decide([ClosureAdded(day=date(2026, 12, 29), name="Staff day")])
    with pytest.raises(Refused, match="decided something for the service") as refused:
        other.decide([ClosureAdded(day=date(2026, 12, 30), name="Inventory")])
    assert refused.value.entry == "Nothing was changed."
    assert set(other.books.service.closures) == {date(2026, 12, 29)}


class Racing(MemoryStore):
    """A store in which somebody else is quicker, `times` times."""

    times = 0

    def append(self, entries: list[NewEntry], **known: object) -> list[Entry]:  # type: ignore[override]
        if self.times and entries[0].stream == "c1":
            self.times -= 1
            note = NewEntry("c1", self.version("c1"), NoteAdded.kind, {"text": "Quicker."})
            super().append([note], actor="Ben", at=known["at"])  # type: ignore[arg-type]
        return super().append(entries, **known)  # type: ignore[arg-type]


def test_an_act_is_tried_again_when_somebody_is_quicker(hands: Hands) -> None:
    store = Racing()
    desk = make_desk(store, hands)
    desk.do("c1", raise_concern())
    store.times = 4
    assert desk.do("c1", ChangeOwner(owner="Ann Osei")).concern.version == 6


def test_an_act_is_given_up_when_somebody_is_always_quicker(hands: Hands) -> None:
    store = Racing()
    desk = make_desk(store, hands)
    desk.do("c1", raise_concern())
    store.times = 99
    with pytest.raises(Conflict):
        desk.do("c1", ChangeOwner(owner="Ann Osei"))
    assert desk.concern("c1").owner is None


def test_a_closed_concern_leaves_the_open_rows(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    row = desk.do("c1", CloseConcern(reason="Passed to another authority.")).row
    assert (row.status, row.due, row.stage) == ("closed", None, "CLOSED")
    assert desk.store.rows() == []


def test_rows_are_made_anew_only_when_the_rules_moved_on(desk: Desk) -> None:
    assert not desk.refresh_rows()
    desk.store.set_meta("projection_key", "of last week")
    assert desk.refresh_rows()


def test_a_closure_day_moves_what_falls_due_after_it_and_its_removal_moves_it_back(desk: Desk) -> None:
    answers = {"reasonable_cause": "yes", "serious_risk_of_harm": "no", "penetrative_sexual_abuse": "no"}
    desk.do("c1", raise_concern(answers=answers))
    monday_night = datetime(2026, 11, 24, tzinfo=UTC).timestamp()
    assert desk.store.rows()[0].due == monday_night
    desk.decide([ClosureAdded(day=date(2026, 11, 23), name="Staff day")])
    assert desk.store.rows()[0].due == monday_night + 24 * 3600
    assert desk.store.rows()[0].number == 1
    desk.decide([ClosureRemoved(day=date(2026, 11, 23), reason="Called off")])
    assert desk.store.rows()[0].due == monday_night


def test_another_policy_places_every_concern_anew(desk: Desk) -> None:
    desk.do("c1", raise_concern(answers={"reasonable_cause": "yes", "serious_risk_of_harm": "no"}))
    desk.decide([PolicyAdopted(pack="twenty-four-hours", from_day=date(2026, 1, 1))])
    assert desk.store.rows()[0].due == datetime(2026, 11, 21, 0, tzinfo=UTC).timestamp()
    desk.do("c1", AnswerQuestions(answers={"penetrative_sexual_abuse": "no"}))
    assert desk.store.rows()[0].due == datetime(2026, 11, 21, 18, tzinfo=UTC).timestamp()


def test_what_cannot_be_kept_is_not_recorded(desk: Desk) -> None:
    class Full(MemoryStore):
        def append(self, *_: object, **__: object) -> list[Entry]:
            raise Unavailable("The disk is full.")

    broken = make_desk(Full(), Hands())
    with pytest.raises(Unavailable, match="NOT recorded"):
        broken.do("c1", raise_concern())


def test_a_concern_read_before_is_read_on_whoever_recorded(store: MemoryStore, desk: Desk, hands: Hands) -> None:
    other = make_desk(store, hands, "Bo Lind")
    desk.do("c1", raise_concern())
    assert desk.concern("c1").notes == 0
    first = other.do("c1", AddNote(text="one"))
    other.do("c1", AddNote(text="two"))
    assert desk.concern("c1").notes == 2
    other.do("c1", Withdraw(entry=first.entries[0]))
    assert desk.concern("c1") == make_desk(store, hands).concern("c1")
    assert desk.concern("c1").notes == 1


def test_many_concerns_are_read_and_only_a_few_remembered(desk: Desk) -> None:
    for number in range(12):
        desk.do(f"c{number}", raise_concern())
    assert [desk.concern(f"c{number}").version for number in range(12)] == [1] * 12
    assert len(desk._known) == 8
