"""What is owed: on one concern, and across the desk, in the order it falls due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from duty_tui.desk.desk import Desk
from duty_tui.desk.owed import OwedOn
from duty_tui.desk.owed_lines import line_at, next_change
from duty_tui.desk.unconfirmed import Unconfirmed, unconfirmed_across, unconfirmed_on
from duty_tui.domain.text import fold
from duty_tui.views.obligation import ObligationLine, ObligationList

_NEVER = datetime.max.replace(tzinfo=UTC)


def obligations_of(desk: Desk, concern_id: str, at: datetime) -> ObligationList:
    """Everything owed, waited for and met on one concern as of `at`. Raises Refused when there is none with this id.

    A closed concern owes nothing: its lines are as they ended; actions not done then are still to be done.
    """
    concern = desk.concern(concern_id)
    row = desk.row(concern_id)
    kept = desk.owed.of(concern, desk.rulebook, desk.books.key)
    number = row.number if row else 0
    return _with(_list([(number, kept)], at, everything=True), unconfirmed_on(desk, concern, at))


def all_obligations(desk: Desk, at: datetime, *, owner: str | None = None, late: bool = False) -> ObligationList:
    """What is still to be done (or asked) across the desk as of `at`.

    `owner` leaves those whose owner has all these words, whatever the case and accents; `late` those overdue.
    """
    found = _with(_list(desk.owed.of_all(desk), at, everything=False), unconfirmed_across(desk, at))
    return chosen(found, owner=owner, late=late)


def chosen(found: ObligationList, *, owner: str | None = None, late: bool = False) -> ObligationList:
    """The lines of a list whose owner has all these words, and the overdue ones alone where `late`."""
    wanted = fold(owner or "").split()
    return found._replace(lines=tuple(line for line in found.lines if _belongs(line, wanted, late)))


def _belongs(line: ObligationLine, wanted: list[str], late: bool) -> bool:
    if late and not (line.open and line.late):
        return False
    whose = fold(f"{line.owner} {line.also}") if wanted else ""
    return all(word in whose for word in wanted)


def _list(kept: Iterable[tuple[int, OwedOn]], at: datetime, *, everything: bool) -> ObligationList:
    numbered: list[tuple[tuple[int, datetime, int], ObligationLine]] = []
    until = _NEVER
    left: list[str] = []
    for number, on in kept:
        left += on.left
        for owed in on.owed:
            if (change := next_change(owed, at)) and not on.closed:
                until = min(until, change)
            if line := line_at(on, owed, number, at, open_only=not everything):
                numbered.append((_order(line, number), line))
    numbered.sort(key=lambda pair: pair[0])
    lines = tuple(line for _, line in numbered)
    return ObligationList(lines, at, until if until is not _NEVER else None, tuple(left) if everything else ())


def _with(found: ObligationList, asked: Unconfirmed) -> ObligationList:
    """The list with what the desk asks by itself, after everything that has a due."""
    place = next((at for at, line in enumerate(found.lines) if line.due is None or not line.open), len(found.lines))
    lines = (*found.lines[:place], *asked.lines, *found.lines[place:])
    moments = [moment for moment in (found.until, asked.until) if moment is not None]
    return found._replace(lines=lines, until=min(moments, default=None))


def _order(line: ObligationLine, number: int) -> tuple[int, datetime, int]:
    """Late first, then what has a due, then what has none by age, then what waits, then what was done."""
    if not line.open:
        last = line.met_at or line.due or line.start or _NEVER
        return (3, _NEVER, number) if line.standing == "waiting" else (4, last, number)
    if line.due is not None:
        return 0 if line.late else 1, line.due, number
    return 2, line.start or _NEVER, number
