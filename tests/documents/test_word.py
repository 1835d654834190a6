"""The Word file read back by python-docx: styles, repeated heads, what it says, and that it is a working copy."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from duty_tui.documents.blocks import DRAFT, NOT_RECORDED, Document, Facts, Heading, Paragraph, Tick, Ticks
from duty_tui.documents.rendering import rendered
from tests.documents.samples import HOSTILE, NAMES, a_document, names_document


def read(document: Document) -> Any:
    return docx.Document(io.BytesIO(rendered(document, "docx").data))


def test_headings_and_lists_have_real_styles() -> None:
    found = [(one.style.name, one.text) for one in read(a_document()).paragraphs if one.text]
    assert ("Heading 1", "Record of Strategy Discussion") in found
    assert ("Heading 2", "Child's details") in found
    assert ("Heading 3", "Actions") in found
    assert ("List Bullet", "Two\nlines") in found
    assert ("Intense Quote", "Not signed.\nIt may change.") in found
    assert ("Strong line", "Signed by Ann Osei") in found
    assert ("Normal", "The end.\n\nReally.") in found


def test_tables_say_what_they_are_and_repeat_their_first_row() -> None:
    details, actions, decisions = read(a_document()).tables
    assert [[cell.text for cell in row.cells] for row in details.rows] == [
        ["Child's details", "As recorded"],
        ["Name", "Łukasz Wiśniewski"],
        ["Address", NOT_RECORDED],
    ]
    assert [cell.text for cell in actions.rows[1].cells] == ["See him\nalone", "Tom Reid", NOT_RECORDED]
    assert [[cell.text for cell in row.cells] for row in decisions.rows[1:]] == [
        ["[X]", "Section 47 enquiries", "A bruise"],
        ["[ ]", "No further action", "not ticked"],
    ]
    for one in (details, actions, decisions):
        assert one.style.name == "Table Grid"
        assert one.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert one.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
        assert one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_every_page_says_that_it_is_a_working_copy_and_a_draft_that_it_is_one() -> None:
    first, second = read(a_document(draft=True, parts=2)).sections
    heads = ["\n".join(one.text for one in section.header.paragraphs) for section in (first, second)]
    assert f"Working copy. {DRAFT}" in heads[0]
    assert "Working copy" in heads[1]
    assert DRAFT not in heads[1]
    assert ["OFFICIAL-SENSITIVE" in head for head in heads] == [True, True]
    assert ["child 1" in heads[0], "child 2" in heads[1]] == [True, True]
    assert second.footer.paragraphs[0].text.startswith("Keep it safe.")
    counted = second.footer.paragraphs[0]._p.findall(qn("w:fldSimple"))
    assert [one.get(qn("w:instr")) for one in counted] == ["PAGE", "NUMPAGES"]


def test_names_and_ticked_boxes_are_bold_and_a_short_table_stays_on_one_page() -> None:
    details, actions, decisions = read(a_document()).tables

    def bold(table: Any) -> list[list[bool]]:
        return [[bool(cell.paragraphs[0].runs[0].bold) for cell in row.cells] for row in table.rows[1:]]

    def stays(table: Any) -> list[bool]:
        return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]

    assert bold(details) == [[True, False], [True, False]]
    assert bold(actions) == [[False, False, False]]
    assert bold(decisions) == [[True, True, False], [False, False, False]]
    assert stays(details) == [True, True, False]
    assert stays(actions) == [True, False]
    many = a_document(Facts("Many", (("Name", "x"),) * 30))
    assert stays(read(many).tables[0]) == [True] + [False] * 30


def test_a_long_foot_leaves_the_number_of_the_page_at_the_right_edge() -> None:
    word = read(a_document())
    for name in ("Header", "Footer"):
        assert len(word.styles[name].paragraph_format.tab_stops) == 1
    assert all(one.text.count("\t") == 1 for one in word.sections[0].header.paragraphs)
    assert word.sections[0].footer.paragraphs[0].text.count("\t") == 1


def test_it_is_in_british_english_with_a_title_and_the_date_it_was_made() -> None:
    word = read(a_document())
    known = word.core_properties
    assert (known.title, known.language, known.comments) == (
        "Record of Strategy Discussion C12",
        "en-GB",
        "Working copy",
    )
    assert known.created == known.modified
    assert known.created.isoformat()[:16] == "2026-11-17T11:12"
    assert word.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


def test_the_same_document_is_the_same_bytes_whenever_it_is_made() -> None:
    made = rendered(a_document(parts=2), "docx")
    assert rendered(a_document(parts=2), "docx") == made
    with zipfile.ZipFile(io.BytesIO(made.data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_text_and_nothing_else(text: str) -> None:
    blocks = (Heading(text), Paragraph(text), Facts(text, ((text, text),)), Ticks(text, (Tick(text, True, text),)))
    word = read(a_document(*blocks))
    body = " ".join(one.text for one in word.paragraphs)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    for words in text.replace("\x00", " ").replace("\x1b", " ").replace("\x07", " ").split():
        if words.isascii():
            assert words in body
            assert any(words in cell for cell in cells)


@settings(max_examples=30)
@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    assert read(a_document(Paragraph(text), Facts(text, ((text, text),)))).paragraphs


def test_forty_names_in_twelve_scripts_stand_in_it() -> None:
    [table] = read(names_document()).tables
    assert [row.cells[1].text for row in table.rows[1:]] == list(NAMES)
