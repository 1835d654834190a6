"""What a person sets for themselves, in `settings.toml`: their name, the theme, their keys. Rules are never set here."""

from __future__ import annotations

import difflib
import getpass
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from duty_tui.errors import BadFile

#: A settings file larger than this is not one.
_MOST_BYTES = 100_000


class Settings(BaseModel):
    """One person's settings; every one has a default."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    #: The name entries are recorded under; the login name unless set.
    name: str = Field(default_factory=getpass.getuser, min_length=1, max_length=80)
    #: dark, light, contrast or ansi; empty chooses by the terminal.
    theme: str = Field(default="", pattern="^(dark|light|contrast|ansi|)$")
    #: Command id to key, for those whose keyboard or habits differ.
    keys: dict[str, str] = Field(default_factory=dict)


def read_settings(path: Path) -> Settings:
    """The settings in a file, or the defaults where there is none. Raises BadFile, naming each key that is wrong."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise BadFile(f"The settings in {path} cannot be read: {error.strerror}.", do="Check the file.") from None
    try:
        if len(raw) > _MOST_BYTES:
            raise ValueError("it is far too large")
        table = tomllib.loads(raw.decode())
    except ValueError as error:
        raise BadFile(f"The settings in {path} are not TOML: {error}.", do="Mend the line, or move the file away.") from None
    try:
        return Settings.model_validate(table)
    except ValidationError as error:
        problems = tuple(_said(item["loc"], item["msg"]) for item in error.errors())
        raise BadFile(f"The settings in {path} are not right.", problems=problems, do="Mend them and start again.") from None


def _said(place: tuple[int | str, ...], message: str) -> str:
    key = ".".join(map(str, place))
    if message.startswith("Extra inputs"):
        near = difflib.get_close_matches(key, Settings.model_fields, 1)
        return f"{key}: there is no such setting" + (f"; did you mean {near[0]}?" if near else "")
    return f"{key}: {message[0].lower()}{message[1:]}"
