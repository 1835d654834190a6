"""Check digits of the two numbers a child may carry. They warn and never refuse: a wrong number is still evidence."""

from __future__ import annotations

import re

#: Letters of a UPN's check position, by remainder of 23 (Department for Education, UPN guide).
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_number_doubt(number: str) -> str | None:
    """Why an NHS number cannot be right (10 digits, modulus 11), or None. Blanks and hyphens are allowed."""
    digits = re.sub(r"[\s-]", "", number)
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{10}", digits):
        return "An NHS number has 10 digits."
    # With its check digit at weight 1 the whole number is a multiple of 11; a remainder of 10 is never issued.
    if sum(int(digit) * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11:
        return "The NHS number's check digit does not fit: a digit is wrong or two are swapped."
    return None


def upn_doubt(upn: str) -> str | None:
    """Why a unique pupil number cannot be right (a letter, 12 characters, modulus 23), or None.

    A temporary UPN ends in a letter, whose place in the alphabet counts in the check.
    """
    text = re.sub(r"\s", "", upn).upper()
    if not text:
        return None
    if not re.fullmatch(r"[A-Z][0-9]{11}[0-9A-Z]", text):
        return "A UPN has one letter and 12 digits (a temporary one ends in a letter)."
    last = _UPN_LETTERS.find(text[12]) if text[12].isalpha() else int(text[12])
    total = sum(int(digit) * weight for weight, digit in enumerate(text[1:12], 2)) + last * 13
    if last < 0 or _UPN_LETTERS[total % 23] != text[0]:
        return "The UPN's check letter does not fit: a character is wrong or two are swapped."
    return None
