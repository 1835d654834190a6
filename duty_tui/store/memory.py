"""A store that forgets everything when it is let go: for tests of the desk, and to try a thing out."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from threading import RLock

from duty_tui.store import journal
from duty_tui.store.journal import START, Entry, Head, NewEntry
from duty_tui.store.presence import Presence
from duty_tui.store.rows import ActionRow, ConcernRow, Contact, Draft, Duplicate, Identity, Projection
from duty_tui.store.store import BATCH, Standing, Store, Watcher


class MemoryWatcher(Watcher):
    """Compares how often the store was written."""

    def __init__(self, store: MemoryStore) -> None:
        self._store, self._seen = store, store.writes

    def _moved_on(self) -> bool:
        before, self._seen = self._seen, self._store.writes
        return before != self._seen

    def close(self) -> None:
        """Nothing is held."""


class MemoryStore(Store):
    """Everything in lists and dictionaries. Every check comes before the first change, so nothing is ever half done."""

    def __init__(self) -> None:
        self.writes = 0
        self._lock = RLock()
        self._entries: list[Entry] = []
        self._ids: set[str] = set()
        self._streams: dict[str, list[Entry]] = {}
        self._rows: dict[str, ConcernRow] = {}
        self._numbers = count(1)
        self._identities: dict[str, frozenset[Identity]] = {}
        self._actions: dict[str, tuple[ActionRow, ...]] = {}
        self._contacts: dict[tuple[str, str], Contact] = {}
        self._meta = {"database": os.urandom(16).hex()}
        self._drafts: dict[str, Draft] = {}
        self._present: dict[str, Presence] = {}

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            yield
            self.writes += 1

    def _standing(self, entries: Sequence[NewEntry]) -> Standing:
        known = {new.stream: self._streams.get(new.stream, []) for new in entries}
        recorded = [next((one for one in known[new.stream] if one.id == new.id), None) for new in entries]
        return Standing(self.head(), {name: len(found) for name, found in known.items()}, recorded)

    def _insert(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._entries.append(entry)
            self._ids.add(entry.id)
            self._streams.setdefault(entry.stream, []).append(entry)

    def _destroy(self, stream: str, versions: Sequence[int]) -> None:
        for place in (self._streams[stream][version - 1].seq - 1 for version in versions):
            gone = self._entries[place]._replace(salt=None, body=None)
            self._entries[place] = self._streams[stream][gone.version - 1] = gone
        self._drafts = {name: draft for name, draft in self._drafts.items() if draft.concern != stream}

    def _leave_nothing(self) -> None:
        """Memory has no files."""

    def _put_rows(self, rows: Sequence[ConcernRow], identities: Mapping[str, Iterable[Identity]]) -> None:
        for row in rows:
            known = self._rows.get(row.id)
            self._rows[row.id] = row._replace(number=known.number if known else next(self._numbers))
        for stream, shared in identities.items():
            self._identities[stream] = frozenset(shared)

    def _put_actions(self, stream: str, actions: Sequence[ActionRow]) -> None:
        self._actions[stream] = tuple(actions)

    def _learn(self, contacts: Iterable[Contact]) -> None:
        for one in contacts:
            known = self._contacts.get(one[:2])
            self._contacts[one[:2]] = known.renewed(one) if known else one

    def _forget(self, contacts: Iterable[Contact]) -> None:
        for one in contacts:
            known = self._contacts.get(one[:2])
            if known is not None and known.seen <= one.seen:
                del self._contacts[one[:2]]

    def _replace_rows(self, made: Iterable[Projection]) -> None:
        made = list(made)
        before, self._rows = self._rows, {}
        self._numbers = count(max((row.number for row in before.values()), default=0) + 1)
        for row in (one.row for one in made):
            number = before[row.id].number if row.id in before else next(self._numbers)
            self._rows[row.id] = row._replace(number=number)
        self._identities = {one.row.id: frozenset(one.identities) for one in made}
        self._actions = {one.row.id: tuple(one.actions) for one in made}
        self._contacts = {}
        self._learn(contact for one in made for contact in one.contacts)

    def _set_meta(self, name: str, value: str) -> None:
        self._meta[name] = value

    def _put_draft(self, draft: Draft) -> None:
        updated = journal.read_stamp(journal.stamp(draft.updated))
        self._drafts[draft.id] = draft._replace(updated=updated, body=json.loads(journal.canonical(draft.body)))

    def _drop_draft(self, draft: str) -> None:
        self._drafts.pop(draft, None)

    def _put_presence(self, one: Presence, since: datetime) -> None:
        self._present = {name: known for name, known in self._present.items() if known.seen >= since}
        self._present[one.terminal] = one._replace(seen=journal.read_stamp(journal.stamp(one.seen)))

    def _drop_presence(self, terminal: str) -> None:
        self._present.pop(terminal, None)

    def _check_engine(self) -> None:
        """Memory has no pages."""

    def head(self) -> Head:
        """The end of the journal."""
        return self._entries[-1].head if self._entries else START

    def since(self, seq: int, limit: int = BATCH) -> list[Entry]:
        """At most `limit` entries after number `seq`, in order."""
        return self._entries[seq : seq + limit]

    def stream(self, name: str, after: int = 0) -> list[Entry]:
        """Every entry of one stream after version `after`, in order."""
        return list(self._streams.get(name, ())[after:])

    def version(self, name: str) -> int:
        """The version of a stream; 0 when there is none."""
        return len(self._streams.get(name, ()))

    def streams_with(self, kind: str) -> list[str]:
        """The streams with an entry of this kind."""
        return list(dict.fromkeys(entry.stream for entry in self._entries if entry.kind == kind))

    def known_ids(self, entry_ids: Collection[str]) -> set[str]:
        """Which of these entry ids are recorded already."""
        return self._ids & set(entry_ids)

    def rows(self, status: str = "open", limit: int | None = None) -> list[ConcernRow]:
        """The rows with this status, in the order the concerns were raised."""
        found = [row for row in self._rows.values() if row.status == status]
        return sorted(found, key=lambda row: row.number)[:limit]

    def row(self, concern: str) -> ConcernRow | None:
        """The row of one concern, by its id."""
        return self._rows.get(concern)

    def row_by_number(self, number: int) -> ConcernRow | None:
        """The row of one concern, by its number."""
        return next((row for row in self._rows.values() if row.number == number), None)

    def matching_ids(self, prefix: str) -> list[str]:
        """The ids of the concerns that begin with `prefix`, sorted."""
        return sorted(concern for concern in self._rows if concern.startswith(prefix))

    def counts(self) -> dict[str, int]:
        """How many concerns there are of each status."""
        return dict(Counter(row.status for row in self._rows.values()))

    def duplicates_of(self, stream: str, identities: Iterable[Identity]) -> list[Duplicate]:
        """Other concerns that share one of these identities."""
        sought = frozenset(identities)
        found = {
            Duplicate(concern, self._rows[concern].number, shared.kind)
            for concern, its in self._identities.items()
            if concern != stream
            for shared in its & sought
        }
        return sorted(found, key=lambda one: (one.number, one.kind))

    def actions(
        self, who: str | None = None, agency: str | None = None, due_by: int | None = None, limit: int | None = None
    ) -> list[ActionRow]:
        """Actions still to be done, the earliest due first."""
        found = [
            one._replace(number=self._rows[one.concern].number, restricted=self._rows[one.concern].restricted)
            for stream in self._actions.values()
            for one in stream
            if who in (None, one.who_key)
            and agency in (None, one.agency_key)
            and (due_by is None or (one.due is not None and one.due <= due_by))
        ]
        found.sort(key=lambda one: (one.due is None, one.due or 0, one.number, one.discussion))
        return found[:limit]

    def contacts(self, words: Sequence[str], limit: int) -> list[Contact]:
        """People of whom every one of `words` begins a word, those seen last first."""
        found = [one for one in self._contacts.values() if all(f" {word}" in one.search for word in words)]
        return sorted(found, key=lambda one: (-one.seen, one.name_key, one.agency_key))[:limit]

    def meta(self, name: str) -> str | None:
        """A value kept with `set_meta`."""
        return self._meta.get(name)

    def drafts(self, actor: str | None = None, concern: str | None = None) -> list[Draft]:
        """The drafts of one person, or of all, and about one stream, or about anything, the latest first."""
        of_theirs = (draft for draft in self._drafts.values() if actor in (None, draft.actor))
        found = [draft for draft in of_theirs if concern in (None, draft.concern)]
        return sorted(found, key=lambda draft: (draft.updated, draft.id), reverse=True)

    def draft(self, draft: str) -> Draft | None:
        """One draft by its id."""
        return self._drafts.get(draft)

    def present(self, concern: str, since: datetime) -> list[Presence]:
        """The terminals that have a stream open and were heard of `since`."""
        found = [one for one in self._present.values() if one.concern == concern and one.seen >= since]
        return sorted(found, key=lambda one: (one.actor, one.terminal))

    def watcher(self) -> MemoryWatcher:
        """A new watcher."""
        return MemoryWatcher(self)

    def close(self) -> None:
        """Nothing is held."""
