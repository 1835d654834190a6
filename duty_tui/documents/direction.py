"""A number after a name written from right to left stays on the name's right: `ليلى حداد 4y` is a name, then an age.

Where lines run from left to right, a number next to Arabic or Hebrew letters is drawn among them (Unicode bidirectional
algorithm, UAX #9, rules W2 and N1): the age of one child would stand before the name, and its unit behind it.
"""

from __future__ import annotations

import re

#: Says "from left to right" to whatever draws the line, and is drawn as nothing.
_MARK = "\u200e"
_LETTER, _BETWEEN = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc", r"[\s,.:;()–-]*"
_NUMBER = re.compile(rf"(?<=[{_LETTER}])({_BETWEEN})(?=[0-9][0-9A-Za-z]*(?![0-9A-Za-z]|{_BETWEEN}[{_LETTER}]))")


def in_order(text: str) -> str:
    """`text` for a page: a number that ends what is written from right to left is kept apart from it.

    A number amid such writing belongs to it and stays where its readers expect it.
    """
    return text if text.isascii() else _NUMBER.sub(rf"\1{_MARK}", text)
