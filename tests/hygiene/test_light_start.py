from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hygiene.repository import ROOT

#: Commands that must start without a terminal's weight, each with what it must not import besides textual.
LIGHT: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = (
    (("--version",), frozenset({"pydantic", "sqlite_utils", "holidays"})),
)


def imported_by(arguments: tuple[str, ...], home: Path) -> set[str]:
    """The top-level packages that `duty-tui ARGUMENTS` imports, as the interpreter itself reports them.

    `home` stands in for the user's folders. Fails when the command fails.
    """
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "duty_tui", *arguments],
        cwd=home,
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "XDG_DATA_HOME": str(home),
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


@pytest.mark.parametrize(("arguments", "others"), LIGHT, ids=[" ".join(arguments) for arguments, _ in LIGHT])
def test_it_starts_without_the_weight_of_a_screen(
    arguments: tuple[str, ...], others: frozenset[str], tmp_path: Path
) -> None:
    imported = imported_by(arguments, tmp_path)
    assert "duty_tui" in imported
    assert imported & ({"textual", "rich", "psycopg", "typst", "docx"} | others) == set()


def test_an_import_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "duty_tui").mkdir()
    (tmp_path / "duty_tui" / "__init__.py").write_text("")
    (tmp_path / "duty_tui" / "__main__.py").write_text("def late():\n    import textual.app\nlate()\n")
    assert "textual" in imported_by((), tmp_path)
