"""What a line typed during a discussion says: a note, or after a prefix a decision, an action, a person, an answer.

A reading never fails and never loses a word: every word of the line is in what would be recorded, or was understood
and is read back. What was not understood stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from duty_tui.domain.call_people import read_person
from duty_tui.domain.call_say import Say
from duty_tui.domain.call_setting import Setting
from duty_tui.domain.call_things import (
    read_action,
    read_answer,
    read_challenge,
    read_child_line,
    read_decision,
    read_sharing,
)
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import LineNoted
from duty_tui.domain.text import strip_controls

#: How a note begins that says a matter is to be escalated.
ESCALATE = "Escalate: "

_PREFIX = re.compile(r"\s*/(\d{1,3}|[a-z]|\+)(?:\s+(.*)|)", re.IGNORECASE | re.DOTALL)
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class CallLine:
    """A line as understood."""

    #: NOTE, DECIDE, ACTION, PERSON, ANSWER, SHARE, CHALLENGE, CHILD, ESCALATE.
    word: str
    #: What would be recorded; None while something is missing that must be there.
    event: DiscussionEvent | None = None
    #: The reading, in words.
    says: str = ""
    #: What must still be said, in words; the line cannot be recorded before.
    lacks: str = ""
    #: What looks odd or is still missing, in words; stands in nobody's way.
    doubt: str = ""
    #: What may be chosen from at this point of the line.
    choices: str = ""
    #: A child who is not on the concern yet, as typed.
    stranger: str = ""
    #: The words that became something other than text: the prefix, names, a time.
    understood: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing is typed."""
        return not (self.event or self.says or self.lacks or self.stranger)


@dataclass(frozen=True, slots=True)
class Prefix:
    """A way to begin a line: its letters, the word it stands for, and how it goes on."""

    letters: str
    word: str
    example: str
    read: Callable[[str, Setting], Say]


def _escalation(rest: str, setting: Setting) -> Say:
    if not rest.strip():
        return Say(lacks="what is escalated, to whom, and why")
    event = LineNoted(discussion=setting.discussion, text=ESCALATE + rest)
    doubt = "a marked note, nobody is told of it; /e alone opens the forms that go to somebody"
    return Say(event, says=rest, doubt=doubt)


#: Every prefix, in the order help names them. A number answers the point with that number.
PREFIXES: tuple[Prefix, ...] = (
    Prefix("w+", "PERSON", "/w DS Patel police sergeant", read_person),
    Prefix("d", "DECIDE", "/d 1 kofi why", read_decision),
    Prefix("a", "ACTION", "/a CD what tomorrow 10:00", read_action),
    Prefix("q", "ANSWER", "/3 yes, seen alone", read_answer),
    Prefix("s", "SHARE", "/s what they are told; when", read_sharing),
    Prefix("x", "CHALLENGE", "/x DS Patel: what they say against it", read_challenge),
    Prefix("c", "CHILD", "/c kofi why", read_child_line),
    Prefix("e", "ESCALATE", "/e what, to whom, why", _escalation),
)
_BY_LETTER = {letter: prefix for prefix in PREFIXES for letter in prefix.letters}


def word_of(text: str) -> str:
    """What kind of line `text` begins: NOTE, DECIDE or another word of `PREFIXES`."""
    prefix = _prefix(text)
    return prefix[0].word if prefix else "NOTE"


def bare_word(text: str) -> str:
    """The kind of line `text` begins where it holds nothing else: `/d ` is DECIDE; empty for any other text."""
    prefix = _prefix(text.strip())
    return prefix[0].word if prefix and not prefix[1].strip() else ""


def read_line(text: str, setting: Setting) -> CallLine:
    """What `text` says where the discussion stands as in `setting`. Never raises."""
    text = strip_controls(text[:_LONGEST]).strip()
    found = _prefix(text)
    if found is None:
        return _note(text, setting)
    prefix, rest, mark = found
    say = prefix.read(rest, setting)
    return CallLine(
        prefix.word, say.event, say.says, say.lacks, say.doubt, say.choices, say.stranger, (mark, *say.understood)
    )


def _prefix(text: str) -> tuple[Prefix, str, str] | None:
    """The prefix a line begins with, what follows it, and the prefix as typed; a number counts as one, and follows."""
    match = _PREFIX.fullmatch(text)
    if match is None:
        return None
    letter, rest = match[1].casefold(), match[2] or ""
    if letter.isdecimal():
        return _BY_LETTER["q"], f"{letter} {rest}".strip(), "/"
    prefix = _BY_LETTER.get(letter)
    return (prefix, rest, "/" + match[1]) if prefix else None


def _note(text: str, setting: Setting) -> CallLine:
    if text == "/":
        return CallLine("NOTE", lacks="a letter after the stroke", choices=_all_prefixes(), understood=("/",))
    if not text:
        return CallLine("NOTE")
    begins, understood = text, ()
    doubt = ""
    if text.startswith("//"):
        begins, understood = text[1:], ()
    elif text.startswith("/"):
        doubt = f"there is no {elided(text.split(maxsplit=1)[0])}: kept as a note, as it stands"
    return CallLine("NOTE", LineNoted(discussion=setting.discussion, text=begins), doubt=doubt, understood=understood)


def elided(word: str) -> str:
    """A word short enough to be spoken of."""
    return word if len(word) <= 12 else word[:11] + "…"  # noqa: PLR2004 (cells)


def _all_prefixes() -> str:
    said = (f"/{prefix.letters[0]} {prefix.word.lower()}" for prefix in PREFIXES)
    return " · ".join(said)
