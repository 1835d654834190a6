from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duty_tui.store.wrapping import STRENGTH, Strength, Wrapped, unwrap, wrap

#: As cheap as scrypt comes: the construction is tried here, not its cost.
WEAK = Strength(2, 1, 1)
KEY = bytes(range(32))


@given(st.binary(min_size=32, max_size=32), st.text(min_size=1, max_size=20))
@settings(deadline=None, max_examples=50)
def test_what_is_wrapped_comes_back(key: bytes, passphrase: str) -> None:
    wrapped = wrap(key, passphrase, WEAK)
    assert unwrap(wrapped, passphrase) == key
    assert unwrap(wrapped, passphrase + "x") is None


def test_no_two_wrappings_are_alike() -> None:
    one, other = wrap(KEY, "a word", WEAK), wrap(KEY, "a word", WEAK)
    assert len({one.salt, other.salt}) == len({one.sealed, other.sealed}) == len({one.seal, other.seal}) == 2
    assert KEY not in (one.sealed, other.sealed)


def test_every_changed_bit_is_noticed() -> None:
    wrapped = wrap(KEY, "a word", WEAK)
    for name in ("salt", "sealed", "seal"):
        part: bytes = getattr(wrapped, name)
        for place in range(len(part)):
            changed = bytearray(part)
            changed[place] ^= 1
            parts = {**wrapped._asdict(), name: bytes(changed)}
            assert unwrap(Wrapped(**parts), "a word") is None, (name, place)
    for strength in (Strength(4, 1, 1), Strength(2, 2, 1), Strength(2, 1, 2)):
        assert unwrap(wrapped._replace(strength=strength), "a word") is None


def test_it_is_the_construction_the_page_describes() -> None:
    """Written out once more, from RFC 7914's scrypt and RFC 2104's HMAC by hand."""
    wrapped = wrap(KEY, "a word", WEAK)
    both = hashlib.scrypt(b"a word", salt=wrapped.salt, n=2, r=1, p=1, dklen=64)
    assert bytes(a ^ b for a, b in zip(wrapped.sealed, both[:32], strict=True)) == KEY
    block = both[32:].ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
    inner.update(b"duty-tui key 1 scrypt 2 1 1 " + wrapped.salt + wrapped.sealed)
    assert wrapped.seal == hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner.digest()).digest()


def test_one_letter_is_one_letter_however_a_keyboard_sends_it() -> None:
    assert unwrap(wrap(KEY, "caf\N{LATIN SMALL LETTER E WITH ACUTE}", WEAK), "cafe\N{COMBINING ACUTE ACCENT}") == KEY


def test_a_guess_costs_what_is_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, int]] = []

    def scrypt(words: bytes, **numbers: int) -> bytes:
        asked.append(numbers)
        return bytes(64)

    monkeypatch.setattr("duty_tui.store.wrapping.hashlib.scrypt", scrypt)
    wrapped = wrap(KEY, "a word")
    assert wrapped.strength == STRENGTH == (131072, 8, 1)
    assert [asked[0][name] for name in ("n", "r", "p")] == [131072, 8, 1]
    assert asked[0]["maxmem"] > 128 * 131072 * 8


@pytest.mark.parametrize(
    "strength",
    [(0, 8, 1), (1, 8, 1), (3, 8, 1), (-4, 8, 1), (2, 0, 1), (2, 1, 0), (2, 1, 17), (1 << 40, 8, 1), (2, 1 << 30, 1)],
)
def test_numbers_that_would_fill_the_memory_are_none_of_ours(strength: tuple[int, int, int]) -> None:
    assert not Strength(*strength).fits


def test_the_usual_numbers_fit() -> None:
    assert STRENGTH.fits
    assert Strength(1 << 19, 8, 16).fits
