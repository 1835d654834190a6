"""A person's own keys, looked at before the first screen: a slip there would take a command away without a word."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from textual.keys import Keys, _character_to_key

from duty_tui.errors import BadFile
from duty_tui.screens.keys_page import screens
from duty_tui.widgets.command_screen import Commanded
from duty_tui.widgets.keys import key_words, why_not_key

_NAMED = frozenset(key.value for key in Keys)
_MODIFIERS = frozenset({"ctrl", "alt", "shift"})


def refuse_wrong_keys(keys: Mapping[str, str], settings: Path) -> None:
    """Raise BadFile, naming each slip, where the `keys` of a settings file do not fit the commands."""
    problems = tuple(dict.fromkeys(_problems(keys, [*screens()])))
    if problems:
        raise BadFile(
            f"The keys in {settings} are not right.",
            problems=problems,
            do="Mend them and start again; docs/keys.md has every command's id and its key.",
        )


def _problems(keys: Mapping[str, str], known: Iterable[tuple[str, type[Commanded]]]) -> Iterator[str]:
    ids = {act.id for _, screen in known for act in screen.acts()}
    for command, written in keys.items():
        if command not in ids:
            near = difflib.get_close_matches(command, ids, 1)
            yield f"{command}: there is no such command" + (f"; did you mean {near[0]}?" if near else "")
        else:
            yield from (f"{command}: {wrong}" for key in written.split(",") if (wrong := _wrong(key.strip())))
    for title, screen in known:
        yield from _clashes(title, screen, keys)


def _wrong(key: str) -> str | None:
    if why := why_not_key(key):
        return f"{key} cannot be a command: {why}" if key else "no key is named"
    *modifiers, name = key.split("+")
    if len(key) == 1 or (_MODIFIERS.issuperset(modifiers) and (len(name) == 1 or name in _NAMED or _is_a_sign(name))):
        return None
    return f"{key} is no key; write it like n, f5, ctrl+s or question_mark"


def _is_a_sign(name: str) -> bool:
    """Whether it is a sign's name as Textual writes it: `question_mark`."""
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name):
        return False
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True


def _clashes(title: str, screen: type[Commanded], keys: Mapping[str, str]) -> Iterator[str]:
    """Commands of one screen that would share a key: only one of them could still be reached by it."""
    held: dict[str, str] = {}
    for act in screen.acts():
        for key in act.key_list(keys):
            named = _character_to_key(key) if len(key) == 1 else key
            other = held.setdefault(named, act.id)
            if other != act.id:
                yield f"{other} and {act.id} would both have the key {key_words(named)} ({title})"
