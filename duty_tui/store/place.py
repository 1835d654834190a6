"""Where a database file is: making it, looking whether it is there, and whether it is still the one that was opened."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from duty_tui.errors import Unavailable, WrongDatabase

#: Bytes of the smallest database: one page of SQLCipher 4.
SMALLEST = 4096


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

    def check(self) -> None:
        """Raise `Unavailable` when the file was moved or replaced: writing on would be lost with the old one."""
        if self._look() != self._file or self._file is None:
            raise Unavailable(
                f"{self.path} was moved, replaced or deleted while it was open.",
                do="Your text is kept. Close this window and start again, once the file is back.",
            )
