"""Drafts in words: what was typed and not recorded, and where it is taken up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from duty_tui.desk.drafts import drafts_of
from duty_tui.domain.times import london, london_date, moment_words
from duty_tui.errors import DutyError
from duty_tui.store.rows import Draft

if TYPE_CHECKING:
    from duty_tui.desk.board import Board
    from duty_tui.desk.session import DeskSession

#: Under this kind drafts of the form for a new concern are kept.
INTAKE = "intake"


class _Dialogue(NamedTuple):
    name: str
    key: str


#: The dialogues by the first word of the kind their drafts are kept under: their name, and the key that opens them.
_DIALOGUES: Mapping[str, _Dialogue] = {
    "note": _Dialogue("a note", "m"),
    "close": _Dialogue("the reason for closing", "x"),
    "reopen": _Dialogue("the reason for reopening", "X"),
    "undo": _Dialogue("the reason for an undo", "u"),
    "happened": _Dialogue("something that happened", "t"),
    "fix": _Dialogue("a correction", "f"),
    "child": _Dialogue("a child's details", "b, or Enter on the child"),
    "owner": _Dialogue("a new owner", "o"),
    "restrict": _Dialogue("who may see it", "R"),
    "lift": _Dialogue("why a restriction is lifted", "R"),
    "discussion.agree": _Dialogue("why a discussion is held", "h"),
    "discussion.none": _Dialogue("why no discussion is held", "h"),
    "discussion.book": _Dialogue("a booking", "h"),
    "discussion.start": _Dialogue("the beginning of a discussion", "h"),
    "discussion.person": _Dialogue("a person at a discussion", "w"),
    "discussion.invite": _Dialogue("somebody who is asked", "m in w"),
    "discussion.ring": _Dialogue("a call made", "w"),
    "discussion.decision": _Dialogue("a decision", "d"),
    "discussion.dissent": _Dialogue("a disagreement", "d"),
    "discussion.sharing": _Dialogue("what the family is told", "d"),
    "discussion.action": _Dialogue("an action", "a"),
    "discussion.done": _Dialogue("that an action is done", "a"),
    "discussion.point": _Dialogue("an answer", "C"),
    "discussion.late": _Dialogue("a child added late", "B"),
    "discussion.order": _Dialogue("an order", "O"),
    "MeetDialog": _Dialogue("that something owed was done", "z"),
    "VisitDialog": _Dialogue("that a child was seen", "z"),
    "NoteDialog": _Dialogue("an interim note", "z"),
    "LateDialog": _Dialogue("why something is late", "z"),
    "VaryDialog": _Dialogue("another time for something owed", "z"),
    "JudgeDialog": _Dialogue("a judgement", "z"),
    "escalate": _Dialogue("the form of an escalation", "e"),
    "AcknowledgeDialog": _Dialogue("an acknowledgement", "E"),
    "UpdateDialog": _Dialogue("an update of an escalation", "E"),
    "TakeUpDialog": _Dialogue("an escalation taken up", "E"),
    "ConcludeDialog": _Dialogue("the end of an escalation", "E"),
    "ByHandDialog": _Dialogue("that somebody has the records", "F"),
    "AddressDialog": _Dialogue("an address", "F"),
    "ReceiptsDialog": _Dialogue("where receipts are", "F"),
    "AnswersDialog": _Dialogue("where answers are", "m in w"),
    "OnDutyDialog": _Dialogue("who is on duty", "H"),
    "HandOverDialog": _Dialogue("a handover", "H"),
}


def when_kept(draft: Draft, now: datetime) -> str:
    """`14:02`, with the day when that is not today."""
    if london_date(draft.updated) == london_date(now):
        return f"{london(draft.updated):%H:%M}"
    return moment_words(draft.updated)


def draft_line(draft: Draft, now: datetime) -> str:
    """`a note, kept at 14:02, not recorded (m takes it up)`."""
    kind = draft.kind.partition(" ")[0]
    known = _DIALOGUES.get(kind) or _DIALOGUES.get(kind.partition(".")[0])
    name, key = known or _Dialogue("something typed", "")
    return f"{name}, kept at {when_kept(draft, now)}, not recorded" + (f" ({key} takes it up)" if key else "")


def unfinished_words(drafts: Sequence[Draft], references: Mapping[str, str]) -> str:
    """`2 unfinished entries are kept as drafts: n takes up 1, C12 has 1`; empty when there are none.

    `references` are the numbers of concerns by their ids.
    """
    if not drafts:
        return ""
    forms = sum(draft.kind == INTAKE for draft in drafts)
    shifts = sum(draft.kind != INTAKE and not draft.concern for draft in drafts)
    on: dict[str, int] = {}
    for draft in drafts:
        if draft.kind != INTAKE and draft.concern:
            where = references.get(draft.concern, "a closed concern")
            on[where] = on.get(where, 0) + 1
    said = [f"{key} takes up {many}" for key, many in (("n", forms), ("H", shifts)) if many]
    said += [f"{where} has {count}" for where, count in on.items()]
    what = "1 unfinished entry is kept as a draft" if len(drafts) == 1 else f"{len(drafts)} unfinished entries are kept"
    return f"{what}: {', '.join(said)}"


async def unfinished(session: DeskSession, actor: str, board: Board | None) -> str:
    """What somebody typed and did not record, here or in the record, in words; what waits to be sent is none of it.

    Empty when nothing is left, and when nobody can say: that must keep nobody from leaving, and what was typed is kept.
    """
    try:
        drafts = await session.ask(lambda desk: drafts_of(desk, actor))
    except DutyError:
        return ""
    known = {draft.concern: board.row(draft.concern) for draft in drafts if draft.concern and board}
    return unfinished_words(drafts, {name: f"C{row.number}" for name, row in known.items() if row})
