"""Text measured and cut by terminal cells, as Textual measures it.

Plain commands have `cli/columns.py` for it: importing the tables this needs costs them more than all their own work.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from duty_tui.domain.text import clean

ELLIPSIS = "…"
_JOINERS = str.maketrans("", "", "\u200c\u200d")


def width(text: str) -> int:
    """How many terminal cells `text` takes: two for a wide character, none for a combining mark."""
    return cell_len(text)


def elide(text: str, cells: int, *, ellipsis: str = ELLIPSIS) -> str:
    """`text`, cleaned, cut to at most `cells` cells; what was cut is told by `ellipsis` (one cell, or "" for none).

    Joiners are left out: terminals disagree on the width of what they join, and columns must stand.
    """
    shown = clean(text).translate(_JOINERS)
    if cell_len(shown) <= cells:
        return shown
    room = cells - cell_len(ellipsis)
    if room < 0:
        return ""
    return set_cell_size(shown, room).rstrip(" ") + ellipsis


def fit(text: str, cells: int, *, ellipsis: str = ELLIPSIS, right: bool = False) -> str:
    """`text`, cleaned, in exactly `cells` cells: cut with `ellipsis` or filled with spaces (before it if `right`)."""
    shown = elide(text, cells, ellipsis=ellipsis)
    filling = " " * (cells - cell_len(shown))
    return filling + shown if right else shown + filling
