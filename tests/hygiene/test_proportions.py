from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.hygiene.repository import Source, sources, texts


def test_there_is_as_much_test_as_there_is_program() -> None:
    """Tests are the Python under tests/ and the dated examples of policies, which the tests run one by one.

    Lines of code are counted: prose about the code, of which the program has more, is neither program nor test.
    """
    program = sum(len(list(code(source))) for source in sources("duty_tui"))
    tests = sum(len(list(code(source))) for source in sources("tests"))
    examples = sum(
        bool(line.strip()) for place, text in texts() if place.endswith("/examples.toml") for line in text.splitlines()
    )
    assert tests + examples >= program


def code(source: Source) -> Iterator[str]:
    """The lines of a file that are neither blank nor comment nor docstring."""
    prose: set[int] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            prose.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for number, line in enumerate(source.text.splitlines(), 1):
        if line.strip() and not line.strip().startswith("#") and number not in prose:
            yield line


def test_prose_is_not_counted() -> None:
    text = '"""A file."""\n\n# Why.\nx = 1\n\n\ndef f():\n    """What.\n\n    More.\n    """\n    return x  # this\n'
    assert list(code(Source.of(text))) == ["x = 1", "def f():", "    return x  # this"]
