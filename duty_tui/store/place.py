"""Where a database file is: making it, looking whether it is there, and whether it is still the one that was opened."""

from __future__ import annotations

import os
import re
import stat
from hashlib import sha256
from pathlib import Path

from duty_tui.errors import Refused, Unavailable, WrongDatabase

#: Bytes of the smallest database: one page of SQLCipher 4.
SMALLEST = 4096
#: What stands beside a database while it is open.
BESIDE = ("-wal", "-shm")
_HIDDEN = re.compile(r"\.[0-9a-f]{8}-([0-9a-f]{8})-([0-9]{1,9})-")
#: Elsewhere nobody can be asked whether a process still runs without ending it.
_POSIX = os.name == "posix"


def make(path: Path) -> None:
    """An empty file only its owner may read, when there is none; two starts at once make one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise Unavailable(
            f"No database can be made at {path}: {error.strerror}.", do="Choose another place."
        ) from error


def hidden(path: Path) -> Path:
    """A name beside `path` for something not finished; it says which process of which machine makes it."""
    return path.with_name(f".{os.urandom(4).hex()}-{_machine()}-{os.getpid()}-{path.name}")


def sweep(fresh: Path, path: Path) -> None:
    """Remove what was made under the hidden name `fresh`, and what a program that was killed left beside `path`."""
    for found in list(path.parent.iterdir()) if path.parent.is_dir() else ():
        if found.name.startswith(fresh.name) or _is_abandoned(found.name, path.name):
            found.unlink(missing_ok=True)


def settle(place: Path) -> None:
    """See that what a folder or a file holds is on the disk, where the system can be asked to.

    A file that was synced is safe; the name it is found under is so only once its folder was.
    """
    if _POSIX:
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def refuse_left(path: Path) -> None:
    """Raise Refused where a record that is gone left its `-wal`: it would be read into a new one of the same name."""
    left = path.with_name(path.name + BESIDE[0])
    if left.exists() and left.stat().st_size and not path.exists():
        raise Refused(
            f"{left} is what a record that is gone left there; its last entries may be in it.",
            entry="Nothing was made.",
            do="Put it back together with its record, or move it away.",
        )


def _is_abandoned(found: str, name: str) -> bool:
    """Whether this is a hidden name made for `name` by a process of this machine that is no more."""
    made = _HIDDEN.match(found)
    if not made or not _POSIX or found[made.end() :] not in (name, *(name + ending for ending in BESIDE)):
        return False
    return made[1] == _machine() and not _runs(int(made[2]))


def _machine() -> str:
    return sha256((os.uname().nodename if _POSIX else "").encode()).hexdigest()[:8]


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)  # asks, and does nothing
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def look(path: Path, *, empty_is_fine: bool) -> None:
    """Refuse what is no file to open: SQLite takes a very short one for a new database and writes over it."""
    try:
        found = path.stat()
    except FileNotFoundError:
        found = None
    except OSError as error:
        raise Unavailable(
            f"{path} cannot be reached: {error.strerror}.", do="Check the path and whether the disk is there."
        ) from error
    if found is None:
        raise WrongDatabase(f"There is no database at {path}.", do="Make one with `duty-tui init`.")
    if not stat.S_ISREG(found.st_mode) or (found.st_size == 0 and not empty_is_fine):
        what = "is an empty file" if stat.S_ISREG(found.st_mode) else "is no file"
        raise WrongDatabase(
            f"There is no database at {path}: it {what}.", do="Name another, or make one there with `duty-tui init`."
        )
    if 0 < found.st_size < SMALLEST:
        raise WrongDatabase(
            f"{path} is too short to be a database of duty-tui; it may have been cut off.", do="Keep the file as it is."
        )


def may_write(path: Path) -> bool:
    """Whether this account may write the file and make others beside it."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent))


class Place:
    """The file a connection was opened on, by its inode: it cannot be used again while the connection holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = self._look()

    def _look(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.path)  # noqa: PTH116 - on the path of every append
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def is_same(self) -> bool:
        """Whether the file is there and still the one that was opened."""
        return self._file is not None and self._look() == self._file

    def check(self) -> None:
        """Raise `Unavailable` when the file was moved or replaced: writing on would be lost with the old one."""
        if not self.is_same():
            raise Unavailable(
                f"{self.path} was moved, replaced or deleted while it was open.",
                do="Your text is kept. Close this window and start again, once the file is back.",
            )
