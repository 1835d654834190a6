"""How far long work is, in words and as a bar, for the status line."""

from __future__ import annotations

_CELLS = 20


def progress_words(what: str, done: int, total: int, cells: int = _CELLS) -> str:
    """`Making the documents ████████░░░░ 8 of 12`; the bar is `cells` wide, full only when all is done."""
    full = cells * done // total if total else cells
    return f"{what} {'█' * full}{'░' * (cells - full)} {done} of {total}"
