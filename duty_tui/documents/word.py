"""A document as a Word file: real headings, lists and tables whose first row is repeated, marked as a working copy."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from duty_tui.documents.blocks import (
    DRAFT,
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Table,
    Ticks,
)
from duty_tui.documents.direction import in_order
from duty_tui.documents.word_styles import set_styles
from duty_tui.documents.word_table import Bold, Texts, text_paragraph, text_table

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.section import Section

#: Said on every page: what counts is the PDF.
WORKING_COPY = "Working copy"
#: The first day a zip file can carry; every file in it gets this one, so that the same document gives the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)


def docx(document: Document) -> bytes:
    """The Word file. `document` is cleaned already."""
    import docx as python_docx

    word = python_docx.Document()
    set_styles(word)
    _properties(word, document)
    writer = _Writer(word)
    for place, part in enumerate(document.parts):
        section = word.add_section() if place else word.sections[0]
        _margins(section)
        _head_and_foot(section, document, part)
        if document.letterhead.logo_text:
            writer.paragraph(document.letterhead.logo_text, "Strong line")
        for block in part.blocks:
            _block(writer, block)
    file = io.BytesIO()
    word.save(file)
    return _without_times(file)


def _text(text: str) -> str:
    return in_order(text)


def _properties(word: Word, document: Document) -> None:
    known = word.core_properties
    known.title, known.author = _text(f"{document.title} {document.reference}"), _text(document.letterhead.name)
    known.language, known.comments = "en-GB", WORKING_COPY
    known.created = known.modified = document.made.replace(tzinfo=None)
    known.last_modified_by = known.author


def _margins(section: Section) -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(26), Mm(20)


def _head_and_foot(section: Section, document: Document, part: Part) -> None:
    head, foot = section.header, section.footer
    head.is_linked_to_previous = foot.is_linked_to_previous = False
    above = head.paragraphs[0]
    above.add_run(_text(document.letterhead.marking)).bold = True
    above.add_run(f"\t{_text(part.reference)}")
    below = head.add_paragraph(style=above.style)
    below.add_run(f"{WORKING_COPY}. {DRAFT}" if part.draft else WORKING_COPY).bold = True
    below.add_run(f"\t{_text(document.letterhead.name)}")
    foot.paragraphs[0].add_run(f"{_text(document.foot)}\tPage ")
    _counted(foot.paragraphs[0], "PAGE")
    foot.paragraphs[0].add_run(" of ")
    _counted(foot.paragraphs[0], "NUMPAGES")


def _counted(paragraph: Any, what: str) -> None:
    """A number Word counts itself."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    paragraph._p.append(field)


def _block(writer: _Writer, block: Block) -> None:
    match block:
        case Heading(text, level):
            writer.paragraph(text, f"Heading {level}")
        case Paragraph(text, strong):
            writer.paragraph(text, "Strong line" if strong else "Normal")
        case Facts(caption, rows):
            writer.table(caption, (caption, "As recorded"), rows, (30, 70), bold=_names, together=block.short)
        case Table(caption, head, rows, widths):
            writer.table(caption, head, rows, widths)
        case Items(items):
            for one in items:
                writer.paragraph(one, "List Bullet")
        case Ticks(caption, boxes):
            ticked = [("[X]" if one.ticked else "[ ]", one.label, one.why) for one in boxes]
            writer.table(caption, ("Ticked", caption, "Reason"), ticked, (10, 40, 50), bold=_ticked)
        case Note(text):
            writer.paragraph(text, "Intense Quote")
        case PageBreak():
            writer.word.add_paragraph().paragraph_format.page_break_before = True


def _names(_row: Texts, place: int) -> bool:
    return place == 0


def _nothing(_row: Texts, _place: int) -> bool:
    return False


def _ticked(row: Texts, place: int) -> bool:
    return place < len(row) - 1 and row[0] == "[X]"


class _Writer:
    """Puts paragraphs and tables at the end of the last section; knows the ids of the styles, looked up once each."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self._ids: dict[str, str] = {}

    def paragraph(self, text: str, style: str) -> None:
        """A paragraph in the style of this name."""
        if style not in self._ids:
            self._ids[style] = self.word.styles[style].style_id or ""
        self._put(text_paragraph(_text(text), self._ids[style]))

    def table(
        self,
        caption: str,
        head: Texts,
        rows: Iterable[Texts],
        widths: Sequence[int],
        *,
        bold: Bold = _nothing,
        together: bool = False,
    ) -> None:
        """A table, and the little room after it."""
        said = [tuple(map(_text, row)) for row in rows]
        self._put(text_table(_text(caption), tuple(map(_text, head)), said, widths, bold, together=together))
        self.paragraph("", "After a table")

    def _put(self, made: Any) -> None:
        self.word.element.body[-1].addprevious(made)  # the last is the section's own settings


def _without_times(file: io.BytesIO) -> bytes:
    """The same file with one and the same time on everything in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return out.getvalue()
