"""Which keys a command may have, and how a key is written for people."""

from __future__ import annotations

import re

from textual.keys import format_key

#: Why a key can never be a command, by pattern: terminals, desktops or Textual's own text fields take it first.
_NEVER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"ctrl\+h"), "terminals send it for Backspace"),
    (re.compile(r"ctrl\+i"), "terminals send it for Tab"),
    (re.compile(r"ctrl\+[mj]"), "terminals send it for Enter"),
    (re.compile(r"ctrl\+b"), "tmux takes it"),
    (re.compile(r"alt\+\d"), "terminals change tabs with it"),
    (re.compile(r"f[67]"), "text areas select with it"),
    (re.compile(r"f11"), "desktops make the window full with it"),
    (re.compile(r"f(1[3-9]|2\d)"), "most keyboards do not have it"),
)
_WORDS = {
    "enter": "↵",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "backspace": "Bksp",
}


def why_not_key(key: str) -> str | None:
    """Why `key` (as Textual names it: "n", "f3", "ctrl+s") may not be a command; None if it may."""
    plain = key.strip().lower()
    if not plain:
        return "it is empty"
    return next((why for pattern, why in _NEVER if pattern.fullmatch(plain)), None)


def key_words(key: str) -> str:
    """A key as it stands on keyboards and in hints: "f3" is F3, "ctrl+s" ^s, "question_mark" ?, "enter" ↵."""
    *modifiers, name = key.split("+")
    word = _WORDS.get(name) or (name.upper() if re.fullmatch(r"f\d+", name) else format_key(name))
    for modifier in reversed(modifiers):
        word = f"^{word}" if modifier == "ctrl" else f"{modifier.capitalize()}+{word}"
    return word
