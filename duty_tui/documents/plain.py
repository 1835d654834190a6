"""A document as plain text that pastes into a case system and keeps its structure: no tabs, no boxes, no markup.

Case systems take pasted text line by line and fold runs of blanks; so headings are capitals on a line of their own,
every table row is a numbered line of names and values, and nothing is aligned with blanks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

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
    Table,
    Ticks,
)

#: Headings of this level stay as they are.
_SMALL = 3
_MARK = {True: "[X] ", False: "[ ] "}


def plain(document: Document) -> str:
    """The document as text, ending in a newline."""
    return "".join(f"{line}\n" for line in _lines(document))


def _lines(document: Document) -> Iterator[str]:
    head = document.letterhead
    yield head.marking
    yield from (words for words in (head.name, head.logo_text) if words)
    for part in document.parts:
        yield ""
        yield part.reference
        if part.draft:
            yield DRAFT
        for block in part.blocks:
            yield from _block(block)
    if document.foot:
        yield ""
        yield document.foot


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield ""
            yield from (text if level == _SMALL else text.upper()).split("\n")
        case Paragraph(text, _) | Note(text):
            yield from text.split("\n")
        case Facts(_, facts):
            yield from chain.from_iterable(_said(f"{name}: ", value) for name, value in facts)
        case Table(_, head, rows, _):
            yield from chain.from_iterable(_row(number, head, row) for number, row in enumerate(rows, 1))
        case Items(items):
            yield from chain.from_iterable(_said("- ", one) for one in items)
        case Ticks(_, boxes):
            yield from chain.from_iterable(_said(_MARK[box.ticked], f"{box.label}: {box.why}") for box in boxes)
        case PageBreak():
            yield ""


def _row(number: int, head: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """`1. Action: See the child; Person: Di Ray; By: Sat 21 Nov 2026 18:15`."""
    yield from _said(f"{number}. ", "; ".join(f"{name}: {value}" for name, value in zip(head, row, strict=True)))


def _said(before: str, text: str) -> Iterator[str]:
    first, *others = text.split("\n")
    yield before + first
    yield from others
