"""The least a Textual app with a queue can be: header, input, a table of 200 rows, footer. What ours is measured by."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header, Input


class FloorApp(App[None]):
    """`rows` rows of nine columns."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 (as in Textual's own examples)

    def __init__(self, rows: int = 200) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input()
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("U", "DUE", "CHILD", "AGE", "CONCERN", "SOURCE", "STAGE", "OWNER", "NO")
        table.add_rows(self.cells())
        table.focus()

    def cells(self) -> Iterator[tuple[str, ...]]:
        for number in range(self.rows):
            yield ("1", "LATE 3m", f"Okafor {number}", "4y", "Neglect", "School", "NEW", "none", f"C{number}")


if __name__ == "__main__":
    FloorApp(int(sys.argv[1]) if len(sys.argv) > 1 else 200).run()
