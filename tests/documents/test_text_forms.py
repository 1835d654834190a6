"""Markdown and plain text: what was typed reads as typed, and the structure survives."""

from __future__ import annotations

import pytest

from duty_tui.documents.blocks import DRAFT, Heading, Items, Paragraph, Table, clean_document, words_of
from duty_tui.documents.markdown import escaped, markdown
from duty_tui.documents.plain import plain
from duty_tui.documents.rendering import FORMS, rendered
from tests.documents.golden import FOLDER, as_kept
from tests.documents.samples import HOSTILE, a_document


def test_every_kind_of_block_reads_as_it_did_when_it_was_last_looked_at() -> None:
    made, kept = as_kept("every-kind", a_document(draft=True, parts=2))
    assert made == kept


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("# not a heading", "\\# not a heading"),
        ("- not a list", "\\- not a list"),
        ("+44 said", "\\+44 said"),
        ("1. one", "1\\. one"),
        ("12) one", "12\\) one"),
        ("12 one", "12 one"),
        ("a_b*c*`d`[e](f)<g>|h", "a\\_b\\*c\\*\\`d\\`\\[e\\](f)\\<g\\>\\|h"),
        ("one\n- two", "one\n\\- two"),
        ("=====", "\\====="),
        ("a - b = c", "a - b = c"),
    ],
)
def test_no_sign_of_markdown_is_obeyed(typed: str, written: str) -> None:
    assert escaped(typed) == written


def test_a_cell_stays_one_line() -> None:
    made = markdown(a_document(Table("x", ("a", "b"), (("1\n2", "|"),), (1, 1)), Heading("one\ntwo"), Items(("x\ny",))))
    assert "| 1<br>2 | \\| |" in made
    assert "## one<br>two" in made
    assert "- x<br>y" in made


def test_plain_text_is_lines_of_names_and_values() -> None:
    text = plain(a_document(draft=True))
    assert text.endswith("Keep it safe.\n")
    lines = text.split("\n")
    for line in (
        *(
            "OFFICIAL-SENSITIVE",
            "C12, discussion 1, child 1",
            DRAFT,
            "RECORD OF STRATEGY DISCUSSION",
            "CHILD'S DETAILS",
        ),
        *("Actions", "Name: Łukasz Wiśniewski", "Address: not recorded", "[X] Section 47 enquiries: A bruise"),
        *(
            "[ ] No further action: not ticked",
            "- One",
            "1. Action: See him",
            "alone; Person: Tom Reid; By: not recorded",
        ),
    ):
        assert line in lines
    assert "\t" not in text
    assert DRAFT not in plain(a_document())


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_says_what_was_typed(text: str) -> None:
    document = clean_document(a_document(Paragraph(text)))
    assert next(words_of(document)) in plain(document)


def test_a_file_is_named_by_its_form() -> None:
    assert {rendered(a_document(), form).name for form in FORMS} == {f"C12-record.{form}" for form in FORMS}
    assert rendered(a_document(), "txt").data == plain(a_document()).encode()


def test_nothing_is_kept_that_is_no_longer_compared() -> None:
    kept = {path.stem for path in FOLDER.glob("*.md")}
    assert kept == {
        *("record-signed", "record-draft", "record-dropped", "record-empty", "set"),
        *("actions", "need-to-know", "disagreement", "interim-note", "handover", "breaches", "every-kind"),
    }
