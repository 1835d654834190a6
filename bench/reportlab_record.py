"""The same blocks set by reportlab, to be measured beside ours.

It gives less: no tags, no language, no bookmarks (so no PDF/UA), no joined letters, one font for all of a text. What is
alike: the same words in the same order, headings, tables with lines whose first row is repeated, head and foot on every
page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from duty_tui.documents.blocks import Block, Document, Facts, Heading, Paragraph, Table, Ticks
from duty_tui.documents.pdf import FONTS

_LINE_MM = 174.0


def reportlab_pdf(document: Document) -> bytes:
    """The document as reportlab sets it. Raises ModuleNotFoundError where it is not installed."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    _fonts()
    out = io.BytesIO()
    page = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=26 * mm, bottomMargin=20 * mm
    )
    page.title, page.author = document.title, document.letterhead.name
    flow = [one for part in document.parts for block in part.blocks for one in _flow(block)]

    def around(canvas: Any, _page: Any) -> None:
        canvas.setFont("Noto", 8)
        canvas.drawString(18 * mm, 282 * mm, document.letterhead.marking)
        canvas.drawRightString(192 * mm, 282 * mm, document.parts[0].reference)
        canvas.drawString(18 * mm, 12 * mm, document.foot)
        canvas.drawRightString(192 * mm, 12 * mm, f"Page {canvas.getPageNumber()}")

    page.build(flow, onFirstPage=around, onLaterPages=around)
    return out.getvalue()


def _fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if "Noto" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Noto", FONTS / "NotoSans-Regular.ttf"))
        pdfmetrics.registerFont(TTFont("Noto-Bold", FONTS / "NotoSans-Bold.ttf"))


def _flow(block: Block) -> Iterator[Any]:
    from reportlab.platypus import Paragraph as Text

    match block:
        case Heading(text, level):
            yield Text(escape(text), _style(17 if level == 1 else 12, bold=True))
        case Paragraph(text, strong):
            yield Text(escape(text), _style(10, bold=strong))
        case Facts(caption, rows):
            yield _table((caption, "As recorded"), rows, (30, 70))
        case Table(_, head, rows, widths):
            yield _table(head, rows, widths)
        case Ticks(caption, boxes):
            ticked = [("[X]" if one.ticked else "[ ]", one.label, one.why) for one in boxes]
            yield _table(("Ticked", caption, "Reason"), ticked, (10, 40, 50))
        case _:
            raise NotImplementedError(type(block).__name__)


def _style(size: int, *, bold: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    name = "Noto-Bold" if bold else "Noto"
    return ParagraphStyle(
        f"{name}{size}", fontName=name, fontSize=size, leading=size * 1.36, spaceBefore=4, spaceAfter=4
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Any:
    from reportlab.lib import colors
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph as Text
    from reportlab.platypus import Table as Grid
    from reportlab.platypus import TableStyle

    bold, normal = _style(10, bold=True), _style(10)
    cells = [[Text(escape(text), bold) for text in head]]
    cells += [[Text(escape(text), normal) for text in row] for row in rows]
    grid = Grid(cells, colWidths=[_LINE_MM * share / sum(widths) * mm for share in widths], repeatRows=1)
    grid.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#969696")),
                ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e6eef3")),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return grid
