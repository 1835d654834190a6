"""Where in a TOML text each key and each list element stands: the parser of the standard library does not say."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

#: Keys and list positions from the top of the file, e.g. ("obligation", 2, "clock", 0, "within").
Path = tuple[str | int, ...]


class TomlLines:
    """The line (from 1) at which every path of a TOML text begins; `tomllib` must have read the text before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counts: dict[Path, int] = {}
        self.lines: dict[Path, int] = {(): 1}
        self._line_breaks = [at for at, character in enumerate(text) if character == "\n"]
        self._document()

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest table that holds it when the path itself is not written."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def _here(self) -> int:
        return bisect_left(self._line_breaks, self._at) + 1

    def _mark(self, path: Path) -> None:
        self.lines.setdefault(path, self._here())

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _document(self) -> None:
        table: Path = ()
        while True:
            self._skip(" \t\r\n")
            if not self._peek():
                return
            table = self._header() if self._peek() == "[" else self._pair(table)

    def _skip(self, blanks: str) -> None:
        """Past blanks and, where lines may break, past comments."""
        while (character := self._peek()) and (character in blanks or (character == "#" and "\n" in blanks)):
            if character == "#":
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            else:
                self._at += 1

    def _header(self) -> Path:
        many = self._text.startswith("[[", self._at)
        begins = self._at
        self._at += 2 if many else 1
        keys = self._keys()
        self._at = self._text.index("]", self._at) + (2 if many else 1)
        ends, self._at = self._at, begins
        path = self._resolved(keys[:-1])
        path += (keys[-1],)
        self._mark(path)
        if many:
            self._counts[path] = self._counts.get(path, -1) + 1
            path += (self._counts[path],)
            self._mark(path)
        else:
            path = self._resolved(keys)
        self._at = ends
        return path

    def _resolved(self, keys: tuple[str, ...]) -> Path:
        """A header names a list of tables by its name alone and means the last table of it."""
        path: Path = ()
        for key in keys:
            path += (key,)
            self._mark(path)
            if path in self._counts:
                path += (self._counts[path],)
        return path

    def _pair(self, table: Path) -> Path:
        path = table
        begins = self._at
        for key in self._keys():
            path += (key,)
            ends, self._at = self._at, begins
            self._mark(path)
            self._at = ends
        self._at = self._text.index("=", self._at) + 1
        self._value(path)
        return table

    def _keys(self) -> tuple[str, ...]:
        keys: list[str] = []
        while True:
            self._skip(" \t")
            begins = self._at
            if self._peek() in "\"'":
                self._string()
                keys.append(_unquoted(self._text[begins : self._at]))
            else:
                while self._peek().isalnum() or self._peek() in ("_", "-"):
                    self._at += 1
                keys.append(self._text[begins : self._at])
            self._skip(" \t")
            if self._peek() != ".":
                return tuple(keys)
            self._at += 1

    def _value(self, path: Path) -> None:
        self._skip(" \t")
        match self._peek():
            case '"' | "'":
                self._string()
            case "[":
                self._list(path)
            case "{":
                self._inline_table(path)
            case _:
                while self._peek() and self._peek() not in ",]}#\n":
                    self._at += 1

    def _string(self) -> None:
        quote = self._peek()
        fence = quote * 3 if self._text.startswith(quote * 3, self._at) else quote
        self._at += len(fence)
        while not self._text.startswith(fence, self._at):
            self._at += 2 if quote == '"' and self._peek() == "\\" else 1
        self._at += len(fence)
        # A multi-line string may end in up to two quotes of its own.
        while fence != quote and self._peek() == quote:
            self._at += 1

    def _list(self, path: Path) -> None:
        for index in self._until("]"):
            self._mark((*path, index))
            self._value((*path, index))

    def _inline_table(self, path: Path) -> None:
        for _ in self._until("}"):
            self._pair(path)

    def _until(self, closing: str) -> Iterator[int]:
        self._at += 1
        index = 0
        while True:
            self._skip(" \t\r\n,")
            if self._peek() == closing:
                self._at += 1
                return
            yield index
            index += 1


def _unquoted(key: str) -> str:
    parsed: dict[str, Any] = tomllib.loads(f"{key} = 0")
    return next(iter(parsed))
