"""Reading one TOML file of a policy: measured, decoded and parsed at the door, and every refusal is a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from duty_tui.errors import BadFile
from duty_tui.rules.toml_lines import Path as KeyPath
from duty_tui.rules.toml_lines import TomlLines

#: No policy is longer than this; a larger file is something else.
MOST_BYTES = 1_000_000


class Problem(NamedTuple):
    """Something wrong at one place of a file, in words, with what to write instead where that is known."""

    path: KeyPath
    text: str


@dataclass(frozen=True)
class TomlFile:
    """A parsed file that still knows its lines; they are looked for once something is said about one of them."""

    path: Path
    data: dict[str, Any]
    text: str

    @cached_property
    def lines(self) -> TomlLines:
        """Where each key stands. Raises BadFile when lists or tables are nested too deeply."""
        try:
            return TomlLines(self.text)
        except RecursionError as wrong:
            raise _too_deep(self.path) from wrong

    def place(self, path: KeyPath) -> str:
        """File, line and key: `pack.toml line 12, obligation[0].clock[0].within`."""
        where = f"{self.path.name} line {self.lines.line(path)}"
        return f"{where}, {key_path(path)}" if path else where

    def sentences(self, problems: Iterable[Problem]) -> tuple[str, ...]:
        """Each problem with its place, in the order of the file."""
        ordered = sorted(set(problems), key=lambda problem: (self.lines.line(problem.path), str(problem.path)))
        return tuple(f"{self.place(problem.path)}: {problem.text}" for problem in ordered)


def key_path(path: KeyPath) -> str:
    """`("obligation", 0, "do")` as a person reads it: `obligation[0].do`; the first of a list is 0."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")


def read_toml(path: Path) -> TomlFile:
    """The file, parsed. Raises BadFile in words when it is missing, no file, too large, not UTF-8 or not TOML."""
    text = _text(path)
    try:
        return TomlFile(path, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as wrong:
        raise _refused(path, _syntax(text, str(wrong))) from wrong
    except RecursionError as wrong:
        raise _too_deep(path) from wrong
    except ValueError as wrong:  # what the parser lets through of a number of thousands of digits
        raise _refused(path, "a number is far too long to be one of a policy") from wrong


def _too_deep(path: Path) -> BadFile:
    return _refused(path, "lists or tables are nested too deeply to be a policy")


def _refused(path: Path, problem: str) -> BadFile:
    return BadFile(
        f"{path} cannot be read.",
        problems=(f"{path.name}: {problem}" if not problem.startswith("line ") else f"{path.name} {problem}",),
        do="Mend the file and check it again.",
    )


def _text(path: Path) -> str:
    if not path.exists():
        raise _refused(path, "there is no such file")
    if not path.is_file():
        raise _refused(path, "this is not a file")
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise _refused(path, f"the system refuses to open it ({wrong.strerror})") from wrong
    if len(raw) > MOST_BYTES:
        raise _refused(path, f"larger than {MOST_BYTES // 1_000_000} MB; no policy is that long")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise _refused(path, f"line {line}: not UTF-8 text; save it again with the encoding UTF-8") from wrong


#: What the parser says, and what a person needs to hear; first match counts.
_LIST_AFTER_TABLE = (
    "further up this name stands in single brackets, or only before a dot; begin the first of the list with "
    "[[…]] too, spelt the same"
)
_WORDS = (
    ("Cannot overwrite a value", "this key is written twice in one table; keep one of the two"),
    ("Duplicate inline table key", "a key is written twice between these braces; keep one of the two"),
    (
        "Cannot declare",
        "this table is written twice; keep one, or write [[…]] with two brackets to begin the next of a list",
    ),
    (
        "Cannot mutate immutable namespace",
        "a list or table in braces cannot be added to further down; write it in one place",
    ),
    ("Cannot redefine namespace", "this name is already in use for something else in this table"),
    ("Expected '=' after a key", "a key needs an equals sign and a value: key = value"),
    ("Invalid statement", "a key was expected here: letters, digits, _ and - (others in quotes)"),
    (
        "Invalid initial character for a key part",
        "a key was expected here: letters, digits, _ and - (others in quotes)",
    ),
    ("Expected newline or end of document", "only one key = value can stand on a line"),
    ("Unclosed array", "a list begins here or above and its closing ] is missing"),
    ("Unclosed inline table", "a table begins here or above and its closing } is missing"),
    ("Unterminated string", "a text in quotes is not closed; put the closing quote on the same line"),
    ("Illegal character", "a text in quotes is not closed, or holds a character that cannot be seen"),
    ("Unescaped '\\' in a string", "a backslash is special here: write two of them, or use single quotes"),
    ("Invalid date or datetime", "there is no such day; write a date as 2026-11-20, without quotes"),
    ("Invalid hex value", "a backslash is special here: write two of them, or use single quotes"),
    ("Expected ']", "the closing bracket of this heading is missing"),
    ("Invalid value", 'a value is missing or has no quotes; write words as "words", numbers and true/false bare'),
)


def _syntax(text: str, message: str) -> str:
    """The parser's message in words, with line and column."""
    found = re.search(r"at line (\d+), column (\d+)", message)
    line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
    words = next((words for begins, words in _WORDS if message.startswith(begins)), message.partition(" (at ")[0])
    written = text.split("\n")[line - 1].strip()[:60]
    if written.startswith("[[") and message.startswith("Cannot overwrite a value"):
        words = _LIST_AFTER_TABLE
    column = f" column {found[2]}" if found else ", at the end"
    return f"line {line}{column}: {words}" + (f" — {written}" if written else "")
