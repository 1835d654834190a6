"""A row of the table: what was measured, against which floor, and whether it keeps its budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement. `ratio` is against a floor of the same run, or a plain figure in `unit`; None sets no budget."""

    name: str
    value: float
    unit: str
    budget: float | None
    #: What was measured, in absolute figures.
    detail: str

    @property
    def ok(self) -> bool:
        return self.budget is None or self.value <= self.budget

    def as_dict(self) -> dict[str, object]:
        return {**self._asdict(), "ok": self.ok}


Measurement = Callable[[], Iterable[Row]]


def against(name: str, measured: float, floor: float, budget: float | None, unit: str = "ms") -> Row:
    """A row whose value is `measured` / `floor`, both in `unit`."""
    return Row(name, measured / floor, "×", budget, f"{measured:.3g} {unit} against {floor:.3g} {unit}")


def plain(name: str, measured: float, budget: float | None, unit: str) -> Row:
    """A row whose value is a figure in `unit`, the budget as well."""
    return Row(name, measured, unit, budget, "")


def printed(row: Row) -> str:
    budget = "-" if row.budget is None else f"{row.budget:g} {row.unit}"
    verdict = "" if row.budget is None else ("ok" if row.ok else "OVER")
    return f"{row.name:<52} {row.value:>8.3g} {row.unit:<3} {budget:>9}  {verdict:<4}  {row.detail}"
