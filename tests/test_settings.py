from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from duty_tui.errors import BadFile
from duty_tui.settings import Settings, read_settings


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings(name=getpass.getuser(), theme="", keys={}, lock_after=0)


def test_what_is_set_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, 'name = "Ann Osei"\ntheme = "light"\n[keys]\n"concern.new" = "f5"\n')
    assert read_settings(path) == Settings(name="Ann Osei", theme="light", keys={"concern.new": "f5"})


def test_minutes_until_the_screens_are_covered(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "lock_after = 5")).lock_after == 5
    for wrong in ("-1", "1441", "true", '"5"', "5.0"):
        with pytest.raises(BadFile) as refused:
            read_settings(written(tmp_path, f"lock_after = {wrong}"))
        assert refused.value.problems == ("lock_after: whole minutes from 1 to 1440, or 0 for never",)


def test_an_account_without_a_name_is_told_where_to_write_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    def nobody(number: int) -> pwd.struct_passwd:
        raise KeyError(number)

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(BadFile, match="no login name") as refused:
        read_settings(tmp_path / "none.toml")
    assert "none.toml" in refused.value.do
    assert read_settings(written(tmp_path, 'name = "Ann Osei"')).name == "Ann Osei"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("themes = 'light'", "themes: there is no such setting; did you mean theme?"),
        ("wzzq = 1", "wzzq: there is no such setting"),
        ("name = 7", "name: a text of 1 to 80 characters in quotation marks"),
        ("name = ' '", "name: a text of 1 to 80 characters in quotation marks"),
        ("theme = 'pink'", "theme: one of dark, light, contrast, ansi"),
        ("documents = 5", "documents: the path of a folder in quotation marks"),
        ("keys = 'n'", "keys: a table of commands and keys"),
        ("[keys]\n'concern.new' = 5", 'keys: each key in quotation marks, as in "concern.new" = "f5"'),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_settings(written(tmp_path, text))
    assert refused.value.problems == (said,)


@pytest.mark.parametrize("text", ["name =", b"\xff\xfe", "#" * 100_001, "a = " + "[" * 9999, "a = " + "9" * 9999])
def test_what_is_no_toml_is_refused(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(BadFile, match="are not TOML") as refused:
        read_settings(written(tmp_path, text))
    assert "sys." not in refused.value.what


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        read_settings(tmp_path)


def test_documents_go_to_the_folder_that_is_set_else_to_the_program_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTY_TUI_HOME", str(tmp_path / "home"))
    assert Settings(name="Ann", documents=str(tmp_path / "x")).folder == tmp_path / "x"
    own = Settings(name="Ann").folder
    assert own == tmp_path / "home" / "data" / "documents"
    assert own.stat().st_mode & 0o077 == 0
    assert Settings(name="Ann").folder == own
    (tmp_path / "other").touch()
    monkeypatch.setenv("DUTY_TUI_HOME", str(tmp_path / "other"))
    with pytest.raises(BadFile, match="cannot be made"):
        _ = Settings(name="Ann").folder
