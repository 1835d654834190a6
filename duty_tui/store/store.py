"""What every engine does alike: recording, reading back, verifying. An engine adds the transaction and the tables."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import NamedTuple, Self

from duty_tui.domain.kinds import DESTROYED
from duty_tui.errors import Conflict, Refused, Tampered
from duty_tui.store import journal
from duty_tui.store.adopting import following, refuse_disorder
from duty_tui.store.journal import START, Entry, Head, NewEntry
from duty_tui.store.presence import Presences
from duty_tui.store.rows import ActionRow, ConcernRow, Contact, Draft, Duplicate, Identity, Projection
from duty_tui.store.standing import Standing, the_same
from duty_tui.store.watcher import Watcher

__all__ = ["BATCH", "News", "Standing", "Store", "Watcher"]

#: How many entries are read at once when the journal is walked.
BATCH = 1000


class News(NamedTuple):
    """What is to be recorded of rows made anew: of the open ones as they were and as they are, and by whom and when."""

    entries: Callable[[Sequence[ConcernRow], Sequence[ConcernRow]], Sequence[NewEntry]]
    actor: str
    at: datetime


class Store(Presences):
    """A journal and the rows that follow from it. One thread at a time."""

    read_only = False
    """Whether nothing can be written from here."""
    owned = True
    """Whether whoever is here is shown everything, and may bring in what others recorded elsewhere."""
    login: str | None = None
    """Under which name everything is recorded, where the database knows who is logged in."""
    sealing_key: Callable[[], bytes] | None = None
    """Gets the key under which the end of the record is sealed, where there is one (checkpoint.py)."""
    _last = START

    # -- recording

    def append(
        self,
        entries: Sequence[NewEntry] | Callable[[], Sequence[NewEntry]],
        *,
        actor: str,
        at: datetime,
        rows: Iterable[ConcernRow] = (),
        identities: Mapping[str, Iterable[Identity]] | None = None,
        actions: Mapping[str, Sequence[ActionRow]] | None = None,
        contacts: Iterable[Contact] = (),
        forget: Iterable[Contact] = (),
        drop_draft: str | None = None,
    ) -> list[Entry]:
        """Record all of them or none, with the rows that follow from them; returns only when they are on the disk.

        `rows` replace the rows of their concerns, `identities` and `actions` those of the streams named; `contacts` are
        learned, those of `forget` dropped unless seen later elsewhere. The draft `drop_draft`, now finished, goes in
        the same transaction. An entry of the kind `DESTROYED` takes the bodies of those it lists, and the drafts about
        its stream, for good. A second attempt with the same ids returns what is stored and records nothing. Raises
        `Conflict` when a stream has moved on, `Refused` when an id was used for something else or what is to be
        destroyed cannot be, `Tampered` when the end
        of the journal is not the one this store last saw, `Unavailable` when nothing can be recorded now.
        """
        contacts = list(contacts)
        self._foresee(() if callable(entries) else entries, contacts)
        with self._writing():
            rows = list(rows)  # under the lock: nobody can record meanwhile what they follow from
            sealed, fresh = self._record(entries() if callable(entries) else entries, actor, at)
            gone = [entry for entry in sealed if entry.kind == DESTROYED] if fresh else []
            for entry in gone:
                self._destroy(entry.stream, entry.data["versions"])
            if fresh:
                self._put_rows(rows, identities or {})
                for stream, owed in (actions or {}).items():
                    self._put_actions(stream, owed)
                self._forget(forget)
                self._learn(contacts)
            if drop_draft is not None:
                self._drop_draft(drop_draft)
        if sealed:
            self._last = max(self._last, sealed[-1].head)
        if gone:
            self._leave_nothing()
        return sealed

    def _record(self, entries: Sequence[NewEntry], actor: str, at: datetime) -> tuple[list[Entry], bool]:
        """The sealed entries, and whether they are recorded just now rather than by an earlier attempt."""
        standing = self._standing(entries)
        if any(standing.recorded):
            return the_same(standing.recorded, entries), False
        sealed = self._seal(entries, standing, actor, at)
        self._insert(sealed)
        return sealed, True

    def _seal(self, entries: Sequence[NewEntry], standing: Standing, actor: str, at: datetime) -> list[Entry]:
        head, versions, sealed = self._trusted(standing.head), standing.versions, list[Entry]()
        for new in entries:
            current = versions[new.stream]
            if current != new.expected:
                raise Conflict(new.stream, new.expected, current)
            versions[new.stream] = current + 1
            if new.kind == DESTROYED:
                self._refuse_destruction(new)
            entry = journal.seal(new, head, actor=actor, at=at)
            sealed.append(entry)
            head = entry.head
        return sealed

    def _refuse_destruction(self, new: NewEntry) -> None:
        may_go = {entry.version for entry in self.stream(new.stream) if entry.kind != DESTROYED and entry.body}
        if not new.body["versions"] or not may_go.issuperset(new.body["versions"]):
            raise Refused(
                "What is to be destroyed is not there, is gone already, or itself records a destruction.",
                entry="Nothing was destroyed.",
                do="Look at the entries again with `duty-tui log`.",
            )

    def _trusted(self, head: Head) -> Head:
        if head.seq < self._last.seq or (head.seq == self._last.seq and head != self._last):
            raise Tampered(
                f"The journal ended at entry {self._last.seq} a moment ago and now ends at entry {head.seq}.",
                seq=head.seq + 1,
            )
        return head

    def adopt(self, entries: Sequence[Entry], *, database: str) -> Head:
        """Take over entries sealed elsewhere, all or none of them; returns the end of this journal.

        `database` is the id of their record: an empty journal takes it. Those already here are passed over, what they
        destroy is destroyed here too; the rows go and are to be made anew. Raises `Refused`, `Tampered` (adopting.py).
        """
        with self._writing():
            head = self._trusted(self.head())
            known = self.since(entries[0].seq - 1, len(entries)) if entries else []
            same = not head.seq or self.meta("database") == database
            fresh = following(entries, known, head, same=same)
            refuse_disorder(fresh, {name: self.version(name) for name in {entry.stream for entry in fresh}})
            if fresh:
                self._set_meta("database", database)
                self._insert(fresh)
                self._replace_rows(())
                self._set_meta("projection_key", "")
            gone = [entry for entry in fresh if entry.kind == DESTROYED]
            for entry in gone:
                self._destroy(entry.stream, entry.data.get("versions", ()))
        self._last = fresh[-1].head if fresh else head
        if gone:
            self._leave_nothing()
        return self._last

    # -- reading the journal

    def follow(self, after: int = 0) -> Iterator[list[Entry]]:
        """Everything after entry number `after`, in batches."""
        while batch := self.since(after, BATCH):
            yield batch
            after = batch[-1].seq

    def verify(
        self, after: Head = START, *, whole: bool = True, told: Callable[[int], None] = lambda _seq: None
    ) -> Head:
        """Check that the journal still holds `after` and that everything since is as it was sealed; returns its end.

        `whole` also has the engine check what the chain does not bind: its own pages, the rows, the guards of the
        journal. A text that is gone must be listed by a destruction recorded later. `told` hears how far it is. Raises
        `Tampered` or another `DutyError` at the first thing found wrong.
        """
        if whole:
            self._check_engine()
        if after.seq and [entry.hash for entry in self.since(after.seq - 1, 1)] != [after.hash]:
            raise Tampered(
                f"Entry {after.seq} of the journal was seen before and is now gone or changed.", seq=after.seq
            )
        gone, hidden = dict[tuple[str, int], int](), self.hidden()
        for batch in self.follow(after.seq):
            after = journal.verify(batch, after)
            told(after.seq)
            gone.update(
                ((entry.stream, entry.version), entry.seq)
                for entry in batch
                if entry.body is None and entry.stream not in hidden
            )
            for entry in batch:
                if entry.kind == DESTROYED:
                    for version in entry.data.get("versions", ()):
                        gone.pop((entry.stream, version), None)
        if gone:
            first = min(gone.values())
            raise Tampered(f"The text of entry {first} is gone, and no destruction of it is recorded.", seq=first)
        return after

    @abstractmethod
    def head(self) -> Head:
        """The end of the journal."""

    @abstractmethod
    def since(self, seq: int, limit: int = BATCH) -> list[Entry]:
        """At most `limit` entries after number `seq`, in order."""

    @abstractmethod
    def stream(self, name: str, after: int = 0) -> list[Entry]:
        """Every entry of one stream after version `after`, in order."""

    @abstractmethod
    def version(self, name: str) -> int:
        """The version of a stream: how many entries it has; 0 when there is none."""

    def hidden(self) -> set[str]:
        """The streams of which the database shows whoever is logged in no words; its own rule, beside the desk's."""
        return set()

    @abstractmethod
    def streams_with(self, kind: str) -> list[str]:
        """The streams with an entry of this kind, in the order of their first one; reads the whole journal."""

    @abstractmethod
    def known_ids(self, entry_ids: Collection[str]) -> set[str]:
        """Which of these entry ids are recorded already."""

    # -- reading the rows

    @abstractmethod
    def rows(self, status: str = "open", limit: int | None = None) -> list[ConcernRow]:
        """The rows with this status, at most `limit`, in the order the concerns were raised."""

    @abstractmethod
    def row(self, concern: str) -> ConcernRow | None:
        """The row of one concern, by its id."""

    @abstractmethod
    def row_by_number(self, number: int) -> ConcernRow | None:
        """The row of one concern, by its number."""

    @abstractmethod
    def matching_ids(self, prefix: str) -> list[str]:
        """The ids of the concerns that begin with `prefix`, sorted."""

    @abstractmethod
    def counts(self) -> dict[str, int]:
        """How many concerns there are of each status; a status nobody has is absent."""

    @abstractmethod
    def duplicates_of(self, stream: str, identities: Iterable[Identity]) -> list[Duplicate]:
        """Other concerns, open or closed, that share one of these identities, in order of number and kind."""

    # -- the rows made anew, and what is said about the whole

    @abstractmethod
    def actions(
        self, who: str | None = None, agency: str | None = None, due_by: int | None = None, limit: int | None = None
    ) -> list[ActionRow]:
        """Actions still to be done, the earliest due first and those without a time last, then as they were agreed.

        `who` and `agency` are compared without case and accents, as the rows keep them; `due_by` is seconds since the
        epoch.
        """

    @abstractmethod
    def contacts(self, words: Sequence[str], limit: int) -> list[Contact]:
        """People of whom every one of `words` (without case and accents) begins a word, those seen last first."""

    # -- all made anew

    def reproject(self, made: Iterable[Projection], key: str, news: News | None = None) -> None:
        """Replace every row in one transaction and note under which `key` (`projection_key`) they were made.

        `made` is consumed inside the transaction: a generator that reads the journal sees all of it, and nobody can
        record meanwhile. Concerns keep their numbers; new ones are numbered in the order given. What `news` makes of
        the open rows before and after is recorded in the same transaction.
        """
        sealed: list[Entry] = []
        with self._writing():
            before = self.rows() if news else []
            self._replace_rows(made)
            if news and (entries := news.entries(before, self.rows())):
                sealed, _ = self._record(entries, news.actor, news.at)
            self._set_meta("projection_key", key)
        if sealed:
            self._last = max(self._last, sealed[-1].head)

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value about the whole database, such as `practice` or `projection_key`."""
        with self._writing():
            self._set_meta(name, value)

    @abstractmethod
    def meta(self, name: str) -> str | None:
        """A value kept with `set_meta`; `database` is the random id the database was born with."""

    # -- drafts

    def save_draft(self, draft: Draft) -> None:
        """Keep a draft, in place of the one with its id; on the disk when this returns."""
        with self._writing():
            self._put_draft(draft)

    def drop_draft(self, draft: str) -> None:
        """Forget a draft; nothing happens when there is none with this id."""
        with self._writing():
            self._drop_draft(draft)

    @abstractmethod
    def drafts(self, actor: str | None = None, concern: str | None = None) -> list[Draft]:
        """The drafts of one person, or of all, and about one stream, or about anything, the latest first."""

    @abstractmethod
    def draft(self, draft: str) -> Draft | None:
        """One draft by its id."""

    # -- the rest an engine adds

    @abstractmethod
    def watcher(self) -> Watcher:
        """A new watcher, for another thread to own and to close."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def _writing(self) -> AbstractContextManager[None]:
        """One transaction under the write lock: on the disk when it ends, undone when an error leaves it."""

    def _foresee(self, entries: Sequence[NewEntry], contacts: Sequence[Contact]) -> None:
        """What will be asked about under the lock: an engine that is far away may ask it all at once."""
        del entries, contacts

    @abstractmethod
    def _standing(self, entries: Sequence[NewEntry]) -> Standing:
        """How it stands with the streams of these entries, and with the journal."""

    @abstractmethod
    def _insert(self, entries: Sequence[Entry]) -> None: ...

    @abstractmethod
    def _destroy(self, stream: str, versions: Sequence[int]) -> None:
        """Take body and salt from these entries of a stream, and drop the drafts about it."""

    @abstractmethod
    def _leave_nothing(self) -> None:
        """After the transaction: see that what was destroyed is not kept in some file beside."""

    @abstractmethod
    def _put_rows(self, rows: Sequence[ConcernRow], identities: Mapping[str, Iterable[Identity]]) -> None: ...

    @abstractmethod
    def _put_actions(self, stream: str, actions: Sequence[ActionRow]) -> None: ...

    @abstractmethod
    def _learn(self, contacts: Iterable[Contact]) -> None: ...

    @abstractmethod
    def _forget(self, contacts: Iterable[Contact]) -> None: ...

    @abstractmethod
    def _replace_rows(self, made: Iterable[Projection]) -> None: ...

    @abstractmethod
    def _set_meta(self, name: str, value: str) -> None: ...

    @abstractmethod
    def _put_draft(self, draft: Draft) -> None: ...

    @abstractmethod
    def _drop_draft(self, draft: str) -> None: ...

    @abstractmethod
    def _check_engine(self) -> None: ...
