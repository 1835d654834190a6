"""Whatever opens a record looks back first: an old copy put in its place is refused before anything is done with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from duty_tui.cli.root import root


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUTY_TUI_HOME", str(tmp_path / "home"))
    path = tmp_path / "desk.db"
    assert CliRunner().invoke(root, ["--database", str(path), "init"]).exit_code == 0
    return path


@pytest.mark.parametrize("command", [["closure", "list"], ["closure", "add", "2026-12-24", "Eve"], ["verify"]])
def test_an_old_copy_put_back_is_refused(database: Path, tmp_path: Path, command: list[str]) -> None:
    run = CliRunner().invoke
    old = tmp_path / "old.db"
    shutil.copy(database, old)
    assert run(root, ["--database", str(database), "closure", "add", "2026-12-31", "Staff day"]).exit_code == 0
    assert run(root, ["--database", str(database), "closure", "list"]).exit_code == 0
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    shutil.copy(old, database)
    refused = run(root, ["--database", str(database), *command])
    assert refused.exit_code == 1
    assert "seen before" in refused.stderr
    assert "Traceback" not in refused.output
