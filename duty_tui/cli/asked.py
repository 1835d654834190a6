"""A question at the terminal about each recipient outside the service's secure domains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from duty_tui.cli.moving import agreed
from duty_tui.cli.output import narrate

if TYPE_CHECKING:
    from duty_tui.views.circulation import BoardLine


def whom_outside(lines: Sequence[BoardLine], *, yes: bool) -> list[BoardLine]:
    """Those of `lines` to whom nobody said yes; without a terminal all of them, unless `yes` was said before."""
    left = []
    for line in lines:
        domain = line.address.rpartition("@")[2]
        about = f"{line.name}: {domain} is none of the service's secure domains."
        if yes or agreed(f"{about} Write there all the same?"):
            continue
        left.append(line)
        narrate(f"{about} Nothing goes there; --yes writes to it all the same.")
    return left
