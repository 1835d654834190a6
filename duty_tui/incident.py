"""An error nobody foresaw: where it happened is kept, what was typed is not; the person gets a number to pass on."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path

from duty_tui.errors import DutyError


class Unforeseen(DutyError):
    """A fault of the program; `number` names the file that says where in the program it happened."""

    def __init__(self, number: str, folder: Path, *, kept: bool) -> None:
        super().__init__(
            f"Something went wrong in duty-tui itself (incident {number}).",
            entry="What was not yet shown as recorded is NOT recorded.",
            do=f"Pass on {folder / number}.txt; no name and no text is in it." if kept else "Pass on the number.",
        )
        self.number = number


def incident(error: BaseException, folder: Path, at: datetime) -> Unforeseen:
    """Keep where `error` happened: kinds of errors, files, lines, functions, missing modules; no message, no value.

    `at` is the UTC instant. The number is made of it and a few random digits.
    """
    number = f"{at:%Y%m%d-%H%M%S}-{os.urandom(2).hex()}"
    lines = [f"duty-tui incident {number}"]
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        missing = f" {cause.name}" if isinstance(cause, ImportError) else ""
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}{missing}")
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = _behind(cause)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(folder / f"{number}.txt", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write("\n".join(lines) + "\n")
    except OSError:
        return Unforeseen(number, folder, kept=False)
    return Unforeseen(number, folder, kept=True)


def _behind(error: BaseException) -> BaseException | None:
    """What made `error` happen: its cause, its context, or what a worker's failure carries and does not chain."""
    carried = getattr(error, "error", None)
    return error.__cause__ or error.__context__ or (carried if isinstance(carried, BaseException) else None)
