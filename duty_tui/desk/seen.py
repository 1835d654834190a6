"""The rows of a record as one person may see them: a restricted concern shows others its number and nothing else.

Everything that shows rows to somebody reads them here, also where no policy is read. Who is named is read from the
concern's own entries: it is known as soon as the record is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from duty_tui.domain.kinds import LIFTED, RESTRICTED, is_among
from duty_tui.store.rows import ActionRow, ConcernRow, Duplicate, Identity

if TYPE_CHECKING:
    from duty_tui.store.store import Store


class Restriction(NamedTuple):
    """Who may see a concern, and who decided that: the person to ask."""

    names: tuple[str, ...]
    by: str


class Shared(NamedTuple):
    """Another concern that may be about the same child: its id, its number in words, and what they share.

    Where it may not be seen the id is empty, and the words say whom to ask.
    """

    id: str
    reference: str
    kind: str


def restriction_of(store: Store, concern: str) -> Restriction | None:
    """Who may see the concern; None when everybody may. One whose names were destroyed nobody may see."""
    for entry in reversed(store.stream(concern)):
        if entry.kind == LIFTED:
            return None
        if entry.kind == RESTRICTED:
            return Restriction(tuple(entry.data.get("names", ())) if entry.body else (), entry.actor)
    return None


def restrictions(store: Store) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The number of every restricted concern, as `C18`, with who may see it: to judge by, and not to show."""
    for row in (*store.rows(), *store.rows("closed")):
        if row.restricted and (found := restriction_of(store, row.id)):
            yield f"C{row.number}", found.names


class Seen:
    """The rows of `store` as `actor` may see them."""

    def __init__(self, store: Store, actor: str) -> None:
        self._store, self._actor = store, actor

    def may_see(self, concern: str) -> bool:
        """Whether the concern is not restricted, or this person is named."""
        found = restriction_of(self._store, concern)
        return found is None or is_among(found.names, self._actor)

    def as_seen(self, row: ConcernRow) -> ConcernRow:
        """The row itself, or emptied."""
        return row.emptied() if row.restricted and not self.may_see(row.id) else row

    def rows(self, status: str = "open", limit: int | None = None) -> list[ConcernRow]:
        """The rows with this status, at most `limit`, in the order the concerns were raised."""
        return list(map(self.as_seen, self._store.rows(status, limit)))

    def row(self, concern: str) -> ConcernRow | None:
        """The row of one concern, by its id."""
        found = self._store.row(concern)
        return found and self.as_seen(found)

    def row_by_number(self, number: int) -> ConcernRow | None:
        """The row of one concern, by its number."""
        found = self._store.row_by_number(number)
        return found and self.as_seen(found)

    def actions(
        self, who: str | None = None, agency: str | None = None, due_by: int | None = None, limit: int | None = None
    ) -> list[ActionRow]:
        """Actions still to be done as the store lists them, without those of concerns that may not be seen."""
        found = self._store.actions(who, agency, due_by)
        restricted = {one.concern for one in found if one.restricted}
        hidden = {concern for concern in restricted if not self.may_see(concern)}
        return [one for one in found if one.concern not in hidden][:limit]

    def duplicates_of(self, stream: str, identities: Iterable[Identity]) -> list[Shared]:
        """Other concerns that share one of these identities; that one may not be seen is said, and whom to ask."""
        return list(dict.fromkeys(map(self._shared, self._store.duplicates_of(stream, identities))))

    def _shared(self, other: Duplicate) -> Shared:
        found = restriction_of(self._store, other.id)
        if found is None or is_among(found.names, self._actor):
            return Shared(other.id, f"C{other.number}", other.kind)
        return Shared("", f"a restricted concern (ask {found.by})", other.kind)
