"""What commands print: data on standard output, narration on standard error; nothing a terminal would obey."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import click

from duty_tui.domain.text import clean
from duty_tui.errors import DutyError


def speak_utf8() -> None:
    """Names are written in every script, whatever the locale says the terminal can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


class NotPrinted(DutyError):
    """Standard output takes nothing more: the disk it is sent to is full, or gone."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"Not everything could be printed: {error.strerror}.",
            entry="What was recorded before stays recorded.",
            do="Make room where the output goes, or print it elsewhere.",
        )


def open_closed() -> None:
    """Put something in the place of a standard stream that was closed before the program began (`<&-`).

    A file opened later would otherwise get its number, and be printed into.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for the whole run


def can_draw() -> bool:
    """Whether the terminal can move its cursor; when it says that it cannot, that is told."""
    name = os.environ.get("TERM", "")
    if name.lower() not in ("dumb", "unknown"):
        return True
    narrate(
        f"This terminal can draw no screens (TERM is {name}): here is the queue as text. `duty-tui --help` has more."
    )
    return False


def let_go() -> None:
    """Hand on what is still to be printed; a reader who has gone away (`| head`) ends the program without a word.

    Raises NotPrinted when it can be handed on to nobody.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        # The interpreter flushes once more on its way out: let it do so where nobody minds.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise NotPrinted(error) from None


def say(*lines: str) -> None:
    """Data, line by line, to standard output."""
    _write(sys.stdout, lines)


def narrate(*lines: str) -> None:
    """What happens meanwhile, to standard error."""
    _write(sys.stderr, lines)


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    put("".join(f"{clean(line)}\n" for line in lines), stream)


def put(text: str, stream: TextIO | None = None) -> None:
    """Print `text` as it is, to standard output without a `stream`. Raises NotPrinted."""
    try:
        (stream or sys.stdout).write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotPrinted(error) from None


def say_objects(objects: Sequence[Mapping[str, Any]]) -> None:
    """A JSON list, an object a line. Letters beyond ASCII are escaped: no terminal obeys or misreads them."""
    lines = ",\n".join(json.dumps(item, separators=(", ", ": ")) for item in objects)
    put(f"[\n{lines}\n]\n" if objects else "[]\n")


def say_object(value: Mapping[str, Any]) -> None:
    """One JSON object, a key a line, escaped likewise."""
    put(json.dumps(value, indent=2) + "\n")


#: A part of a name shorter than this says nothing about which one is meant.
_PART = 4


def near(word: str, known: Iterable[str]) -> str:
    """`; did you mean NAME?` with the nearest known name, or one the word is a part of; nothing when none is near."""
    from difflib import get_close_matches

    names = list(known)
    found = get_close_matches(word, names, 1) or [name for name in names if len(word) >= _PART and word in name]
    return f"; did you mean {found[0]}?" if found else ""


#: Machine-readable output, on every command that has it.
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/commands.md has its shape).")
