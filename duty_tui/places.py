"""Where the program's files are: configuration (the key), data (databases), state (what this terminal last saw)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

#: Names one folder to hold everything, for a portable installation; the three folders are made inside it.
HOME = "DUTY_TUI_HOME"


class Places(NamedTuple):
    """The three folders, each made when something is first put there."""

    config: Path
    data: Path
    state: Path

    @property
    def key_file(self) -> Path:
        """The key of this person's databases; apart from them even where data and configuration share a folder."""
        return self.config / "keys" / "desk.key"

    @property
    def outbox_key_file(self) -> Path:
        """The key of the outboxes of records on servers, which have no data key on this machine."""
        return self.config / "keys" / "outbox.key"

    @property
    def settings_file(self) -> Path:
        """What this person set; need not exist."""
        return self.config / "settings.toml"

    @property
    def desk(self) -> Path:
        """The database opened when none is named."""
        return self.data / "desks" / "desk.db"

    def practice(self, day: date) -> Path:
        """The practice desk of a London day: each day begins with a fresh one, and keeps what was typed that day."""
        return self.data / "practice" / f"practice-{day.isoformat()}.db"

    @property
    def documents(self) -> Path:
        """Where documents go when no folder is named."""
        return self.data / "documents"

    @property
    def witness(self) -> Path:
        """Where this terminal remembers how far each record had come."""
        return self.state / "witness"

    @property
    def outbox(self) -> Path:
        """Where what was typed while a record was away waits to be sent, encrypted; one file for each record."""
        return self.state / "outbox"

    @property
    def incidents(self) -> Path:
        """Where the file about an unexpected error goes; it holds no typed text."""
        return self.state / "incidents"


def places(environ: Mapping[str, str] | None = None) -> Places:
    """The folders for this person on this machine, as the operating system has them, or under `DUTY_TUI_HOME`."""
    environ = os.environ if environ is None else environ
    if home := environ.get(HOME):
        root = Path(home)
        return Places(root / "config", root / "data", root / "state")
    import platformdirs

    folders = platformdirs.PlatformDirs("duty-tui", appauthor=False)
    return Places(Path(folders.user_config_dir), Path(folders.user_data_dir), Path(folders.user_state_dir))
