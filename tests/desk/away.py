"""A way to a record that can be cut, and the desk of somebody who works over it with an outbox."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from duty_tui.desk.desk import Desk
from duty_tui.errors import Unavailable
from duty_tui.store.outbox import Outbox
from duty_tui.store.store import Store
from tests.desk.conftest import Hands, make_desk

KEY = b"k" * 32
AWAY = "The record is away."


class Killed(BaseException):
    """The program ended at this point."""


class Line:
    """Hands everything on to a store, unless it is cut: then everything that must reach it raises Unavailable."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.cut = False
        #: How often something was asked over it in vain.
        self.in_vain = 0
        #: The next append arrives, and its answer does not.
        self.loses_answer = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return self._over(name, found) if callable(found) else found

    def _over(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def over(*given: Any, **named: Any) -> Any:
            if self.cut:
                self.in_vain += 1
                raise Unavailable(AWAY)
            answer = call(*given, **named)
            if name == "append" and self.loses_answer:
                self.loses_answer, self.cut = False, True
                raise Unavailable(AWAY)
            return answer

        return over


class DyingOutbox(Outbox):
    """An outbox whose program is killed when it is to note that something is recorded."""

    dies = False

    def end(self, act: str) -> None:
        if self.dies:
            raise Killed
        super().end(act)


def away_desk(store: Store, hands: Hands, file: Path, actor: str = "Ann Osei") -> tuple[Desk, Line]:
    """A desk of `actor` over a line of its own, its outbox in `file`."""
    line = Line(store)
    desk = make_desk(cast("Store", line), hands, actor)
    desk.outbox = DyingOutbox(file, KEY)
    return desk, line
