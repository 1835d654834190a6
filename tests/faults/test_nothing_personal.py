"""What lies on the disk in plain letters, and what reaches the clipboard: nothing of any child unless asked."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.cli.conftest import Run, desk, home, made, run, running
from tests.hygiene.repository import sources

__all__ = ["desk", "home", "made", "run"]

#: Words of the three referrals in tests/cli/conftest.py that stand for all that is personal.
PERSONAL = ("Okafor", "Amara", "Bruise", "Kofi", "Weight loss", "O'Neill")


def plain(folder: Path) -> dict[str, list[str]]:
    """The files under a folder that hold something personal, each with what."""
    found = {}
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes().lower()
            if words := [word for word in PERSONAL if word.lower().encode() in content]:
                found[str(file)] = words
    return found


def test_no_file_holds_anything_personal_in_plain_letters(
    desk: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in (("queue",), ("why", "C1"), ("log", "C1"), ("handover",), ("stats",), ("checkpoint",)):
        assert desk(*command).status == 0

    def failing(*_: object) -> None:
        raise RuntimeError("Amara Okafor has a bruise")

    with monkeypatch.context() as broken:
        broken.setattr("duty_tui.desk.desk.Desk.find", failing)
        ended = running("why", "C1")
    assert ended.status == 1
    assert "incident" in ended.err
    assert not [word for word in PERSONAL if word.casefold() in ended.err.casefold()]
    assert list((home / "state" / "incidents").iterdir())
    assert desk("backup", home / "copy.db").status == 0
    assert desk("key", "rotate").status == 0
    assert plain(home) == {}


def test_it_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("amara okafor")
    assert plain(tmp_path) == {str(tmp_path / "log"): ["Okafor", "Amara"]}


def calling(name: str) -> set[str]:
    """Where the program calls something of this name: `file function`."""
    found = set()
    for source in sources("duty_tui"):
        for within in ast.walk(source.tree):
            if isinstance(within, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for node in ast.walk(within):
                    if isinstance(node, ast.Attribute) and node.attr == name:
                        found.add(f"{source.place} {within.name}")
    return found


def test_only_a_key_somebody_pressed_copies() -> None:
    """Each of these is what a command of its screen runs; a new one is listed here once that is so."""
    assert calling("copy_to_clipboard") == {
        "duty_tui/screens/breaches.py copy_text",
        "duty_tui/screens/concern.py copy_line",
        "duty_tui/screens/queue.py copy_line",
        "duty_tui/screens/statistics.py copy_text",
        "duty_tui/screens/why.py copy_text",
    }


def test_there_is_no_log() -> None:
    logging = {
        source.place
        for source in sources("duty_tui")
        for node in ast.walk(source.tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        and "logging" in {getattr(node, "module", ""), *(alias.name for alias in node.names)}
    }
    assert logging == set()
