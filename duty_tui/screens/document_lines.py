"""A document as lines for a screen: what was typed is text, never markup and never a link.

Textual's own Markdown widget would make links of what somebody typed, and a heading of a line that begins with #.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

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
from duty_tui.screens.concern_list import Draw, Item
from duty_tui.widgets.safe import content
from duty_tui.widgets.wrapping import wrap

#: A line: its words and their style; a name before it, in bold.
_Line = tuple[str, str, str]
_HEADINGS = {1: "bold underline $key-fg", 2: "bold $key-fg", 3: "bold"}
_MARGIN = 2


def document_items(document: Document, cells: int) -> tuple[list[Item], list[str]]:
    """Everything it says in lines of at most `cells`, an item for each thing, and the keys at which its parts begin.

    Costs some milliseconds a page: for a thread of its own.
    """
    items: list[Item] = []
    begins: list[str] = []

    def put(lines: list[_Line]) -> None:
        items.append(Item(str(len(items)), _drawn(lines, cells)))

    head = document.letterhead
    put([("", head.marking, "bold"), ("", " · ".join(filter(None, (head.name, head.logo_text))), "$faint")])
    for part in document.parts:
        begins.append(str(len(items) if begins else 0))
        for lines in _part(part):
            put(lines)
    if document.foot:
        put([("", "", ""), ("", document.foot, "$faint")])
    return items, begins


def _part(part: Part) -> Iterator[list[_Line]]:
    draft: list[_Line] = [("", DRAFT, "bold $bad")] if part.draft else []
    yield [("", "", ""), ("", part.reference, "$faint"), *draft]
    for block in part.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[list[_Line]]:
    match block:
        case Heading(text, level):
            yield [("", "", ""), ("", text, _HEADINGS.get(level, "bold"))]
        case Paragraph(text, strong):
            yield [("", text, "bold" if strong else "")]
        case Facts(_, rows):
            yield from ([(f"{name}: ", value, "")] for name, value in rows)
        case Table(_, head, rows, _):
            for number, row in enumerate(rows, 1):
                first, *others = zip(head, row, strict=True)
                yield [
                    (f"{number}. {first[0]}: ", first[1], ""),
                    *((f"   {name}: ", value, "") for name, value in others),
                ]
        case Items(items):
            yield from ([("", f"- {one}", "")] for one in items)
        case Ticks(_, boxes):
            yield from ([("[X] " if box.ticked else "[ ] ", f"{box.label}: {box.why}", "")] for box in boxes)
        case Note(text):
            yield [("", text, "bold $soon")]
        case PageBreak():
            yield [("", "", "")]


def _drawn(lines: list[_Line], cells: int) -> Draw:
    shown = [line for one in lines for line in _wrapped(*one, max(1, cells - _MARGIN))]
    mark = next((place for place, (bold, rest, _) in enumerate(shown) if bold or rest), 0)

    def draw(_cells: int, selected: bool) -> list[Content]:
        return [
            content("▸ " if selected and place == mark else " " * _MARGIN, (bold, "bold"), (rest, style))
            for place, (bold, rest, style) in enumerate(shown)
        ]

    return draw


def _wrapped(name: str, words: str, style: str, room: int) -> Iterator[tuple[str, str, str]]:
    """The lines of one text: what of each is bold, the rest, and its style."""
    label = name.strip()
    indent = " " * (len(name) - len(name.lstrip()))
    first, *others = wrap(f"{label} {words}" if label else words, max(1, room - len(indent)))
    bold = label if first.startswith(label) else ""
    yield indent + bold, first[len(bold) :], style
    yield from (("", indent + other, style) for other in others)
