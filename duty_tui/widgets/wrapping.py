"""Text in lines that fit a width in cells, broken between words."""

from __future__ import annotations

from collections.abc import Iterator

from duty_tui.widgets.safe import clean_lines, elide, width

MOST_LINES = 400
"""Of one text on a screen; a pasted novel is read where it was recorded."""


def wrap(text: str, cells: int, most: int = MOST_LINES) -> list[str]:
    """`text` in lines of at most `cells`, broken between words; beyond `most` lines it ends in an ellipsis."""
    found = [line for paragraph in clean_lines(text).split("\n") for line in _wrapped(paragraph, max(1, cells))]
    if len(found) > most:
        found = [*found[: most - 1], elide(found[most - 1] + " …", cells)]
    return found


def _wrapped(paragraph: str, cells: int) -> Iterator[str]:
    line = ""
    for word in _pieces(paragraph, cells):
        if line and width(line) + 1 + width(word) > cells:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _pieces(paragraph: str, cells: int) -> Iterator[str]:
    """The words, those too long for a line cut into pieces that fit."""
    for word in paragraph.split():
        rest = word
        while width(rest) > cells:
            head = elide(rest, cells, ellipsis="") or rest[:1]
            yield head
            rest = rest[len(head) :]
        if rest:
            yield rest
