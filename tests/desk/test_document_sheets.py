"""The handover sheet and the breach file as documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.document_sheets import breach_blocks, breaches_document, handover_document
from duty_tui.desk.handover import handover_of
from duty_tui.documents.blocks import NOT_RECORDED, Block, Document, Part, words_of
from duty_tui.domain.period import Period
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service_people import OnDuty, PersonListed
from duty_tui.domain.service_state import Letterhead
from duty_tui.errors import Refused
from duty_tui.store.checkpoint import end_of, read_checkpoint
from duty_tui.store.memory import MemoryStore
from duty_tui.views.breach import Breach, BreachFile, Missed, Told
from tests.desk.conftest import NOW, Hands, make_desk
from tests.desk.documented import went_up
from tests.documents.golden import as_kept
from tests.past_desk import NOVEMBER, breaches, seven


def breach_document(desk: Desk, period: Period = NOVEMBER) -> Document:
    return breaches_document(desk, breaches(desk, period))


def test_the_handover_sheet_reads_as_it_did_when_it_was_last_looked_at(desk: Desk, hands: Hands) -> None:
    went_up(desk, hands)
    desk.decide([OnDuty(names=("Ann Osei",), since=hands.now)])
    document = handover_document(desk, handover_of(desk, hands.now))
    made, kept = as_kept("handover", document)
    assert made == kept
    assert document.file == "handover-2026-11-21-2235"
    assert handover_document(desk, handover_of(desk, hands.now)) == document


def test_the_breach_file_reads_as_it_did_when_it_was_last_looked_at(desk: Desk, hands: Hands) -> None:
    seven(desk, hands)
    document = breach_document(desk)
    made, kept = as_kept("breaches", document)
    assert made == kept
    assert document.file == "breaches-2026-11-02-to-2026-11-30"
    assert all(words.strip() for words in words_of(document))


def test_everything_known_of_a_row_stands_under_its_heading() -> None:
    due = NOW - timedelta(days=3)
    row = Breach(
        *("c", "C3", "Gorse", "pack/discussion", "two-days", "Discussion", "Hold it", "must", "Page 1"),
        name="Amara Gorse",
        due=due,
        closed=NOW,
        late="3 days",
        missed=(Missed("one-day", "target", due, "4 days"),),
        unless=("reasonable cause",),
        first_due=due,
        reason="Police busy",
        told=(Told("Need to Know", "Eva", "Head of service", due, None, ""),),
    )
    words = list(
        words_of_blocks(breach_blocks(BreachFile(NOVEMBER, NOW, (row, row._replace(varied="Holidays (Eva)")))))
    )
    for said in (
        "C3 Gorse, Amara Gorse: Hold it",
        "one-day (target), due Tue 17 Nov 2026 18:05, 4 days late",
        "reasonable cause",
        "Tue 17 Nov 2026 18:05; moved since",
        "Tue 17 Nov 2026 18:05; Holidays (Eva)",
        "not done when the concern was closed Fri 20 Nov 2026 18:05, 3 days late",
        "Told: Eva (Head of service), Need to Know Tue 17 Nov 2026 18:05, not acknowledged",
    ):
        assert said in words
    assert words.count(NOT_RECORDED) == 6  # kept safe, owed by, held by: of two rows


def words_of_blocks(blocks: Iterator[Block]) -> Iterator[str]:
    return words_of(Document("", "", "", Letterhead(), (Part("", tuple(blocks)),), NOW))


def test_a_period_without_a_breach_says_so(desk: Desk, hands: Hands) -> None:
    seven(desk, hands)
    words = list(words_of(breach_document(desk, Period(NOVEMBER.begin - timedelta(days=30), NOVEMBER.begin))))
    assert "Nothing that fell due in the period was late or left undone." in words


def test_a_restricted_concern_is_not_in_the_breach_file(desk: Desk, hands: Hands, store: MemoryStore) -> None:
    seven(desk, hands)
    desk.do("Gorse", RestrictConcern(names=("Ann Osei",), reason="Staff family"))
    words = " ".join(words_of(breach_document(make_desk(store, hands, "Tom Reid"))))
    assert "Gorse" not in words
    assert "C3" not in words.split()
    assert "1 restricted concern not shown, late or not" in words


def test_the_handover_sheet_says_where_it_leaves_a_concern_out(desk: Desk, hands: Hands, store: MemoryStore) -> None:
    seven(desk, hands)
    desk.do("Gorse", RestrictConcern(names=("Ann Osei",), reason="Staff family"))
    left_out = "Restricted concerns are not on this sheet."
    other = make_desk(store, hands, "Tom Reid")
    theirs = list(words_of(handover_document(other, handover_of(other, hands.now))))
    assert left_out in theirs
    assert "C3" not in theirs
    assert left_out not in list(words_of(handover_document(desk, handover_of(desk, hands.now))))


def test_the_sheet_carries_the_line_that_says_where_the_record_ends(desk: Desk, hands: Hands) -> None:
    desk.store.sealing_key = lambda: b"k" * 32
    document = handover_document(desk, handover_of(desk, hands.now))
    made = end_of(desk.store, hands.now)
    assert made is not None
    lines = next(words for words in words_of(document) if words.startswith("duty-tui-checkpoint-1"))
    assert lines.split() == made.line().split()
    assert read_checkpoint(lines).is_by(b"k" * 32)
    assert all(len(line) <= 76 for line in lines.split("\n"))


def test_whoever_may_only_look_takes_neither_away(desk: Desk, hands: Hands) -> None:
    desk.decide([PersonListed(name="Tom Reid", roles=("team_manager",))])
    with pytest.raises(Refused, match="may only look"):
        handover_document(desk, handover_of(desk, hands.now))
    with pytest.raises(Refused, match="may only look"):
        breach_document(desk)
