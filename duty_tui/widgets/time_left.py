"""How long is left, or how late it is, in at most eleven cells; LATE is a word before it is red."""

from __future__ import annotations

from typing import Literal, TypeAlias

#: "late": past its due · "now": under ten minutes · "soon": under an hour · "later" · "open": nothing is due.
Band: TypeAlias = Literal["late", "now", "soon", "later", "open"]

CELLS = 11
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_TICKING = 10 * _MINUTE
_BOTH_FIT = 10 * _HOUR  # beyond it the minutes of what is late have no room, and nobody misses them
_LONG = 10 * _DAY
_VERY_LONG = 100 * _DAY
_YEAR = 365


def time_left(due: int | None, now: int, received: int) -> tuple[str, Band]:
    """What stands in the due column, and how pressing it is. All three are seconds since 1970, UTC.

    `LATE 42m` · `LATE 2h 43m` · `LATE 11h` from ten hours · `LATE 3d 11h` · `6:52` under ten minutes, ticking · `38m` ·
    `2h 43m` · `3d 4h` · `open 3d` since receipt if nothing is due. Everything but the last ten minutes
    changes once a minute at most. Nothing where neither is known. It is late from the due instant on, as it is
    everywhere else.
    """
    if due is None and not received:
        return "", "open"
    if due is None:
        return "open " + _age(max(0, now - received)), "open"
    left = due - now
    if left <= 0:
        return "LATE " + (_age(-left) if _BOTH_FIT <= -left < _DAY else _span(-left)), "late"
    if left < _TICKING:
        return f"{left // _MINUTE}:{left % _MINUTE:02d}", "now"
    return _span(left), "soon" if left < _HOUR else "later"


def _span(seconds: int) -> str:
    if seconds < _HOUR:
        return f"{seconds // _MINUTE}m"
    if seconds < _DAY:
        return f"{seconds // _HOUR}h {seconds % _HOUR // _MINUTE}m"
    if seconds < _LONG:
        return f"{seconds // _DAY}d {seconds % _DAY // _HOUR}h"
    return _age(seconds)


def _age(seconds: int) -> str:
    """One unit only: minutes, hours, days, then months of thirty days, then years."""
    days = seconds // _DAY
    if seconds < _HOUR:
        return f"{seconds // _MINUTE}m"
    if seconds < _DAY:
        return f"{seconds // _HOUR}h"
    if seconds < _VERY_LONG:
        return f"{days}d"
    return f"{days // 30}mo" if days < _YEAR else f"{days // _YEAR}y"
