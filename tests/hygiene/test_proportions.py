from __future__ import annotations

from tests.hygiene.repository import sources, texts


def test_there_is_as_much_test_as_there_is_program() -> None:
    """Tests are the Python under tests/ and the dated examples of policies, which the tests run line by line."""
    program = sum(source.text.count("\n") for source in sources("duty_tui"))
    tests = sum(source.text.count("\n") for source in sources("tests"))
    examples = sum(text.count("\n") for place, text in texts() if place.endswith("/examples.toml"))
    assert tests + examples >= program
