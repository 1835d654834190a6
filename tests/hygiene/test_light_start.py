from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hygiene.repository import ROOT

#: Commands that must start without a terminal's weight, each with what it must not import besides textual. Those that
#: open the record find one that is there, its rows as today's policies make them.
LIGHT: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = (
    (("--version",), frozenset({"pydantic", "sqlite_utils", "holidays", "sqlcipher3", "platformdirs"})),
    (("--help",), frozenset({"pydantic", "sqlite_utils", "holidays", "sqlcipher3", "platformdirs"})),
    (("queue",), frozenset({"pydantic", "sqlite_utils", "holidays", "defusedxml"})),
    (("verify",), frozenset({"pydantic", "sqlite_utils", "holidays", "defusedxml"})),
    (("policy", "list"), frozenset({"sqlite_utils", "holidays", "sqlcipher3"})),
    (("policy", "check"), frozenset({"sqlite_utils", "sqlcipher3"})),
    (("due", "--policy", "action-note-003", "--received", "2026-11-20"), frozenset({"sqlite_utils", "sqlcipher3"})),
    (("workday", "2026-12-24", "3"), frozenset({"sqlite_utils", "sqlcipher3"})),
    (("export", "data", "--all"), frozenset({"lxml", "defusedxml"})),
    (("closure", "list"), frozenset({"sqlite_utils", "holidays", "defusedxml"})),
)


def imported_by(arguments: tuple[str, ...], home: Path, program: tuple[str, ...] = ("-m", "duty_tui")) -> set[str]:
    """The top-level packages that `duty-tui ARGUMENTS` imports, as the interpreter itself reports them.

    `home` stands in for the user's folders, `program` for the program. Fails when the command fails.
    """
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", *program, *arguments],
        cwd=home,
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "XDG_DATA_HOME": str(home),
            "XDG_STATE_HOME": str(home),
            "PYTHONPATH": str(ROOT),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return set(re.findall(r"^import time:[\d |]+\|\s+(\w+)", ended.stderr, re.MULTILINE))


@pytest.fixture(scope="module")
def used_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of somebody whose practice desk has been made."""
    home = tmp_path_factory.mktemp("home")
    assert "pydantic" in imported_by(("queue",), home)
    return home


@pytest.mark.parametrize(("arguments", "others"), LIGHT, ids=[" ".join(arguments) for arguments, _ in LIGHT])
def test_it_starts_without_the_weight_of_a_screen(
    arguments: tuple[str, ...], others: frozenset[str], used_before: Path
) -> None:
    imported = imported_by(arguments, used_before)
    assert "duty_tui" in imported
    assert imported & ({"textual", "rich", "psycopg", "typst", "docx"} | others) == set()


def test_the_queue_is_drawn_before_any_rule_is_read(tmp_path: Path) -> None:
    imported = imported_by((), tmp_path, ("-c", "import duty_tui.app"))
    assert "textual" in imported
    assert imported & {"pydantic", "psycopg", "sqlite_utils", "holidays", "typst", "docx"} == set()


def test_an_import_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "duty_tui").mkdir()
    (tmp_path / "duty_tui" / "__init__.py").write_text("")
    (tmp_path / "duty_tui" / "__main__.py").write_text("def late():\n    import textual.app\nlate()\n")
    assert "textual" in imported_by((), tmp_path)
