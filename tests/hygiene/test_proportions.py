from __future__ import annotations

from tests.hygiene.repository import sources


def test_there_is_as_much_test_as_there_is_program() -> None:
    lines = {folder: sum(source.text.count("\n") for source in sources(folder)) for folder in ("duty_tui", "tests")}
    assert lines["tests"] >= lines["duty_tui"]
