"""A desk on its own thread, and a watcher on another, so that the screen never waits for a disk.

One thread owns the store; every call goes to it in turn. The watcher only nudges: what changed is read, in order, by
the thread that owns the store, whether it was recorded here or on another terminal. There is one path for both.
"""

from __future__ import annotations

import asyncio
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from duty_tui.desk.seen import Seen
from duty_tui.domain.kinds import VIEWED
from duty_tui.domain.streams import SERVICE
from duty_tui.errors import DutyError, Unavailable
from duty_tui.store.rows import ConcernRow
from duty_tui.store.store import Store, Watcher

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk

Answer = TypeVar("Answer")

#: How long the watcher waits for a change before it looks whether it should stop.
_PATIENCE = 1.0
#: What is told of an error nobody foresaw where nobody keeps it. Its own words may hold what somebody typed.
_FAILED = "Something went wrong in duty-tui itself."


class Changes(NamedTuple):
    """What was recorded since the last time: the rows that moved on, or everything when the rules did."""

    rows: tuple[ConcernRow, ...] = ()
    everything: bool = False
    #: Names of those who recorded, without doubles.
    actors: tuple[str, ...] = ()
    #: Why nothing can be read at present, in words; empty when all is well.
    trouble: str = ""
    #: Ids of those concerns among them that the person here may not see.
    hidden: tuple[str, ...] = ()


class _Once(Generic[Answer]):
    """Makes a thing when first asked, and answers with it, or with why it could not be made, ever after."""

    def __init__(self, make: Callable[[], Answer]) -> None:
        self._make = make
        self._made: Future[Answer] = Future()

    def __call__(self) -> Answer:
        if not self._made.done():
            try:
                self._made.set_result(self._make())
            except DutyError as error:
                self._made.set_exception(error)
        return self._made.result()

    @property
    def made(self) -> bool:
        """Whether it was asked for, and could be made."""
        return self._made.done() and not self._made.exception()


class DeskSession:
    """Opens a desk on a thread of its own and asks it things from an event loop.

    A desk reads policies when it is opened. `open_store` opens the same record without one: rows can then be looked at
    sooner, and the desk is opened when it is first asked something. `look_back` is called with the store whenever it
    has moved on, and raises when the record is not the one that was seen before. All run on the desk's thread. `actor`
    is whom rows are read for; without it whoever the desk works for, and nobody while it has not been opened.
    """

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        open_store: Callable[[], Store] | None = None,
        look_back: Callable[[Store], None] | None = None,
        actor: str | None = None,
    ) -> None:
        self._actor = actor
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._stop = threading.Event()
        self._watching: threading.Thread | None = None
        self._seq = 0
        self._rows_key: str | None = None
        self._desk = _Once(open_desk)
        self._open_store = open_store or (lambda: self._desk().store)
        self._store = _Once(self._opened)
        self._look_back = look_back or (lambda _: None)
        self._thread.submit(self._store)

    async def look(self, question: Callable[[Store], Answer]) -> Answer:
        """What the record itself answers, without the rules; quick, also while the desk has not been opened."""
        return await asyncio.wrap_future(self._thread.submit(lambda: question(self._store())))

    async def ask(self, question: Callable[[Desk], Answer]) -> Answer:
        """What the desk answers; the calling task waits, the event loop does not."""
        return await asyncio.wrap_future(self._thread.submit(lambda: question(self._desk())))

    def ask_and_wait(self, question: Callable[[Desk], Answer], timeout: float = 5.0) -> Answer:
        """The same, blocking: for the moment the program is being told to end and a draft must still be kept."""
        return self._thread.submit(lambda: question(self._desk())).result(timeout)

    def watch(
        self, tell: Callable[[Changes], None], since: int, unforeseen: Callable[[Exception], str] = lambda _: _FAILED
    ) -> None:
        """From now on, `tell` of everything recorded after entry number `since`, on another thread.

        `since` is the head of the journal as it was before the first rows were read: nothing falls in between. An error
        that was not written for anybody is handed to `unforeseen`, which says it in words: the first time it happens.
        """
        self._seq = since
        words = _Unforeseen(unforeseen)
        self._watching = threading.Thread(target=self._watch, args=(tell, words), name="watcher", daemon=True)
        self._watching.start()

    def _watch(self, tell: Callable[[Changes], None], unforeseen: Callable[[Exception], str]) -> None:
        watcher: Watcher | None = None
        while not self._stop.is_set():
            try:
                # A new watcher has seen nothing: whatever was recorded before it began is told first.
                begin = watcher is None
                watcher = watcher or self._thread.submit(self._watcher).result()
                if begin or (watcher.changed(_PATIENCE, self._stop) and not self._stop.is_set()):
                    tell(self._thread.submit(self._changes).result())
            except Exception as error:  # noqa: BLE001 (a screen nobody tells anything would go on showing what was)
                _let_go_of(watcher)
                watcher = None
                if not self._stop.is_set():  # what fails because all is being put away is no trouble
                    tell(Changes(trouble=_why(error) if isinstance(error, DutyError) else unforeseen(error)))
                self._stop.wait(_PATIENCE)
        _let_go_of(watcher)

    def _opened(self) -> Store:
        store = self._open_store()
        self._rows_key = store.meta("projection_key")
        return store

    def _watcher(self) -> Watcher:
        return self._store().watcher()

    def _changes(self) -> Changes:
        store = self._store()
        self._look_back(store)
        streams: dict[str, dict[str, None]] = {}  # who recorded on it, by its name
        for batch in store.follow(self._seq):
            for entry in batch:
                if entry.kind != VIEWED:  # that somebody looked is no news to anybody
                    streams.setdefault(entry.stream, {})[entry.actor] = None
            self._seq = batch[-1].seq
        if SERVICE in streams and self._desk.made:
            self._desk().books.forget()
        # What the service decides is recorded first, and every row made anew after it: that has no entry of its own.
        before, self._rows_key = self._rows_key, store.meta("projection_key")
        seen = Seen(store, self._who)
        rows = [row for stream in streams if (row := seen.row(stream))]
        hidden = tuple(row.id for row in rows if row.hidden)
        actors = tuple({name: None for stream, names in streams.items() if stream not in hidden for name in names})
        if SERVICE in streams or before != self._rows_key:
            return Changes(everything=True, actors=actors, hidden=hidden)
        return Changes(tuple(rows), actors=actors, hidden=hidden)

    @property
    def _who(self) -> str:
        """Whom rows are read for."""
        if self._actor is None and self._desk.made:
            return self._desk().actor
        return self._actor or ""

    def close(self) -> None:
        """Stop watching, finish what was asked, and let go of the store."""
        self._stop.set()
        if self._watching:
            self._watching.join(_PATIENCE * 2)
        self._thread.submit(self._let_go).result()
        self._thread.shutdown(wait=True)

    def _let_go(self) -> None:
        if self._store.made:
            self._store().close()
        if self._desk.made and (outbox := self._desk().outbox) is not None:
            outbox.close()


class _Unforeseen:
    """Says an error in words, made when it first happens at its place: what fails each second is one incident."""

    def __init__(self, made: Callable[[Exception], str]) -> None:
        self._made = made
        self._said: dict[tuple[type[Exception], str, int], str] = {}

    def __call__(self, error: Exception) -> str:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = (type(error), last.filename, last.lineno or 0)
        if where not in self._said:
            self._said[where] = self._made(error)
        return self._said[where]


def _why(error: DutyError) -> str:
    """Nobody records anything here: of a record that is away, what became of an entry is not said."""
    return error.what if isinstance(error, Unavailable) else str(error)


def _let_go_of(watcher: Watcher | None) -> None:
    """Close a watcher that is no longer of use; the next one begins anew."""
    if watcher is not None:
        watcher.close()
