"""Tables and paragraphs of a Word file, straight as their XML: python-docx's own objects cost ten times more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Texts = Sequence[str]

_SIDES = ("top", "left", "bottom", "right")
#: Width of the text on the page, in twentieths of a point: A4 less two margins of 18 mm.
_LINE = round(174 / 25.4 * 1440)
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E6EEF3"/>'
#: Room around the words of a cell, in twentieths of a point.
_ROOM = "".join(f'<w:{side} w:w="{room}" w:type="dxa"/>' for side, room in zip(_SIDES, (40, 90, 40, 90), strict=True))
#: Whether the words of a row's column are set in bold.
Bold = Callable[[Texts, int], bool]


def text_table(
    caption: str, head: Texts, rows: Sequence[Texts], widths: Sequence[int], bold: Bold, *, together: bool = False
) -> Any:
    """A `w:tbl` whose first row is a heading repeated on every page; texts are cleaned and hold nothing XML forbids.

    `caption` is what a screen reader says of it; `widths` are shares of the line. Rows are not torn over two pages
    unless one is longer than a page, nor is the table where it is to be kept `together`.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    columns = [_LINE * share // sum(widths) for share in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{_LINE}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{_ROOM}</w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"/>'
        f"<w:tblCaption w:val={quoteattr(caption)}/><w:tblDescription w:val={quoteattr(caption)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(_rows(head, rows, columns, bold, together))}</w:tbl>"
    )


def text_paragraph(text: str, style: str) -> Any:
    """A `w:p` in the style with this id; its line breaks are kept. `text` is cleaned and holds nothing XML forbids."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(
        f"<w:p {nsdecls('w')}><w:pPr><w:pStyle w:val={quoteattr(style)}/></w:pPr>{_runs(text, bold=False)}</w:p>"
    )


def _rows(head: Texts, rows: Sequence[Texts], columns: Sequence[int], bold: Bold, together: bool) -> Iterator[str]:
    # A heading is never left alone at the foot of a page.
    yield _row(head, columns, "<w:cantSplit/><w:tblHeader/>", _SHADE, lambda _row, _place: True, with_next=True)
    for place, row in enumerate(rows, 1):
        yield _row(row, columns, "<w:cantSplit/>", "", bold, with_next=together and place < len(rows))


def _row(texts: Texts, columns: Sequence[int], about: str, shade: str, bold: Bold, *, with_next: bool) -> str:
    stays = "<w:keepNext/>" if with_next else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Cell"/>{stays}</w:pPr>{_runs(text, bold=bold(texts, place))}</w:p></w:tc>'
        for place, (text, width) in enumerate(zip(texts, columns, strict=True))
    )
    return f"<w:tr><w:trPr>{about}</w:trPr>{cells}</w:tr>"


def _runs(text: str, *, bold: bool) -> str:
    weight = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{weight}{'<w:br/>'.join(lines)}</w:r>"
