"""The PDF read back by another program: structure, text, language, and what happens where a font has no sign."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duty_tui.documents import pdf as pdf_module
from duty_tui.documents.blocks import DRAFT, NOT_RECORDED, Document, Paragraph, clean_document, facts, table, words_of
from duty_tui.documents.pdf import FONTS, pdf
from duty_tui.documents.rendering import rendered, unshown_words
from duty_tui.errors import Refused
from tests.documents.samples import HOSTILE, NAMES, a_document, names_document


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(data).pages)


def tags(node: Any) -> Iterator[str]:
    """The structure of a tagged PDF, as the names of its elements, in order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, pypdf.generic.ArrayObject):
        for one in node:
            yield from tags(one)
    elif isinstance(node, pypdf.generic.DictionaryObject) and "/S" in node:
        yield str(node["/S"])
        yield from tags(node.get("/K", ()))
    elif isinstance(node, pypdf.generic.DictionaryObject):
        yield from tags(node.get("/K", ()))


def made(document: Document) -> bytes:
    return rendered(document, "pdf").data


def test_it_is_tagged_in_british_english_with_a_title_and_bookmarks() -> None:
    found = read(made(a_document()))
    root: Any = found.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert found.metadata is not None
    assert (found.metadata.title, found.metadata.author) == (
        "Record of Strategy Discussion C12",
        "Northshire Council — Children's Services",
    )
    assert b"pdfuaid" in made(a_document())
    outline: Any = found.outline
    top, below = outline
    assert top["/Title"] == "Record of Strategy Discussion"
    assert below[0]["/Title"] == "Child's details"


def test_headings_lists_and_table_headers_are_what_they_are() -> None:
    root: Any = read(made(a_document())).trailer["/Root"]
    found = list(tags(root["/StructTreeRoot"]))
    assert [name for name in found if name in ("/H1", "/H2", "/H3", "/L", "/Table")] == [
        *("/H1", "/H2", "/Table", "/H3", "/Table", "/Table", "/L"),
    ]
    assert (found.count("/TH"), found.count("/THead"), found.count("/LI")) == (2 + 3 + 3, 3, 2)


def test_all_that_was_said_can_be_read_from_it() -> None:
    text = text_of(made(a_document()))
    for words in (
        *("OFFICIAL-SENSITIVE", "N | C", "C12, discussion 1, child 1", "Keep it safe.", "Page 1 of 2", "Page 2 of 2"),
        *("Łukasz Wiśniewski", NOT_RECORDED, "No action.", "[X]", "Section 47 enquiries", "not ticked", "Really."),
    ):
        assert words in text
    assert DRAFT not in text


def test_every_page_of_a_draft_says_so_and_no_page_of_what_is_signed() -> None:
    long = tuple(Paragraph(f"Line {number}") for number in range(200))
    pages = [page.extract_text() for page in read(made(a_document(*long, draft=True, parts=2))).pages]
    assert len(pages) > 6
    assert {("child 1" in page, DRAFT in page) for page in pages} == {(True, True), (False, False)}


def test_the_same_document_is_the_same_bytes() -> None:
    first, again = rendered(a_document(parts=2), "pdf"), rendered(a_document(parts=2), "pdf")
    assert first == again
    assert len(first.sha256) == 64
    assert rendered(a_document(parts=3), "pdf").sha256 != first.sha256


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_never_obeyed(text: str) -> None:
    document = a_document(Paragraph(text), Paragraph("After it."))
    wanted = next(words_of(clean_document(document)))
    found = squeezed(text_of(rendered(document, "pdf").data))
    assert "Afterit." in found
    for word in wanted.replace("\ufffd", " ").replace("\ufffe", " ").replace("\uffff", " ").split():
        assert word in found, word


@settings(max_examples=40)
@given(st.text(alphabet=st.sampled_from("#$[]{}()\\@`*_<>=-+/~\"'%&|;:,.!? \nab\u202e\u200f\u0661é"), max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert made(a_document(Paragraph(text))).startswith(b"%PDF-1.7")


def test_a_word_wider_than_its_column_stays_in_it_and_a_hash_stays_whole() -> None:
    sha = "0123456789abcdef" * 4
    address = "a.very.long.address.of.a.service.in.a.town@safeguarding.northshire.example"
    columns = [("To", 20), ("Sent", 80)]
    document = a_document(facts("Journal", [("Its hash", sha)]), table("Sent", columns, [(address, "today")], ""))
    data = made(document)
    assert sha in text_of(data)
    lines = text_of(data).splitlines()
    assert address not in lines
    assert address in squeezed("".join(lines))
    first = next(line for line in lines if line.startswith("a.very"))
    assert len(first) < len(address) / 2


def test_forty_names_in_twelve_scripts_have_their_signs() -> None:
    found = rendered(names_document(), "pdf")
    assert found.unshown == ()
    text = text_of(found.data)
    for name in NAMES:
        if name[0] < "\u0530":  # scripts that are drawn letter by letter can be read back as they were typed
            assert name in text


def test_a_character_nobody_has_a_sign_for_is_named_and_the_document_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = pdf_module._compiler
    monkeypatch.setattr(pdf_module, "_compiler", lambda fonts, _everywhere: ours(fonts, False))
    found = rendered(a_document(Paragraph("before \U0001f9ff 王 \ue123 after, 王 again")), "pdf")
    assert found.unshown == ("\U0001f9ff", "王", "\ue123")
    assert "before" in text_of(found.data)
    assert "again" in text_of(found.data)
    assert "U+1F9FF, U+738B, U+E123" in unshown_words(found.unshown)
    assert unshown_words(()) == ""


def test_without_its_fonts_it_is_made_with_what_there_is(tmp_path: Path) -> None:
    data, _ = pdf(clean_document(a_document()), tmp_path)
    assert data.startswith(b"%PDF")
    assert "Łukasz Wiśniewski" in text_of(data)


def test_an_error_that_is_not_about_a_font_is_not_hidden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import typst

    spoilt = tmp_path / "document.typ"
    spoilt.write_text("#panic()")
    monkeypatch.setattr(pdf_module, "TEMPLATE", spoilt)
    with pytest.raises(typst.TypstError):
        pdf(a_document(), FONTS)


def test_where_typst_is_not_installed_another_form_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf_module._compiler.cache_clear()
    pdf_module._families.cache_clear()
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(Refused, match="typst is not installed") as told:
        rendered(a_document(), "pdf")
    assert "--docx" in told.value.do
    assert rendered(a_document(), "docx").data


def lowest(data: bytes) -> float:
    """How far above the foot of the page the lowest text of a document stands, in points."""
    found: list[float] = []

    def visit(text: str, to_page: list[float], place: list[float], *_: object) -> None:
        if text.strip():
            found.append(place[4] * to_page[1] + place[5] * to_page[3] + to_page[5])

    for page in read(data).pages:
        page.extract_text(visitor_text=visit)
    return min(found)


def test_short_tables_stay_on_one_page_and_those_filled_to_the_brim_still_fit_it() -> None:
    signature = facts("Signature", [("Chair", "Ann Osei"), ("Signed by", "Ann Osei"), ("Signed", "Fri 20 Nov 2026")])
    for lines in range(30, 40):
        above = tuple(Paragraph(f"Line {number}") for number in range(lines))
        pages = [page.extract_text() for page in read(made(a_document(*above, signature))).pages]
        assert sum("Ann Osei" in page for page in pages) == 1
    full = facts("Full", [("W" * 18 + " " + "W" * 18, "") for _ in range(16)])
    assert full.short
    assert not facts("Long", [("Name", "x" + "\n" * 20)]).short
    assert not facts("Many", [("Name", "x")] * 17).short
    assert lowest(made(a_document(full))) > 0


def test_no_cell_runs_off_the_page_however_narrow_its_column() -> None:
    narrow = [("Name", 90), ("Word", 10)]
    for words in ("W " * 59, "\n".join("abcdefghi"), "W " * 400, "x\n" * 100):
        above = tuple(Paragraph(f"Line {number}") for number in range(38))
        assert lowest(made(a_document(*above, table("Table", narrow, [("x", words)], "")))) > 0


def test_what_is_no_character_in_any_text_costs_the_pdf_nothing() -> None:
    found = rendered(a_document(Paragraph("a\ufffeb\uffff")), "pdf")
    assert found.unshown == ()
    assert b"pdfuaid" in found.data


def test_a_name_without_a_blank_stays_in_its_column_in_letters_with_marks_and_in_cyrillic_too() -> None:
    for name in ("Wolfeschlegelsteinhausenbergerdorff" * 2, "Ŵłódźińśćż" * 7, "Магомедова" * 7):
        [page] = read(made(a_document(facts("Details", [(name, "beside")])))).pages
        lines = [line for line in page.extract_text().splitlines() if name[:4] in line or name[-4:] in line]
        assert len(lines) > 1, "the name is broken, not drawn over what stands beside it"
