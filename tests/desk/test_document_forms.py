"""Forms that went up and notes of interim safeguarding, as documents."""

from __future__ import annotations

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.document_forms import DISAGREEMENT, NEED_TO_KNOW, form_document, form_documents, note_documents
from duty_tui.documents.blocks import words_of
from duty_tui.domain.escalation_commands import ConcludeEscalation
from duty_tui.domain.service_people import PersonListed
from duty_tui.errors import Refused
from tests.desk.conftest import Hands
from tests.desk.documented import noted, siblings_came, went_up
from tests.discussions import CONCERN
from tests.documents.golden import as_kept


@pytest.mark.parametrize(("forms", "name"), [(NEED_TO_KNOW, "need-to-know"), (DISAGREEMENT, "disagreement")])
def test_a_form_reads_as_it_did_when_it_was_last_looked_at(
    desk: Desk, hands: Hands, forms: frozenset[str], name: str
) -> None:
    went_up(desk, hands)
    made, kept = as_kept(name, *form_documents(desk, CONCERN, forms))
    assert made == kept


def test_a_form_stays_the_same_bytes_until_something_is_recorded_of_it(desk: Desk, hands: Hands) -> None:
    went_up(desk, hands)
    [before] = form_documents(desk, CONCERN, NEED_TO_KNOW)
    hands.on(days=2)
    [later] = form_documents(desk, CONCERN, NEED_TO_KNOW)
    assert later == before
    desk.do(CONCERN, ConcludeEscalation(escalation=1, outcome="Held on Monday", resolved=False, at=hands.now))
    [ended] = form_documents(desk, CONCERN, NEED_TO_KNOW)
    assert ended.made == hands.now > before.made
    assert {"Held on Monday", "concluded, not resolved"} <= set(words_of(ended))


def test_the_file_is_named_by_reference(desk: Desk, hands: Hands) -> None:
    went_up(desk, hands)
    found = form_documents(desk, CONCERN, NEED_TO_KNOW | DISAGREEMENT)
    assert [one.file for one in found] == ["C1-escalation-1-need-to-know", "C1-escalation-2-disagreement"]
    assert not any(one.draft for one in found)
    assert [form_document(desk, CONCERN, number) for number in (1, 2)] == found


def test_the_notes_read_as_they_did_when_they_were_last_looked_at(desk: Desk, hands: Hands) -> None:
    noted(desk, hands)
    documents = note_documents(desk, CONCERN)
    made, kept = as_kept("interim-note", *documents)
    assert made == kept
    assert [one.file for one in documents] == [f"C1-note-{number}-interim-safeguarding" for number in (1, 2)]


def test_what_was_never_written_is_said_not_to_be_there(desk: Desk, hands: Hands) -> None:
    siblings_came(desk)
    with pytest.raises(Refused, match="Nothing was submitted on this concern as: 'Need to Know' form"):
        form_documents(desk, CONCERN, NEED_TO_KNOW)
    with pytest.raises(Refused, match="No management note"):
        note_documents(desk, CONCERN)


def test_no_form_says_nothing_where_something_could_stand(desk: Desk, hands: Hands) -> None:
    went_up(desk, hands)
    noted_too = form_documents(desk, CONCERN, NEED_TO_KNOW | DISAGREEMENT)
    assert all(words.strip() for one in noted_too for words in words_of(one))


def test_whoever_may_only_look_takes_no_form_away(desk: Desk, hands: Hands) -> None:
    went_up(desk, hands)
    desk.decide([PersonListed(name="Tom Reid", roles=("team_manager",))])
    with pytest.raises(Refused, match="you are not in the list of people here"):
        form_documents(desk, CONCERN, NEED_TO_KNOW)
    with pytest.raises(Refused, match="you are not in the list of people here"):
        note_documents(desk, CONCERN)
