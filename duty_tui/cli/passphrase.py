"""Where a passphrase comes from: a variable, a file, the terminal; never the words of a command, which others see."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from getpass import getpass
from pathlib import Path

from duty_tui.cli.output import narrate
from duty_tui.domain.text import clean
from duty_tui.errors import BadFile, Refused

_TRIES = 3
#: Shortest passphrase that is taken: three ordinary words are longer.
SHORTEST = 12
#: A file larger than this holds no passphrase.
_MOST_BYTES = 4096
_NOTHING = "Nothing was changed."


def somebody_there() -> bool:
    """Whether there is a terminal to ask on."""
    return sys.stdin.isatty() and sys.stderr.isatty()


class Passphrase:
    """The passphrase of the key file, asked for once; an `Unlock` of the store. `file` may hold it."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        #: The passphrase that opened the key file, once it did.
        self.known: str | None = None
        self._opened: dict[Path, bytes] = {}

    def __call__(self, path: Path, opens: Callable[[str], bytes]) -> bytes:
        """Open the key file at `path`. Raises Refused when nobody can be asked, WrongPassphrase, BadFile."""
        from duty_tui.store.keyfile import WrongPassphrase, nobody_to_ask

        if path in self._opened:
            return self._opened[path]  # opening takes long, by intention: once a command is enough
        given = self.known or self.given()
        if given is None and not somebody_there():
            return nobody_to_ask(path, opens)
        tries = 1 if given else _TRIES
        while True:
            tries -= 1
            words = given or getpass(f"Passphrase of {clean(str(path))}: ")
            try:
                key = opens(words)
            except WrongPassphrase as error:
                if not tries:
                    raise
                narrate(error.what)
            else:
                self.known, self._opened[path] = words, key
                return key

    def given(self) -> str | None:
        """What the file or DUTY_TUI_PASSPHRASE says; None where neither is there. Raises BadFile."""
        return first_line(self._file) if self._file else os.environ.get("DUTY_TUI_PASSPHRASE") or None


def first_line(path: Path) -> str:
    """The passphrase in a file only its owner may read. Raises BadFile."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        with path.open("rb") as file:
            words = file.read(_MOST_BYTES).decode().splitlines()
    except OSError as error:
        what = f"The passphrase in {path} cannot be read: {error.strerror}."
        raise BadFile(what, do="Check the file and its permissions.") from None
    except UnicodeDecodeError:
        raise BadFile(f"What is in {path} is no text in UTF-8.", do="Name another file.") from None
    if sys.platform != "win32" and mode & 0o077:
        raise BadFile(f"{path} holds a passphrase and can be read by others.", do=f"Run: chmod 600 {path}")
    if not words or not words[0]:
        raise BadFile(f"The first line of {path} is empty.", do="Write the passphrase there, and nothing else.")
    return words[0]


def new_passphrase(file: Path | None, otherwise: str | None) -> str:
    """A new passphrase: from `file`, DUTY_TUI_NEW_PASSPHRASE, typed twice on the terminal, else `otherwise`.

    Raises Refused when there is none, when the two typed differ, or when it is too short; BadFile.
    """
    words = first_line(file) if file else os.environ.get("DUTY_TUI_NEW_PASSPHRASE")
    if not words and somebody_there():
        words = getpass("New passphrase: ")
        if getpass("The same once more: ") != words:
            raise Refused("The two were not the same.", entry=_NOTHING, do="Try again.")
    words = words or otherwise
    if not words:
        raise Refused(
            "There is no terminal to ask for the new passphrase.",
            entry=_NOTHING,
            do="Set DUTY_TUI_NEW_PASSPHRASE, or name a file that holds it with --new-file.",
        )
    if len(words) < SHORTEST:
        raise Refused(
            f"A passphrase of fewer than {SHORTEST} characters is guessed too quickly.",
            entry=_NOTHING,
            do="Take three or four words that do not belong together.",
        )
    return words
