"""One thing owed as a list shows it: when, what, whose; opened out with who owes it and where that is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from duty_tui.domain.times import due_words
from duty_tui.screens.concern_list import Draw
from duty_tui.views.obligation import ObligationLine
from duty_tui.widgets.safe import content, elide, fit, width
from duty_tui.widgets.wrapping import wrap

_WHEN_CELLS = 22
_LEAST = 8
#: Less room than this says nothing of who owes it.
_OWNER_CELLS = 8
_YEAR_DIGITS = 4


def key_of(line: ObligationLine) -> str:
    """What the cursor belongs to."""
    return f"{line.concern}/{line.rule}/{line.child}/{line.discussion}"


def drawing(line: ObligationLine, *, whose: bool) -> Draw:
    """The line in a list; `whose` names the concern, where the list is of several."""
    when, style = _when(line)

    def draw(cells: int, selected: bool) -> list[Content]:
        room = max(_LEAST, cells - _WHEN_CELLS - 3)
        whom = f" ({line.whom})" if line.whom else ""
        head = f"{line.reference} {line.title}: " if whose else ""
        if not selected:
            words = elide(f"{head}{line.label if whose else line.do}{whom}", room)
            left = room - width(words)
            owner = elide(f" · {line.owner}", left) if left > _OWNER_CELLS else ""
            return [content("  ", (fit(when, _WHEN_CELLS), style), " ", words, (owner, "$faint"))]
        first, *more = wrap(f"{head}{line.do}{whom}", room, 3)
        drawn = [content("▸ ", (fit(when, _WHEN_CELLS), style), " ", (first, "bold"))]
        margin = " " * (_WHEN_CELLS + 3)
        drawn += [content(margin, words) for words in more]
        for words, kind in _opened(line):
            drawn += [content(margin, (part, kind)) for part in wrap(words, room, 3)]
        return drawn

    return draw


def _opened(line: ObligationLine) -> Iterator[tuple[str, str]]:
    """What more is said of the selected one, each with its style."""
    yield line.due_words + (" · bank holidays not yet published" if line.provisional else ""), ""
    if line.latest:
        yield line.latest, "bold $bad" if line.latest.endswith("passed") else ""
    yield f"{line.owner}{_also(line)} · {line.strength}", "$faint"
    if line.unless:
        yield "unless ruled out: " + "; ".join(line.unless), "$faint"
    if line.first_due:
        yield f"first due {due_words(line.first_due)}", "$faint"
    if line.late_reason:
        yield f"late because: {line.late_reason}", ""
        if line.late_safety:
            yield f"meanwhile: {line.late_safety}", ""
    elif line.late:
        yield "late; nobody has said why yet (r)", "bold $soon"
    if line.cite:
        yield line.cite, "$faint"


def _also(line: ObligationLine) -> str:
    """The agency of whoever an action falls to; of a rule, a second one the document names."""
    if line.also in ("", line.owner):
        return ""
    return f", {line.also}" if line.kind == "action" else f", also named: {line.also}"


def _when(line: ObligationLine) -> tuple[str, str]:
    if line.standing == "met":
        return ("✓ met, LATE" if line.late else "✓ met in time"), ("bold $soon" if line.late else "$good")
    if line.standing == "waiting":
        return "· not yet", "$faint"
    if line.standing == "closed":
        return "✗ not done, closed", "$faint"
    if line.kind == "prompt":
        return "? decide", "bold $soon"
    unless = "○ " if line.standing == "unless" else ""
    if line.due is None:
        return ("may be done" if line.kind == "offer" else unless + "without delay"), ""
    return (f"LATE {_short(line.due)}", "bold $bad") if line.late else (unless + _short(line.due), "")


def _short(due: datetime) -> str:
    """`end of Fri 20 Nov` or `Fri 20 Nov 17:00`."""
    words = due_words(due).split()
    return " ".join(word for word in words if not (len(word) == _YEAR_DIGITS and word.isdecimal()))
