"""What this terminal has seen with its own eyes: a record cut short or put back since then is noticed here.

The chain binds every entry to the one before it, so it cannot see that its own end is missing. Each terminal therefore
remembers the last head it saw of each database, in a file of its own, apart from the database.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from duty_tui.errors import BadFile, Unavailable
from duty_tui.store.journal import START, Head
from duty_tui.store.store import Store


class Witness:
    """Remembers heads in `folder`, one file for each database, named after its random id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _file(self, store: Store) -> Path:
        return self._folder / f"{store.meta('database')}.json"

    def seen(self, store: Store) -> Head:
        """The last head seen of this database; `START` when it was never seen. Raises `BadFile` when unreadable."""
        file = self._file(store)
        try:
            seq, seal = json.loads(file.read_bytes())
            return Head(int(seq), str(seal))
        except FileNotFoundError:
            return START
        except (OSError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise BadFile(
                f"What this terminal last saw of the record cannot be read from {file}.",
                do="Run `duty-tui verify` with the backups at hand; if all is well, delete the file.",
            ) from error

    def check(self, store: Store) -> Head:
        """Verify what came since the last look and that what was seen is still there; returns the end, now seen.

        A database never seen before is taken as it is: `verify` walks the whole of it. Raises `Tampered`.
        """
        seen = self.seen(store)
        head = store.verify(seen, whole=False) if seen.seq else store.head()
        return seen if head == seen else self._remember(store, head)  # a draft moves the file on, and not the journal

    def verify(self, store: Store) -> Head:
        """Verify the whole record, and that what was seen is still there; returns the end. Raises `Tampered`."""
        seen = self.seen(store)
        store.verify(whole=True)
        return self._remember(store, store.verify(seen, whole=False))

    def begin_anew(self, store: Store) -> tuple[Head, Head]:
        """Verify the whole record and take its end for what was seen, whatever was seen before: it was restored.

        Returns what was seen before (`START` when nothing, or nothing that can be read) and the end. Raises `Tampered`.
        """
        try:
            seen = self.seen(store)
        except BadFile:
            seen = START
        return seen, self._remember(store, store.verify(whole=True))

    def _remember(self, store: Store, head: Head) -> Head:
        file = self._file(store)
        fresh = file.with_suffix(f".{os.urandom(8).hex()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
                json.dump(head, out)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(file)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise Unavailable(
                f"This terminal cannot note what it saw of the record in {self._folder}: {error.strerror}.",
                do="Make room or give this account the right to write there, then start again.",
            ) from error
        return head
