"""The key of the database: 32 random bytes in a file only its owner can read, kept apart from the database."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

from duty_tui.errors import BadFile, Unavailable

LENGTH = 32
_COMMENT = "# The key of a duty-tui database: without it the record cannot be read. Keep a copy in a safe place."
_HEX = re.compile(r"[0-9a-fA-F]{64}")


def make_key(path: Path) -> bytes:
    """Make the key file when there is none, and return the key in it. Never overwrites; two at once end with one key.

    The file is 0600, its folder, when made here, 0700. Raises `Unavailable` when it cannot be written, and what
    `read_key` raises when one is there already.
    """
    fresh = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(f"{_COMMENT}\n{os.urandom(LENGTH).hex()}\n")
            out.flush()
            os.fsync(out.fileno())
        _place(fresh, path)
    except OSError as error:
        if os.path.lexists(fresh):
            fresh.unlink(missing_ok=True)  # a disk that filled up half way
        raise Unavailable(
            f"No key file can be made at {path}: {error.strerror}.", do="Choose another folder for the settings."
        ) from error
    return read_key(path)


def _place(fresh: Path, path: Path) -> None:
    """Give the finished file its name, unless another has it: a link, unlike a rename, never takes a name over."""
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        return
    finally:
        fresh.unlink()


def read_key(path: Path) -> bytes:
    """The key in the file: 32 bytes. Raises `BadFile` when it is missing, open to others, unreadable or no key.

    Windows keeps no such permissions, and none are checked there.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError as error:
        raise BadFile(
            f"The key file {path} is missing; without it the record cannot be read.",
            do="Put the copy you keep back in its place.",
        ) from error
    except OSError as error:
        raise BadFile(
            f"The key file {path} cannot be read: {error.strerror}.", do="Check whose file it is, and its permissions."
        ) from error
    if sys.platform != "win32" and mode & 0o077:
        raise BadFile(f"The key file {path} can be read by others (mode {mode:o}).", do=f"Run: chmod 600 {path}")
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(words) != 1 or not _HEX.fullmatch(words[0]):
        raise BadFile(
            f"{path} is not a key file: it should hold one line of 64 hexadecimal digits.",
            do="Put the copy you keep back in its place.",
        )
    return bytes.fromhex(words[0])
