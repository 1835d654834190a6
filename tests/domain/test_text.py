"""Text is harmless after the door, honest before the screen, and names of every script come through whole."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.text import MARK, clean, clean_lines, fold, is_harmless, strip_controls

NAMES = [
    "Ní Bhriain, Zoë",
    "Wójcik, Łukasz",
    "李, 小龙",
    "O'Neill [was Jay], Tomás",
    "Yẹ́mi, Adébáyọ̀",
    "محمد الحسن",
    "שרה לוי",
    "علی‌رضا",  # Ali-Reza, spelt with a non-joiner
    "ශ්‍රී",  # Sri, spelt with a joiner after its virama
    "Nguyễn Thị Hồng",
    "Đặng",
    "[/] [redacted] {x}",
    "Ⅳ ½ 🙂",
]

#: Text as hostile as it comes: any code point, surrogates included, with the troublesome ones made frequent.
hostile = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Mn"]),
        st.sampled_from("\u200c\u200d\u094d\u0915\u0627\u0301e\r\n\t\x1b\x9b\u202e"),
    )
)
UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
#: Format characters that are drawn: Arabic, Syriac and Kaithi number and verse signs.
SEEN_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


@pytest.mark.parametrize("name", NAMES)
def test_ordinary_names_come_through_whole(name: str) -> None:
    whole = unicodedata.normalize("NFC", name)
    assert clean(name) == clean_lines(name) == strip_controls(name) == whole
    assert is_harmless(name)


@pytest.mark.parametrize(
    ("text", "shown", "kept"),
    [
        ("Amara\x1b[31m", "Amara\ufffd[31m", "Amara[31m"),
        ("a\x9b2Jb", "a\ufffd2Jb", "a2Jb"),
        ("a\x07\x00b", "a\ufffd\ufffdb", "ab"),
        ("ab\u202etxt", "ab\ufffdtxt", "abtxt"),
        ("zero\u200bwidth\ufeff", "zero\ufffdwidth\ufffd", "zerowidth"),
        ("a\u200db", "a\ufffdb", "ab"),  # a joiner between letters that never join
        ("a\u2028b", "a\ufffdb", "a b"),
        ("\ud800x", "\ufffdx", "x"),
        ("one\ttwo", "one two", "one two"),
        ("one\r\ntwo\nthree\rfour", "one two three four", "one two three four"),
        ("e\u0301", "\u00e9", "\u00e9"),
        ("e\u200b\u0301", "e\ufffd\u0301", "\u00e9"),  # what the door leaves is composed again
        ("\U000e0041tag", "\ufffdtag", "tag"),
        ("❤\ufe0f", "❤\ufffd", "❤"),
        ("葛\U000e0100", "葛\U000e0100", "葛\U000e0100"),
        ("\u200c", "\ufffd", ""),
        ("ا\u200c", "ا\ufffd", "ا"),
        ("", "", ""),
    ],
)
def test_what_is_shown_and_what_is_kept(text: str, shown: str, kept: str) -> None:
    assert clean(text) == shown
    assert strip_controls(text) == kept


def test_lines_stay_lines_where_they_are_asked_for() -> None:
    assert clean_lines("one\r\ntwo\rthree\n\x1bfour\u2028") == "one\ntwo\nthree\n\ufffdfour\ufffd"
    assert strip_controls("one\r\ntwo\vthree\u2029four\tfive", lines=True) == "one\ntwo\nthree\nfour five"


def test_every_unseen_character_of_unicode_is_caught() -> None:
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        if unicodedata.category(letter) in UNSEEN_CATEGORIES and code not in SEEN_FORMATS:
            assert clean(f"a{letter}b") in (f"a{MARK}b", "a b"), hex(code)
            assert strip_controls(f"a{letter}b") in ("ab", "a b"), hex(code)
            assert not is_harmless(f"a{letter}b"), hex(code)


@given(hostile)
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    for made in (clean(text), strip_controls(text)):
        assert is_harmless(made)
        assert not {unicodedata.category(letter) for letter in made} & {"Cc", "Cs", "Zl", "Zp"}
        made.encode()  # no lone surrogate is left


@given(hostile)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for once in (clean, clean_lines, strip_controls, fold):
        assert once(once(text)) == once(text)
    kept = strip_controls(text, lines=True)
    assert strip_controls(kept, lines=True) == kept


@given(hostile)
def test_what_the_door_let_in_is_shown_as_it_is(text: str) -> None:
    assert clean(strip_controls(text)) == strip_controls(text)
    assert clean_lines(strip_controls(text, lines=True)) == strip_controls(text, lines=True)


@given(hostile)
def test_everything_is_in_normal_form_c(text: str) -> None:
    for made in (clean(text), clean_lines(text), strip_controls(text)):
        assert unicodedata.is_normalized("NFC", made)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ní Bhriain, Zoë", "ni bhriain, zoe"),
        ("WÓJCIK  Łukasz", "wojcik lukasz"),
        ("O'Neill", "oneill"),
        ("O’Neill", "oneill"),
        ("Al-Hassan", "al hassan"),
        ("Straße", "strasse"),
    ],
)
def test_folding_finds_a_name_however_it_is_typed(text: str, folded: str) -> None:
    assert fold(text) == folded
