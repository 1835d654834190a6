"""One act of a person on a concern, as it is recorded or, while the record is away, kept."""

from __future__ import annotations

from typing import NamedTuple

from duty_tui.domain.commands import Command


class Act(NamedTuple):
    """What somebody does: to which concern, under which mark, seeing which version, and the draft that ends with it.

    `after` are others' entries about the same that were read before it.
    """

    concern: str
    command: Command
    mark: str
    seen: int | None = None
    draft: str | None = None
    after: tuple[str, ...] = ()
