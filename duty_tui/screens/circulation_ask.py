"""To whom something is about to go, read back, and what can be said to that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from duty_tui.screens.concern_ask import Way

#: The ways: to all of them, and to those inside the service's secure domains.
ALL, INSIDE = "all", "inside"
_MOST = 5


class Addressed(Protocol):
    """Somebody something goes to; `outside` the secure domains or not."""

    @property
    def name(self) -> str:
        """Who."""
        ...

    @property
    def address(self) -> str:
        """Where."""
        ...

    @property
    def outside(self) -> bool:
        """Whether that is in none of the secure domains."""
        ...


def whom_to_write(lines: Sequence[Addressed], verb: str) -> tuple[list[str], list[Way]]:
    """The people (at least one) with their addresses, those outside the secure domains first; and the ways to go on."""
    outside = [line for line in lines if line.outside]
    inside = [line for line in lines if not line.outside]
    said = ["These addresses are in none of the service's secure domains:", *_named(outside)] if outside else []
    said += [f"{'And to' if outside else 'To'} {len(inside)}:", *_named(inside)] if inside else []
    whom = lines[0].name if len(lines) == 1 else f"all {len(lines)}"
    ways = [Way("1", ALL, f"{verb} {whom}{' all the same' if outside else ''}")]
    if outside and inside:
        ways.append(Way("2", INSIDE, f"{verb} the other {len(inside)} alone"))
    return said, ways


def _named(lines: Sequence[Addressed]) -> list[str]:
    named = [f"{line.name}: {line.address}" for line in lines]
    return named if len(named) <= _MOST else [*named[: _MOST - 1], f"and {len(named) - _MOST + 1} more"]
