"""The two lines under the entry of a call: how the line is understood, and what it still needs."""

from __future__ import annotations

from textual.content import Content

from duty_tui.domain.call_line import PREFIXES, CallLine
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.wrapping import wrap

_HINT = "Enter keeps a note.  " + "  ".join(f"/{one.letters[0]} {one.word.lower()}" for one in PREFIXES)
_HINT_AGAIN = "/3 answers point 3 · F2, F3, F4 twice: in full · ↑ Enter corrects, Del undoes"


def read_back(
    line: CallLine, cells: int, *, said: str = "", instead: str = "", news: str = "", opens: str = ""
) -> Content:
    """Two lines: a refusal (`said`) before all, else the reading and what is missing, odd or may be chosen.

    `instead` names the line that is being put right; `news` is said while nothing is typed; `opens` is what a line
    that holds only its prefix leads to.
    """
    if said:
        return lines([content((part, "bold $bad")) for part in wrap("✗ " + said, cells, 2)])
    if line.empty and not line.choices:
        hint = f"Putting right {instead}: Escape leaves it as it is." if instead else _HINT
        again = content((elide(news, cells), "bold $soon")) if news else content((elide(_HINT_AGAIN, cells), "$faint"))
        return lines([content((elide(hint, cells), "$faint")), again])
    reading = opens or line.says or ("kept as it is typed" if line.word == "NOTE" and line.event else "")
    first = content((elide(f"→ {line.word} {reading}".rstrip(), cells), "bold" if line.event else ""))
    return lines([first, _second(line, cells, instead)])


def _second(line: CallLine, cells: int, instead: str) -> Content:
    if line.lacks:
        needs = elide(f"✗ {line.lacks}", cells)
        return content((needs, "bold $bad"), (elide(f"   {line.choices}", cells - len(needs)), "$faint"))
    if line.doubt:
        return content((elide(f"! {line.doubt}", cells), "bold $soon"))
    return content((elide(f"instead of {instead}" if instead else line.choices, cells), "$faint"))
