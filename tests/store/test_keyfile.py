from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from duty_tui.errors import BadFile, Refused, Unavailable
from duty_tui.store import system_keyring, wrapping
from duty_tui.store.keyfile import (
    Unlock,
    WrongPassphrase,
    as_file,
    as_keyring,
    as_passphrase,
    kept_before,
    look_at,
    make_key,
    name_before,
    read_key,
    replace_key,
)
from duty_tui.store.wrapping import Strength
from tests.store.examples import AT, as_somebody_else

KEY = "0f" * 32


def written(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_key_is_made_once_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "duty" / "tui" / "key"
    key = make_key(path)
    assert len(key) == 32
    assert make_key(path) == read_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]
    comment, digits = path.read_text().splitlines()
    assert comment.startswith("# ")
    assert digits == key.hex()


def test_no_two_keys_are_alike(tmp_path: Path) -> None:
    assert make_key(tmp_path / "a") != make_key(tmp_path / "b")


def test_a_key_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = written(tmp_path / "key", "something else")
    with pytest.raises(BadFile, match="not a key file"):
        make_key(path)
    assert path.read_text() == "something else"
    assert list(tmp_path.iterdir()) == [path]


MAKER = """
import sys
from pathlib import Path
from duty_tui.store.keyfile import make_key
print("ready", flush=True)
sys.stdin.readline()
print(make_key(Path(sys.argv[1])).hex())
"""


def test_two_at_once_end_with_one_key(tmp_path: Path) -> None:
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKER, str(tmp_path / "key")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(3)
    ]
    for maker in makers:
        assert maker.stdout
        assert maker.stdout.readline() == "ready\n"
    made = {maker.communicate("go\n")[0].strip() for maker in makers}
    assert made == {read_key(tmp_path / "key").hex()}


@pytest.mark.parametrize("text", [KEY, f"{KEY}\n", f"# comment\n\n  {KEY.upper()}  \n", f"#\r\n{KEY}\r\n"])
def test_what_is_read_as_a_key(tmp_path: Path, text: str) -> None:
    assert read_key(written(tmp_path / "key", text)) == bytes.fromhex(KEY)


@pytest.mark.parametrize("text", ["", "# only a comment\n", KEY[:-1], KEY + "0", f"{KEY}\n{KEY}", "g" * 64, "é" * 64])
def test_what_is_not_a_key(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFile, match="64 hexadecimal digits") as caught:
        read_key(written(tmp_path / "key", text))
    assert KEY[:20] not in str(caught.value), "no key in an error"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o610])
def test_a_key_others_can_reach_is_refused(tmp_path: Path, mode: int, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "key", KEY, mode)
    with pytest.raises(BadFile, match=f"can be read by others .mode {mode:o}.*chmod 600"):
        read_key(path)
    monkeypatch.setattr(sys, "platform", "win32")
    assert read_key(path) == bytes.fromhex(KEY), "Windows keeps no such permissions"


def test_a_missing_key(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"is missing.*Put the copy"):
        read_key(tmp_path / "key")


def test_a_key_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read: Is a directory"):
        read_key(tmp_path)


def test_a_key_that_cannot_be_made(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    with as_somebody_else(), pytest.raises(Unavailable, match="No key file can be made at"):
        make_key(folder / "key")


def test_a_key_that_did_not_fit_on_the_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("duty_tui.store.keyfile.os.fsync", full)
    with pytest.raises(Unavailable, match="No space left on device"):
        make_key(tmp_path / "key")
    assert list(tmp_path.iterdir()) == []


def opened_with(*words: str) -> Unlock:
    """Tries these passphrases in turn; the last one's error is the answer."""

    def unlock(_path: Path, opens: Callable[[str], bytes]) -> bytes:
        for word in words[:-1]:
            with pytest.raises(WrongPassphrase):
                opens(word)
        return opens(words[-1])

    return unlock


@pytest.fixture
def weak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "STRENGTH", Strength(2, 1, 1))


def test_a_key_in_a_passphrase(tmp_path: Path, weak: None) -> None:
    path, key = tmp_path / "key", bytes.fromhex(KEY)
    replace_key(path, as_passphrase(key, "a word", AT))
    assert path.stat().st_mode & 0o777 == 0o600
    assert KEY not in path.read_text()
    found = look_at(path)
    assert (found.kind, found.since, found.key) == ("passphrase", AT.replace(microsecond=0), b"")
    assert read_key(path, opened_with("wrong", "a word")) == key
    with pytest.raises(WrongPassphrase, match=r"does not open the key file .*Caps Lock"):
        read_key(path, opened_with("wrong"))
    with pytest.raises(Refused, match=r"no terminal to ask.*DUTY_TUI_PASSPHRASE"):
        read_key(path)
    replace_key(path, as_file(key))
    assert look_at(path).kind == "file"
    assert read_key(path) == key
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_a_key_in_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = {"one": bytes.fromhex(KEY)}
    monkeypatch.setattr(system_keyring, "fetch", lambda name, _: held[name])
    replace_key(tmp_path / "key", as_keyring("one", AT))
    assert look_at(tmp_path / "key").name == "one"
    assert read_key(tmp_path / "key") == held["one"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "passphrase"', 'kind = "sealed"'),
        ('kind = "passphrase"', "kind = 1"),
        ('kind = "passphrase"', 'kind = "keyring"'),
        ('kind = "passphrase"', 'kind = "keyring"\nname = 3'),
        ("since = ", "when = "),
        ("since = 2026", 'since = "x" # 2026'),
        ("n = 2", "n = 3"),
        ("n = 2", "n = 1099511627776"),
        ("n = 2", 'n = "many"'),
        ('key = "', 'key = "00'),
        ('salt = "', 'salt = "" # "'),
        ('seal = "', "seal = 1 # "),
        ("[scrypt]", "[[scrypt]]"),
        ("[scrypt]", "[scrypt"),
        ("format = 1", "format = 'one'"),
        ("format = 1", "format = 0"),
        ("format = 1", f"format = 0x{'f' * 5000}"),
        ("format = 1", f"format = {'[' * 5000}"),
        ("n = 2", "n = inf"),
        ("since = 2026", "since = 0001-01-01T00:00:00+14:00 # "),
        ("format = 1", "formats = 1"),
    ],
)
def test_a_damaged_key_file_is_said(tmp_path: Path, weak: None, old: str, new: str) -> None:
    text = as_passphrase(bytes.fromhex(KEY), "a word", AT)
    assert old in text
    with pytest.raises(BadFile, match=r"is damaged.*Put the copy"):
        read_key(written(tmp_path / "key", text.replace(old, new)), opened_with("a word"))


def test_a_key_file_of_a_later_program_is_said(tmp_path: Path, weak: None) -> None:
    text = as_passphrase(bytes.fromhex(KEY), "a word", AT).replace("format = 1", "format = 2")
    with pytest.raises(BadFile, match="of format 2; this program knows format 1"):
        read_key(written(tmp_path / "key", text))


def test_a_key_file_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "key", KEY)

    def refused(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(Unavailable, match="Operation not permitted"):
        replace_key(path, as_file(bytes(32)))
    monkeypatch.setattr(Path, "hardlink_to", refused)
    with pytest.raises(Unavailable, match="Operation not permitted"):
        make_key(tmp_path / "other")
    assert list(tmp_path.iterdir()) == [path]
    assert read_key(path) == bytes.fromhex(KEY)


def test_every_key_file_of_before_is_kept_under_a_name_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    assert kept_before(tmp_path / "nowhere" / "desk.key") == []
    names = []
    for _ in range(3):
        kept = name_before(path, AT)
        kept.touch()
        names.append(kept.name)
    stem = f"desk.key.before-{AT:%Y%m%d-%H%M%S}"
    assert names == [stem, f"{stem}-2", f"{stem}-3"]
    (tmp_path / "desk.key.next").touch()
    assert [one.name for one in kept_before(path)] == names
