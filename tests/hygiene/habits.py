"""Habits of the house that no linter knows: each takes a source and yields its offences, `place:line: why`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tests.hygiene.repository import Source

Habit = Callable[[Source], Iterator[str]]

#: Where the machine's time may be read, and why there.
TIME_READERS = {"duty_tui/clock.py": "the one place"}

#: What shows text: markup in what these are given is obeyed, so it must come through the one module that makes it safe.
SHOWERS = {"Static", "Label", "notify", "update", "update_cell"}
TITLES = {"border_title", "border_subtitle"}

#: Sentences, by the name they have in the tests, that say what a machine lacks: only these may skip a test.
MAY_LACK = {"NO_COMPILER", "NO_NETWORK", "NO_SERVER", "NO_TLS_SERVER"}

LONGEST_FUNCTION = 50
LONGEST_FILE = 400
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X")


def _called(node: ast.Call) -> str:
    """The dotted name that is called, as far as it is a name: `datetime.now`, `self.app.notify`."""
    return ast.unparse(node.func)


def _at(source: Source, node: ast.stmt | ast.expr | ast.ExceptHandler, why: str) -> str:
    return f"{source.place}:{node.lineno}: {why}"


def _calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield node, _called(node)


def short_functions(source: Source) -> Iterator[str]:
    """A function fits on one screen."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield _at(source, node, f"{node.name} is {length} lines long, {LONGEST_FUNCTION} are enough")


def short_files(source: Source) -> Iterator[str]:
    """A file is about one thing."""
    length = source.text.count("\n")
    if length > LONGEST_FILE:
        yield f"{source.place}: {length} lines long, {LONGEST_FILE} are enough"


def no_swallowed_errors(source: Source) -> Iterator[str]:
    """An error is answered, told or let through; never dropped."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and all(_says_nothing(step) for step in node.body):
            yield _at(source, node, "the error is swallowed")
    for call, name in _calls(source):
        if name.endswith("suppress") and {ast.unparse(argument) for argument in call.args} & {
            "Exception",
            "BaseException",
        }:
            yield _at(source, call, "every error is swallowed")


def _says_nothing(step: ast.stmt) -> bool:
    return isinstance(step, ast.Pass) or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))


def no_sleep(source: Source) -> Iterator[str]:
    """A test waits for the thing, never for a time."""
    for call, name in _calls(source):
        if name.split(".")[-1] == "sleep":
            yield _at(source, call, "a test must not sleep")
        if name.endswith("pilot.pause") and (call.args or call.keywords):
            yield _at(source, call, "pause() without a time waits for the app; with one it sleeps")


def no_skips(source: Source) -> Iterator[str]:
    """A test that does not run proves nothing, and nobody notices; what a machine may lack is named in full."""
    for call, name in _calls(source):
        if name == "pytest.skip" and {ast.unparse(argument) for argument in call.args} <= MAY_LACK:
            continue
        if name in {"pytest.skip", "pytest.importorskip", "unittest.skip", "pytest.mark.skip", "pytest.mark.skipif"}:
            yield _at(source, call, "a test must not be skipped")


def no_text_past_the_door(source: Source) -> Iterator[str]:
    """No f-string reaches a widget, a toast or a title: a name with brackets in it would be obeyed."""
    for call, name in _calls(source):
        values = [*call.args, *(keyword.value for keyword in call.keywords)]
        if name.split(".")[-1] in SHOWERS and any(isinstance(value, ast.JoinedStr) for value in values):
            yield _at(source, call, f"an f-string is handed to {name}")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.JoinedStr):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in TITLES:
                    yield _at(source, node, f"an f-string becomes a {target.attr}")


def time_is_given(source: Source) -> Iterator[str]:
    """The time is read in one place and handed down; durations (`monotonic`, `perf_counter`) anywhere."""
    if source.place in TIME_READERS:
        return
    readers = {"now", "today", "utcnow"}
    for call, name in _calls(source):
        owner, _, last = name.rpartition(".")
        if last in readers and owner.split(".")[-1] in {"datetime", "date", "dt"}:
            yield _at(source, call, f"{name}() reads the time; take it as a parameter")
        if name in {"time.time", "time.time_ns", "time.localtime", "time.gmtime"}:
            yield _at(source, call, f"{name}() reads the time; take it as a parameter")
        if last == "astimezone" and not call.args and not call.keywords:
            yield _at(source, call, "astimezone() without a zone depends on the machine's")


def documented(source: Source) -> Iterator[str]:
    """Whatever another file may use says what it is, and why."""
    if not ast.get_docstring(source.tree):
        yield f"{source.place}: the module has no docstring"
    yield from _undocumented(source, source.tree)


def _undocumented(source: Source, parent: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in parent.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        overrides = any(ast.unparse(mark).split(".")[-1] in {"override", "overload"} for mark in node.decorator_list)
        if not ast.get_docstring(node) and not overrides:
            yield _at(source, node, f"{node.name} has no docstring")
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(source, node)


def nothing_left_undone(source: Source) -> Iterator[str]:
    """What is not done is not in the code; it is written where work is planned."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if any(word in line for word in UNFINISHED):
            yield f"{source.place}:{number}: {line.strip()}"
