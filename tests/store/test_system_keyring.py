from __future__ import annotations

import sys
import threading
from types import SimpleNamespace

import pytest

from duty_tui.errors import BadFile
from duty_tui.store import system_keyring

KEY = bytes(range(32))


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """What a keyring holds, the package standing in for the real one."""
    held: dict[tuple[str, str], str] = {}
    package = SimpleNamespace(
        set_password=lambda service, name, word: held.__setitem__((service, name), word),
        get_password=lambda service, name: held.get((service, name)),
        delete_password=lambda service, name: held.pop((service, name)),
    )
    monkeypatch.setitem(sys.modules, "keyring", package)
    return held


def test_a_key_is_kept_found_and_forgotten(kept: dict[tuple[str, str], str]) -> None:
    system_keyring.keep("one", KEY)
    assert kept == {("duty-tui", "one"): KEY.hex()}
    assert system_keyring.fetch("one") == KEY
    system_keyring.forget("one")
    assert kept == {}
    with pytest.raises(BadFile, match=r"keyring does not have the key.*key recover"):
        system_keyring.fetch("one")
    with pytest.raises(BadFile, match=r"says no \(KeyError\)"):
        system_keyring.forget("one")


def test_a_keyring_that_keeps_something_else(kept: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["keyring"], "get_password", lambda *_: "00")
    with pytest.raises(BadFile, match="did not keep the key"):
        system_keyring.keep("one", KEY)
    monkeypatch.setattr(sys.modules["keyring"], "get_password", lambda *_: "no key")
    with pytest.raises(BadFile, match="does not have the key"):
        system_keyring.fetch("one")


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(BadFile, match=r"not installed here.*pip install keyring"):
        system_keyring.fetch("one")


def test_a_dialogue_nobody_sees_is_not_waited_for(
    kept: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = threading.Event()
    monkeypatch.setattr(sys.modules["keyring"], "get_password", lambda *_: seen.wait())
    with pytest.raises(BadFile, match=r"has not answered within 0\.01 seconds"):
        system_keyring.fetch("one", 0.01)
    seen.set()
