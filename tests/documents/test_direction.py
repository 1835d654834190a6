"""Numbers beside names written from right to left."""

from __future__ import annotations

import io

import docx
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.documents.blocks import Paragraph
from duty_tui.documents.direction import in_order
from duty_tui.documents.rendering import rendered
from tests.documents.samples import NAMES, a_document

LAYLA = "ليلى حداد"


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        (f"{LAYLA} 4y", f"{LAYLA} \u200e4y"),
        (f"{LAYLA}, 11m", f"{LAYLA}, \u200e11m"),
        (f"{LAYLA}: 4y, {LAYLA} 11m", f"{LAYLA}: 4y, {LAYLA} \u200e11m"),
        ("שרה לוי 7", "שרה לוי \u200e7"),
        (f"{LAYLA} في 14 يوليو", f"{LAYLA} في 14 يوليو"),
        ("Łukasz 4y", "Łukasz 4y"),
        (f"4y {LAYLA}", f"4y {LAYLA}"),
        ("Amara 4y", "Amara 4y"),
    ],
)
def test_only_a_number_that_ends_such_writing_is_kept_apart(text: str, apart: str) -> None:
    assert in_order(text) == apart


@given(st.text() | st.sampled_from(NAMES))
def test_nothing_is_lost_and_nothing_added_but_the_mark(text: str) -> None:
    assert in_order(text).replace("\u200e", "") == text.replace("\u200e", "")


def test_the_age_stands_behind_the_name_in_both_forms() -> None:
    document = a_document(Paragraph(f"{LAYLA} 4y"))
    page = pypdf.PdfReader(io.BytesIO(rendered(document, "pdf").data)).pages[0]
    assert "4y" in page.extract_text()
    word = docx.Document(io.BytesIO(rendered(document, "docx").data))
    assert f"{LAYLA} \u200e4y" in [one.text for one in word.paragraphs]
    assert "\u200e" not in rendered(document, "md").data.decode()
