"""What a command of a screen takes: acts of data/service.toml, for those that lead to nothing but recording.

Where somebody may not do the act, the key says which roles may instead of opening a form that could not be recorded. A
command that is not here also shows something, or what it takes depends on what is typed: the desk itself refuses then,
and the text stays.
"""

from __future__ import annotations

#: Command id to act.
TAKES = {
    "action.add": "act",
    "action.done": "act",
    "answer.no": "record",
    "answer.unknown": "record",
    "answer.yes": "record",
    "breach.print": "export",
    "children.add": "agree",
    "children.drop": "agree",
    "children.raise": "record",
    "concern.child": "record",
    "concern.close": "close",
    "concern.correct": "record",
    "concern.happened": "record",
    "concern.new": "record",
    "concern.note": "record",
    "concern.owner": "record",
    "concern.print": "export",
    "concern.reopen": "close",
    "course.begin": "attend",
    "course.book": "book",
    "course.end": "attend",
    "course.hold": "agree",
    "course.moves": "decide",
    "course.none": "agree",
    "decision.all": "decide",
    "decision.dissent": "attend",
    "decision.family": "decide",
    "decision.make": "decide",
    "discussion.call": "attend",
    "discussion.orders": "record",
    "escalation.acknowledge": "acknowledge",
    "handover.done": "hand_over",
    "handover.on": "hand_over",
    "handover.print": "export",
    "owed.late": "explain",
    "owed.vary": "vary",
    "point.answer": "attend",
    "record.print": "export",
    "sign.add": "sign",
    "start.book": "book",
    "start.none": "agree",
    "who.add": "attend",
    "who.inquorate": "agree",
    "who.left": "attend",
    "who.present": "attend",
    "who.ring": "attend",
    "who.told": "attend",
}
