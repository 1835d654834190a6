"""What was moved, and what a decision would move, as one person may see it. Reading what was moved needs no policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from duty_tui.desk.seen import Seen
from duty_tui.domain.dues_moved import DuesMoved, Move
from duty_tui.domain.streams import DUES_MOVED, SERVICE
from duty_tui.errors import Tampered
from duty_tui.store.journal import Entry
from duty_tui.store.rows import ConcernRow
from duty_tui.store.store import Store
from duty_tui.views.moved import MovedDue

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.domain.service import ServiceEvent


class _Reason(NamedTuple):
    why: str
    at: datetime
    by: str


def would_move(desk: Desk, events: Sequence[ServiceEvent], at: datetime) -> list[MovedDue]:
    """What moves on every open concern once the service decides `events`; nothing is recorded.

    As seen at the UTC instant `at`, in the order the concerns were raised. Raises BadFile for a policy that cannot be
    read.
    """
    from duty_tui.desk.decision import decision_words
    from duty_tui.desk.moving import flat, moves

    found = flat(moves(desk.store, desk.rulebook, desk.books.would_be(events), at))
    reason = _Reason(decision_words(desk.books.service, events), at, desk.actor)
    return list(_Showing(desk.store, desk.actor).lines(found, reason))


def moved(store: Store, actor: str, *, since: datetime | None = None, most: int | None = None) -> list[MovedDue]:
    """What was recorded as moved at or after `since`, the newest first, at most `most`. Raises Tampered."""
    showing = _Showing(store, actor)
    found: list[MovedDue] = []
    for entry in reversed(store.stream(SERVICE)):
        if entry.kind != DUES_MOVED or entry.body is None:
            continue
        if (since and entry.at < since) or (most is not None and len(found) >= most):
            break
        listed = _listed(entry)
        found += showing.lines(listed.moves, _Reason(listed.why, entry.at, entry.actor))
    return found[:most]


def _listed(entry: Entry) -> DuesMoved:
    try:
        return DuesMoved.model_validate(entry.data)
    except ValidationError:
        raise Tampered(f"Entry {entry.seq} is not of the shape its kind says.", seq=entry.seq) from None


class _Showing:
    """Shows moves as one person may see them. Rows are read once for all of them."""

    def __init__(self, store: Store, actor: str) -> None:
        self._store, self._seen = store, Seen(store, actor)
        self._rows: dict[str, ConcernRow | None] | None = None

    def lines(self, found: Iterable[Move], reason: _Reason) -> Iterator[MovedDue]:
        """A line each; of a concern that may not be seen one line in all, with its number and nothing else."""
        hidden: set[str] = set()
        for move in found:
            row = self._row(move.concern)
            if row is not None and row.hidden:
                if move.concern not in hidden:
                    hidden.add(move.concern)
                    yield MovedDue("", f"C{move.number}", "", None, None, "", None, None, *reason, hidden=True)
                continue
            shown = move.after or move.before
            name = row.family if row is not None and row.status == "open" else ""
            label = shown.label if shown else ""
            about = (move.concern, f"C{move.number}", name, move.child, move.discussion, label)
            yield MovedDue(*about, move.before, move.after, *reason)

    def _row(self, concern: str) -> ConcernRow | None:
        if self._rows is None:
            self._rows = {row.id: row for row in self._seen.rows()}
        if concern not in self._rows:
            self._rows[concern] = self._seen.row(concern)
        return self._rows[concern]
