"""Somebody at a desk who records without end, and says of each entry that it is recorded once they were told so.

    python -m tests.faults.writer '{"place": …, "name": …}'

Said on standard output, a JSON list a line: `["entry", act, part, id, seq, hash]`, `["draft", act]`, and by somebody
whose record is away `["kept", act]`. Ids and texts follow from the name and the act's number: a writer started again
after a kill tries the last act again as it was, and whoever compares afterwards knows what must be recorded. It ends
after `acts`, or when its standard input ends.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from duty_tui.domain.commands import AddNote
from duty_tui.errors import Conflict, Unavailable
from duty_tui.store.journal import NewEntry
from duty_tui.store.outbox import Outbox, Waiting, outbox_key
from duty_tui.store.rows import Draft
from duty_tui.store.store import Store
from duty_tui.store.witness import Witness
from tests.builders import raise_concern
from tests.desk.conftest import Hands, make_desk
from tests.faults.engines import reach
from tests.store.examples import KEY, row

#: How many streams all writers share, of each kind.
SHARED = 3
NOW = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
Say = Callable[..., None]


def entry_id(name: str, act: int, part: int) -> str:
    """The id of an act's first or second entry."""
    return sha256(f"{name}/{act}/{part}".encode()).hexdigest()[:32]


def text(name: str, act: int, part: int) -> str:
    """What an entry says: whose it is, then up to two thousand letters that no other entry has."""
    mark = f"{name}/{act}/{part}"
    letters = sha256(mark.encode()).hexdigest()
    return f"{mark}:{letters * (int(letters[:2], 16) % 32)}"


class Writing(NamedTuple):
    """Who records what, and how."""

    place: str
    name: str
    first: int = 0
    acts: int = 1_000_000_000
    #: Through a desk, as the screens do, instead of straight into the store.
    desk: bool = False
    #: After how many acts the record is closed and opened again.
    sitting: int = 1_000_000_000
    #: The folder in which this terminal notes what it saw of the record; nowhere when empty.
    witness: str = ""
    #: Whether a record out of reach is tried again rather than an end.
    patient: bool = False
    #: SQLite only: how safe a commit is, and after how many pages the WAL is taken into the file.
    synchronous: str = "FULL"
    checkpoint: int = 1000
    #: The record is away all the while: each act is kept on this machine, in the outbox at `place`.
    away: bool = False


def straight(store: Store, writing: Writing, say: Say) -> Callable[[int], None]:
    """Acts on the store itself: one entry or two in one transaction, with its row; before some a draft is kept."""

    def do(act: int) -> None:
        if act % 5 == 0:
            store.save_draft(Draft(f"of-{writing.name}", "note", None, writing.name, "desk", NOW, {"act": act}))
            say("draft", act)
        streams = [f"stream-{act % SHARED}", f"own-{writing.name}"][: 1 + (act % 7 == 0)]

        def entries() -> list[NewEntry]:
            return [
                NewEntry(one, store.version(one), "noted", {"text": text(*mark)}, entry_id(*mark))
                for one, mark in zip(streams, ((writing.name, act, 0), (writing.name, act, 1)), strict=False)
            ]

        made = (row(one, store.version(one)) for one in streams)
        for part, entry in enumerate(store.append(entries, actor=writing.name, at=NOW, rows=made)):
            say("entry", act, part, entry.id, entry.seq, entry.hash)

    return do


def at_a_desk(store: Store, writing: Writing, say: Say) -> Callable[[int], None]:
    """Acts as the screens do them: a note on a concern all desks share, which the first one raises."""
    desk = make_desk(store, Hands(), writing.name)

    def do(act: int) -> None:
        concern = entry_id("concern", act % SHARED, 0)
        if not store.version(concern):
            desk.do(concern, raise_concern(), mark=entry_id("concern", act % SHARED, 1))
        mark = entry_id(writing.name, act, 0)
        done = desk.do(concern, AddNote(text=text(writing.name, act, 0)), mark=mark)
        say("entry", act, 0, done.entries[0])

    return do


def waiting(place: str) -> Outbox:
    """The outbox at a place."""
    return Outbox(Path(place), outbox_key(KEY))


def keep(writing: Writing, say: Say, enough: Callable[[float], bool]) -> None:
    """Keep act after act on this machine, the outbox closed and opened again now and then."""
    outbox = waiting(writing.place)
    for act in range(writing.first, writing.first + writing.acts):
        if enough(0):
            break
        if act % writing.sitting == 0:
            outbox.close()
        command = {"text": text(writing.name, act, 0)}
        outbox.put(Waiting(entry_id(writing.name, act, 0), "c1", writing.name, NOW, None, command))
        say("kept", act)
    outbox.close()


def write(writing: Writing, say: Say, enough: Callable[[float], bool]) -> None:
    """Open the record, look whether what was seen of it is still there, and record; `enough` waits a while at most."""
    act, end = writing.first, writing.first + writing.acts
    if writing.away:
        keep(writing, say, enough)
        return
    while act < end and not enough(0):
        try:
            with reach(writing.place) as store:
                _set(store, writing)
                witness = Witness(Path(writing.witness) / writing.name) if writing.witness else None
                do = (at_a_desk if writing.desk else straight)(store, writing, say)
                for act in range(act, min(act + writing.sitting, end)):  # noqa: B020 - goes on where it was
                    if enough(0):
                        return
                    if witness and act % 10 == 0:
                        witness.check(store)
                    do(act)
                act += 1
        except (Unavailable, Conflict):
            if not writing.patient:
                raise
            enough(0.05)


def _set(store: Store, writing: Writing) -> None:
    if "://" not in writing.place:
        for setting in (f"synchronous = {writing.synchronous}", f"wal_autocheckpoint = {writing.checkpoint}"):
            store._read(f"PRAGMA {setting}")  # type: ignore[attr-defined]  # the engine that has them


def run(writing: Writing, ear: int, mouth: int) -> None:
    """Write until `ear` ends, and say so to `mouth`: descriptors, each line in one call."""

    def say(*words: object) -> None:
        os.write(mouth, json.dumps(words).encode() + b"\n")

    write(writing, say, lambda seconds: bool(select.select([ear], [], [], seconds)[0]))


if __name__ == "__main__":
    run(Writing(**json.loads(sys.argv[1])), 0, 1)
