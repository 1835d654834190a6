"""A document as Markdown: for reading on a screen and for comparing. What was typed is escaped, never obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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

#: What Markdown or the HTML in it could take for more than text, wherever it stands.
_SIGNS = re.compile(r"([\\`*_\[\]<>|#~$&@])")
#: What it takes for more at the beginning of a line only.
_BEGINS = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")


def markdown(document: Document) -> str:
    """The document as Markdown (CommonMark with tables), ending in a newline."""
    return "\n\n".join(_document(document)) + "\n"


def escaped(text: str) -> str:
    """`text` as Markdown that reads as exactly this text, line by line."""
    return "\n".join(map(_line, text.split("\n")))


def _line(text: str) -> str:
    line = _SIGNS.sub(r"\\\1", text)
    found = _BEGINS.match(line)
    if found is None:
        return line
    before, sign, after = found[1], found[2], line[found.end() :]
    return f"{before}\\{sign}{after}" if not sign.isdigit() else f"{before}{sign}\\{after}"


def _document(document: Document) -> Iterator[str]:
    head = document.letterhead
    yield f"**{escaped(head.marking)}**"
    yield " · ".join(escaped(words) for words in (head.name, head.logo_text) if words)
    for place, part in enumerate(document.parts):
        if place:
            yield "---"
        yield from _part(part)
    if document.foot:
        yield f"*{escaped(document.foot)}*"


def _part(part: Part) -> Iterator[str]:
    yield escaped(part.reference) + (f" · **{DRAFT}**" if part.draft else "")
    for block in part.blocks:
        yield _block(block)


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {_cell(text)}"
        case Paragraph(text, strong):
            return f"**{_broken(text)}**" if strong else _broken(text)
        case Facts(caption, rows):
            return _table((caption, "As recorded"), rows)
        case Table(_, head, rows, _):
            return _table(head, rows)
        case Items(items):
            return "\n".join(f"- {_cell(one)}" for one in items)
        case Ticks(_, boxes):
            return "\n".join(f"- [{'x' if one.ticked else ' '}] {_cell(one.label)}: {_cell(one.why)}" for one in boxes)
        case Note(text):
            return "\n".join(f"> {line}" for line in _broken(text).split("\n"))
        case PageBreak():
            return "---"


def _broken(text: str) -> str:
    """Lines that stay lines."""
    return escaped(text).replace("\n", "\\\n")


def _cell(text: str) -> str:
    """One line, whatever it was."""
    return escaped(text).replace("\n", "<br>")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head)]
    said = [[_cell(name) for name in head], lines[1], *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in said)
