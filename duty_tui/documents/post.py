"""What came back by email and was saved: one file, or every one of a folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from duty_tui.errors import BadFile

Found = TypeVar("Found")

#: More files than this are no folder of answers.
_MOST_FILES = 2000
#: One more than the longest file that is read as an email or an answer.
_MOST_BYTES = 40_000_001
_NOTHING = "Nothing was recorded from it."


class Post(NamedTuple):
    """How many files were looked at and how many were something else; of a single file nothing is passed over."""

    files: int
    others: int
    folder: bool


def read_post(
    place: Path, endings: Collection[str], read: Callable[[bytes], Sequence[Found]]
) -> tuple[list[Found], Post]:
    """What `read` finds in the file `place`, or in every file of the folder whose name ends in one of `endings`.

    Raises BadFile when a single file is not what it should be or cannot be read, and for a folder without any.
    """
    if not place.is_dir():
        return list(read(bytes_of(place))), Post(1, 0, folder=False)
    files = sorted(one for one in place.iterdir() if one.suffix.lower() in endings)
    if not files or len(files) > _MOST_FILES:
        what = f"{place} has {'no' if not files else 'too many'} files that end in {' or '.join(sorted(endings))}."
        raise BadFile(what, entry=_NOTHING, do="Name the file, or the folder you saved it into.")
    found: list[Found] = []
    others = 0
    for one in files:
        try:
            found += read(bytes_of(one))
        except BadFile:
            others += 1
    return found, Post(len(files), others, folder=True)


def bytes_of(place: Path) -> bytes:
    """What a file holds, cut behind what no email has. Raises BadFile when it cannot be read."""
    try:
        with place.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError as error:
        raise BadFile(f"{place} cannot be read: {error.strerror}.", entry="Nothing was recorded.") from None
