"""What a document says before it is rendered: nothing blank, nothing hidden, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duty_tui.documents.blocks import (
    NOT_RECORDED,
    NOT_TICKED,
    Paragraph,
    Table,
    Tick,
    Ticks,
    clean_document,
    facts,
    recorded,
    table,
    words_of,
)
from duty_tui.domain.text import clean_lines
from tests.documents.samples import EVERY_KIND, HOSTILE, NAMES, a_document


def test_what_is_empty_says_that_it_is_not_recorded() -> None:
    assert [recorded(text) for text in ("", " \n", "x")] == [NOT_RECORDED, NOT_RECORDED, "x"]
    assert facts("x", [("Name", "")]).rows == (("Name", NOT_RECORDED),)
    assert (Tick("a", True).why, Tick("a", True, "b").why, Tick("a", False, "b").why) == (NOT_RECORDED, "b", NOT_TICKED)


def test_a_table_without_rows_is_a_sentence() -> None:
    assert table("x", [("a", 1)], [], "None.") == Paragraph("None.")
    assert table("x", [("a", 1), ("b", 2)], [("1", "")], "") == Table("x", ("a", "b"), (("1", NOT_RECORDED),), (1, 2))


def test_cleaning_changes_nothing_that_is_clean() -> None:
    document = a_document(draft=True, parts=2)
    assert clean_document(document) == document
    assert (document.draft, a_document().draft) == (True, False)
    assert len(NAMES) == 40


@given(st.text() | st.sampled_from(HOSTILE))
def test_every_text_of_every_block_is_cleaned(text: str) -> None:
    boxes = Ticks(text, (Tick(text, True, text), Tick(text, False)))
    document = clean_document(a_document(*EVERY_KIND, Paragraph(text), facts(text, [(text, text)]), boxes))
    assert {type(block) for block in document.parts[0].blocks} == {type(block) for block in EVERY_KIND}
    for words in words_of(document):
        assert words == clean_lines(words)
