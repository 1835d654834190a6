"""The journal on a PostgreSQL server, for many machines: each authority has a schema with its own chain and lock.

What an append asks and what it writes go to the server in one round trip each. The server knows who is logged in:
entries are kept under that name, whatever the settings of a machine say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count, islice
from typing import Any

from duty_tui.domain.streams import SERVICE
from duty_tui.errors import DutyError, Tampered, Unavailable, WrongDatabase
from duty_tui.store import journal
from duty_tui.store import postgres_sql as sql
from duty_tui.store.address import Address
from duty_tui.store.journal import START, Entry, Head, NewEntry
from duty_tui.store.postgres_line import Line
from duty_tui.store.postgres_pieces import FUNCTIONS_THERE, TRIGGERS_THERE, functions_wanted, triggers_wanted
from duty_tui.store.postgres_presence import PostgresPresences
from duty_tui.store.postgres_schema import FUNCTIONS, TRIGGERS, VERSION, make, version_of
from duty_tui.store.postgres_told import telling
from duty_tui.store.postgres_veil import POLICIES, UNVEILED
from duty_tui.store.postgres_watcher import PostgresWatcher, channel
from duty_tui.store.rows import ActionRow, ConcernRow, Contact, Draft, Duplicate, Identity, Projection
from duty_tui.store.store import BATCH, Standing, Store

#: How many rows go to the server at once when all are made anew.
_AT_ONCE = 500
#: What no text on a PostgreSQL server may hold. The journal keeps them escaped; rows, which only show, keep a mark.
_UNKEPT = re.compile("[\x00\ud800-\udfff]")


def _kept(value: Any) -> Any:
    return _UNKEPT.sub("\ufffd", value) if isinstance(value, str) else value


def _records(fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    return json.dumps([dict(zip(fields, map(_kept, row), strict=True)) for row in rows])


class PostgresStore(PostgresPresences, Store):
    """A journal in the schema of `address`.

    `create` makes the schema when there is none. `patience` is how many seconds to wait for somebody else's lock. It
    can only be read from where the login may do no more, or the server is a copy that follows another. Raises
    `WrongDatabase` when the schema is missing, not ours, or of another version, and `Unavailable` when the server is
    out of reach or does not keep what it was given.
    """

    def __init__(self, address: Address, *, create: bool = False, patience: float = 5.0) -> None:
        self.address, self._patience = address, patience
        self._line = Line(address, patience)
        self._asked: sql.Asked | None = None
        self._to_ask: tuple[Sequence[NewEntry], Sequence[Contact]] = ((), ())
        self._sealed: list[Entry] = []
        self._in_doubt = set[str]()
        try:
            if create:
                with telling(address):
                    make(self._line.ready(), address)
            self._prepare()
        except BaseException:
            self._line.close()
            raise

    # -- opening

    def _prepare(self) -> None:
        with telling(self.address):
            version = version_of(self._line.ready(), self.address)
        if version < VERSION:
            raise WrongDatabase(
                f"{self.address.shown} is of version {version}; this program needs version {VERSION}.",
                do="Have whoever it belongs to on the server run `duty-tui database migrate`.",
            )
        [(encoding, fsync, self._follows, self.login, may_write, self.owned)] = self._line.read(sql.WHO_AND_WHAT)
        if encoding != "UTF8":
            raise WrongDatabase(
                f"{self.address.shown}: the database keeps texts as {encoding}, and names need UTF8.",
                do="Have a database made with the encoding UTF8.",
            )
        if fsync != "on":
            raise Unavailable(
                f"{self.address.shown}: this server does not promise that what is recorded is safe (fsync {fsync}).",
                do="Have it set to on.",
            )
        self.read_only = self._follows or not may_write
        self._check_guards()  # recording leans on them

    def watcher(self) -> PostgresWatcher:
        """A new watcher on a connection of its own."""
        return PostgresWatcher(self.address, patience=self._patience)

    def close(self) -> None:
        """Let go of the server."""
        self._line.close()

    # -- the transaction

    def _foresee(self, entries: Sequence[NewEntry], contacts: Sequence[Contact]) -> None:
        self._to_ask = entries, contacts

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self.read_only:
            raise Unavailable(
                f"{self.address.shown} can only be read from here.",
                do="Ask whoever runs the server: either your login may only read, or this is a copy of the record.",
            )
        self._sealed = []
        try:
            with self._line.transaction():
                self._asked = sql.Asked(self._line, *self._to_ask)
                yield
                end = self._sealed[-1].head if self._sealed else None
                if end:
                    self._send(sql.TAKEN, *end)
                self._send(sql.TELL, channel(self.address.schema), str(end.seq) if end else "")
        except Unavailable as error:
            ended, sealed = self._line.unsure, {entry.id for entry in self._sealed}
            self._in_doubt |= sealed if ended else set()
            doubtful = self._in_doubt & (sealed | {new.id for new in self._to_ask[0]})
            kept = bool(doubtful) and self._was_kept(doubtful, error)
            if kept and not ended:
                error.entry = "Your entry IS recorded, by the attempt before."
                error.do = "Close the form, or try again: nothing is recorded twice."
            if not (kept and ended):
                raise
        finally:
            self._asked, self._to_ask = None, ((), ())

    def _was_kept(self, ids: set[str], error: Unavailable) -> bool:
        """Whether the server, once it can be asked again, has what was being recorded when a line went.

        Where it cannot be asked, `error` says so: now, and each time the same is tried again.
        """
        try:
            with self._line.transaction():  # behind whatever the server still does for the line that went
                kept = self.known_ids(ids) == ids
        except DutyError:
            error.entry = "Whether your entry is recorded is NOT known; your text is kept."
            error.do = "Try again when the server is back: it is recorded once, however often you try."
            return False
        self._in_doubt -= ids
        return kept

    def _read(self, statement: str, *parameters: Any) -> list[Any]:
        return self._line.read(statement, parameters)

    def _send(self, statement: str, *parameters: Any) -> None:
        self._line.send(statement, parameters)

    def _standing(self, entries: Sequence[NewEntry]) -> Standing:
        asked = self._asked
        if asked is None or asked.entries is not entries:
            asked = sql.Asked(self._line, entries, ())
        return asked.standing

    def _insert(self, entries: Sequence[Entry]) -> None:
        self._sealed += entries
        for entry in entries:
            self._send(sql.PUT_ENTRY, *entry.stored())

    def _destroy(self, stream: str, versions: Sequence[int]) -> None:
        self._send(sql.DESTROY, stream, list(versions))

    def _leave_nothing(self) -> None:
        """The server overwrites in its own time; docs/security.md says so."""

    def _put_rows(self, rows: Sequence[ConcernRow], identities: Mapping[str, Iterable[Identity]]) -> None:
        if last := {row.id: row for row in rows}:
            self._send(sql.PUT_ROWS, _records(ConcernRow._fields, (row._replace(number=0) for row in last.values())))
        for stream, shared in identities.items():
            made = _records(("concern", *Identity._fields), dict.fromkeys((stream, *one) for one in shared))
            self._send(sql.DROP_IDENTITIES, stream, made)
            self._send(sql.PUT_IDENTITIES, made)

    def _put_actions(self, stream: str, actions: Sequence[ActionRow]) -> None:
        self._send("DELETE FROM owed_action WHERE concern = %s AND place >= %s", stream, len(actions))
        self._put_owed((place, *one[:-2]) for place, one in enumerate(actions))

    def _put_owed(self, owed: Iterable[Sequence[Any]]) -> None:
        if kept := list(owed):
            self._send(sql.PUT_ACTIONS, _records(("place", *sql.ACTION_FIELDS), kept))

    def _learn(self, contacts: Iterable[Contact]) -> None:
        if met := list(contacts):
            asked = self._asked if self._asked and self._to_ask[1] else sql.Asked(self._line, (), met)
            self._put_contacts(met, asked.known)

    def _put_contacts(self, met: Iterable[Contact], known: dict[tuple[str, str], Contact]) -> None:
        changed = dict[tuple[str, str], Contact]()
        for one in met:
            who = one[:2]
            now = known[who].renewed(one) if who in known else one
            if now != known.get(who):
                known[who] = changed[who] = now
        if changed:
            self._send(sql.PUT_CONTACTS, _records(Contact._fields, changed.values()))

    def _forget(self, contacts: Iterable[Contact]) -> None:
        for one in contacts:
            self._send(sql.FORGET, one.name_key, one.agency_key, one.seen)

    def _replace_rows(self, made: Iterable[Projection]) -> None:
        numbers, hidden = dict(self._read("SELECT id, number FROM seen_concern")), self.hidden()
        fresh = count(max(numbers.values(), default=0) + 1)
        for table in ("identity", "concern", "owed_action", "contact"):
            self._send(f"DELETE FROM {table}")  # noqa: S608 - a constant
        met = list[Contact]()
        making = (one for one in made if one.row.id not in hidden)
        while some := list(islice(making, _AT_ONCE)):
            rows = [one.row._replace(number=numbers.get(one.row.id) or next(fresh)) for one in some]
            self._send(sql.PUT_NUMBERED, _records(ConcernRow._fields, rows))
            shared = ((one.row.id, *identity) for one in some for identity in one.identities)
            self._send(sql.PUT_IDENTITIES, _records(("concern", *Identity._fields), shared))
            self._put_owed((place, *owed[:-2]) for one in some for place, owed in enumerate(one.actions))
            met += (contact for one in some for contact in one.contacts)
        self._put_contacts(met, {})

    def _set_meta(self, name: str, value: str) -> None:
        self._send(sql.PUT_META, name, value)

    def _put_draft(self, draft: Draft) -> None:
        kept = (*draft[:-2], journal.stamp(draft.updated), journal.canonical(draft.body))
        self._send(sql.PUT_DRAFT, _records(Draft._fields, [kept]))

    def _drop_draft(self, draft: str) -> None:
        self._send("DELETE FROM draft WHERE id = %s", draft)

    # -- verifying

    def _check_engine(self) -> None:
        self._check_guards()

    def _check_guards(self) -> None:
        triggers, functions = self._read(TRIGGERS_THERE), self._read(FUNCTIONS_THERE)
        if triggers != triggers_wanted(TRIGGERS) or functions != functions_wanted(FUNCTIONS, self.address.schema):
            raise Tampered(f"{self.address.shown}: the guards of the journal were changed or taken away.", seq=0)
        if unveiled := self._read(UNVEILED, list(POLICIES)):
            tables = ", ".join(name for (name,) in unveiled)
            what = f"{self.address.shown}: what is restricted is not kept from anybody any more in {tables}."
            raise Tampered(what, seq=0, do="Have whoever owns the record on the server put it right.")

    # -- reading

    def _entries(self, statement: str, *parameters: Any) -> list[Entry]:
        return list(map(journal.read_entry, self._read(statement, *parameters)))

    def _rows(self, where: str, *parameters: Any) -> list[ConcernRow]:
        return list(map(ConcernRow._make, self._read(f"{sql.ROW} WHERE {where}", *parameters)))

    def head(self) -> Head:
        """The end of the journal."""
        found = self._read(sql.HEAD)
        return Head(*found[0]) if found else START

    def since(self, seq: int, limit: int = BATCH) -> list[Entry]:
        """At most `limit` entries after number `seq`, in order."""
        return self._entries(f"{sql.ENTRY} WHERE seq > %s ORDER BY seq LIMIT %s", seq, limit)

    def stream(self, name: str, after: int = 0) -> list[Entry]:
        """Every entry of one stream after version `after`, in order."""
        return self._entries(f"{sql.ENTRY} WHERE stream = %s AND version > %s ORDER BY version", name, after)

    def version(self, name: str) -> int:
        """The version of a stream; 0 when there is none."""
        if name == SERVICE and self._asked and not self._sealed:
            return self._asked.service
        return int(self._read(sql.VERSION, name)[0][0])

    def hidden(self) -> set[str]:
        """The streams of which this login is shown no words."""
        return {found for (found,) in self._read(sql.HIDDEN)}

    def streams_with(self, kind: str) -> list[str]:
        """The streams with an entry of this kind."""
        return [found for (found,) in self._read(sql.STREAMS, kind)]

    def known_ids(self, entry_ids: Collection[str]) -> set[str]:
        """Which of these entry ids are recorded already."""
        return {found for (found,) in self._read(sql.KNOWN, list(entry_ids))}

    def rows(self, status: str = "open", limit: int | None = None) -> list[ConcernRow]:
        """The rows with this status, in the order the concerns were raised."""
        return self._rows("status = %s ORDER BY number LIMIT %s", status, limit)

    def row(self, concern: str) -> ConcernRow | None:
        """The row of one concern, by its id."""
        return next(iter(self._rows("id = %s", concern)), None)

    def row_by_number(self, number: int) -> ConcernRow | None:
        """The row of one concern, by its number."""
        return next(iter(self._rows("number = %s", number)), None)

    def matching_ids(self, prefix: str) -> list[str]:
        """The ids of the concerns that begin with `prefix`, sorted."""
        return [found for (found,) in self._read(sql.MATCHING, prefix, prefix + "\U0010ffff")]

    def counts(self) -> dict[str, int]:
        """How many concerns there are of each status."""
        return dict(self._read("SELECT status, count(*) FROM seen_concern GROUP BY status"))

    def duplicates_of(self, stream: str, identities: Iterable[Identity]) -> list[Duplicate]:
        """Other concerns that share one of these identities."""
        return list(map(Duplicate._make, self._read(sql.SHARED, _records(Identity._fields, identities), stream)))

    def actions(
        self, who: str | None = None, agency: str | None = None, due_by: int | None = None, limit: int | None = None
    ) -> list[ActionRow]:
        """Actions still to be done, the earliest due first."""
        return list(map(ActionRow._make, self._read(sql.ACTIONS, who, who, agency, agency, due_by, due_by, limit)))

    def contacts(self, words: Sequence[str], limit: int) -> list[Contact]:
        """People of whom every one of `words` begins a word, those seen last first."""
        return list(map(Contact._make, self._read(sql.CONTACTS, list(words), limit)))

    def meta(self, name: str) -> str | None:
        """A value kept with `set_meta`."""
        found = self._read(sql.MADE) if name == "projection_key" else self._read(sql.META, name)
        return str(found[0][0]) if found else None

    def _drafts(self, where: str, *parameters: Any) -> list[Draft]:
        found = self._read(f"{sql.DRAFT} {where}", *parameters)
        return [Draft._make((*one[:-2], journal.read_stamp(one[-2]), json.loads(one[-1]))) for one in found]

    def drafts(self, actor: str | None = None, concern: str | None = None) -> list[Draft]:
        """The drafts of one person, or of all, and about one stream, or about anything, the latest first."""
        wanted = {"actor = %s": actor, "concern = %s": concern}
        asked = {where: value for where, value in wanted.items() if value is not None}
        where = f"WHERE {' AND '.join(asked)}" if asked else ""
        return self._drafts(f"{where} ORDER BY updated DESC, id DESC", *asked.values())

    def draft(self, draft: str) -> Draft | None:
        """One draft by its id."""
        return next(iter(self._drafts("WHERE id = %s", draft)), None)
