"""The file that leads to the key of the database: 32 random bytes, apart from the database, its owner's alone.

Three kinds. `file`: one line of 64 hexadecimal digits, the key itself. `passphrase`: TOML with the key wrapped in a
passphrase. `keyring`: TOML with the name under which the system keyring has it. The last two say their format's number,
so that a later one is refused in words.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any, Literal, NamedTuple

from duty_tui.errors import BadFile, Refused, Unavailable
from duty_tui.store import system_keyring, wrapping
from duty_tui.store.place import settle
from duty_tui.store.wrapping import LENGTH, Strength, Wrapped

Kind = Literal["file", "passphrase", "keyring"]
#: Gets a passphrase from somewhere and opens with it: given the key file and what makes a key of a passphrase (which
#: raises `WrongPassphrase`), it returns that key.
Unlock = Callable[[Path, Callable[[str], bytes]], bytes]

FORMAT = 1
_NO_FORMAT = 1000
_COMMENT = "# The key of a duty-tui database: without it the record cannot be read. Keep a copy in a safe place."
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_BEFORE = ".before-"
_PUT_BACK = "Put the copy you keep back in its place."


class WrongPassphrase(Refused):
    """The passphrase does not open the key file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"That passphrase does not open the key file {path}.",
            do="Try again, mind the Caps Lock key; who has the recovery code can use `duty-tui key recover`.",
        )


class KeyFile(NamedTuple):
    """What a key file says, nothing opened yet."""

    kind: Kind
    since: datetime
    """When it became this kind with this passphrase; of a plain one, when the file was written. Aware, in UTC."""
    key: bytes = b""
    """Of kind `file`."""
    wrapped: Wrapped | None = None
    """Of kind `passphrase`."""
    name: str = ""
    """Of kind `keyring`: under which the keyring has it."""


def make_key(path: Path) -> bytes:
    """Make the key file when there is none, and return the key in it. Never overwrites; two at once end with one key.

    The file is 0600, its folder, when made here, 0700. Raises `Unavailable` when it cannot be written, and what
    `read_key` raises when one is there already.
    """
    fresh = _written(path, f"{_COMMENT}\n{os.urandom(LENGTH).hex()}\n")
    try:
        path.hardlink_to(fresh)  # a link, unlike a rename, never takes a name over
        settle(path.parent)  # a record whose key went with the power is lost
    except FileExistsError:
        return read_key(path)
    except OSError as error:
        raise _unmakeable(path, error) from error
    finally:
        fresh.unlink()
    return read_key(path)


def replace_key(path: Path, text: str) -> None:
    """Put a key file with this text (see `as_file`, `as_passphrase`, `as_keyring`) in the place of the one there.

    Whole or not at all: whoever reads meanwhile finds the old or the new. Raises `Unavailable`.
    """
    fresh = _written(path, text)
    try:
        fresh.replace(path)
        settle(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise _unmakeable(path, error) from error


def name_before(path: Path, now: datetime) -> Path:
    """A free name beside a key file, for the one that is there now when another takes its place."""
    name = f"{path.name}{_BEFORE}{now:%Y%m%d-%H%M%S}"
    taken = {one.name for one in kept_before(path)}
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return path.with_name(next(free for free in names if free not in taken))


def kept_before(path: Path) -> list[Path]:
    """The key files that were at `path` before and were kept beside it, the oldest first."""
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    return sorted(one for one in beside if one.name.startswith(f"{path.name}{_BEFORE}"))


def as_file(key: bytes) -> str:
    """The text of a plain key file."""
    return f"{_COMMENT}\n{key.hex()}\n"


def as_passphrase(key: bytes, passphrase: str, at: datetime) -> str:
    """The text of a key file that opens with a passphrase; `at` is now, aware."""
    strength, salt, sealed, seal = wrapping.wrap(key, passphrase)
    numbers = "".join(f"{name} = {number}\n" for name, number in strength._asdict().items())
    parts = {"salt": salt, "key": sealed, "seal": seal}
    return f"{_head('passphrase', at)}\n[scrypt]\n{numbers}" + "".join(
        f'{name} = "{part.hex()}"\n' for name, part in parts.items()
    )


def as_keyring(name: str, at: datetime) -> str:
    """The text of a key file for a key the system keyring has under `name`; `at` is now, aware."""
    return f'{_head("keyring", at)}name = "{name}"\n'


def _head(kind: Kind, at: datetime) -> str:
    return f'{_COMMENT}\nformat = {FORMAT}\nkind = "{kind}"\nsince = {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n'


def _written(path: Path, text: str) -> Path:
    """A file beside `path` that holds `text`, on the disk."""
    fresh = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        if os.path.lexists(fresh):
            fresh.unlink(missing_ok=True)  # a disk that filled up half way
        raise _unmakeable(path, error) from error
    return fresh


def _unmakeable(path: Path, error: OSError) -> Unavailable:
    what = f"No key file can be made at {path}: {error.strerror}."
    return Unavailable(what, do="Choose another folder for the settings.")


def nobody_to_ask(path: Path, opens: Callable[[str], bytes]) -> bytes:
    """An `Unlock` for where no passphrase can be had. Raises Refused."""
    del opens
    raise Refused(
        f"The key file {path} opens with a passphrase, and there is no terminal to ask for it.",
        do="Set DUTY_TUI_PASSPHRASE, or name a file that holds it with --passphrase-file.",
    )


def read_key(path: Path, unlock: Unlock = nobody_to_ask, patience: float = system_keyring.PATIENCE) -> bytes:
    """The key the file leads to: 32 bytes. `patience` is how many seconds a keyring may take.

    Raises `BadFile` when the file is missing, open to others, unreadable or no key, or the keyring does not have the
    key; what `unlock` raises, such as `WrongPassphrase`, when no passphrase opens it.
    """
    found = look_at(path)
    if found.kind == "keyring":
        return system_keyring.fetch(found.name, patience)
    if found.wrapped is None:
        return found.key
    wrapped = found.wrapped

    def opens(passphrase: str) -> bytes:
        key = wrapping.unwrap(wrapped, passphrase)
        if key is None:
            raise WrongPassphrase(path)
        return key

    return unlock(path, opens)


def look_at(path: Path) -> KeyFile:
    """What a key file says, without opening it. Raises `BadFile`.

    Windows keeps no such permissions, and none are checked there.
    """
    try:
        found = path.stat()
        text = path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError as error:
        what = f"The key file {path} is missing; without it the record cannot be read."
        raise BadFile(what, do=_PUT_BACK) from error
    except OSError as error:
        what = f"The key file {path} cannot be read: {error.strerror}."
        raise BadFile(what, do="Check whose file it is, and its permissions.") from error
    mode = stat.S_IMODE(found.st_mode)
    if sys.platform != "win32" and mode & 0o077:
        raise BadFile(f"The key file {path} can be read by others (mode {mode:o}).", do=f"Run: chmod 600 {path}")
    words = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(words) == 1 and _HEX.fullmatch(words[0]):
        return KeyFile("file", datetime.fromtimestamp(found.st_mtime, UTC), bytes.fromhex(words[0]))
    if not any(word.startswith("format") for word in words):
        what = f"{path} is not a key file: it should hold one line of 64 hexadecimal digits."
        raise BadFile(what, do=_PUT_BACK)
    return _read(path, text)


def _read(path: Path, text: str) -> KeyFile:
    try:
        table = tomllib.loads(text)
        if table["format"] == FORMAT:
            return _opened(table)
        newer = isinstance(table["format"], int) and FORMAT < table["format"] < _NO_FORMAT
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        newer = False
    if newer:
        what = f"{path} is a key file of format {table['format']}; this program knows format {FORMAT}."
        raise BadFile(what, do="Install the newer duty-tui. The file was not touched.")
    raise BadFile(f"The key file {path} is damaged.", do=_PUT_BACK)


def _opened(table: dict[str, Any]) -> KeyFile:
    """What a table of our format says. Raises what `_read` takes for damage."""
    since = table["since"].astimezone(UTC)
    if table["kind"] == "keyring":
        return KeyFile("keyring", since, name=_text(table["name"]))
    if table["kind"] != "passphrase":
        raise ValueError(table["kind"])
    scrypt = table["scrypt"]
    strength = Strength(*(int(scrypt[name]) for name in Strength._fields))
    salt, sealed, seal = (bytes.fromhex(scrypt[name]) for name in ("salt", "key", "seal"))
    if not strength.fits or (len(salt) < LENGTH // 2) or len(sealed) != LENGTH:
        raise ValueError("numbers no passphrase was ever wrapped with")
    return KeyFile("passphrase", since, wrapped=Wrapped(strength, salt, sealed, seal))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
