"""What people type, paste and import, made harmless before it is kept, compared, printed or drawn.

A name can carry a terminal command, a mark that turns the rest of the line round, or a character nobody can see that
makes two equal names differ. `strip_controls` stands at the door (typing, pasting, importing) and takes such characters
out; `clean` and `clean_lines` stand before the screen, the printer and the page and show each one left as U+FFFD, so
that nothing stored by other means is hidden. Letters of every script, combining marks and spaces pass untouched; all
results are in Unicode normal form C.

The joiners U+200C and U+200D are kept only where a script needs them to spell a name (RFC 5892, appendix A.1 and A.2:
after a virama, and between two Arabic letters); anywhere else they hide, and terminals disagree on their width.
"""

from __future__ import annotations

import re
import unicodedata

#: What stands in the place of a character that may not be shown.
MARK = "\ufffd"

_VIRAMA = 9  # canonical combining class of the signs that silence a vowel in Indic scripts
_NON_JOINER = "\u200c"
_JOINERS = frozenset("\u200c\u200d")

_UNSEEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: terminals obey these
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # drawn as nothing
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, and marks that turn the line round
    "\u2028\u2029"  # line and paragraph separators
    "\ufe00-\ufe0f"  # variation selectors: the width of what stands before them depends on the terminal
    "\ufff0-\ufffb"  # interlinear annotation
    "\ud800-\udfff"  # lone surrogates cannot be encoded at all
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # format controls of rare scripts
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags; the ideographic variants of Japanese names stand between
    "]"
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
_BREAKS = re.compile("\r\n|[\n\r]")
_BREAKS_AT_THE_DOOR = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


def _spells(match: re.Match[str]) -> bool:
    """Whether the joiner found is part of a word's spelling."""
    text, at = match.string, match.start()
    if match.group() not in _JOINERS or at == 0:
        return False
    if unicodedata.combining(text[at - 1]) == _VIRAMA:
        return True
    between = _ARABIC.match(text[at - 1]) and _ARABIC.match(text[at + 1 : at + 2])
    return match.group() == _NON_JOINER and bool(between)


def _shown(match: re.Match[str]) -> str:
    return match.group() if _spells(match) else MARK


def _dropped(match: re.Match[str]) -> str:
    return match.group() if _spells(match) else ""


def _harmless(text: str) -> bool:
    """A quick yes for the common case; a no means only that a closer look is needed."""
    return text.isascii() and text.isprintable()


def clean(text: str) -> str:
    """`text` on one line with nothing a terminal would obey or hide.

    Tabs and line breaks become a space; every other control, bidi, zero-width or surrogate character becomes U+FFFD.
    """
    if _harmless(text):
        return text
    spaced = _BREAKS.sub(" ", text).replace("\t", " ")
    return _UNSEEN.sub(_shown, unicodedata.normalize("NFC", spaced))


def clean_lines(text: str) -> str:
    """As `clean`, keeping line breaks, each as one newline."""
    return "\n".join(clean(line) for line in _BREAKS.split(text))


def strip_controls(text: str, *, lines: bool = False) -> str:
    """`text` as it may be kept: what nobody can see is taken out, tabs and line breaks become spaces.

    With `lines`, line breaks stay, each as one newline. Word's soft breaks and the Unicode separators count as breaks.
    """
    if _harmless(text):
        return text
    parts = _BREAKS_AT_THE_DOOR.split(text)
    return ("\n" if lines else " ").join(_stripped(part) for part in parts)


def _stripped(line: str) -> str:
    """One line without its unseen characters; repeated, for what was apart may now compose or lose its virama."""
    before = None
    while line != before:
        before = line
        line = _UNSEEN.sub(_dropped, unicodedata.normalize("NFC", line.replace("\t", " ")))
    return line


def is_harmless(text: str) -> bool:
    """Whether `text` may be drawn on one line as it stands: nothing in it a terminal would obey or hide."""
    return _harmless(text) or all(map(_spells, _UNSEEN.finditer(text)))


def fold(text: str) -> str:
    """`text` for finding it again: without case, accents, apostrophes or doubled spaces ("Ní Bhriain" as "ni bhriain").

    For comparing and filtering only; never shown, never kept.
    """
    apart = unicodedata.normalize("NFKD", strip_controls(text)).casefold()
    bare = "".join(_PLAIN.get(letter, letter) for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.split())


_PLAIN = {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "'": "", "’": "", "‘": "", "ʼ": "", "-": " "}
