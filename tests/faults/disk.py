"""A disk put together from what a program asked of it: what was synced is there, of the rest whatever chance leaves.

Reads what `power_loss.c` wrote down. A file's bytes are safe once it was synced; its name once its folder was. Writes
that nobody waited for survive in any part, torn at sectors of 512 bytes and in any order; names in the order they were
given, as a file system with a journal keeps them.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("<cQQI")


class Event(NamedTuple):
    """One thing a program asked: `what` is a letter of power_loss.c."""

    what: str
    file: int
    at: int
    data: bytes

    @property
    def paths(self) -> list[str]:
        """What `data` holds where names are concerned, as plain paths."""
        return [_plain(part.decode()) for part in self.data.split(b"\0")]


def _plain(path: str) -> str:
    parts: list[str] = []
    for part in PurePosixPath(path).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return str(PurePosixPath(*parts))


def read_trace(trace: Path) -> list[Event]:
    """Everything that was written down, in order."""
    data, place, events = memoryview(trace.read_bytes()), 0, []
    while place < len(data):
        what, file, at, size = _HEAD.unpack_from(data, place)
        place += _HEAD.size
        events.append(Event(what.decode(), file, at, bytes(data[place : place + size])))
        place += size
    return events


def _put(content: bytearray, at: int, data: bytes) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


def _cut(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


@dataclass
class File:
    """What a file holds for those who read it now, what of it is safe, and what was asked since, each with when."""

    now: bytearray = field(default_factory=bytearray)
    safe: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, int, bytes | None]] = field(default_factory=list)

    def ask(self, when: int, at: int, data: bytes | None) -> None:
        """Bytes at a place, or without bytes an end there."""
        self.waiting.append((when, at, data))
        _do(self.now, at, data)

    def sync(self, before: int) -> None:
        """What was asked before this moment is safe."""
        for _, at, data in (one for one in self.waiting if one[0] < before):
            _do(self.safe, at, data)
        self.waiting = [one for one in self.waiting if one[0] >= before]

    def left(self, chance: random.Random) -> bytearray:
        """What a cut leaves of it: nothing of what waits, all, its beginning, or any sectors of it."""
        content = bytearray(self.safe)
        how = chance.random()
        keep = 0.0 if how < 0.25 else 1.0 if how < 0.35 else chance.choice((0.1, 0.5, 0.9))
        first = len(self.waiting) if how < 0.75 else chance.randrange(len(self.waiting) + 1)
        for _, at, data in self.waiting[:first]:
            if data is None:
                if chance.random() < keep:
                    _cut(content, at)
                continue
            for start in range(0, len(data), SECTOR):
                if chance.random() < keep:
                    _put(content, at + start, data[start : start + SECTOR])
        if len(content) < len(self.now) and chance.random() < 0.25:  # the length is kept, and not what belongs there
            _cut(content, len(self.now))
        return content


def _do(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        _cut(content, at)
    else:
        _put(content, at, data)


class Naming(NamedTuple):
    """A change of names: `file` gets the name `to`, or with None nobody has it any longer; and where it came from."""

    when: int
    to: str
    file: File | None
    gone: str | None = None

    def do(self, names: dict[str, File]) -> None:
        """Change these."""
        if self.file is None:
            names.pop(self.to, None)
        else:
            names[self.to] = self.file
        if self.gone is not None:
            names.pop(self.gone, None)


class Disk:
    """The files below a folder, from what was there to begin with through event after event."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, File] = {}
        self._numbers: dict[int, File] = {}
        self._syncs: dict[int, int] = {}
        self._naming: list[Naming] = []
        self._when = 0
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                file = File(bytearray(content), bytearray(content))
                self.names[str(path)] = self._numbers[path.stat().st_ino] = file
        self._safe_names = dict(self.names)

    def happen(self, event: Event) -> None:
        """One more thing was asked."""
        self._when += 1
        what, number, at, data = event
        if what == "O":
            self._opened(event)
        elif what in "RLU":
            self._named(what, event.paths)
        elif what == "S":
            self._syncs[at] = self._when
        elif what == "E" and data:
            self._settle(event.paths[0], self._syncs.pop(at))
        elif number in self._numbers:
            file = self._numbers[number]
            if what == "E":
                file.sync(self._syncs.pop(at))
            else:
                file.ask(self._when, at, data if what == "W" else None)

    def _opened(self, event: Event) -> None:
        [path] = event.paths
        file = self.names.get(path)
        if file is None:
            file = self._numbers[event.file] = File()
            self._name(Naming(self._when, path, file))
        elif event.at and file.now:
            file.ask(self._when, 0, None)

    def _named(self, what: str, paths: Sequence[str]) -> None:
        if what == "U":
            self._name(Naming(self._when, paths[0], None))
        elif paths[0] in self.names:
            gone = paths[0] if what == "R" else None
            self._name(Naming(self._when, paths[1], self.names[paths[0]], gone))

    def _name(self, naming: Naming) -> None:
        self._naming.append(naming)
        naming.do(self.names)

    def _settle(self, folder: str, before: int) -> None:
        kept = []
        for naming in self._naming:
            if naming.when < before and str(PurePosixPath(naming.to).parent) == folder:
                naming.do(self._safe_names)
            else:
                kept.append(naming)
        self._naming = kept

    @property
    def unsynced(self) -> bool:
        """Whether a file of the record holds something that is not safe yet."""
        return any(
            file.waiting
            for path, file in self.names.items()
            if path.endswith((".db", ".db-wal", ".outbox", "-journal"))
        )

    def left(self, chance: random.Random) -> Iterator[tuple[str, bytes]]:
        """The files a cut at this moment leaves, each with its place below the folder."""
        names = dict(self._safe_names)
        for naming in self._naming[: chance.choice((0, len(self._naming), chance.randrange(len(self._naming) + 1)))]:
            naming.do(names)
        contents: dict[int, bytes] = {}
        for path, file in sorted(names.items()):
            if id(file) not in contents:
                contents[id(file)] = bytes(file.left(chance))
            yield str(Path(path).relative_to(self.folder)), contents[id(file)]

    def unlike(self) -> list[str]:
        """Which files are not, byte for byte, what the real folder holds now: what was not written down."""
        real = {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        said = {path: bytes(file.now) for path, file in self.names.items()}
        return sorted(
            path for path in real.keys() | said.keys() if real.get(path) != said.get(path) and not path.endswith("-shm")
        )
