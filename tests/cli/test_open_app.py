"""What keeps the screens from being opened is said before the terminal is taken over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from duty_tui.cli.open_app import open_app
from duty_tui.errors import BadFile, WrongDatabase
from duty_tui.wiring import opening

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def test_keys_that_would_take_a_command_away_are_refused(home: Path) -> None:
    settings = home / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('name = "Ann Osei"\n[keys]\n"concern.why" = "n"\n')
    with pytest.raises(BadFile) as refused:
        open_app(opening(None, None, NOW))
    assert refused.value.problems[0].startswith("concern.new and concern.why would both have the key n")


def test_a_record_that_is_not_there_is_said(home: Path) -> None:
    from duty_tui.store.keyfile import make_key

    make_key(home / "config" / "keys" / "desk.key")
    with pytest.raises(WrongDatabase, match="There is no database"):
        open_app(opening(home / "none.db", None, NOW))
