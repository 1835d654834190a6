from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from duty_tui.rules.installed import FIRST_YEAR, LAST_YEAR, holidays_key


def test_the_key_names_the_librarys_version_and_the_years() -> None:
    assert holidays_key() == f"holidays {version('holidays')} GB-ENG {FIRST_YEAR}-{LAST_YEAR}"


def test_the_folder_that_names_the_version_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "holidays-7.8.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", ["", str(tmp_path / "nowhere"), str(tmp_path)])
    assert holidays_key().startswith("holidays 7.8 ")


def test_where_no_folder_does_the_interpreter_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    before = holidays_key()
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr("importlib.metadata.version", lambda _package: "9.9")
    assert holidays_key() == "holidays 9.9 GB-ENG 1990-2060" != before
