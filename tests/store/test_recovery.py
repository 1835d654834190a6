from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.errors import Refused
from duty_tui.store.recovery import read_recovery_code, recovery_code

KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS)
def test_a_code_leads_back_to_its_key(key: bytes) -> None:
    code = recovery_code(key)
    assert re.fullmatch(r"([A-Z2-7]{4} ){13}[A-Z2-7]{4}", code)
    assert read_recovery_code(code) == key
    assert read_recovery_code(f"  {code.lower().replace(' ', '-')}\n") == key
    assert read_recovery_code(code.translate(str.maketrans("OIB", "018"))) == key


@given(KEYS, st.integers(0, 55), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_character_misread_is_noticed(key: bytes, place: int, letter: str) -> None:
    code = list(recovery_code(key).replace(" ", ""))
    if code[place] != letter:
        code[place] = letter
        with pytest.raises(Refused, match="its checksum does not fit"):
            read_recovery_code("".join(code))


@pytest.mark.parametrize("typed", ["", "ABCD EFGH", "é" * 56, "A" * 55, "A" * 57, "9" * 56])
def test_what_is_no_code_is_said_without_repeating_it(typed: str) -> None:
    with pytest.raises(Refused, match="a code has 56") as caught:
        read_recovery_code(typed)
    assert not typed or typed not in str(caught.value)
