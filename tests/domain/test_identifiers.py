"""The two numbers a child may carry: right ones pass, and a slip of the finger is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.identifiers import nhs_number_doubt, upn_doubt
from tests.builders import BAD_NHS, GOOD_NHS, nhs_number, upn

numbers = st.integers(0, 999_999).map(nhs_number)
pupils = st.integers(0, 10**8 - 1).map(upn)
#: Letters a temporary UPN may end in: I, O and S are never used.
temporary = st.builds(upn, st.integers(0, 10**8 - 1), st.sampled_from("ABCDEFGHJKLMNPQRTUVWXYZ"))


@given(numbers)
def test_a_number_with_its_check_digit_is_not_doubted(number: str) -> None:
    assert nhs_number_doubt(number) is None
    assert nhs_number_doubt(f"{number[:3]} {number[3:6]}-{number[6:]}") is None


@given(numbers, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, off: int) -> None:
    wrong = f"{number[:place]}{(int(number[place]) + off) % 10}{number[place + 1 :]}"
    assert nhs_number_doubt(wrong) is not None


@given(numbers, st.integers(0, 8))
def test_two_neighbours_swapped_are_always_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (nhs_number_doubt(swapped) is None) == (swapped == number)


@pytest.mark.parametrize("number", ["999000001", "99900000188", "999000001x", "٩٩٩٠٠٠٠٠١٨", "NHS 9990000018"])
def test_anything_but_ten_digits_is_said_to_be_that(number: str) -> None:
    assert nhs_number_doubt(number) == "An NHS number has 10 digits."


def test_no_number_is_no_doubt() -> None:
    assert nhs_number_doubt("") is nhs_number_doubt(" - ") is None
    assert upn_doubt("") is upn_doubt("  ") is None


def test_a_wrong_check_digit_is_said_to_be_that() -> None:
    assert nhs_number_doubt(GOOD_NHS) is None
    assert "check digit" in str(nhs_number_doubt(BAD_NHS))


@given(st.one_of(pupils, temporary))
def test_a_pupil_number_with_its_check_letter_is_not_doubted(number: str) -> None:
    assert upn_doubt(number) is None
    assert upn_doubt(f" {number[:4].lower()} {number[4:]}") is None


@given(pupils, st.integers(1, 12), st.integers(1, 9))
def test_one_wrong_digit_of_a_pupil_number_is_noticed(number: str, place: int, off: int) -> None:
    wrong = f"{number[:place]}{(int(number[place]) + off) % 10}{number[place + 1 :]}"
    assert "check letter" in str(upn_doubt(wrong))


@pytest.mark.parametrize("number", ["999000000000", "A99900000000", "A9990000000001", "A99900000000?", "AB99000000000"])
def test_what_is_not_shaped_like_a_pupil_number_is_said_to_be_that(number: str) -> None:
    assert "one letter and 12 digits" in str(upn_doubt(number))


@pytest.mark.parametrize("letter", "IOS")
def test_letters_that_are_never_issued_do_not_fit(letter: str) -> None:
    assert "check letter" in str(upn_doubt(f"A99900000001{letter}"))
    assert "check letter" in str(upn_doubt(f"{letter}999000000010"))
