"""A document into a folder: whole or not at all, nothing written over unless that is said, told when it cannot be."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from duty_tui.documents.rendering import Rendered
from duty_tui.errors import DutyError


class NotWritten(DutyError):
    """A document was made and could not be put where it was to go."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what, entry="The record is as it was.", do=do)


def save(made: Rendered, folder: Path, *, replace: bool = False) -> Path:
    """Write the document into `folder`, which must exist, readable by its owner alone; where it went.

    A file of this name is left alone unless `replace`. Raises NotWritten.
    """
    if not folder.is_dir():
        raise NotWritten(f"There is no folder {folder}.", "Make it, or name another.")
    place = folder / made.name
    try:
        handle, name = tempfile.mkstemp(prefix=".duty-tui-", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(made.data)
                file.flush()
                os.fsync(file.fileno())
            _move(Path(name), place, replace)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except FileExistsError:
        raise NotWritten(f"{place} is there already.", "Say that it may be replaced, or name another folder.") from None
    except OSError as error:
        raise NotWritten(f"{place} could not be written: {error.strerror}.", "Name another folder.") from None
    return place


def _move(written: Path, place: Path, replace: bool) -> None:
    """Give the whole file its name. Raises FileExistsError where that name is taken and may not be replaced."""
    if replace:
        written.replace(place)
        return
    try:
        place.hardlink_to(written)  # the one step that fails when the name is taken, on every system
    except FileExistsError:
        raise
    except OSError:  # a stick or a share without links
        if place.exists():
            raise FileExistsError from None
        written.replace(place)
