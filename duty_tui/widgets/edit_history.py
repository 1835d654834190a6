"""What was typed and can be taken back; letters typed one after another go together, by the word."""

from __future__ import annotations

from itertools import takewhile

_STEPS = 100


class EditHistory:
    """The states of one line of text. Knows no field: values go in and come out."""

    def __init__(self) -> None:
        self._undo: list[tuple[str, int]] = []
        self._redo: list[tuple[str, int]] = []
        self._typed_to = -1

    def record(self, old: str, new: str) -> None:
        """`old` became `new` by one edit."""
        first = len(old) if new.startswith(old) else _alike(old, new)
        tail = _alike(old[first:][::-1], new[first:][::-1])
        typed = new[first : len(new) - tail] if first + tail == len(old) else ""
        goes_on = len(typed) == 1 and first == self._typed_to and not typed.isspace()
        if not goes_on:
            self._undo.append((old, len(old) - tail))
            del self._undo[:-_STEPS]
        self._typed_to = first + 1 if len(typed) == 1 else -1
        self._redo.clear()

    def undo(self, value: str, cursor: int) -> tuple[str, int] | None:
        """The value and cursor before the last edit; `value` and `cursor` are those of now. None if there is none."""
        return self._step(self._undo, self._redo, value, cursor)

    def redo(self, value: str, cursor: int) -> tuple[str, int] | None:
        """The value and cursor that were taken back last; None if there are none."""
        return self._step(self._redo, self._undo, value, cursor)

    def _step(
        self, source: list[tuple[str, int]], other: list[tuple[str, int]], value: str, cursor: int
    ) -> tuple[str, int] | None:
        self._typed_to = -1
        if not source:
            return None
        other.append((value, cursor))
        return source.pop()


def _alike(one: str, other: str) -> int:
    """How many letters the two begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
