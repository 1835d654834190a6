"""What keeps the screens from being opened is said before the terminal is taken over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from duty_tui.cli.open_app import open_app, unlocking
from duty_tui.errors import BadFile, Refused, WrongDatabase
from duty_tui.opening import opening
from duty_tui.store import wrapping
from duty_tui.store.wrapping import Strength
from tests.cli.conftest import Run

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


def test_a_lock_that_nothing_would_open_is_refused(desk: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config" / "settings.toml").write_text('name = "Ann Osei"\nlock_after = 5\n')
    for how in (opening(None, None, NOW), opening(None, home / "none.key", NOW)):
        with pytest.raises(Refused, match=r"after 5 minutes, and the key has no passphrase.*key passphrase"):
            open_app(how)


def test_the_passphrase_of_the_key_unlocks(desk: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "STRENGTH", Strength(2, 1, 1))
    settings = home / "config" / "settings.toml"
    settings.write_text('name = "Ann Osei"\n')
    assert unlocking(opening(None, None, NOW)) is None
    settings.write_text('name = "Ann Osei"\nlock_after = 5\n')
    monkeypatch.setenv("DUTY_TUI_PASSPHRASE", "correct horse battery")
    assert desk("key", "passphrase").status == 0
    opens = unlocking(opening(None, None, NOW))
    assert opens
    assert opens("correct horse battery")
    assert not opens("wrong")
    assert desk("key", "passphrase", "--remove").status == 0
    with pytest.raises(Refused, match="no passphrase any more"):
        opens("correct horse battery")
