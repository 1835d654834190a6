"""What a document says, block by block, before anybody decides whether it becomes a PDF, a Word file or plain text.

Every text in a block is data: no renderer reads markup in it. What is not recorded says so; no block is left blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from duty_tui.domain.service_state import Letterhead
from duty_tui.domain.text import MARK, clean, clean_lines

#: Stands wherever the record has nothing.
NOT_RECORDED = "not recorded"
#: Stands for the reason of a box that is not ticked.
NOT_TICKED = "not ticked"
#: Stands on every page of what is not signed.
DRAFT = "DRAFT: not signed"
#: Rows and bytes of what is kept on one page, all of them in the narrow column at worst; a line broken counts as more.
_MOST_TOGETHER, _MOST_SAID_TOGETHER, _LINE = 16, 800, 60
#: What stands for no character in any text, and XML has no way to say.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


class Heading(NamedTuple):
    """A heading; level 1 begins a document or a child's record, 2 and 3 divide it."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Running text; its line breaks are kept."""

    text: str
    strong: bool = False


class Facts(NamedTuple):
    """A table of names and what is recorded under each. `caption` says what it is to somebody who cannot see it."""

    caption: str
    rows: tuple[tuple[str, str], ...]

    @property
    def short(self) -> bool:
        """Whether it fits a page, and is kept on one: half a signature is none."""
        said = sum(len(text.encode()) + _LINE * text.count("\n") for row in self.rows for text in row)
        return len(self.rows) <= _MOST_TOGETHER and said < _MOST_SAID_TOGETHER


class Table(NamedTuple):
    """A table whose first row names its columns and is repeated on every page; `widths` are shares of the line."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


class Items(NamedTuple):
    """A list."""

    items: tuple[str, ...]


class Tick(NamedTuple):
    """One box of a list, ticked or not, with the reason where it is."""

    label: str
    ticked: bool
    reason: str = ""

    @property
    def why(self) -> str:
        """The reason, or that it is not ticked."""
        return recorded(self.reason) if self.ticked else NOT_TICKED


class Ticks(NamedTuple):
    """All boxes of a list, so that what was not decided is seen as well."""

    caption: str
    boxes: tuple[Tick, ...]


class Note(NamedTuple):
    """Something to be seen before the rest is read."""

    text: str


class PageBreak(NamedTuple):
    """What follows begins on a page of its own."""


Block = Heading | Paragraph | Facts | Table | Items | Ticks | Note | PageBreak


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one running head: a child's record in a set, or the whole document."""

    #: `C12, discussion 1, child 2`; never a name, for it stands on every page.
    reference: str
    blocks: tuple[Block, ...]
    #: Not signed: every page says that it is a draft.
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document ready to be rendered. The same document gives the same bytes, wherever and whenever it is made."""

    title: str
    reference: str
    #: The name of its file without an ending; holds references, never a name.
    file: str
    letterhead: Letterhead
    parts: tuple[Part, ...]
    #: The UTC instant it carries as its date: when it was signed, or when what it says was recorded.
    made: datetime
    #: Stands at the foot of every page.
    foot: str = ""
    #: The id of the concern it is about; empty of a sheet over the whole desk.
    about: str = ""

    @property
    def draft(self) -> bool:
        """Whether any of it is not signed."""
        return any(part.draft for part in self.parts)


def recorded(text: str) -> str:
    """`text`, or that nothing is recorded."""
    return text if text.strip() else NOT_RECORDED


def facts(caption: str, rows: Iterable[tuple[str, str]]) -> Facts:
    """A table of names and what is recorded; what is empty says that it is not recorded."""
    return Facts(caption, tuple((name, recorded(value)) for name, value in rows))


def table(caption: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]], nothing: str) -> Block:
    """A table under these columns, each with its share of the line; the sentence `nothing` where it has no rows."""
    found = tuple(tuple(map(recorded, row)) for row in rows)
    if not found:
        return Paragraph(nothing)
    return Table(caption, tuple(name for name, _ in columns), found, tuple(share for _, share in columns))


def _cleaned(value: Any) -> Any:
    """A block, or a part of one, with nothing in it that turns a line round, hides, or that a page cannot hold."""
    if isinstance(value, str):
        return _NO_CHARACTER.sub(MARK, clean_lines(value))
    if not isinstance(value, tuple):
        return value
    remake = getattr(value, "_make", tuple)  # a block stays the block it is
    return remake(map(_cleaned, value))


def clean_document(document: Document) -> Document:
    """The document as renderers take it: every text in it cleaned, once, here."""
    head = document.letterhead
    return Document(
        clean(document.title),
        clean(document.reference),
        document.file,
        Letterhead(*map(clean, head)),
        tuple(Part(clean(part.reference), tuple(map(_cleaned, part.blocks)), part.draft) for part in document.parts),
        document.made,
        clean(document.foot),
        document.about,
    )


def words_of(document: Document) -> Iterator[str]:
    """Every text of a document, in the order in which it is read."""
    for part in document.parts:
        for block in part.blocks:
            yield from _words(block)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Tick):
        yield from (value.label, value.why)
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
