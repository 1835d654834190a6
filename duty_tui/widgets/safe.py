"""The one way text that a person typed reaches the screen: cleaned, and never read as markup.

Textual reads `[…]` in labels, titles, toasts and table cells as markup: a name in brackets vanishes, and `[/]` ends the
program, escaped or not. Everything shown is therefore made here into `Content`, which is not parsed again:
`static.update(content(name))`, `self.notify` never. `ControlNet` is the net below, for what comes by another way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.style import Style

from duty_tui.domain.text import MARK, clean, clean_lines, is_harmless, strip_controls
from duty_tui.widgets.cells import elide, fit, width

__all__ = [
    "MARK",
    "ControlNet",
    "Part",
    "clean",
    "clean_lines",
    "content",
    "elide",
    "fit",
    "lines",
    "strip_controls",
    "width",
]

#: A piece of a line: words, words with a style ("bold $error"), or Content made here before.
Part: TypeAlias = str | tuple[str, str | Style] | Content


def content(*parts: Part, keep_lines: bool = False) -> Content:
    """`parts` side by side, every word of them cleaned, none of them read as markup.

    One line, unless `keep_lines`. Styles are the program's own words; never hand a typed text as a style.
    """
    made = clean_lines if keep_lines else clean
    return Content.assemble(*(_cleaned(part, made) for part in parts), strip_control_codes=False)


def lines(rows: Sequence[Content | str]) -> Content:
    """`rows` one below the other, each cleaned as by `content`."""
    return Content("\n").join([content(row) for row in rows])


def _cleaned(part: Part, made: Callable[[str], str]) -> Part:
    if isinstance(part, str):
        return made(part)
    if isinstance(part, tuple):
        words, style = part
        return made(words), style
    return part


class ControlNet(LineFilter):
    """The last net before the terminal: no control character in any widget's line gets past it.

    The app returns it from `get_line_filters`. A character measured as no cells is taken out, since the line was laid
    out without it; any other is replaced cell for cell. Lines that are cleaned already cost one check a segment.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 (Textual's signature)
        """The same segments, those with anything a terminal would obey or hide made harmless."""
        if all(is_harmless(segment.text) for segment in segments):
            return segments
        return [segment if segment.control else _caught(segment) for segment in segments]


def _caught(segment: Segment) -> Segment:
    if is_harmless(segment.text):
        return segment
    text = "".join(letter if is_harmless(letter) else MARK * cell_len(letter) for letter in segment.text)
    return Segment(text, segment.style)
