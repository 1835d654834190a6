"""What each agency agreed to do, as a note of its own, by itself and with the record that goes to them."""

from __future__ import annotations

import pytest

from duty_tui.desk.circulating import line_named
from duty_tui.desk.desk import Desk
from duty_tui.desk.document_actions import action_notes
from duty_tui.desk.packing import letter, parcels
from duty_tui.documents.blocks import words_of
from duty_tui.documents.rendering import rendered
from duty_tui.domain.decision_events import ActionAgreed, RecordSigned
from duty_tui.domain.discussion_events import DiscussionAgreed
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service_people import PersonListed
from duty_tui.errors import Refused
from duty_tui.store.memory import MemoryStore
from tests.desk.circulated import board, met
from tests.desk.conftest import Hands, make_desk
from tests.desk.documented import held, say, siblings_came, signed_and_added_to
from tests.discussions import CONCERN, at_desk
from tests.documents.golden import as_kept

DO = ActionAgreed(discussion=1, what="Visit tonight", who="PC Hale", agency="police", children=(1,))


def test_the_notes_read_as_they_did_when_they_were_last_looked_at(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    notes = action_notes(desk, CONCERN, 1)
    made, kept = as_kept("actions", *(note.document for note in notes))
    assert made == kept
    assert [note.agency for note in notes] == ["NHS Trust", "Police", "Children's social care", ""]
    assert [note.document.file for note in notes] == [
        "C1-discussion-1-actions-1",
        "C1-discussion-1-actions-2",
        "C1-discussion-1-actions-3-DRAFT",
        "C1-discussion-1-actions-4-DRAFT",
    ]


def test_an_agency_reads_what_it_agreed_to_and_nothing_of_another(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    words = {note.agency: " ".join(words_of(note.document)) for note in action_notes(desk, CONCERN, 1)}
    own = {"NHS Trust": "Ward 4", "Police": "Interview", "Children's social care": "See the children alone", "": "Ring"}
    for agency, said in words.items():
        assert [other for other, mark in own.items() if mark in said] == [agency]
    assert "Kofi" not in words["Police"]
    assert "Kofi Okoye" in words["Children's social care"]


def test_an_action_without_an_agency_is_of_the_agency_of_who_does_it(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    for who in ("pc hale", "Jo Webb", "Nobody Known"):
        say(desk, DO.model_copy(update={"who": who, "agency": ""}))
    notes = action_notes(desk, CONCERN, 1)
    assert [note.agency for note in notes] == ["NHS Trust", "Police", "Children's social care", "", "Hollin School"]
    assert sum(row.count("Visit tonight") for row in words_of(notes[1].document)) == 1
    assert "Nobody Known" in list(words_of(notes[3].document))


def test_what_was_agreed_after_a_record_was_signed_is_not_in_its_note(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    before = action_notes(desk, CONCERN, 1)[1].document
    hands.on(days=1)
    say(desk, RecordSigned(discussion=1, child=2))
    after = action_notes(desk, CONCERN, 1)[1].document
    assert rendered(after, "pdf") == rendered(before, "pdf")
    assert not any(note.document.draft for note in action_notes(desk, CONCERN, 1))


def test_before_it_is_held_that_is_said(desk: Desk, hands: Hands) -> None:
    siblings_came(desk)
    say(desk, DiscussionAgreed(discussion=1, format="telephone", reason="x"))
    for number in (1, 7):
        with pytest.raises(Refused, match="has not begun"):
            action_notes(desk, CONCERN, number)


def test_where_nobody_agreed_to_anything_there_is_no_note(desk: Desk, hands: Hands) -> None:
    met(desk, hands)
    assert action_notes(desk, CONCERN, 1) == []


def test_nobody_makes_one_of_what_they_may_not_see_or_may_not_take_away(
    desk: Desk, hands: Hands, store: MemoryStore
) -> None:
    held(desk, hands)
    desk.do(CONCERN, RestrictConcern(names=("Ann Osei",), reason="Staff"))
    with pytest.raises(Refused, match="restricted"):
        action_notes(make_desk(store, hands, "Bo Lind"), CONCERN, 1)
    desk.decide([PersonListed(name="Bo Lind", roles=("team_manager",))])
    with pytest.raises(Refused, match="may only look"):
        action_notes(desk, CONCERN, 1)


def test_the_note_goes_with_the_record_to_everybody_of_the_agency_and_to_nobody_else(desk: Desk, hands: Hands) -> None:
    met(desk, hands, sign=False)
    at_desk(desk, DO, RecordSigned(discussion=1, child=1), RecordSigned(discussion=1, child=2))
    found = board(desk)
    packed = {one.line.name: one for one in parcels(desk, found, found.waiting, hands.now, form="txt")}
    with_it = [name for name, one in packed.items() if any("actions" in each.name for each in one.enclosures)]
    assert with_it == ["PC Hale"]
    hale = packed["PC Hale"]
    assert [one.name for one in hale.enclosures] == [
        "C1-discussion-1-child-1-record.txt",
        "C1-discussion-1-child-2-record.txt",
        "C1-discussion-1-actions-1.txt",
    ]
    assert "Visit tonight" in hale.enclosures[-1].data.decode()
    assert "What your agency agreed to do is attached" in letter(desk, found, hale).text
    assert "agreed to do" not in letter(desk, found, packed["Di Ray"]).text
    assert line_named(found, "PC Hale").receiving.who.agency == "Police"
