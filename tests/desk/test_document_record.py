"""The record of each child as a document, and the records of siblings put together."""

from __future__ import annotations

import io

import pypdf
import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.document_record import Collating, numbers_of, record_document, set_document
from duty_tui.documents.blocks import Document, words_of
from duty_tui.documents.rendering import rendered
from duty_tui.domain.decision_events import ConferenceMoved, RecordSigned
from duty_tui.domain.discussion_events import DiscussionAgreed, LineNoted
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service_people import LetterheadSet, PersonListed
from duty_tui.errors import Refused
from duty_tui.store.memory import MemoryStore
from tests.builders import a_caller, a_child, raise_concern
from tests.desk.conftest import Hands, make_desk
from tests.desk.documented import held, say, siblings_came, signed_and_added_to
from tests.discussions import CONCERN, began, ended
from tests.documents.golden import as_kept


def of_child(desk: Desk, hands: Hands, child: int) -> Document:
    return record_document(desk, CONCERN, 1, child, hands.now)


@pytest.mark.parametrize(("child", "name"), [(1, "record-signed"), (2, "record-draft"), (3, "record-dropped")])
def test_a_record_reads_as_it_did_when_it_was_last_looked_at(desk: Desk, hands: Hands, child: int, name: str) -> None:
    signed_and_added_to(desk, hands)
    made, kept = as_kept(name, of_child(desk, hands, child))
    assert made == kept


def test_the_set_reads_as_it_did_when_it_was_last_looked_at(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    made, kept = as_kept("set", set_document(desk, CONCERN, 1, hands.now))
    assert made == kept


def test_a_record_of_which_nothing_is_known_says_so_everywhere(desk: Desk, hands: Hands) -> None:
    siblings_came(desk)
    say(desk, began(at=hands.now))
    document = of_child(desk, hands, 2)
    made, kept = as_kept("record-empty", document)
    assert made == kept
    assert all(text.strip() for text in words_of(document))


def test_what_is_said_only_now_and_then_is_said(desk: Desk, hands: Hands) -> None:
    children = a_child(1), a_child(2, name="Kofi")
    desk.do(CONCERN, raise_concern(*children, caller=a_caller(anonymous=True), referred=False))
    for event in (
        began((1, 2), at=hands.now),
        ended(at=hands.now, further=True),
        began((1,), 2, at=hands.now, follows=1),
        ConferenceMoved(discussion=2, reason="One series"),
    ):
        say(desk, event)
    words = list(words_of(record_document(desk, CONCERN, 2, 1, hands.now)))
    for said in (
        "2, following discussion 1",
        "Ms P. Lund, Head of year, Hollin School (asked not to be named to the family)",
        "One series",
        "Came up on an open case",
        "none",
    ):
        assert said in words
    assert "yes" in list(words_of(of_child(desk, hands, 1)))


def test_a_signed_record_is_the_same_bytes_whatever_comes_later(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    say(desk, RecordSigned(discussion=1, child=1))
    before = of_child(desk, hands, 1)
    hands.on(days=3)
    say(desk, RecordSigned(discussion=1, child=2))
    after = of_child(desk, hands, 1)
    assert rendered(after, "pdf") == rendered(before, "pdf")
    assert rendered(after, "docx") == rendered(before, "docx")


def test_what_is_not_signed_is_a_draft_and_its_file_says_so(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    first, second, both = of_child(desk, hands, 1), of_child(desk, hands, 2), set_document(desk, CONCERN, 1, hands.now)
    assert (first.draft, first.file) == (False, "C1-discussion-1-child-1-record")
    assert (second.draft, second.file) == (True, "C1-discussion-1-child-2-record-DRAFT")
    assert [part.draft for part in both.parts] == [True, False, True, True]
    assert both.file == "C1-discussion-1-records-DRAFT"
    assert first.made < second.made == both.made


def test_a_child_who_was_dropped_does_not_keep_the_set_a_draft(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    assert of_child(desk, hands, 3).draft
    say(desk, RecordSigned(discussion=1, child=2))
    assert not of_child(desk, hands, 3).draft
    both = set_document(desk, CONCERN, 1, hands.now)
    assert (both.draft, both.file) == (False, "C1-discussion-1-records")
    assert "This child was dropped from the discussion. Reason: Not born yet; a plan is made apart" in words_of(both)


def test_the_entry_of_the_signature_stands_under_it(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    entry = next(one for one in desk.store.stream(CONCERN) if one.kind == "record-signed")
    words = list(words_of(of_child(desk, hands, 1)))
    assert {str(entry.seq), entry.hash} <= set(words)
    last = desk.store.stream(CONCERN)[-1]
    assert last.hash in list(words_of(of_child(desk, hands, 2)))


def test_no_file_name_or_running_head_holds_a_name(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    document = set_document(desk, CONCERN, 1, hands.now)
    heads = [document.file, document.reference, document.title, *(part.reference for part in document.parts)]
    assert not [head for head in heads for name in ("Amara", "Kofi", "Okoye") if name in head]


def test_the_head_is_the_service_s_own(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    desk.decide([LetterheadSet(name="Northshire", logo_text="N", marking="OFFICIAL")])
    assert of_child(desk, hands, 1).letterhead == ("Northshire", "N", "OFFICIAL")


def test_what_is_made_for_practice_says_so_on_every_page(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    desk.store.set_meta("practice", "yes")
    assert of_child(desk, hands, 1).letterhead.marking.startswith("PRACTICE")


def test_each_discussion_and_child_has_a_record_once_it_has_begun(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    say(desk, DiscussionAgreed(discussion=2, format="virtual", reason="x"))
    assert list(numbers_of(desk.concern(CONCERN))) == [(1, 1), (1, 2), (1, 3)]
    for number in (2, 3):
        with pytest.raises(Refused, match="not begun"):
            set_document(desk, CONCERN, number, hands.now)


def test_who_may_not_see_or_export_it_gets_nothing(desk: Desk, hands: Hands, store: MemoryStore) -> None:
    held(desk, hands)
    desk.decide([PersonListed(name="Ann Osei", roles=("team_manager",))])
    other = make_desk(store, hands, "Tom Reid")
    with pytest.raises(Refused, match="Making documents and copies of the record is for the duty manager"):
        of_child(other, hands, 1)
    desk.decide([PersonListed(name="Tom Reid", roles=("social_worker",))])
    assert of_child(other, hands, 1).parts
    desk.do(CONCERN, RestrictConcern(names=("Ann Osei",), reason="Staff family"))
    with pytest.raises(Refused, match="restricted to named people"):
        set_document(other, CONCERN, 1, hands.now)
    hands.on(minutes=1)
    assert of_child(desk, hands, 1).parts
    looked = desk.concern(CONCERN).history[-1].event
    assert looked is not None
    assert looked.words() == "Viewed while restricted (export)"


def test_a_record_of_sixty_pages_is_made_whole(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    for number in range(400):
        say(desk, LineNoted(discussion=1, text=f"Note {number}: " + "what was said at length " * 20))
    hands.on(hours=1)
    made = rendered(of_child(desk, hands, 1), "pdf").data
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    assert len(pages) > 60
    assert "Note 399" in "".join(page.extract_text() for page in pages[-4:])


def test_a_set_is_put_together_a_record_a_step_and_once(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    steps = Collating(CONCERN, None, hands.now)
    done = [(steps.go_on(desk), steps.document is not None) for _ in range(4)]
    assert done == [((1, 3), False), ((2, 3), False), ((3, 3), True), ((3, 3), True)]
    assert steps.document == set_document(desk, CONCERN, 1, hands.now)
