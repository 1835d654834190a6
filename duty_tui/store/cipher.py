"""Reaching an encrypted SQLite file: the driver, a connection that keeps its promises, and its errors in words.

Everything here is SQLCipher 4 over SQLite in WAL mode. What its page checks do not cover: the `-wal` file beside the
database holds what was recorded lately; damage there shows as a missing end, which the witness notices, and its stale
tail and the `-shm` file hold nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from duty_tui.errors import Tampered, Unavailable, WrongDatabase

if TYPE_CHECKING:
    from sqlite3 import dbapi2 as driver
else:
    import sqlcipher3
    from sqlcipher3 import dbapi2 as driver

    # The driver sqlite-utils looks for first, so that the errors it catches are ours.
    sys.modules.setdefault("pysqlite3", sqlcipher3)
    sys.modules.setdefault("pysqlite3.dbapi2", driver)

__all__ = ["connect", "damaged_pages", "driver", "telling", "told"]

#: Older ones can lose committed pages when two connections meet while the WAL begins again (fixed in SQLite 3.51.3).
OLDEST = (3, 51, 3)

#: Primary result codes, in words. https://sqlite.org/rescode.html
AWAY = {
    3: "this account may not use the database file.",
    5: "another program kept the database locked for too long.",
    6: "another program kept the database locked for too long.",
    7: "the computer has no memory left.",
    8: "the database can only be read from here: its file, its folder or the whole disk is protected against writing.",
    10: "the disk could not be read or written.",
    13: "the disk is full.",
    14: "the database file or the files beside it cannot be opened.",
    15: "another program kept the database locked for too long.",
    22: "the file has grown too large for this disk.",
}
#: What to do about it before trying again.
FIRST = {
    3: "Ask for the right to write to the file and its folder. ",
    8: "Ask for the right to write to the file and its folder. ",
    10: "See whether the disk is there and has room. ",
    13: "Make room on the disk. ",
    14: "Ask for the right to write to the file and its folder. ",
    22: "Move the database to a disk that takes larger files. ",
}
AGAIN = "Your text is kept; try again."
READ_ONLY, CORRUPT, CANNOT_OPEN, NOT_A_DATABASE = 8, 11, 14, 26


def told(error: driver.Error, path: Path) -> Exception:
    """The error to raise instead of the driver's own, in words; the driver's own when it is a fault of this program."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    primary = code & 0xFF
    if primary == NOT_A_DATABASE:
        return WrongDatabase(
            f"{path} cannot be opened with this key: it is another database's key, another kind of file, or the first "
            "page is damaged. Encrypted, these look the same.",
            do="Check which key and which file are meant. Keep the file as it is.",
        )
    if primary == CORRUPT:
        return Tampered(f"A page of {path} is damaged.", seq=0, do="Run `duty-tui verify`; it names the page.")
    # The reason first: where a line is short, it is the path that is cut.
    why = AWAY.get(primary, f"the database refused (SQLite result {code}).").rstrip(".")
    return Unavailable(f"{why[0].upper()}{why[1:]} ({path}).", do=FIRST.get(primary, "") + AGAIN)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn the driver's errors into those a person can read; see `told`."""
    try:
        yield
    except driver.Error as error:
        raise told(error, path) from error


def connect(path: Path, key: bytes, *, patience: float, read_only: bool) -> driver.Connection:
    """A connection that encrypts with `key` (32 bytes), waits `patience` seconds for a lock, and has read one page.

    Raises `WrongDatabase` when the key does not open the file, or the SQLite at hand is too old to be trusted.
    """
    if driver.sqlite_version_info < OLDEST:
        raise WrongDatabase(
            f"SQLite {driver.sqlite_version} can lose what was recorded; {'.'.join(map(str, OLDEST))} or later cannot.",
            do="Install a newer sqlcipher3.",
        )
    with telling(path):
        if not read_only:
            return _keyed(path, "rw", key, patience)
        try:
            return _keyed(path, "ro", key, patience)
        except driver.OperationalError as error:
            # No files beside the database and no right to make them. With nothing in the WAL the file alone is whole,
            # a still picture: what is recorded after this is not seen.
            wal = path.with_name(path.name + "-wal")
            if error.sqlite_errorcode & 0xFF not in (READ_ONLY, CANNOT_OPEN) or (wal.exists() and wal.stat().st_size):
                raise
            return _keyed(path, "ro&immutable=1", key, patience)


def damaged_pages(path: Path, key: bytes) -> list[str]:
    """What the seal of each page says, a line for a broken one, also of a file that opens no other way."""
    with telling(path), closing(_sealed(path, "ro", key, 0)) as connection:
        return [str(line) for (line,) in connection.execute("PRAGMA cipher_integrity_check").fetchall()]


def _sealed(path: Path, mode: str, key: bytes, patience: float) -> driver.Connection:
    """A connection that has its key and has read nothing yet."""
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,  # transactions begin where we say, and at once with the write lock
        check_same_thread=False,  # opened by one thread, then handed to the one that owns it
    )
    connection.execute("PRAGMA cipher_log_level = NONE")  # it writes to stderr, across the screen
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _keyed(path: Path, mode: str, key: bytes, patience: float) -> driver.Connection:
    connection = _sealed(path, mode, key, patience)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        for setting in ("foreign_keys = ON", "recursive_triggers = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection
