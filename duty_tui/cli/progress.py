"""A bar on standard error for work that turns out to be long, and only where somebody sees it."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Any, Self

import click

#: Seconds after which work is long.
PATIENCE = 0.5


class Progress:
    """Told how far the work is: so much done, of so much (0 where that is not known)."""

    def __init__(self, label: str, *, patience: float = PATIENCE) -> None:
        self._label = label
        self._begins = monotonic() + patience
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show it once it has taken long enough."""
        if not total or not sys.stderr.isatty():
            return
        if self._bar is None and monotonic() >= self._begins:
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr).__enter__()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)
