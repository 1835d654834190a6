"""A record copied whole: for a backup, from one, or under a new key. No copy counts before it was opened and compared.

A copy is made under a hidden name beside its place, verified, and only then given its name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from duty_tui.errors import Refused, Tampered, Unavailable
from duty_tui.store import place
from duty_tui.store.cipher import connect, driver, telling
from duty_tui.store.copying import COPYING
from duty_tui.store.journal import Head
from duty_tui.store.sqlite import SCHEMA, SqliteStore

_NOTHING = "Nothing was changed."
#: How often the write lock is tried for at a moment when nothing waits in the WAL.
_TRIES = 20


def back_up(path: Path, key: bytes, target: Path, *, patience: float = 5.0) -> Head:
    """Copy the record at `path` to the new file `target`, under the same key; returns the end of the copy.

    Others may go on recording: the copy is the record as it was at one moment. It is opened, verified whole and
    compared with the record entry by entry before it gets its name. Raises Refused when there is a file already,
    Unavailable, Tampered.
    """
    with SqliteStore(path, key, patience=patience) as store:
        store.verify()
    with _reserved(target) as fresh:
        _copied(path, key, fresh, patience)
        return _compared(path, key, fresh, key, patience)


def restore(source: Path, key: bytes, path: Path, aside: Path | None = None, *, patience: float = 5.0) -> Head:
    """Put a verified copy of the backup `source` at `path`; returns its end.

    A record that is there already is moved to `aside` with the files beside it, and kept; without `aside` Refused.
    Whoever has it open is told that it was replaced. Raises Refused, Unavailable, Tampered, WrongDatabase.
    """
    fresh = place.hidden(path)
    try:
        if aside is None:
            _put_aside(path, None)  # said before the work is done
        place.make(fresh)
        _copied(source, key, fresh, patience)
        with SqliteStore(fresh, key) as copy:  # one of an earlier version is brought up to this one here
            head = copy.verify()
            if copy.meta(COPYING):
                what = f"{source} is a copy that is not whole yet."
                raise Refused(what, entry=_NOTHING, do="Finish it with `duty-tui database copy`, or name another.")
        with _disk(path):
            _put_aside(path, aside)
            path.hardlink_to(fresh)
            place.settle(path.parent)
    finally:
        place.sweep(fresh, path)
    return head


def _put_aside(path: Path, aside: Path | None) -> None:
    """Make the place free, the `-wal` of a record that is gone included: it would be read into the new one."""
    names = [(path.with_name(path.name + ending), ending) for ending in ("", *place.BESIDE)]
    found = [(old, ending) for old, ending in names if os.path.lexists(old)]
    if found and (aside is None or os.path.lexists(aside)):
        raise _there_already(aside or found[0][0])
    if aside is not None:
        for old, ending in found:
            old.rename(aside.with_name(aside.name + ending))


def rekey(path: Path, old: bytes, new: bytes, keep_key: Callable[[], None], *, patience: float = 5.0) -> Head:
    """Put a copy of the record under the key `new` in its place; returns its end.

    The copy is written beside, verified whole and compared entry by entry, while the write lock keeps everybody from
    recording. `keep_key` is called before the copy takes the record's name: it must leave the new key on the disk. A
    cut before that leaves the old record under the old key, a cut after it the new under the new. Others who have the
    record open are told that it was replaced. Raises Unavailable, Tampered, WrongDatabase.
    """
    fresh = place.hidden(path)
    with SqliteStore(path, old, patience=patience) as store:
        store.verify()
        with closing(_reading(path, old, patience)) as holder:
            _hold(holder, path)
            try:
                place.make(fresh)
                _exported(path, old, fresh, new, patience)
                head = _compared(path, old, fresh, new, patience)
                with _disk(path):
                    fresh.chmod(stat.S_IMODE(path.stat().st_mode))
                    keep_key()
                    fresh.replace(path)
                    for ending in place.BESIDE:  # empty, and of the old file; a new one must not find them
                        path.with_name(path.name + ending).unlink(missing_ok=True)
                    place.settle(path.parent)
            finally:
                holder.execute("ROLLBACK")
                place.sweep(fresh, path)
    return head


def _reading(path: Path, key: bytes, patience: float) -> driver.Connection:
    """A connection that takes the files beside the database away again where it may."""
    return connect(path, key, patience=patience, read_only=not place.may_write(path))


def _copied(path: Path, key: bytes, fresh: Path, patience: float) -> None:
    place.look(path, empty_is_fine=False)
    with telling(path), closing(_reading(path, key, patience)) as connection:
        connection.execute("VACUUM INTO ?", (str(fresh),))


def _exported(path: Path, old: bytes, fresh: Path, new: bytes, patience: float) -> None:
    with telling(fresh), closing(_reading(path, old, patience)) as connection:
        connection.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(fresh), f"x'{new.hex()}'"))
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        connection.execute(f"PRAGMA fresh.user_version = {SCHEMA}")


def _compared(path: Path, key: bytes, fresh: Path, new: bytes, patience: float) -> Head:
    """The end of the copy, verified whole, every entry of it the same as in the record."""
    with (
        SqliteStore(path, key, patience=patience) as store,
        SqliteStore(fresh, new, patience=patience) as copy,
    ):
        head = copy.verify()
        same = all(batch == store.since(batch[0].seq - 1, len(batch)) for batch in copy.follow())
        if not same or copy.meta("database") != store.meta("database"):
            raise Tampered(f"The copy of {path} is not the same as the record.", seq=0, do="Try again.")
    return head


def _hold(holder: driver.Connection, path: Path) -> None:
    """Take the write lock while nothing waits in the WAL: everything is in the one file, and stays so."""
    wal = path.with_name(path.name + "-wal")
    with telling(path):
        for _ in range(_TRIES):
            holder.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            holder.execute("BEGIN IMMEDIATE")
            if not wal.exists() or not wal.stat().st_size:
                with suppress(FileNotFoundError):
                    place.settle(wal)  # cut off, it must not be whole again beside the new record
                return
            holder.execute("ROLLBACK")
    raise Unavailable(f"{path} is being recorded on all the time.", do="Try again when less is going on.")


@contextmanager
def _reserved(target: Path) -> Iterator[Path]:
    """A hidden file beside `target` that gets its name at the end; the name is taken at once, and let go on failure."""
    fresh = place.hidden(target)
    with _disk(target):
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise _there_already(target) from None
        try:
            place.make(fresh)
            yield fresh
            fresh.replace(target)
            place.settle(target.parent)
        except BaseException:
            target.unlink()
            raise
        finally:
            place.sweep(fresh, target)


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"{path} cannot be written: {error.strerror}."
        raise Refused(what, entry=_NOTHING, do="Choose another place, or make room there.") from error


def _there_already(path: Path) -> Refused:
    return Refused(f"There is already a file at {path}.", entry=_NOTHING, do="Name another.")
