"""Kinds of keys: set, changed, lost and recovered, without a terminal and on one."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from duty_tui.cli import key as key_command
from duty_tui.cli import passphrase
from duty_tui.clock import system_clock
from duty_tui.errors import Unavailable
from duty_tui.opening import opening
from duty_tui.store import wrapping
from duty_tui.store.keyfile import kept_before, look_at, read_key
from duty_tui.store.wrapping import Strength
from tests.cli.conftest import Run

WORDS, OTHER = "correct horse battery", "staple lamp window"


@pytest.fixture(autouse=True)
def _weak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "STRENGTH", Strength(2, 1, 1))


@pytest.fixture
def file(home: Path) -> Path:
    return home / "config" / "keys" / "desk.key"


class Terminal:
    """Somebody at a terminal: what they type when asked, and what they were asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
        self.asked: list[str] = []
        self._typed = list(typed)
        monkeypatch.setattr(passphrase, "somebody_there", lambda: True)
        monkeypatch.setattr(key_command, "somebody_there", lambda: True)
        monkeypatch.setattr(passphrase, "getpass", self._ask)

    def _ask(self, prompt: str) -> str:
        self.asked.append(prompt)
        return self._typed.pop(0)


def sealed(desk: Run, monkeypatch: pytest.MonkeyPatch, words: str = WORDS) -> None:
    monkeypatch.setenv("DUTY_TUI_PASSPHRASE", words)
    assert desk("key", "passphrase").status == 0


def test_a_plain_key_is_said_and_never_shown(desk: Run, file: Path) -> None:
    ended = desk("key", "show")
    assert (ended.status, ended.lines[:2]) == (0, [f"key {file}", "kind file"])
    assert ended.lines[2].startswith("since ")
    assert "duty-tui key passphrase" in ended.err
    assert read_key(file).hex() not in ended.out + ended.err
    found = desk("key", "show", "--json").json
    assert list(found) == ["file", "kind", "since"]


def test_with_a_passphrase_every_command_needs_it(
    desk: Run, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = read_key(file)
    sealed(desk, monkeypatch)
    assert desk("key", "show").lines[1] == "kind passphrase"
    assert key.hex() not in file.read_text()
    assert desk("queue").status == 0
    assert desk("verify").status == 0
    monkeypatch.setenv("DUTY_TUI_PASSPHRASE", "wrong words here")
    ended = desk("queue")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"duty-tui: That passphrase does not open the key file {file}.")
    assert "wrong words here" not in ended.err
    monkeypatch.delenv("DUTY_TUI_PASSPHRASE")
    ended = desk("queue")
    assert ended.status == 1
    assert "there is no terminal to ask" in ended.err
    assert "--passphrase-file" in ended.err
    words = tmp_path / "words"
    words.write_text(f"{WORDS}\nsecond line\n")
    words.chmod(0o600)
    assert desk("--passphrase-file", words, "queue").status == 0
    monkeypatch.setenv("DUTY_TUI_PASSPHRASE_FILE", str(words))
    assert desk("queue").status == 0
    assert desk("key", "passphrase", "--remove").out == "The key is in a plain file again.\n"
    assert read_key(file) == key
    ended = desk("key", "passphrase", "--remove")
    assert (ended.status, "no passphrase" in ended.err) == (1, True)


def test_it_is_changed_without_a_terminal(desk: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sealed(desk, monkeypatch)
    ended = desk("key", "passphrase")
    assert (ended.status, "DUTY_TUI_NEW_PASSPHRASE" in ended.err) == (1, True)
    monkeypatch.setenv("DUTY_TUI_NEW_PASSPHRASE", OTHER)
    assert desk("key", "passphrase").status == 0
    assert desk("queue").status == 1
    monkeypatch.setenv("DUTY_TUI_PASSPHRASE", OTHER)
    assert desk("queue").status == 0
    words = tmp_path / "words"
    words.write_text(WORDS)
    words.chmod(0o600)
    assert desk("key", "passphrase", "--new-file", words).status == 0
    assert desk("queue").status == 1


def test_too_short_a_passphrase_is_refused(desk: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUTY_TUI_PASSPHRASE", "short")
    ended = desk("key", "passphrase")
    assert (ended.status, "fewer than 12 characters" in ended.err) == (1, True)
    assert look_at(file).kind == "file"


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (b"", 0o600, "first line"),
        (b"\nx", 0o600, "first line"),
        (b"\xff\xfe", 0o600, "no text"),
        (b"correct horse battery", 0o644, "can be read by others"),
        (None, 0, "No such file"),
    ],
)
def test_a_file_that_holds_no_passphrase(
    desk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, content: bytes | None, mode: int, said: str
) -> None:
    sealed(desk, monkeypatch)
    words = tmp_path / "words"
    if content is not None:
        words.write_bytes(content)
        words.chmod(mode)
    ended = desk("--passphrase-file", words, "queue")
    assert (ended.status, ended.out) == (1, "")
    assert said in ended.err
    assert "correct horse" not in ended.err


def test_on_a_terminal_it_is_asked_for(desk: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(monkeypatch, WORDS, WORDS)
    assert desk("key", "passphrase").status == 0
    assert terminal.asked == ["New passphrase: ", "The same once more: "]
    terminal = Terminal(monkeypatch, "wrong", "wrong again", WORDS)
    ended = desk("queue")
    assert (ended.status, len(terminal.asked)) == (0, 3)
    assert ended.err.count("That passphrase does not open") == 2
    terminal = Terminal(monkeypatch, "one", "two", "three", WORDS)
    ended = desk("queue")
    assert (ended.status, ended.out, len(terminal.asked)) == (1, "", 3)
    terminal = Terminal(monkeypatch, WORDS, OTHER, "another typo")
    ended = desk("key", "passphrase")
    assert (ended.status, "not the same" in ended.err) == (1, True)
    terminal = Terminal(monkeypatch, WORDS)
    assert desk("verify").status == 0
    assert len(terminal.asked) == 1


def test_a_new_key_is_kept_as_the_old_one_was(desk: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, before = read_key(file), desk("log", "C1").out
    ended = desk("key", "rotate")
    assert (ended.status, ended.lines[:2]) == (0, ["The record is under a new key.", "entries 10"])
    plain = read_key(file)
    assert plain != old
    assert desk("log", "C1").out == before
    sealed(desk, monkeypatch)
    assert desk("key", "rotate").status == 0
    assert look_at(file).kind == "passphrase"
    assert desk("log", "C1").out == before
    assert desk("verify").status == 0
    kept = kept_before(file)
    assert [look_at(one).kind for one in kept] == ["file", "passphrase"]
    assert [read_key(kept[0]), read_key(kept[1], lambda _, opens: opens(WORDS))] == [old, plain]
    assert sorted([file, *kept]) == sorted(file.parent.iterdir())


def test_a_backup_made_before_opens_with_the_key_file_that_is_kept(desk: Run, file: Path, tmp_path: Path) -> None:
    assert desk("backup", "copy.db").status == 0
    before = desk("log", "C1").out
    ended = desk("key", "rotate")
    [kept] = kept_before(file)
    assert ended.lines[-1] == f"key-before {kept}"
    assert "Backups and other records made before still need it" in ended.err
    assert desk("--database", tmp_path / "copy.db", "log", "C1").status == 1
    assert desk("--database", tmp_path / "copy.db", "--key-file", kept, "log", "C1").out == before


def cut_short(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change the key, and be cut off between the record and the key file."""
    put = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if self.name == "desk.key.next":
            raise KeyboardInterrupt
        return put(self, target)

    monkeypatch.setattr(Path, "replace", cut)
    assert desk("key", "rotate").status == 1
    monkeypatch.setattr(Path, "replace", put)


def test_a_cut_between_record_and_key_file_mends_itself(desk: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = read_key(file)
    cut_short(desk, monkeypatch)
    assert file.with_name("desk.key.next").exists()
    assert desk("queue").status == 0
    assert not file.with_name("desk.key.next").exists()
    assert read_key(kept_before(file)[-1]) == old
    assert desk("verify").status == 0


def test_a_change_of_key_that_was_cut_is_ended_before_the_next(
    desk: Run, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = read_key(file)
    cut_short(desk, monkeypatch)
    ended = desk("key", "rotate")
    assert (ended.status, ended.lines[:1]) == (0, ["The record is under a new key."])
    assert old in [read_key(one) for one in kept_before(file)]
    assert read_key(file) not in [read_key(one) for one in kept_before(file)]
    assert desk("verify").status == 0
    assert not any((home / "state" / "outbox").iterdir())


def test_a_record_whose_change_of_key_was_cut_opens_without_room_for_the_key_file_before(
    desk: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_short(desk, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr("duty_tui.opening.take_next_key", _full)
        assert desk("queue").status == 0
    assert file.with_name("desk.key.next").exists()
    assert desk("queue").status == 0
    assert not file.with_name("desk.key.next").exists()


def _full(*_: object) -> None:
    raise Unavailable("The disk is full.")


def test_the_practice_desk_goes_with_it(desk: Run, home: Path) -> None:
    assert desk("demo").status == 0
    assert desk("key", "rotate").err.count("practice desk") == 0
    assert desk("demo").status == 0
    [practice] = (home / "data" / "practice").glob("*.db")
    practice.write_bytes(b"x" * 8192)
    assert "Today's practice desk does not open any more" in desk("key", "rotate").err


def test_no_code_is_printed_of_a_key_that_does_not_open_the_record(desk: Run, file: Path) -> None:
    file.write_text("ab" * 32 + "\n")
    ended = desk("key", "export-recovery")
    assert (ended.status, ended.out, "cannot be opened with this key" in ended.err) == (1, "", True)


def test_a_lost_key_is_recovered_from_its_code(desk: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed(desk, monkeypatch)
    ended = desk("key", "export-recovery")
    code = ended.out
    assert (ended.status, len(code.split())) == (0, 14)
    monkeypatch.delenv("DUTY_TUI_PASSPHRASE")
    assert desk("key", "export-recovery").status == 1
    ended = desk("key", "recover", text=code)
    assert (ended.status, "Add --replace" in ended.err) == (1, True)
    ended = desk("key", "recover", "--replace", text=code)
    assert (ended.status, ended.lines) == (0, [f"key {file}", "kind file"])
    assert desk("queue").status == 0
    [kept] = file.parent.glob("desk.key.before-*")
    assert look_at(kept).kind == "passphrase"
    file.unlink()
    assert desk("queue").status == 1
    assert desk("key", "recover", text=code.lower()).status == 0
    assert desk("queue").status == 0
    desk("key", "rotate")
    ended = desk("key", "recover", "--replace", text=code)
    assert (ended.status, "opens another record" in ended.err) == (1, True)
    assert desk("queue").status == 0


def gone(home: Path, *, waits: bool) -> None:
    """The own desk is away; something may wait for it on this machine."""
    (home / "data" / "desks" / "desk.db").rename(home / "aside.db")
    folder = home / "state" / "outbox"
    folder.mkdir(parents=True)
    if waits:
        (folder / f"{'ab' * 16}-01234567.outbox").touch()


def test_a_damaged_key_file_is_made_anew_although_something_waits(desk: Run, home: Path, file: Path) -> None:
    code, key = desk("key", "export-recovery").out, read_key(file)
    gone(home, waits=True)
    file.write_text("damaged\n")
    ended = desk("key", "recover", "--replace", text=code)
    assert (ended.status, ended.lines) == (0, [f"key {file}", "kind file"])
    assert read_key(file) == key


@pytest.mark.parametrize("waits", [False, True])
def test_nobody_is_asked_for_a_passphrase_to_find_out_which_desk_is_meant(
    desk: Run, home: Path, file: Path, monkeypatch: pytest.MonkeyPatch, *, waits: bool
) -> None:
    code = desk("key", "export-recovery").out
    sealed(desk, monkeypatch)
    monkeypatch.delenv("DUTY_TUI_PASSPHRASE")
    gone(home, waits=waits)
    assert desk("key", "show").lines[1] == "kind passphrase"
    assert desk("key", "recover", "--replace", text=code).status == 0
    assert look_at(file).kind == "file"


def test_the_passphrase_is_asked_for_once_although_something_waits(
    desk: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(desk, monkeypatch)
    monkeypatch.delenv("DUTY_TUI_PASSPHRASE")
    gone(home, waits=True)
    terminal = Terminal(monkeypatch, WORDS)
    assert desk("key", "passphrase", "--remove").status == 0
    assert len(terminal.asked) == 1


def test_an_empty_folder_for_what_waits_needs_no_key(desk: Run, home: Path, file: Path) -> None:
    gone(home, waits=False)
    file.write_text("damaged\n")
    how = opening(None, None, system_clock())
    assert how.practice


def test_a_code_is_asked_for_on_a_terminal(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Terminal(monkeypatch)
    ended = run("key", "recover", text="ABCD")
    assert ended.status == 1
    assert ended.err.startswith("Recovery code: ")
    assert "not a recovery code" in ended.err
    assert not file.exists()


def test_a_key_in_the_systems_keyring(desk: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[str, str] = {}
    package = SimpleNamespace(
        set_password=lambda _, name, word: held.__setitem__(name, word),
        get_password=lambda _, name: held.get(name),
        delete_password=lambda _, name: held.pop(name),
    )
    monkeypatch.setitem(sys.modules, "keyring", package)
    assert desk("key", "keyring").status == 0
    assert desk("key", "show").lines[1] == "kind keyring"
    [first] = held.values()
    assert first not in file.read_text()
    assert desk("queue").status == 0
    assert desk("key", "rotate").status == 0
    kept_name = look_at(kept_before(file)[0]).name
    assert held[kept_name] == first, "the key file that is kept still leads to its key"
    assert [first, held[look_at(file).name]] == [*held.values()]
    assert first != held[look_at(file).name]
    assert desk("key", "keyring").status == 0
    assert len(held) == 2
    sealed(desk, monkeypatch)
    assert held == {kept_name: first}
    assert desk("queue").status == 0


def test_a_passphrase_is_stretched_once_a_command(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed(desk, monkeypatch)
    stretched: list[str] = []
    unwrap = wrapping.unwrap

    def counted(wrapped: wrapping.Wrapped, words: str) -> bytes | None:
        stretched.append(words)
        return unwrap(wrapped, words)

    monkeypatch.setattr(wrapping, "unwrap", counted)
    for command in (("queue",), ("backup", "copy.db"), ("checkpoint",), ("verify",)):
        assert desk(*command).status == 0
    assert stretched == [WORDS] * 4
