"""The repository as these tests see it: where it begins, which files are ours, what each Python file says."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Source(NamedTuple):
    """One Python file: its place from the root, its text, its syntax tree."""

    place: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, text: str, place: str = "duty_tui/example.py") -> Source:
        """A source that exists only in a test."""
        return cls(place, text, ast.parse(text))


@cache
def files() -> tuple[Path, ...]:
    """Every file that is in the repository, or would be after `git add .`, whoever owns the clone."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file())


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The Python files under these folders of the root."""
    return tuple(
        Source.of(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
        for path in files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders
    )


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Place and content of every file that is text; a file that is not UTF-8 is not ours to read."""
    found = []
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content:
            found.append((path.relative_to(ROOT).as_posix(), content.decode("utf-8", errors="replace")))
    return tuple(found)
