"""The styles of a Word file: its own headings, tables and lists in one face, so that a reader's tools find them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word

#: On every machine with Word; what it lacks Word takes from other fonts by itself.
_FACE = "Arial"
_INK = (0x0B, 0x3D, 0x5C)
_HEADINGS = {"Heading 1": 17, "Heading 2": 12, "Heading 3": 10}


def set_styles(word: Word) -> None:
    """Set the text to British English and one face, the headings in size, and add the styles of cells and lines."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt, RGBColor

    normal: Any = word.styles["Normal"]
    _face(normal, 10)
    _language(normal)
    normal.paragraph_format.space_after = Pt(4)
    for name, size in _HEADINGS.items():
        style: Any = word.styles[name]
        _face(style, size)
        style.font.color.rgb = RGBColor(*_INK)
        style.paragraph_format.space_after = Pt(4)
    note: Any = word.styles["Intense Quote"]
    note.font.italic, note.font.color.rgb = False, RGBColor(*_INK)
    for name in ("Header", "Footer"):
        style = word.styles[name]
        style.font.size = Pt(8)
        stops = style.paragraph_format.tab_stops
        stops.clear_all()
        # One stop at the right edge: with another in the middle a long foot pushes the page's number to a line below.
        stops.add_tab_stop(Mm(174), WD_TAB_ALIGNMENT.RIGHT)
    for name, after in (("Strong line", 4), ("Cell", 0), ("After a table", 2)):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.space_after = Pt(after)
    word.styles["Strong line"].font.bold = True
    word.styles["Cell"].font.size = Pt(9)  # at 10 the longest words of a column of six are cut
    word.styles["After a table"].font.size = Pt(4)


def _face(style: Any, size: int) -> None:
    from docx.shared import Pt

    style.font.name, style.font.size = _FACE, Pt(size)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]  # a theme's font would win over the face


def _language(style: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    for name, value in (("val", "en-GB"), ("eastAsia", "en-GB"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{name}"), value)
    style.element.get_or_add_rPr().append(language)
