"""What a person sets for themselves in `settings.toml`: their name, the theme, their keys; never a rule.

Checked by hand: the program reads them at every start, before a model's library would be loaded.
"""

from __future__ import annotations

import difflib
import getpass
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from duty_tui.errors import BadFile
from duty_tui.places import places

#: A settings file larger than this is not one.
_MOST_BYTES = 100_000
_LONGEST_NAME = 80
_MOST_MINUTES = 24 * 60
THEMES = ("dark", "light", "contrast", "ansi", "")


@dataclass(frozen=True, slots=True)
class Settings:
    """One person's settings; every one has a default."""

    #: The name entries are recorded under; the login name unless set.
    name: str = field(default_factory=getpass.getuser)
    #: dark, light, contrast or ansi; empty chooses by the terminal.
    theme: str = ""
    #: Minutes without a key after which the screens are covered; 0 for never.
    lock_after: int = 0
    #: Command id to keys, for those whose keyboard or habits differ; whether they fit is asked before the first screen.
    keys: Mapping[str, str] = field(default_factory=dict)
    #: The folder documents go to when none is named; it must exist. Empty means the program's own.
    documents: str = ""

    @property
    def folder(self) -> Path:
        """Where documents go. The program's own folder is made, for this person alone, when first asked for.

        Raises BadFile when it cannot be.
        """
        if self.documents:
            return Path(self.documents).expanduser()
        own = places().documents
        try:
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            what = f"The folder {own} cannot be made: {error.strerror}."
            raise BadFile(what, do="Name another one: documents = in your settings, or -o.") from None
        return own


def read_settings(path: Path) -> Settings:
    """The settings in a file, or the defaults where there is none. Raises BadFile, naming each key that is wrong."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return _made(path, {})
    except OSError as error:
        raise BadFile(f"The settings in {path} cannot be read: {error.strerror}.", do="Check the file.") from None
    try:
        if len(raw) > _MOST_BYTES:
            raise tomllib.TOMLDecodeError("it is far too large")
        table = tomllib.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        plain = (
            error if isinstance(error, tomllib.TOMLDecodeError | UnicodeDecodeError) else "no settings look like that"
        )
        what = f"The settings in {path} are not TOML: {plain}."
        raise BadFile(what, do="Mend the line, or move the file away.") from None
    problems = tuple(_problems(table))
    if problems:
        what = f"The settings in {path} are not right."
        raise BadFile(what, problems=problems, do="Mend them and start again.")
    return _made(path, table)


def _made(path: Path, table: Mapping[str, Any]) -> Settings:
    try:
        return Settings(**table)
    except (KeyError, OSError, ImportError):  # what getpass raises for an account nobody listed
        what = "This account has no login name, and entries are recorded under a name."
        raise BadFile(what, do=f'Write name = "Your Name" into {path}.') from None


def _problems(table: Mapping[str, Any]) -> Iterator[str]:
    known = [one.name for one in fields(Settings)]
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            yield f"{key}: there is no such setting" + (f"; did you mean {near[0]}?" if near else "")
    name = table.get("name", "-")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= _LONGEST_NAME:
        yield f"name: a text of 1 to {_LONGEST_NAME} characters in quotation marks"
    if table.get("theme", "") not in THEMES:
        yield f"theme: one of {', '.join(filter(None, THEMES))}"
    if not isinstance(table.get("documents", ""), str):
        yield "documents: the path of a folder in quotation marks"
    minutes = table.get("lock_after", 0)
    if type(minutes) is not int or not 0 <= minutes <= _MOST_MINUTES:
        yield f"lock_after: whole minutes from 1 to {_MOST_MINUTES}, or 0 for never"
    keys = table.get("keys", {})
    if not isinstance(keys, dict):
        yield "keys: a table of commands and keys"
    elif not all(isinstance(pressed, str) for pressed in keys.values()):
        yield 'keys: each key in quotation marks, as in "concern.new" = "f5"'
