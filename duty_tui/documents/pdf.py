"""A document as PDF/UA-1: tagged, with headings, table headers, language, title and bookmarks; made by typst.

Fonts come with the program. Where they have no sign for a character the machine's own are asked, and where nobody has
one the PDF is made all the same, without the promise of PDF/UA, and the characters are named: never no document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from duty_tui.data_files import DATA
from duty_tui.documents.blocks import DRAFT, NOT_TICKED, Block, Document, Facts
from duty_tui.documents.direction import in_order
from duty_tui.domain.times import london
from duty_tui.errors import Refused

if TYPE_CHECKING:
    from typst import Compiler, PDFStandard

#: The fonts that come with the program, and the page they are set on.
FONTS, TEMPLATE = DATA / "fonts", DATA / "templates" / "document.typ"
#: Asked of the machine where the program's own fonts are gone.
_USUAL = "Noto Sans"
_STANDARD: PDFStandard = "ua-1"
#: What typst says of a character that none of its fonts has a sign for, the text escaped as in Rust.
_NO_SIGN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_ONE_AT_A_TIME = Lock()


def pdf(document: Document, fonts: Path = FONTS) -> tuple[bytes, tuple[str, ...]]:
    """The PDF, and the characters that it shows no sign for. `document` is cleaned already.

    Raises Refused where typst is not installed: it has no wheel for every system.
    """
    with _ONE_AT_A_TIME:
        unshown: tuple[str, ...] = ()
        # Where no font is found at all nothing is drawn and nothing is complained of.
        for everywhere in (False, True) if _families(fonts) else (True,):
            data, unshown = _strict(document, fonts, everywhere)
            if data is not None:
                return data, ()
        return _made(document, fonts, everywhere=True, standards=[]), unshown


def _strict(document: Document, fonts: Path, everywhere: bool) -> tuple[bytes | None, tuple[str, ...]]:
    typst = _typst()
    try:
        return _made(document, fonts, everywhere=everywhere, standards=[_STANDARD]), ()
    except typst.TypstError as error:
        unshown = tuple(dict.fromkeys(_unshown(error.diagnostic)))
        if not unshown:
            raise
        return None, unshown


def _made(document: Document, fonts: Path, *, everywhere: bool, standards: list[PDFStandard]) -> bytes:
    compiler = _compiler(fonts, everywhere)
    made = compiler.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"document": json.dumps(as_data(document, fonts))},
        pdf_standards=standards,
        timestamp=int(document.made.timestamp()),
    )
    return cast("bytes", made)


def _unshown(diagnostic: str) -> Iterator[str]:
    for words in _NO_SIGN.findall(diagnostic):
        yield from _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise Refused(
            "A PDF cannot be made on this machine: typst is not installed, or there is none for it.",
            do="Make a Word file instead (--docx).",
        ) from None
    return typst


@cache
def _compiler(fonts: Path, everywhere: bool) -> Compiler:
    """Kept: reading the fonts is most of what a short document costs."""
    typst = _typst()
    found = typst.Fonts(include_system_fonts=everywhere, include_embedded_fonts=everywhere, font_paths=[fonts])
    made: Compiler = typst.Compiler(root=TEMPLATE.parent, font_paths=found)
    return made


@cache
def _families(fonts: Path) -> list[str]:
    """The families of a folder of fonts, the one with Latin letters first, for it has most of every text."""
    found = _typst().Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    return sorted(found.families(), key=len)


def as_data(document: Document, fonts: Path = FONTS) -> dict[str, Any]:
    """The document as the template reads it: strings, numbers and lists of them, and nothing that is markup."""
    made = london(document.made.astimezone(UTC))
    return {
        "title": document.title,
        "reference": document.reference,
        "name": document.letterhead.name,
        "logo": document.letterhead.logo_text,
        "marking": document.letterhead.marking,
        "foot": document.foot,
        "draft_words": DRAFT,
        "not_ticked": NOT_TICKED,
        "made": {"year": made.year, "month": made.month, "day": made.day},
        "fonts": _families(fonts) or [_USUAL],
        "parts": [
            {"reference": part.reference, "draft": part.draft, "blocks": [_block(one) for one in part.blocks]}
            for part in document.parts
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    said = {name: _ordered(value) for name, value in block._asdict().items()}
    together = {"together": block.short} if isinstance(block, Facts) else {}
    return {"kind": type(block).__name__.lower(), **said, **together}


def _ordered(value: Any) -> Any:
    if isinstance(value, str):
        return in_order(value)
    return [_ordered(one) for one in value] if isinstance(value, tuple) else value
