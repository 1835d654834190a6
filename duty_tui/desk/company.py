"""Who else has a concern open, and who is typing what about it.

A terminal says what it has open when that changes and every half minute, and what is typed there; drafts say it half a
second after a key, where the record shows one person's to another, which a server does not. Neither is part of the
record, and of a restricted concern nobody hears who may not see it.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from duty_tui.desk.seen import Seen
from duty_tui.store.presence import Presence
from duty_tui.store.store import Store
from duty_tui.views.company import Companion

#: How often a terminal says that it still has a concern open.
HEARTBEAT = timedelta(seconds=30)
#: After so long without a word it has not: two words that were lost, and some patience for a busy machine.
GONE = timedelta(seconds=75)
#: Who kept a draft so short a time ago is typing; a draft is kept half a second after each key.
TYPING = timedelta(seconds=15)

#: What a terminal says of where it is begins so while somebody types there.
TYPES = "typing: "
#: What is typed, by the kind of its draft; the kinds of forms at a discussion begin with `discussion.`.
_TYPED = {
    "note": "a note",
    "owner": "the owner",
    "close": "why it is closed",
    "reopen": "why it is reopened",
    "fix": "the details",
    "happened": "what happened",
    "restrict": "who may see it",
    "lift": "who may see it",
    "call-line": "the call",
    "agree": "holding a discussion",
    "none": "holding no discussion",
    "book": "the booking",
    "start": "how it began",
    "end": "how it ended",
    "moves": "the conference",
    "decision": "decisions",
    "dissent": "a challenge",
    "sharing": "what the family is told",
    "action": "an action",
    "done": "an action",
    "person": "who is there",
    "ring": "who was rung",
    "invite": "an invitation",
    "informed": "who was told",
    "point": "an answer",
    "order": "an order",
    "late": "a child",
    "child": "a child",
    "undo": "an undo",
    "escalate": "an escalation",
    "text": "the record",
}


def typed_words(kind: str) -> str:
    """What a draft of this kind is about: `decisions`, `a note`; `a form` where no word is known for it."""
    first = re.split(r"[. ]", kind.removeprefix("discussion."), maxsplit=1)[0]
    return _TYPED.get(first, "a form")


def come(terminal: str, actor: str, concern: str, part: str, at: datetime) -> Callable[[Store], None]:
    """Tells the store that a terminal has a concern open at `at`, or still has."""
    one = Presence(terminal, actor, platform.node(), concern, part, at)
    return lambda store: store.be_present(one, at - GONE)


def company(store: Store, actor: str, concern: str, at: datetime, terminal: str = "") -> tuple[Companion, ...]:
    """Who else is at a concern as of `at`, those who type first; nobody where `actor` may not see it.

    `terminal` is the one that asks, which is no company to itself; nor are drafts of the same name on this machine.
    """
    row = Seen(store, actor).row(concern)
    if row is None or row.hidden:
        return ()
    found: dict[tuple[str, str], Companion] = {}
    here = (actor, platform.node())
    for draft in store.drafts(concern=concern):
        who = (draft.actor, draft.machine)
        if who != here and who not in found and at - draft.updated < TYPING:
            found[who] = Companion(*who, "", typed_words(draft.kind), draft.updated)
    for one in store.present(concern, at - GONE):
        if one.terminal != terminal:
            who = (one.actor, one.machine)
            known = found.get(who, Companion(*who, "", "", one.seen))
            typed = one.part.removeprefix(TYPES) if one.part.startswith(TYPES) else ""
            part = "" if typed else one.part
            found[who] = known._replace(typing=known.typing or typed, part=part, seen=max(known.seen, one.seen))
    named = [one._replace(who=f"{one.who} (elsewhere)") if one.who == actor else one for one in found.values()]
    return tuple(sorted(named, key=lambda one: (not one.typing, one.who, one.machine)))
