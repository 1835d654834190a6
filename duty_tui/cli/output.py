"""What commands print: data on standard output, narration on standard error; nothing a terminal would obey."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

import click

from duty_tui.domain.text import clean


def speak_utf8() -> None:
    """Names are written in every script, whatever the locale says the terminal can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def let_go() -> None:
    """Hand on what is still to be printed; a reader who has gone away (`| head`) ends the program without a word."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more on its way out: let it do so where nobody minds.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(*lines: str) -> None:
    """Data, line by line, to standard output."""
    _write(sys.stdout, lines)


def narrate(*lines: str) -> None:
    """What happens meanwhile, to standard error."""
    _write(sys.stderr, lines)


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    stream.write("".join(f"{clean(line)}\n" for line in lines))


def say_objects(objects: Sequence[Mapping[str, Any]]) -> None:
    """A JSON list, an object a line. Letters beyond ASCII are escaped: no terminal obeys or misreads them."""
    lines = ",\n".join(json.dumps(item, separators=(", ", ": ")) for item in objects)
    sys.stdout.write(f"[\n{lines}\n]\n" if objects else "[]\n")


def say_object(value: Mapping[str, Any]) -> None:
    """One JSON object, a key a line, escaped likewise."""
    sys.stdout.write(json.dumps(value, indent=2) + "\n")


def near(word: str, known: Iterable[str]) -> str:
    """`; did you mean NAME?` with the nearest known name, or nothing when none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), 1)
    return f"; did you mean {found[0]}?" if found else ""


#: Machine-readable output, on every command that has it.
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/commands.md has its shape).")
