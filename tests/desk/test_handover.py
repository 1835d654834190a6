"""The sheet for the next shift: what stands on it, from when, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import form_of, submit
from duty_tui.desk.handover import handover_of
from duty_tui.desk.morning import next_morning
from duty_tui.desk.recent import entries_since
from duty_tui.domain.commands import AddNote, CloseConcern, RecordMilestone
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service_people import HandedOver, OnDuty
from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.store.memory import MemoryStore
from duty_tui.views.handover import HandoverView, Section, SheetLine
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands, make_desk

LATE, NEW = "a" * 32, "b" * 32
WEEKDAYS = (1, 2, 3, 4, 5)


def two(desk: Desk) -> None:
    """One whose discussion is late; one that came in five minutes ago, with nothing known yet."""
    cause = {"reasonable_cause": "yes"}
    desk.do(LATE, raise_concern(a_child(1, name="Amara Okafor"), received=NOW - timedelta(days=4), answers=cause))
    desk.do(NEW, raise_concern(a_child(1, name="Tom Byrne"), family="Byrne", received=NOW - timedelta(minutes=5)))


def part(view: HandoverView, beginning: str) -> Section:
    return next(section for section in view.sections if section.heading.startswith(beginning))


def whose(lines: tuple[SheetLine, ...]) -> list[str]:
    return [line.reference for line in lines]


def test_what_is_overdue_and_what_falls_due_before_morning_are_told_apart(desk: Desk) -> None:
    two(desk)
    view = handover_of(desk, NOW)
    assert whose(part(view, "Overdue").lines) == ["C1"]
    assert part(view, "Overdue").lines[0].late
    assert view.until == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert whose(part(view, "Due before Mon 23 Nov 2026 09:00").lines) == ["C2"]
    assert part(view, "Asked").lines
    assert "1 overdue" in view.headline


def test_what_falls_due_later_than_asked_is_left_out(desk: Desk) -> None:
    two(desk)
    view = handover_of(desk, NOW, until=NOW + timedelta(hours=1))
    assert part(view, "Due before").lines == ()
    assert part(view, "Due before").nothing


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_restricted_concern_is_not_on_the_sheet_of_who_is_not_named(
    desk: Desk, hands: Hands, *, is_closed: bool
) -> None:
    two(desk)
    desk.do(LATE, RestrictConcern(names=("Ann Osei",), reason="Allegation against staff"))
    if is_closed:
        desk.do(LATE, CloseConcern(reason="Passed on."))
    long_ago = NOW - timedelta(days=30)
    theirs = handover_of(make_desk(desk.store, hands, "Bo Lind"), NOW, long_ago)
    assert {line.reference for section in theirs.sections for line in section.lines} == {"C2"}
    assert theirs.left_out == ("" if is_closed else "Restricted concerns are not on this sheet.")
    mine = handover_of(desk, NOW, long_ago)
    assert whose(part(mine, "Closed" if is_closed else "Overdue").lines) == ["C1"]
    assert mine.left_out == ""


def test_new_ones_and_closed_ones_are_those_since_the_last_handover(desk: Desk, hands: Hands) -> None:
    two(desk)
    hands.on(hours=1)
    first = hands.now
    desk.decide([HandedOver(at=first, to=("Ola Berg",), head=desk.store.head().seq, by="Ann Osei")])
    hands.on(minutes=10)
    assert part(handover_of(desk, hands.now), "New since").lines == ()
    desk.do(NEW, CloseConcern(reason="Rang in error"))
    view = handover_of(desk, hands.now)
    assert (view.since, view.last) == (first, "Ann Osei to Ola Berg, Fri 20 Nov 2026 19:05")
    assert whose(part(view, "Closed since").lines) == ["C2"]
    assert whose(part(handover_of(desk, hands.now, since=NOW), "New since").lines) == ["C1"], "closed ones are not new"


def test_a_handover_that_is_still_to_come_is_not_the_last(desk: Desk) -> None:
    two(desk)
    desk.decide([HandedOver(at=NOW, to=("Ola Berg",), head=1, by="Ann Osei")])
    assert handover_of(desk, NOW - timedelta(hours=1)).last == ""


def test_who_is_on_is_said_with_until_when(desk: Desk) -> None:
    desk.decide([OnDuty(names=("Ola Berg",), since=NOW, until=NOW + timedelta(hours=8))])
    assert handover_of(desk, NOW).on_duty == ("Ola Berg until Sat 21 Nov 2026 02:05",)
    assert handover_of(desk, NOW + timedelta(days=1)).on_duty == ()
    desk.decide([OnDuty(names=("Sam Reed",), since=NOW)])
    assert "Sam Reed" in handover_of(desk, NOW).on_duty


def test_open_escalations_and_children_not_yet_seen_are_on_it(desk: Desk) -> None:
    two(desk)
    form = form_of(desk, LATE, "action-note-003/need-to-know", NOW)
    words = {field.id: "Snow" for field in form.fields}
    desk.do(LATE, submit(form, words, [Recipient("R. Hale")], NOW))
    words_of = desk.rulebook.vocabulary.event
    when = NOW - timedelta(hours=2)
    desk.do(LATE, RecordMilestone(event="discussion_held", label=words_of["discussion_held"].label, at=when))
    label = words_of["s47_decided"].label
    desk.do(LATE, RecordMilestone(event="s47_decided", label=label, at=when, child=1, discussion=1))
    view = handover_of(desk, NOW)
    (escalated,) = part(view, "Open escalations").lines
    assert (escalated.about, escalated.owner) == ("escalation", "R. Hale")
    assert whose(part(view, "Children not yet seen").lines) == ["C1"]


def test_a_concern_without_a_numbered_due_says_its_next_step(desk: Desk) -> None:
    no_cause = {"reasonable_cause": "no"}
    done = desk.do(NEW, raise_concern(a_child(1, name="Tom Byrne"), received=NOW, answers=no_cause))
    (line,) = part(handover_of(desk, NOW), "New since").lines
    assert done.row.due is None
    assert line.when == done.row.next_step


def test_the_journal_is_read_back_no_further_than_asked(store: MemoryStore, hands: Hands) -> None:
    desk = make_desk(store, hands)
    desk.do(NEW, raise_concern(a_child(1), received=NOW))
    hands.on(hours=1)
    desk.do(NEW, AddNote(text="later"))
    assert [entry.kind for entry in entries_since(store, hands.now)] == ["note-added"]
    assert len(entries_since(store, NOW)) == 2
    assert entries_since(store, hands.now + timedelta(hours=1)) == []


def test_many_entries_come_in_their_order(store: MemoryStore, hands: Hands) -> None:
    desk = make_desk(store, hands)
    desk.do(NEW, raise_concern(a_child(1), received=NOW))
    for _ in range(1100):
        desk.do(NEW, AddNote(text="one more"))
    found = [entry.seq for entry in entries_since(store, NOW)]
    assert found == sorted(found)
    assert len(found) == 1101


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        (datetime(2026, 11, 20, 18, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)),
        (datetime(2026, 3, 27, 18, tzinfo=UTC), datetime(2026, 3, 30, 8, tzinfo=UTC)),
    ],
    ids=["Friday evening", "before the office opens", "as it opens", "over the change of the clocks"],
)
def test_the_next_working_morning(at: datetime, morning: datetime) -> None:
    assert next_morning(WorkingCalendar(WEEKDAYS, {}, {}, None), time(9), at) == morning
