"""The one service between people and the record: what may be done, what is recorded, and what is shown of it.

A desk belongs to one thread and works for one actor. It reads its clock once for each act.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from duty_tui.clock import Clock
from duty_tui.desk import bands, outgoing, permission, projection
from duty_tui.desk.act import Act
from duty_tui.desk.action_rows import actions_of
from duty_tui.desk.books import Books
from duty_tui.desk.contacts import HIDING, NAMING, contacts_of
from duty_tui.desk.decision import Decision, news_of, rows_moved
from duty_tui.desk.destroying import refuse_destroyed
from duty_tui.desk.entries import foreseen, to_record
from duty_tui.desk.histories import history_of
from duty_tui.desk.meanwhile import as_seen, knowing, refuse_same
from duty_tui.desk.owed_room import OwedRoom
from duty_tui.desk.restricted import Sitting, admit, stay
from duty_tui.desk.rows_key import what_changed
from duty_tui.desk.seen import Seen
from duty_tui.domain.commands import Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event
from duty_tui.domain.history import fold, fold_on
from duty_tui.domain.service import STREAM, ServiceEvent
from duty_tui.domain.times import london
from duty_tui.errors import Conflict, Refused
from duty_tui.rules.evaluate import Rulebook
from duty_tui.store.journal import NewEntry, new_id
from duty_tui.store.rows import ConcernRow, Projection
from duty_tui.store.store import News, Store

if TYPE_CHECKING:
    from duty_tui.store.outbox import Outbox

#: How often an act is tried again after somebody else recorded on the same concern in the meantime.
_TRIES = 5
#: `C42` or `42`. Longer ones are no number a desk comes to, but may be the beginning of an id.
_NUMBER = re.compile("[cC]?([0-9]{1,7})")
#: Under this name is recorded what nobody did, where a desk is opened without a person.
PROGRAM = "duty-tui"
#: How many concerns are remembered as they were last read; the one somebody records on is read again at every act.
_REMEMBERED = 8


class Done(NamedTuple):
    """What was recorded. Having one means it is on the disk."""

    concern: Concern
    row: ConcernRow
    #: Ids of the entries, in order.
    entries: Sequence[str]


class Desk:
    """Records acts on concerns for one actor, and reads the record back.

    With an `outbox` acts that may wait are kept there while the record is away.
    """

    def __init__(self, store: Store, books: Books, clock: Clock, actor: str, outbox: Outbox | None = None) -> None:
        self.store = store
        self.books = books
        self.clock = clock
        self.actor = actor
        self.outbox = outbox
        #: What concerns owe, worked out once.
        self.owed = OwedRoom()
        #: The rows as the actor may see them: what is shown to anybody comes from here, never from the store.
        self.seen = Seen(store, actor)
        self._sitting = Sitting()
        self._known: dict[str, Concern] = {}
        #: Ids of the entries recorded from here: nobody has to be told of their own.
        self._own: set[str] = set()

    @property
    def rulebook(self) -> Rulebook:
        """The rules the service adopted; read when first asked for."""
        return self.books.rulebook

    def concern(self, concern_id: str, *, how: str = "concern") -> Concern:
        """The concern as recorded. Raises Refused when there is none with this id, or the actor may not see it.

        The first look at a restricted one is recorded before it is answered; `how` says what was looked at.
        """
        concern = self._read(concern_id)
        if not concern.version:
            raise Refused("There is no such concern in this record.", do="Choose one from the queue.")
        refuse_destroyed(self, concern, how)
        return self._sitting.look(self, concern, how)

    def row(self, concern_id: str) -> ConcernRow | None:
        """The concern's row as the actor may see it."""
        return self.seen.row(concern_id)

    def rows(self, status: str = "open") -> list[ConcernRow]:
        """The rows with this status as the actor may see them, in the order the concerns were raised."""
        return self.seen.rows(status)

    def find(self, words: str) -> ConcernRow:
        """The row somebody names as `C42`, `42` or the beginning of its id. Raises Refused when none or several fit."""
        number = _NUMBER.fullmatch(words)
        if number and (found := self.seen.row_by_number(int(number[1]))):
            return found
        # An id may begin like a number: the concern that happens to have it is not the one that was meant.
        ids = [] if number or not words else self.store.matching_ids(words.lower())
        row = self.row(ids[0]) if len(ids) == 1 else None
        if row is None:
            raise Refused(
                "Several concerns begin like that." if ids else "There is no concern with that number.",
                do="Use the number the queue shows, for example C42.",
            )
        return row

    def do(
        self,
        concern_id: str,
        command: Command,
        *,
        seen_version: int | None = None,
        after: Sequence[str] = (),
        mark: str | None = None,
        draft: str | None = None,
    ) -> Done:
        """Record what `command` makes happen to the concern; a new `concern_id` begins one.

        Other entries recorded meanwhile do not stand in the way: the command is tried on the concern as it now is. One
        about the same thing, recorded elsewhere after `seen_version`, the version the person was looking at, does:
        Conflict, which names who did it. `after` are such entries that were read since, which is recorded. `mark`, made
        once for a form, makes a second attempt harmless. `draft` goes with it. Raises Refused, Unavailable, Tampered;
        Waits, where it was kept in the outbox and will be sent.
        """
        return outgoing.do(self, Act(concern_id, command, mark or new_id(), seen_version, draft, tuple(after)))

    def record(self, act: Act, typed: datetime | None = None) -> Done:
        """Record an act now, or not at all. One `typed` earlier, while the record was away, counts from then.

        Raises what `do` raises, but Waits.
        """
        concern_id, command, mark, seen_version, draft, after = act
        tries = 0
        while True:
            tries += 1
            concern = self._read(concern_id)
            admit(self, concern)
            if already := [item.stamp.entry for item in concern.history if item.stamp.entry == mark]:
                if draft is not None:  # kept again by a form that was not told that it is recorded
                    self.store.drop_draft(draft)
                return Done(concern, self._row(concern), already)
            refuse_destroyed(self, concern)
            at = self.clock()
            since = typed if typed and typed < at else None  # a clock put back since: it counts from now
            events = [*knowing(self._permitted(command, concern, since or at, seen_version), concern, after)]
            entries = to_record(concern_id, concern.version, events, mark, since)
            then = fold_on(concern, foreseen(events, entries, since or at, self.actor, at if since else None))
            stay(self, then)
            try:
                self.store.append(
                    entries,
                    actor=self.actor,
                    at=at,
                    rows=self._row_under_lock(then),
                    identities={concern_id: projection.identities_of(then)},
                    actions={concern_id: actions_of(then)},
                    contacts=contacts_of(then) if any(isinstance(event, NAMING) for event in events) else (),
                    forget=contacts_of(concern) if any(isinstance(event, HIDING) for event in events) else (),
                    drop_draft=draft,
                )
            except Conflict:
                if tries == _TRIES:
                    raise
            else:
                self._own.update(entry.id for entry in entries)
                return Done(then, self._row(then), [entry.id for entry in entries])

    def _permitted(self, command: Command, concern: Concern, at: datetime, seen: int | None) -> Sequence[Event]:
        """What `command` makes happen, unless it may not, or somebody else recorded about the same since `seen`."""
        try:
            events = permission.permitted(self, command, concern, at)
        except Refused:
            # It may be refused just because somebody else did it: then that is what is to be told.
            if seen is not None:
                refuse_same(concern, as_seen(command, concern, seen, at), seen, self._own)
            raise
        refuse_same(concern, events, seen, self._own)
        return events

    def may(self, act: str) -> str | None:
        """Why whoever works here may not do `act` of data/service.toml, as a sentence; None when they may."""
        return permission.may(self, act)

    def decide(self, events: Sequence[ServiceEvent]) -> None:
        """Record decisions of the service about itself with what they move, and place every concern anew under them.

        Two transactions: the decision and its list, then the rows. Cut short between the two, the rows stay those of
        before until a desk is next opened: their key is another by then, so they are made anew, and as nothing but a
        decision changed it nothing is listed twice. What is recorded on a concern meanwhile gets its right row.
        Raises Refused when it is not theirs to decide or somebody else decided meanwhile, Unavailable, Tampered.
        """
        permission.refuse_decision(self, events)
        at = self.clock()
        decision = Decision(self.store, self.books, events, at)
        try:
            self.store.append(decision.entries, actor=self.actor, at=at)
        except Conflict as faster:
            theirs = self.store.stream(STREAM, faster.expected)
            names, at = ", ".join(dict.fromkeys(entry.actor for entry in theirs)), london(theirs[-1].at)
            raise Refused(
                f"{names} decided something for the service at {at:%H:%M}, after you had looked.",
                entry="Nothing was changed.",
                do="Look at what was decided, then try again.",
            ) from None
        finally:
            self.books.forget()
        self.refresh_rows()

    def refresh_rows(self) -> bool:
        """Make every row anew when the rules, the calendar or the program moved on; False when they are current."""
        before, key = self.store.meta("projection_key"), self.books.key
        if before == key:
            return False
        why = what_changed(before, key)

        def entries(old: Sequence[ConcernRow], new: Sequence[ConcernRow]) -> Sequence[NewEntry]:
            return news_of(why, key, self.store.version(STREAM), rows_moved(old, new)) if why else ()

        self.make_rows(News(entries, self.actor or PROGRAM, self.clock()))
        return True

    def make_rows(self, news: News | None = None, told: Callable[[int, int], None] = lambda _done, _of: None) -> None:
        """Make every row anew; without `news` nothing is recorded, as where the entries came from another store.

        `told` hears how many are made, of how many.
        """
        self.store.set_meta(bands.META, bands.encode(self.rulebook.vocabulary))
        self.store.reproject(self._rows_anew(told), self.books.key, news)
        self.catch_up()

    def catch_up(self) -> bool:
        """Read anew what the service decided, if it did since this was last read; whether it did."""
        behind = self.store.version(STREAM) != self.books.service.version
        if behind:
            self.books.forget()
        return behind

    def _rows_anew(self, told: Callable[[int, int], None]) -> Iterable[Projection]:
        streams = dict.fromkeys(entry.stream for batch in self.store.follow() for entry in batch)
        for done, stream in enumerate(streams, 1):
            told(done, len(streams))
            if stream != STREAM:
                concern = self._read(stream)
                yield Projection(
                    projection.row_of(concern, self.rulebook),
                    projection.identities_of(concern),
                    actions_of(concern),
                    contacts_of(concern),
                )

    def _read(self, concern_id: str) -> Concern:
        """The concern as recorded by now: entries are never changed, so only those not seen before are read."""
        known = self._known.pop(concern_id, None)
        new = history_of(self.store, concern_id, known.version if known else 0)
        if known and known.unread and new:  # what was kept back from this login so far may be readable now
            known, new = None, history_of(self.store, concern_id)
        concern = fold_on(known, new) if known and new else known or fold(concern_id, new)
        self._known[concern_id] = concern
        if len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]
        return concern

    def _row_under_lock(self, concern: Concern) -> Iterator[ConcernRow]:
        """The concern's row, by what the service has decided when it is written and not when it was last read.

        Another terminal may have made every row anew under a closure day this desk has not heard of yet.
        """
        self.catch_up()
        yield projection.row_of(concern, self.rulebook)

    def _row(self, concern: Concern) -> ConcernRow:
        return self.store.row(concern.id) or projection.row_of(concern, self.rulebook)
