"""A desk whose every typed word is hostile, as if somebody had written the record by other means than this program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AddNote, AnswerQuestions, RaiseConcern
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted, LineNoted, PersonInvited
from duty_tui.domain.escalation_commands import SubmitEscalation
from duty_tui.domain.escalation_events import To
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.text import is_harmless
from duty_tui.store import journal
from duty_tui.store.journal import Entry, NewEntry
from tests.discussions import action, decided, person

#: Every word of the concern begins with this; in the hostile record something else stands before it.
MARK = "Z0q"
#: What a terminal obeys, what hides or turns text round, what is read as markup, as a formula, as another header.
TEXTS = (
    *("\x1b]0;owned\x07", "\x1b[2J\x1b[31m", "\x9b2J", "\x00\x08\x7f", "\r\nX\r\n", "a\tb\x0bc\x0cd\x85e\u2028f"),
    *("\u202eevil\u202c", "\u200b\u2060\ufeff\u00ad", "\U000e0041\U000e0042", "\u2066\u2067\u2069", "e\u0301" * 40),
    *("[/]", "[bold red]x[/bold]", "[link=x]", "[@click=app.quit]q[/]", "\\[/]", "[[]]", "${x}", "%s%n", "{0}"),
    *("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\n=1", "＝1", ' "=1"', "'=1", ";=1", "|", "`rm`", "*_#<b>"),
    *("../../x", "..\\..\\x", "C:\\x", "/x", "CON", "x\nBcc: a@b.example", "#set page()", "$x$", "<script>", "&lt;"),
)
#: Characters a spreadsheet begins a formula with.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def fill(desk: Desk, now: datetime, concern: str) -> None:
    """One concern with something of everything that can be typed, each word of it marked; and one beside it."""
    child = Child(number=1, name="Z0qamara Z0qfamily", born=date(2019, 3, 4), school="Z0qschool", note="Z0qnote")
    told = Caller(name="Z0qcaller", role="Z0qrole", agency="Z0qagency", telephone="Z0q 0117")
    raised = RaiseConcern(
        received=now - timedelta(days=9), caller=told, source="Z0qsource", family="Z0qfamily", children=(child,),
        what="Z0qwhat", happened="Z0qhappened", reference="Z0qreference", owner="Z0qowner",
        answers={"reasonable_cause": "yes", "serious_risk_of_harm": "yes"},
    )  # fmt: skip
    desk.do(concern, raised)
    for event in (
        PersonInvited(discussion=1, name="Z0qhale", agency="Z0qforce", role="police", contact="Z0q 0117"),
        DiscussionStarted(
            discussion=1, at=now - timedelta(days=1), chair="Z0qchair", format="telephone", children=(1,)
        ),
        person("Z0qhale", agency="Z0qforce", job="Z0qdetective"),
        LineNoted(discussion=1, text="Z0qline"),
        decided(1, label="Z0qlabel", reason="Z0qdecided"),
        action(1, what="Z0qaction", who="Z0qwho", agency="Z0qforce", due=now - timedelta(hours=22)),
        DiscussionEnded(discussion=1, at=now - timedelta(hours=23)),
    ):
        desk.do(concern, AtDiscussion(event=event))
    desk.do(concern, AddNote(text="Z0qnoted"))
    desk.do(concern, AnswerQuestions(answers={"actual_harm_evidenced": "yes"}, child=1, reason="Z0qbecause"))
    desk.do(
        concern,
        SubmitEscalation(
            ladder="pack/z0q", label="Z0qladder", at=now, recipients=(To(name="Z0qmanager", role="manager"),),
            facts=("Z0qfact",), fields={"why": "Z0qfield"},
        ),
    )  # fmt: skip


def spoilt(entries: Iterable[Entry], texts: Iterable[str]) -> list[Entry]:
    """The same journal with the next of `texts` before each marked word and before who wrote it, sealed anew."""
    head, made, turn = journal.START, list[Entry](), cycle(texts)
    for entry in entries:
        new = NewEntry(entry.stream, entry.version - 1, entry.kind, _put(entry.data, turn), entry.id)
        made.append(journal.seal(new, head, actor=next(turn) + entry.actor, at=entry.at))
        head = made[-1].head
    return made


def _put(value: Any, turn: Iterator[str]) -> Any:
    if isinstance(value, str):
        return value.replace(MARK, next(turn) + MARK) if MARK in value else value
    if isinstance(value, dict):
        return {name: _put(one, turn) for name, one in value.items()}
    return [_put(one, turn) for one in value] if isinstance(value, list) else value


def obeyed(printed: str) -> list[str]:
    """The lines of an output in which something would be obeyed by a terminal or be hidden from whoever reads it."""
    return [line for line in printed.split("\n") if not is_harmless(line)]


def calculated(printed: str) -> list[str]:
    """The cells of a CSV that a spreadsheet would take for a formula."""
    rows = csv.reader(io.StringIO(printed, newline=""), strict=True)
    return [cell for row in rows for cell in row if cell.lstrip().startswith(FORMULA)]


def words_of(value: Any) -> list[str]:
    """Every text in a JSON value, keys too."""
    match value:
        case str():
            return [value]
        case Mapping():
            return [text for item in value.items() for one in item for text in words_of(one)]
        case list():
            return [text for one in value for text in words_of(one)]
    return []


def read_json(printed: str) -> Any:
    """JSON, all of it ASCII."""
    assert printed.isascii()
    return json.loads(printed)
